# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows for measuring, put straight into a server's database: invented people with sessions, their dossiers, queues.

    seed = Seed(database)
    people = seed.people(256)             # each with a session (token) and a draft (dossier)
    seed.queue(100_000)                   # dossiers of one body
    token = seed.clerk()                  # of the body with the queue
    seed.grow(1_000_000)                  # so many dossiers in all, 500 drafts and 500 filed a body"""
import contextlib
import hashlib
import secrets
import sqlite3
import time
import uuid

UNIT, CLERK = 'unit-southern-machinery', '13900000001'
SECTIONS = ('form', 'more', 'third')
DAY = 86_400_000
SURNAMES, GIVEN = '黄韦覃莫卢农滕陆蒙', '甲乙丙丁'
UNITS = [f'南宁市{place}{trade}有限公司第{n}分公司' for place in ('青秀', '兴宁', '江南') for trade in ('机械', '建筑', '信息') for n in range(300)]

DOSSIER = ('INSERT INTO dossier (id, account, business, revision, year, unit, series, level, rank, stage, state, at_body, submissions,'
           ' sections_total, name, masked, created_at, updated_at, submitted_at)')
# n counts from :first to below :last; n % 1000 < 500: a draft, else filed with the body of n / 1000.
NUMBERS = 'WITH RECURSIVE numbers (n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :last)'
ACCOUNTS = NUMBERS + """
INSERT INTO account (id, name, id_kind, identity, id_index, id_masked, mobile, mobile_normal, email, email_normal, password,
  password_at, created_at)
SELECT 'grown-account-' || n, '测试', 'id-card', x'00', CAST ('grown' || n AS BLOB), '4501**********0000', 'g' || n, 'g' || n, 'g' || n,
  'g' || n, '', :now, :now FROM numbers"""
BODIES = NUMBERS + """
INSERT OR IGNORE INTO body (id, kind, name, created_at) SELECT 'grown-unit-' || (n / 1000), 'unit', '测试单位', :now FROM numbers
WHERE n % 1000 = 0"""
DOSSIERS = NUMBERS + DOSSIER + """
SELECT 'grown-' || n, 'grown-account-' || n, 'bench', 1, 2026, 'grown-unit-' || (n / 1000), NULL, 'senior', 4,
  iif (n % 1000 < 500, 'applicant', 'unit'), iif (n % 1000 < 500, 'draft', 'waiting'),
  iif (n % 1000 < 500, NULL, 'grown-unit-' || (n / 1000)), n % 1000 >= 500, 3, '测试' || n, '4501**********0000', :now, :now,
  iif (n % 1000 < 500, NULL, :now - n) FROM numbers"""
GROWN_SECTIONS = NUMBERS + """
INSERT INTO section (dossier, id, fills, state, problems, updated_at)
SELECT 'grown-' || n, s.value, 'applicant', 'incomplete', 1, :now FROM numbers, json_each ('["form","more","third"]') s"""


class Person:
    def __init__(self, account, token, dossier):
        self.account, self.token, self.dossier = account, token, dossier


