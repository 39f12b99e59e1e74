#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record: every write of the API and every reading by staff leaves a row, for half a year and longer, and can be searched and
handed out (P15, P20, SEC-S38)."""
import contextlib
import datetime
import itertools
import json
import re
import sqlite3
import time
import uuid

from actors import CLERK, LEADER, OFFICER, TARGET, UNIT, Person, Picture, World
from authenticator import Authenticator
from clock import Clock
from contract import DOCUMENT
from tap import case, check, equal, run
from units import Registration

HALF_A_YEAR_DAYS = 184


def rows(world, after=0):
    """(act, account, body, role, dossier) of what was recorded since."""
    with sqlite3.connect(world.server.database, timeout=20) as database:
        return database.execute('SELECT act, account, body, role, dossier FROM event WHERE seq > ? ORDER BY seq', (after,)).fetchall()


def last(world):
    with sqlite3.connect(world.server.database, timeout=20) as database:
        return database.execute('SELECT max (seq) FROM event').fetchone()[0]


def sessions(world):
    with sqlite3.connect(world.server.database, timeout=20) as database:
        return database.execute('SELECT count (*) FROM session').fetchone()[0]


def readings(world, dossier):
    """(act, account, body, role, membership) of who read it, as the operator is told."""
    return [(e['act'], e['account'], e['body'], e['role'], e['subject']) for e in log(world, '--dossier', dossier)
            if e['act'].startswith('read') or e['act'] == 'reveal']


def log(world, *arguments, stdin=None):
    """What the operator is handed out."""
    return [json.loads(line) for line in world.server.run('log', *arguments, stdin=stdin).splitlines()]


@contextlib.contextmanager
def unrecorded(world, table='event'):
    """While nothing can be recorded."""
    with sqlite3.connect(world.server.database, timeout=20, isolation_level=None) as database:
        database.execute(f"CREATE TRIGGER unrecorded BEFORE INSERT ON {table} BEGIN SELECT RAISE (ABORT, 'no room'); END")
        try:
            yield
        finally:
            database.execute('DROP TRIGGER unrecorded')


def everything(world):
    """All rows of all tables, but what moves by itself: messages on their way out, readings, when sessions were used, and
    attempts that are over at once (the house is kept a second after the start)."""
    with sqlite3.connect(world.server.database, timeout=20) as database:
        columns = database.execute("SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info (m.name) c WHERE m.type = 'table'"
                                   " AND m.name NOT IN ('outbox', 'reading') AND c.name <> 'last_used_at' ORDER BY m.name, c.cid")
        tables = {table: [c for _, c in group] for table, group in itertools.groupby(columns.fetchall(), key=lambda row: row[0])}
        lasting = {'attempt': ' WHERE until > since'}
        return {table: sorted(map(repr, database.execute(f'SELECT {", ".join(names)} FROM "{table}"' + lasting.get(table, ''))))
                for table, names in tables.items()}


class Office:
    """People in the middle of their work, with a second factor where they act for a body."""

    def __init__(self):
        self.world = world = World(limits={'staff_second_factor': 'offered'})
        self.person, self.someone, self.clerk, self.leader = Person(), world.applicant(), world.staff(CLERK), world.staff(LEADER)
        self.officer, self.invited, self.beginner = world.staff(OFFICER), world.applicant(), world.applicant()
        self.registration = world.registration(self.person)
        self.draft = self.someone.new_dossier()
        self.submitted = world.applicant().submitted()
        self.phrase = self.clerk.post('/v1/phrases', {'text': '请盖章'}).json['id']

    def invite(self):
        form = self.invited.person.form
        return self.leader.request('POST', '/v1/invitations', {'name': form['name'], 'id_number': form['id_number'], 'role': 'clerk'})

    def stop(self):
        self.world.stop()


def keyed(session, method, path, body=None):
    return session.request(method, path, body, key=str(uuid.uuid4()))


# --- each write, made ready: what is called in the end is the write alone ---

def show_code(office):
    office.authenticator = Authenticator(office.officer.request('POST', '/v1/factor').json['secret'])
    return lambda: office.officer.request('PUT', '/v1/sessions/current/factor', {'code': office.authenticator.code()})


def renew_codes(office):
    return lambda: office.officer.request('POST', '/v1/factor/recovery-codes', {'code': office.authenticator.code(1, at=time.time())})


def take_back(office):
    made = office.invite().json['id']
    return lambda: keyed(office.leader, 'DELETE', f'/v1/invitations/{made}')


def use_invitation(office):
    secret = office.invite().json['invitation']
    return lambda: office.invited.post('/v1/memberships', {'invitation': secret})


def shut_out(office):
    member = next(i['id'] for i in office.leader.get('/v1/staff').json['items'] if i['name'] == office.invited.account['name'])
    return lambda: keyed(office.leader, 'PUT', f'/v1/staff/{member}', {'state': 'disabled'})


def retarget(office):
    body = {'version': office.someone.dossier(office.draft)['version'], 'target': TARGET}
    return lambda: keyed(office.someone, 'PUT', f'/v1/dossiers/{office.draft}/target', body)


def update_form(office):
    office.world.newer_form('evaluation')
    body = {'version': office.someone.dossier(office.draft)['version']}
    return lambda: office.someone.post(f'/v1/dossiers/{office.draft}/form', body)


def save(office):
    version = next(s['version'] for s in office.someone.dossier(office.draft)['sections'] if s['id'] == 'work_summary')
    return lambda: office.someone.save(office.draft, 'work_summary', {'values': {'work_summary_text': '我的工作'}}, version)


def sign_in(office, password=None):
    form = office.someone.person.form
    body = {'method': 'password', 'identifier': form['mobile'], 'password': password or form['password'], 'device': '电脑'}
    return lambda: office.world.anyone.request('POST', '/v1/sessions', body)


def end_one(office):
    other = sign_in(office)().json['id']
    return lambda: office.someone.request('DELETE', f'/v1/sessions/{other}')


# Of each write of the document: who does it, what is recorded, how it is done.
WRITES = {
    ('POST', '/v1/codes'): ('anyone', 'code', lambda o: lambda: o.world.anyone.request(
        'POST', '/v1/codes', {'purpose': 'sign-in', 'channel': 'sms', 'address': CLERK})),
    ('POST', '/v1/accounts'): ('new', 'register', lambda o: lambda: o.world.anyone.post('/v1/accounts', o.registration)),
    ('POST', '/v1/sessions'): ('someone', 'sign-in', sign_in),
    ('DELETE', '/v1/sessions/{id}'): ('someone', 'sign-out', lambda o: lambda: o.someone.request('DELETE', '/v1/sessions/others')),
    ('DELETE', '/v1/sessions/{id}', 'one'): ('someone', 'sign-out', end_one),
    ('PUT', '/v1/sessions/current/membership'): ('clerk', 'act-for', lambda o: lambda: o.clerk.request(
        'PUT', '/v1/sessions/current/membership', {'membership': o.clerk.membership})),
    ('POST', '/v1/factor'): ('officer', 'second-factor-begin', lambda o: lambda: o.officer.request('POST', '/v1/factor')),
    ('PUT', '/v1/sessions/current/factor'): ('officer', 'second-factor', show_code),
    ('POST', '/v1/factor/recovery-codes'): ('officer', 'recovery-codes', renew_codes),
    ('POST', '/v1/invitations'): ('leader', 'staff-invite', lambda o: o.invite),
    ('DELETE', '/v1/invitations/{id}'): ('leader', 'staff-uninvite', take_back),
    ('POST', '/v1/memberships'): ('invited', 'staff-invited', use_invitation),
    ('PUT', '/v1/staff/{id}'): ('leader', 'staff-disable', shut_out),
    ('POST', '/v1/dossiers'): ('beginner', 'begin', lambda o: lambda: o.beginner.post(
        '/v1/dossiers', {'business': 'evaluation', 'target': TARGET})),
    ('PUT', '/v1/dossiers/{id}/target'): ('someone', 'retarget', retarget),
    ('POST', '/v1/dossiers/{id}/form'): ('someone', 'update-form', update_form),
    ('PUT', '/v1/dossiers/{id}/sections/{section}'): ('someone', 'save', save),
    ('PUT', '/v1/dossiers/{id}/images/{sha256}'): ('someone', 'image', lambda o: lambda: o.someone.upload(o.draft, Picture())),
    ('POST', '/v1/dossiers/{id}/acts'): ('clerk', 'accept', lambda o: lambda: o.clerk.act_reply(o.submitted, 'accept')),
    ('DELETE', '/v1/dossiers/{id}'): ('someone', 'delete', lambda o: lambda: keyed(o.someone, 'DELETE', f'/v1/dossiers/{o.draft}')),
    ('POST', '/v1/phrases'): ('clerk', 'phrase-add', lambda o: lambda: o.clerk.post('/v1/phrases', {'text': '请签名'})),
    ('DELETE', '/v1/phrases/{id}'): ('clerk', 'phrase-remove', lambda o: lambda: o.clerk.request('DELETE', f'/v1/phrases/{o.phrase}')),
}
READING = {('POST', '/v1/searches')}            # a question with a body: an ID number has no place in an address
STAFF = {'clerk': (UNIT, 'unit'), 'leader': (UNIT, 'unit'), 'officer': ('office-nanning', 'office')}


@case('P15 SEC-S43', 'each write of the document leaves a row that tells who, for which body and to which dossier; without it nothing is done')
def writes(office):
    documented = {(method.upper(), path) for path, methods in DOCUMENT['paths'].items() for method in methods}
    equal({(m, p) for m, p in documented if m in ('POST', 'PUT', 'DELETE', 'PATCH')}, {key[:2] for key in WRITES} | READING)
    for (method, path, *_), (who, act, prepare) in WRITES.items():
        write = prepare(office)
        before, all_before = last(office.world), everything(office.world)
        with unrecorded(office.world):
            failed = write()
        equal((failed.status, failed.code), (500, 'internal'), method, path)
        check(b'no room' not in failed.body and b'trigger' not in failed.body, failed)
        now = everything(office.world)
        equal({t: set(now[t]) ^ set(all_before[t]) for t in now if now[t] != all_before[t]}, {}, method, path, 'something was done all the same')
        done = write()
        check(200 <= done.status < 300, method, path, done)
        account = None if who == 'anyone' else done.json['id'] if who == 'new' else getattr(office, who).account['id']
        body, role = (UNIT, 'applicant') if act == 'staff-invited' else STAFF.get(who, (None, 'applicant'))
        dossier = {'accept': office.submitted, 'begin': done.json['id'] if act == 'begin' else None}.get(
            act, office.draft if '/dossiers/{id}' in path else None)
        equal(rows(office.world, before), [(act, account, body, role, dossier)], method, path)
    office.world.server.run('verify-log')


@case('P15', 'what is refused at the door is recorded too; what changes nothing leaves no row')
def refused(office):
    phrase = lambda: office.clerk.post('/v1/phrases', {'text': '请加盖骑缝章'})
    phrase()
    for write, acts in ((sign_in(office, 'Wrong-password-1'), ['sign-in-refused']),
                        (lambda: office.officer.request('PUT', '/v1/sessions/current/factor', {'code': '00000000'}), ['second-factor-refused']),
                        (phrase, []), (lambda: office.clerk.request('DELETE', f'/v1/phrases/{uuid.uuid4()}'), []),
                        (lambda: office.beginner.request('DELETE', '/v1/sessions/others'), []),
                        (lambda: office.beginner.request('DELETE', f'/v1/sessions/{uuid.uuid4()}'), [])):
        before = last(office.world)
        write()
        equal([row[0] for row in rows(office.world, before)], acts)


class Tried:
    """People who try what they may not; the filer is the clerk, acting for no body."""

    def __init__(self):
        self.world = world = World(limits={'staff_second_factor': 'offered'})
        self.clerk, self.leader, self.someone = world.staff(CLERK), world.staff(LEADER), world.applicant()
        self.officer, self.filer = world.staff(OFFICER), world.sign_in(CLERK)
        self.own = self.filer.submitted()

    def noted(self):
        with sqlite3.connect(self.world.server.database, timeout=20) as database:
            return database.execute("SELECT account, body, role, dossier, subject FROM event WHERE act = 'refused' ORDER BY seq").fetchall()


# Of the kinds of refusal for want of right: who, how it is tried, the row's subject; {own}: a dossier, {id}: not told
REFUSALS = [
    ('someone', 'GET', '/v1/staff', None, 'forbidden GET /v1/staff'),
    ('clerk', 'GET', '/v1/staff', None, 'forbidden GET /v1/staff'),
    ('leader', 'POST', '/v1/dossiers', {'business': 'evaluation', 'target': TARGET}, 'forbidden POST /v1/dossiers'),
    ('clerk', 'POST', '/v1/dossiers/{own}/acts', {'act': 'accept', 'version': 2}, 'own-dossier POST /v1/dossiers/{own}/acts'),
    ('someone', 'PUT', '/v1/staff/440308199901101512', {'state': 'disabled'}, 'forbidden PUT /v1/staff/{id}'),
    ('officer', 'POST', '/v1/factor/recovery-codes', {'code': '000000'}, 'second-factor-missing POST /v1/factor/recovery-codes'),
    ('filer', 'POST', '/v1/dossiers', {'business': 'unit_rename', 'target': {'unit': UNIT}}, 'not-a-leader POST /v1/dossiers'),
]


@case('P15 SEC-S42', 'who tries what they may not leaves a row before they are told: who, for which body, what, on which dossier; no number of anybody')
def tried(_):
    them = Tried()
    try:
        for who, method, path, body, subject in REFUSALS:
            session, path = getattr(them, who), path.replace('{own}', them.own)
            ask = lambda: session.request(method, path, body, key=None if method == 'GET' else str(uuid.uuid4()))
            before = them.noted()
            with unrecorded(them.world):
                equal(ask().status, 500, who, path)
            equal(ask().status, 403, who, path)
            account, role = STAFF.get(who, (None, 'applicant'))
            dossier = them.own if '{own}' in subject else None
            equal(them.noted()[len(before):],
                  [(session.account['id'], account, role, dossier, subject.replace('{own}', them.own))], who, path)
        before = them.noted()
        for quiet in (them.someone.get(f'/v1/dossiers/{them.own}'), them.someone.get('/v1/dossiers?moon=1'), them.world.anyone.get('/v1/staff')):
            check(quiet.status in (400, 401, 404), quiet)
        equal(them.noted(), before, 'not found, not understood, not known: no question of rights')
        them.world.server.run('verify-log')
    finally:
        them.world.stop()


@case('P15 SEC-S35', 'the same again is counted, and told once its minute is over; one person fills no more rows than the operator allows')
def flood(_):
    clock = Clock(staff_second_factor='offered', refusals_per_minute=2)
    try:
        someone, other = clock.world.applicant(), clock.world.applicant()
        found = lambda who: [e['subject'] for e in log(clock.world, '--act', 'refused') if e['account'] == who.account['id']]
        for path in ('/v1/staff', '/v1/phrases') + tuple(f'/v1/bodies/{uuid.uuid4()}' for _ in range(5)):
            for _ in range(3):
                equal(someone.get(path).status, 403)
        other.get('/v1/staff')
        first = ['forbidden GET /v1/staff', 'forbidden GET /v1/phrases', 'others']
        equal((found(someone), found(other)), (first, first[:1]))
        clock.set(2)
        deadline = time.monotonic() + 20
        while len(found(someone)) < 6 and time.monotonic() < deadline:
            time.sleep(0.05)
        equal(sorted(found(someone)[3:]), sorted([first[0] + ', 2 times more', first[1] + ', 2 times more', 'others, 14 times more']))
        equal(found(other), first[:1], 'what came once is told already')
        for _ in range(4):
            equal(someone.get('/v1/staff').status, 403)
        equal(found(someone)[6:], first[:1], 'another minute')
        clock.world.server.end()
        equal(found(someone)[7:], [first[0] + ', 3 times more'], 'what was counted is told when the server ends')
    finally:
        clock.stop()


# What a dossier shows, and as what the reading of it is noted.
IN_AN_HOUR = '2026-11-10T10:20:00'              # a reading is noted once in each hour of the clock: not where two of them meet
READS = {'': 'read', '/sections/work_summary': 'read', '/images/{picture}': 'read-images', '/history': 'read', '/revisions/1': 'reveal'}


@case('P15 P20 SEC-S38', 'nothing of a dossier is shown to staff before it is on the disk who read it for which body; its owner\'s reading leaves no row')
def reads(_):
    clock = Clock(IN_AN_HOUR)
    try:
        check_reads(clock.world, clock.world.staff(LEADER))
    finally:
        clock.stop()


def check_reads(world, leader):
    gets = {path[len('/v1/dossiers/{id}'):] for path, methods in DOCUMENT['paths'].items() if path.startswith('/v1/dossiers/{id}')
            and 'get' in methods}
    equal({re.sub(r'{\w+}', '*', path) for path in gets}, {re.sub(r'work_summary|{picture}|1$', '*', path) for path in READS})
    for read, act in READS.items():
        owner = world.applicant()
        dossier = owner.new_dossier()
        picture = next(iter(owner.fill(dossier).values())).sha256
        owner.act(dossier, 'submit')
        path = f'/v1/dossiers/{dossier}' + read.replace('{picture}', picture)
        wanted = (leader.account['id'], UNIT, 'unit', leader.membership)
        with unrecorded(world, 'reading'):
            equal(owner.get(path).status, 200, read)
            shown = leader.get(path)
            equal((shown.status, shown.code), (500, 'internal'), read)
        equal(readings(world, dossier), [], read)
        equal(leader.get(path).status, 200, read)
        equal(readings(world, dossier), [(act, *wanted)], read)
        with unrecorded(world, 'reading'):
            equal(leader.get(path).status, 200, 'on record for this hour', read)
        equal(readings(world, dossier), [(act, *wanted)], read)


@case('P15 U2 SEC-S38', 'who looks at the seal of a unit leaves a row before they see it, by the dossier that it came by')
def seals(office):
    form = Registration(office.world.applicant()).fill().submit()
    form.pass_by(office.officer)
    body, seal = form.session.dossier(form.id)['registers']['body'], form.pictures['seal']
    path = f'/v1/bodies/{body}/seals/{seal.sha256}'
    noted = lambda: [row for row in readings(office.world, form.id) if row[0] == 'read-seal']
    with unrecorded(office.world, 'reading'):
        equal(office.officer.get(path).code, 'internal')
        equal(office.officer.get(path.replace(seal.sha256, '0' * 64)).code, 'not-found')
    equal(noted(), [])
    equal(office.officer.get(path).body, seal.data)
    equal(noted(), [('read-seal', office.officer.account['id'], STAFF['officer'][0], 'office', office.officer.membership)])


@case('P15 P20 SEC-S38', 'the operator searches it by day, act, body, dossier and person, and takes it out: masked, and noted itself')
def exported(office):
    world = office.world
    everything = log(world)
    equal(sorted(e['seq'] for e in everything if 'seq' in e), list(range(1, last(world) + 1)), 'whole, the taking out itself with it')
    equal((everything[-1]['act'], everything[-1]['role']), ('export', 'system'))
    check({e['act'] for e in everything} >= {'register', 'sign-in', 'sign-in-refused', 'save', 'submit', 'accept', 'read', 'export'})
    china = lambda e: str(datetime.datetime.strptime(e['at'], '%Y-%m-%dT%H:%M:%S.%fZ') + datetime.timedelta(hours=8))[:10]
    today = china(everything[-1])
    searches = [(('--act', 'accept'), None, lambda e: e['act'] == 'accept'), (('--body', UNIT), None, lambda e: e['body'] == UNIT),
                (('--dossier', office.submitted), None, lambda e: e['dossier'] == office.submitted),
                (('--person',), CLERK + '\n', lambda e: e['account'] == office.clerk.account['id']),
                (('--act', 'sign-in', '--person'), office.someone.person.form['id_number'] + '\n',
                 lambda e: (e['act'], e['account']) == ('sign-in', office.someone.account['id'])),
                (('--until', today), None, lambda e: china(e) <= today), (('--since', today), None, lambda e: china(e) >= today),
                (('--until', '2020-01-01'), None, lambda e: False), (('--since', '2199-01-01'), None, lambda e: False)]
    for arguments, stdin, fits in searches:
        found = [e for e in log(world, *arguments, stdin=stdin) if e['act'] != 'export']
        equal(found, [e for e in everything if fits(e) and e['act'] != 'export'], arguments)
        check(found or {'2020-01-01', '2199-01-01'} & set(arguments), arguments)
    accept = next(e for e in everything if e['act'] == 'accept')
    equal((accept['from'], accept['to'], accept['name']), ('unit/waiting', 'unit/in-review', '韦晓岚'))
    text = world.server.run('log')
    check(not re.search(r'(?<![0-9a-f-])\d{17}[0-9Xx](?![0-9a-f-])', text), 'a whole ID number')
    check(re.search(r'"id_number":"\d{4}\*{10}\d{3}[\dX]"', text) and office.someone.person.form['mobile'] not in text)
    for wrong in (('--since', 'today'), ('--until', '2026-02-30'), ('--act',), ('surplus',)):
        check(world.server.run('log', *wrong, check=False).returncode, wrong)
    for nobody in ('\n', '13977770000\n'):
        check(world.server.run('log', '--person', stdin=nobody, check=False).returncode, nobody)


@case('P15 SEC-S42', 'after half a year all of it is there still, though the house was kept meanwhile')
def kept(_):
    clock = Clock()
    try:
        world = clock.world
        someone, clerk = world.applicant(), world.staff(CLERK)
        dossier = someone.submitted()
        clerk.dossier(dossier), clerk.act(dossier, 'accept')
        world.server.end()
        before = [e for e in log(world) if e['act'] != 'export']
        check({'read', 'sign-in', 'accept'} <= {e['act'] for e in before})
        check(sessions(world) > 0, 'something that goes')
        clock.set(HALF_A_YEAR_DAYS * 24 * 60)
        world.server.start()                       # which looks after its house at once
        deadline = time.monotonic() + 20
        while sessions(world) and time.monotonic() < deadline:
            time.sleep(0.02)
        equal(sessions(world), 0, 'the house was kept')
        equal([e for e in log(world) if e['act'] != 'export'], before)
    finally:
        clock.stop()


run(Office, Office.stop)
