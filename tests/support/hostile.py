# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of hostile input have in common: requests that are good until they are spoilt, and whether the world has changed."""
import os
import re
import sqlite3
import uuid

import contract
from actors import World
from tap import check

# bytes that the process may grow by, whatever is sent; a sanitizer's bookkeeping is not the server's
MOST_GROWTH = 20e6 if 'ZC_SANITIZED' not in os.environ else 200e6


class Good:
    """A request that is taken; by: the session that sends it."""

    def __init__(self, by, method, path, body, **headers):
        self.by, self.method, self.path, self.body = by, method, path, body
        self.headers = {name.replace('_', '-'): value for name, value in headers.items()}

    @property
    def pattern(self):
        return contract.find_path(self.path)

    @property
    def keyed(self):
        parameters = contract.DOCUMENT['paths'][self.pattern][self.method.lower()].get('parameters', [])
        return any(p.get('$ref', '').endswith('/IdempotencyKey') for p in parameters)

    def send(self, body=None, query='', **headers):
        headers = {**({'Idempotency-Key': str(uuid.uuid4())} if self.keyed else {}), **self.headers,
                   **{name.replace('_', '-'): value for name, value in headers.items()}}
        headers = {name: value for name, value in headers.items() if value is not None}
        return self.by.request(self.method, self.path + query, self.body if body is None else body, headers=headers)


# --- what the world holds ------------------------------------------------------------------------------------

# what refusals may write: kept answers and the last use of a session
VOLATILE = {'idempotency': None, 'session': 'last_used_at', 'sqlite_sequence': None}
# rows that go at any time: what is over is swept, a message of before goes out
SWEPT = {'attempt': None, 'code': None, 'outbox': 'id'}


def read_tables(database):
    told = {}
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        if VOLATILE.get(table, table) is None:
            continue
        columns = [row[1] for row in database.execute(f'PRAGMA table_info ({table})') if row[1] != VOLATILE.get(table)]
        selected = SWEPT.get(table) or ', '.join(columns)
        told[table] = database.execute(f'SELECT {selected} FROM {table}').fetchall()
    return told


def snapshot(world):
    """All rows of all tables but the volatile; read again only when somebody has written since."""
    if not hasattr(world, 'watch'):
        world.watch = sqlite3.connect(f'file:{world.server.database}?mode=ro', uri=True, timeout=20)
        world.watched = (None, None)
    version = world.watch.execute('PRAGMA data_version').fetchone()
    if version != world.watched[0]:
        world.watched = (version, read_tables(world.watch))
    return world.watched[1]


def files(world):
    return {name for _, _, names in os.walk(world.server.images) for name in names}


def resident(world):
    with open(f'/proc/{world.server.process.pid}/status', encoding='ascii') as status:
        return int(re.search(r'VmRSS:\s+(\d+)', status.read()).group(1)) * 1024


def unchanged(world, before, *what):
    after = snapshot(world)
    for table, rows in before.items():
        if rows == after[table]:
            continue
        more = [row for row in after[table] if row not in rows]
        check(not more and table in SWEPT, *what, 'changed', table, more[:2])


def small(world, before):
    check(world.server.process.poll() is None, 'the server has ended')
    grown = resident(world) - before
    check(grown < MOST_GROWTH, 'the server grew by', grown)


def form(world):
    """Of the evaluation the fields that hold most text, (section, field): of a section filled in once, of one with entries."""
    def find(repeating):
        fields = [(f.get('max_length', 0), s['id'], f['id']) for s in world.business['sections']
                  if ('entries' in s) == repeating and not {'when', 'unless', 'fills', 'locked_until'} & set(s) for f in s['fields']
                  if f['type'] in ('paragraph', 'text') and not {'from', 'when', 'unless'} & set(f)]
        return max(fields)[1:]
    return find(False), find(True)


def value_sets(body):
    """The values of a document: one set, or one an entry."""
    return [entry['values'] for entry in body['entries']] if 'entries' in body else [body['values']]


def holding(someone, dossier, picture):
    """Where somebody's form holds that picture: (section, its document, the list in it, version)."""
    for section in someone.dossier(dossier)['sections']:
        told = someone.section(dossier, section['id']).json
        for value in (value for values in value_sets(told['body']) for value in values.values()):
            if isinstance(value, list) and any(isinstance(item, dict) and item.get('sha256') == picture.sha256 for item in value):
                return section['id'], told['body'], value, told['version']
    raise AssertionError('the form does not hold that picture')


def begin():
    """A world, and the form that is filled in there."""
    world = World(limits={'staff_second_factor': 'offered'})
    world.business = world.applicant().get('/v1/businesses/evaluation').json
    return world