class Seed:
    def __init__(self, database):
        self.database = database
        self.now = int(time.time() * 1000)
        self.grown = 0

    @contextlib.contextmanager
    def _open(self):
        with contextlib.closing(sqlite3.connect(self.database, timeout=60)) as database, database:
            yield database

    def session(self, database, account, membership=None):
        token = secrets.token_urlsafe(32)
        database.execute('INSERT INTO session (id, token_digest, account, method, device, membership, created_at, last_used_at, expires_at)'
                         " VALUES (?, ?, ?, 'password', '测速', ?, ?, ?, ?)",
                         (str(uuid.uuid4()), hashlib.sha256(token.encode()).digest(), account, membership, self.now, self.now,
                          self.now + 300 * DAY))
        return token

    def people(self, count):
        with self._open() as database:
            return [self._person(database) for _ in range(count)]

    def _person(self, database):
        account, dossier = str(uuid.uuid4()), str(uuid.uuid4())
        database.execute('INSERT INTO account (id, name, id_kind, identity, id_index, id_masked, mobile, mobile_normal, email, email_normal,'
                         " password, password_at, created_at) VALUES (?1, '测试', 'id-card', x'00', CAST (?1 AS BLOB), '4501**********0000',"
                         " ?1, ?1, ?1, ?1, '', ?2, ?2)", (account, self.now))
        database.execute(DOSSIER + f" VALUES (?1, ?2, 'bench', 1, 2026, '{UNIT}', NULL, NULL, 0, 'applicant', 'draft', NULL, 0, 3, '测试',"
                         " '4501**********0000', ?3, ?3, NULL)", (dossier, account, self.now))
        database.executemany("INSERT INTO section (dossier, id, fills, state, problems, updated_at) VALUES (?, ?, 'applicant', 'incomplete', 1, ?)",
                             [(dossier, section, self.now) for section in SECTIONS])
        return Person(account, self.session(database, account), dossier)

    def clerk(self, unit=UNIT):
        """The token of somebody who acts for a body."""
        with self._open() as database:
            account, = database.execute('SELECT id FROM account WHERE mobile_normal = ?', (CLERK,)).fetchone()
            membership = str(uuid.uuid4())
            database.execute("INSERT INTO membership (id, account, body, role, from_at) VALUES (?, ?, ?, 'clerk', 0) ON CONFLICT DO NOTHING",
                             (membership, account, unit))
            membership, = database.execute("SELECT id FROM membership WHERE account = ? AND body = ? AND role = 'clerk'",
                                           (account, unit)).fetchone()
            return self.session(database, account, membership)

    def queue(self, count):
        """Dossiers of several years, levels, states, names and units, all waiting at one body."""
        with self._open() as database:
            ranks = dict(database.execute('SELECT id, position FROM level'))
            series, = database.execute('SELECT id FROM series LIMIT 1').fetchone()
            levels = sorted(ranks)
            database.executemany(
                DOSSIER.replace('masked', 'masked, unit_name') + f" VALUES (?, ?, 'bench', 1, ?, '{UNIT}', '{series}', ?, ?, 'unit', ?,"
                f" '{UNIT}', 1, 3, ?, '4501**********0000', ?, ?, ?, ?)",
                [self._filed(i, count, levels[i * 7 % len(levels)], ranks) for i in range(count)])

    def _filed(self, i, count, level, ranks):
        at = 1_700_000_000_000 + i // 3 * 1000
        name = SURNAMES[i * 31 % 9] + GIVEN[i % 4] + str(i % 50)
        return (f'queued-{i * 7919 % count:06d}', f'queued-account-{i}', 2024 + i % 3, level, ranks[level],
                'in-review' if i % 3000 == 1 else 'waiting', name, UNITS[i * 17 % len(UNITS)], at, at, at)

    def grow(self, count):
        with self._open() as database:
            for sql in (ACCOUNTS, BODIES, DOSSIERS, GROWN_SECTIONS):
                database.execute(sql, {'first': self.grown, 'last': count, 'now': self.now} if ':now' in sql else {'first': self.grown, 'last': count})
        self.grown = count

    def savers(self, numbers):
        """Lines for load: drafts among the grown, each with a session of its owner's."""
        with self._open() as database:
            return [Person(f'grown-account-{n}', self.session(database, f'grown-account-{n}'), f'grown-{n}') for n in numbers]

    def lines(self, people, section='form'):
        """What "load save" reads: with the versions as they stand."""
        with self._open() as database:
            versions = {p.dossier: database.execute('SELECT version FROM section WHERE dossier = ? AND id = ?', (p.dossier, section)).fetchone()[0]
                        for p in people}
        return ''.join(f'{p.token} /v1/dossiers/{p.dossier}/sections/{section} {versions[p.dossier]}\n' for p in people)
