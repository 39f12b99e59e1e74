#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue of a body with 100,000 dossiers: the plan of every statement, and every offered filter in every offered order."""
import itertools
import os
import re
import sqlite3

from actors import CLERK, LEADER, LEVEL, SERIES, UNIT, World
from tap import case, check, equal, run

ROWS = 100_000
SORTS = ('submitted_at', '-submitted_at', 'name', '-name', 'level', '-level')
SURNAMES = '黄韦覃莫卢农滕陆蒙'
LEVELS = ('junior', 'intermediate', LEVEL, 'senior')
OWN = 7             # of the clerk's
UNITS = [f'南宁市{place}{trade}有限公司第{n}分公司' for place in ('青秀', '兴宁', '江南') for trade in ('机械', '建筑', '信息') for n in range(9)] + [None]


def statements():
    """The texts of the queue, as the program holds them."""
    with open(os.environ['ZC_SERVER'], 'rb') as file:
        texts = re.findall(rb'SELECT (?:d\.|count \(\*\) F)[\x20-\x7e\x80-\xff]+', file.read())
    return sorted({t.decode(errors='surrogateescape') for t in texts if b'd.at_body' in t and (b'd.holder <> $10' in t or b' FILTER ' in t or t.endswith(b' few'))})


class Crowded(World):
    """A server whose unit has a queue of 100,000."""

    def __init__(self):
        super().__init__()
        self.clerk, self.leader, self.someone = self.staff(CLERK), self.staff(LEADER), self.applicant()
        with sqlite3.connect(self.server.database, timeout=20) as database:
            ranks = dict(database.execute('SELECT id, position FROM level'))
            account, = database.execute('SELECT id FROM account WHERE mobile_normal = ?',
                                        (self.someone.person.form['mobile'],)).fetchone()
            revision, = database.execute("SELECT MAX (revision) FROM business WHERE id = 'evaluation'").fetchone()
            self.rows = [self.row(i, account, ranks) for i in range(ROWS)]
            database.executemany(
                'INSERT INTO dossier (id, account, business, revision, year, unit, series, level, rank, stage, state, at_body, holder,'
                " held_at, submissions, name, masked, unit_name, created_at, updated_at, submitted_at) VALUES (:id, :account, 'evaluation',"
                f" {revision}, :year, '{UNIT}', '{SERIES}', :level, :rank, 'unit', :state, '{UNIT}', :holder, :held_at, 1, :name,"
                " '4501**********0000', :unit_name, :submitted_at, :submitted_at, :submitted_at)", self.rows)

    def row(self, i, account, ranks):
        level, held = LEVELS[i * 7 % 4], i % 3000 == 1
        own = held and i < OWN * 3000
        return {'id': f'd{i * 7919 % ROWS:06d}', 'account': account if i in (5, 77_777) else f'a{i}', 'year': 2024 + i % 3, 'level': level,
                'rank': ranks[level], 'state': 'in-review' if held else 'waiting',
                'holder': self.clerk.membership if own else self.leader.membership if held else None, 'held_at': 4_000_000_000_000,
                'name': SURNAMES[i * 31 % 9] + '甲乙丙丁'[i % 4] + str(i % 50),
                'unit_name': UNITS[i * 13 % len(UNITS)], 'submitted_at': 1_700_000_000_000 + i // 3 * 1000}

    def search(self, **body):
        reply = self.clerk.request('POST', '/v1/searches', body)
        equal(reply.status, 200, body, reply)
        return reply.json

    def expected(self, sort, own_first, state, level, year, text, unit_name=None):
        """All that matches, in order, by another hand."""
        account = {r['account'] for r in self.rows if r['id'] == 'd%06d' % (5 * 7919)} if text == self.number else None
        lead = {'submitted_at': lambda r: 0, 'name': lambda r: r['name'], 'level': lambda r: r['rank']}[sort.lstrip('-')]
        found = [r for r in self.rows if (not state or r['state'] == state) and (not level or r['level'] == level)
                 and (not year or r['year'] == year) and (not unit_name or (r['unit_name'] or '').startswith(unit_name)) and (r['account'] in account if account else r['name'].startswith(text))]
        found.sort(key=lambda r: (lead(r), r['submitted_at'], r['id']), reverse=sort[0] == '-')
        if own_first:
            found.sort(key=lambda r: r['holder'] != self.clerk.membership)
        return [r['id'] for r in found]

    @property
    def number(self):
        return self.someone.person.form['id_number']


@case('U3', 'every statement walks an index of its order: no scan, and no sorting but of what an ID number, a name, a unit, a rare state or a holder has found')
def plans(world):
    texts = statements()
    equal(sum('ORDER BY' in t for t in texts), 44)
    equal(sum('FILTER' in t for t in texts), 4)
    equal(sum(t.endswith(' few') for t in texts), 3)
    with sqlite3.connect(world.server.database) as database:
        for text in texts:
            plan = [row[3] for row in database.execute('EXPLAIN QUERY PLAN ' + text, {n: None for n in re.findall(r'\$(\d+)', text)})]
            few = 'd.id IN (SELECT' in text
            lead = next(step for step in plan if re.match(r'(SEARCH|SCAN) d\b', step))
            check(re.match(r'SEARCH d USING INDEX sqlite_autoindex_dossier_1 \(id=\?\)' if few else
                           r'SEARCH d USING (COVERING )?INDEX dossier_queue\w* \(at_body=\?', lead), lead, text)
            check(not [step for step in plan if step.startswith('SCAN') and step != 'SCAN few'], plan, text)
            check(few or not [step for step in plan if 'TEMP B-TREE' in step], plan, text)
            check('FILTER' not in text or few or 'COVERING' in lead or 'name>? AND' in lead, lead, text)
            order = re.search(r'ORDER BY d\.(\w+)', text)
            if order and not few:
                names = {'submitted_at': 'dossier_queue(_state)?', 'name': 'dossier_queue_name', 'rank': 'dossier_queue_rank'}
                check(re.search(rf' INDEX {names[order[1]]} ', lead), lead, text)


@case('U3', 'every offered filter in every offered order finds what it should, with the counts of all states')
def combinations(world):
    tried = 0
    texts, lists = ('', '莫乙', '莫乙1', '无'), {}
    for state, level, year, text in itertools.product((None, 'waiting', 'in-review'), (None, 'senior'), (None, 2025), texts + (world.number,)):
        narrowed = {k: v for k, v in (('state', state), ('level', level), ('year', year), ('text', text)) if v}
        for sort in SORTS:
            tried += 1
            own_first = tried % 2 == 0
            wanted = world.expected(sort, own_first, state, level, year, text) if tried % 11 == 0 else None
            page = world.search(sort=sort, own_first=own_first, limit=20, **narrowed)
            if wanted is not None:
                equal([d['id'] for d in page['items']], wanted[:20], narrowed, sort, own_first)
                equal(page['total'], len(wanted), narrowed, sort)
                rest = world.search(sort=sort, own_first=own_first, limit=20, cursor=page['next'], **narrowed) if page['next'] else {'items': []}
                equal([d['id'] for d in rest['items']], wanted[20:40], narrowed, sort, own_first)
            lists.setdefault(tuple(sorted(narrowed.items())), set()).add(page['total'])
            equal(page['total'], page['counts'].get(state, 0) if state else sum(page['counts'].values()))
    check(all(len(totals) == 1 for totals in lists.values()), 'a total depends on no order')
    check(tried == 360, tried)


@case('U3', "the unit's name narrows beside all that, common, rare, unknown or of nobody, in every order")
def units(world):
    tried, lists = 0, {}
    kinds = ((None, None), ('senior', None), ('senior', 2025))
    for (level, year), state, text, unit_name in itertools.product(kinds, (None, 'in-review'), ('', '莫乙', world.number),
                                                                   ('南宁市', '南宁市江南信息有限公司第8', '柳州')):
        narrowed = {k: v for k, v in (('state', state), ('level', level), ('year', year), ('text', text), ('unit_name', unit_name)) if v}
        for sort in SORTS:
            tried += 1
            page = world.search(sort=sort, own_first=tried % 2 == 0, limit=20, **narrowed)
            if tried % 7 == 0:
                wanted = world.expected(sort, tried % 2 == 0, state, level, year, text, unit_name)
                equal([d['id'] for d in page['items']], wanted[:20], narrowed, sort)
                equal(page['total'], len(wanted), narrowed, sort)
                rest = world.search(sort=sort, own_first=tried % 2 == 0, limit=20, cursor=page['next'], **narrowed) if page['next'] else {'items': []}
                equal([d['id'] for d in rest['items']], wanted[20:40], narrowed, sort)
            lists.setdefault(tuple(sorted(narrowed.items())), set()).add(page['total'])
    check(all(len(totals) == 1 for totals in lists.values()) and tried == 324, tried)
    equal(world.search(unit_name='南宁市')['total'], sum(r['unit_name'] is not None for r in world.rows), 'who comes from no unit is not among them')
    equal(world.search(unit_name=' 南宁市江南 ')['total'], world.search(unit_name='南宁市江南')['total'])
    check(world.search(unit_name='市江南')['total'] == 0, 'a name from its beginning')
    check(world.search(unit_name=world.rows[5]['name'])['total'] == 0, 'not the name of a person')


@case('U3', 'the counts that are kept follow whatever happens to a dossier')
def kept(world):
    with sqlite3.connect(world.server.database, timeout=20, isolation_level=None) as database:
        counted = lambda: database.execute('SELECT at_body, state, coalesce (level, \'\'), year, business, stage, count (*) FROM dossier'
                                           ' WHERE at_body IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6').fetchall()
        told = lambda: database.execute('SELECT body, state, level, year, business, stage, n FROM queue_count WHERE n <> 0'
                                        ' ORDER BY 1, 2, 3, 4, 5, 6').fetchall()
        equal(told(), counted())
        some = [r['id'] for r in world.rows[100:106]]
        names = [row[1] for row in database.execute('PRAGMA table_info (dossier)')]
        taken = database.execute('SELECT * FROM dossier WHERE id = ?', (some[5],)).fetchone()
        for change in ("state = 'in-review'", "at_body = 'elsewhere'", 'at_body = NULL', 'level = NULL, year = 2030', "stage = 'office'"):
            database.execute(f'UPDATE dossier SET {change} WHERE id = ?', (some.pop(0),))
            equal(told(), counted(), change)
        database.execute('DELETE FROM dossier WHERE id = ?', (some[0],))
        equal(told(), counted(), 'deleted')
        database.execute(f'INSERT INTO dossier VALUES ({", ".join("?" * len(names))})', taken)
        equal(told(), counted(), 'new')
        for row in world.rows[100:105]:
            database.execute(f"UPDATE dossier SET state = ?, at_body = '{UNIT}', level = ?, year = ?, stage = 'unit' WHERE id = ?",
                             (row['state'], row['level'], row['year'], row['id']))
        equal(told(), counted(), 'back')


@case('U3 U4', 'pages by key: nothing is missed or told twice while others arrive and leave, and one\'s own stand first')
def pages(world):
    for sort in SORTS:
        wanted, seen, cursor, moved = world.expected(sort, True, None, 'senior', 2025, '卢乙1'), [], None, []
        with sqlite3.connect(world.server.database, timeout=20, isolation_level=None) as database:
            while True:
                page = world.search(sort=sort, own_first=True, level='senior', year=2025, text='卢乙1', limit=100,
                                    **({'cursor': cursor} if cursor else {}))
                seen += [d['id'] for d in page['items']]
                cursor = page['next']
                if cursor is None:
                    break
                if len(moved) < 3:              # one that was told already leaves; another takes its place in front
                    moved.append(seen[len(moved)])
                    database.execute("UPDATE dossier SET at_body = 'elsewhere' WHERE id = ?", (moved[-1],))
            database.executemany(f"UPDATE dossier SET at_body = '{UNIT}' WHERE id = ?", [(m,) for m in moved])
        check(len(moved) == 3 and len(wanted) > 400, moved)
        equal([r['holder'] for i in wanted[:4] for r in world.rows if r['id'] == i], [world.clerk.membership] * 3 + [None], sort)
        equal(seen, wanted, sort)


@case('P11', 'up to a thousand in one answer: one moment of the queue, with the count of all; no more')
def together(world):
    page = world.search(limit=1000, state='waiting')
    equal((len(page['items']), page['total']), (1000, sum(r['state'] == 'waiting' for r in world.rows)))
    check(all(d['version'] >= 1 for d in page['items']))
    for wrong in ({'limit': 1001}, {'limit': 0}, {'sort': 'moon'}, {'state': 'refused'}, {'cursor': 'zzz'}, {'stage': 'moon'},
                  {'unit_name': '字' * 201}):
        check(world.clerk.request('POST', '/v1/searches', wrong).code in ('bad-json', 'bad-request'), wrong)
    equal(world.someone.request('POST', '/v1/searches', {}).code, 'forbidden')


@case('P20 SEC-S39', 'lists hold no whole ID number, and none is taken in an address')
def masked(world):
    number = world.number
    for body in ({'text': number}, {'text': number.lower()}, {}, {'sort': 'name'}):
        reply = world.clerk.request('POST', '/v1/searches', body)
        check(number not in reply.body.decode(), body)
        check(not re.search(r'(?<![0-9a-f-])\d{17}[0-9Xx](?![0-9a-f-])', reply.body.decode()), body)
    equal(len(world.search(text=number)['items']), 2)
    for text in (number, number.lower()):
        equal(world.clerk.get('/v1/dossiers?text=' + text).code, 'bad-request')


run(Crowded, World.stop)
