#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who acts for a body and for how long: named, disabled, invited by a one-time code; sessions ended and idle
(U2, P17, SEC-S13, SEC-S14, SEC-S16, SEC-S18)."""
import http.client
import re
import sqlite3
import time

from actors import CLERK, LEADER, OFFICER, OTHER_CLERK, PASSWORD, UNIT, Picture, World, run_together
from authenticator import Authenticator
from clock import Clock
from tap import case, check, equal, run

CLERKSHIP = ('--body', UNIT, '--role', 'clerk')
EMPTY, BUREAU_CLERK = 'unit-of-nobody', '13900000007'


def staff(world, verb, mobile=None, *arguments, check=True):
    return world.server.run('staff', verb, *arguments, stdin=f'{mobile}\n' if mobile else None, check=check)


def acts(world):
    with sqlite3.connect(world.server.database) as database:
        return [row[0] for row in database.execute('SELECT act FROM event ORDER BY seq')]


def choose(session, membership):
    return session.request('PUT', '/v1/sessions/current/membership', {'membership': membership})


class Upload:
    """An image on its way, half of it sent."""

    def __init__(self, session, dossier):
        picture = Picture(width=1600, height=1200)
        self.connection = http.client.HTTPConnection('127.0.0.1', session.world.server.port, timeout=60)
        self.connection.putrequest('PUT', f'/v1/dossiers/{dossier}/images/{picture.sha256}')
        for name, value in (('Authorization', 'Bearer ' + session.token), ('Content-Type', 'image/jpeg'),
                            ('Content-Length', str(len(picture.data)))):
            self.connection.putheader(name, value)
        self.connection.endheaders()
        self.connection.send(picture.data[:len(picture.data) // 2])
        self.rest = picture.data[len(picture.data) // 2:]

    def finish(self):
        self.connection.send(self.rest)
        status = self.connection.getresponse().status
        self.connection.close()
        return status


@case('SEC-S14', 'a session that is ended is dead at the next request and in the middle of an upload; others of the account go on')
def ended(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    form = someone.person.form
    more = [world.sign_in(form['mobile'], form['password'], device=f'电脑{i}') for i in range(3)]
    equal(Upload(more[0], dossier).finish(), 201)
    upload = Upload(more[0], dossier)
    equal(someone.request('DELETE', f'/v1/sessions/{more[0].id}').status, 204)
    equal((upload.finish(), more[0].get('/v1/me').status, more[1].get('/v1/me').status), (401, 401, 200))
    stranger = world.applicant()
    equal([someone.request('DELETE', '/v1/sessions/others').status for _ in range(2)], [204, 204])
    equal([session.get('/v1/me').status for session in (*more[1:], someone, stranger)], [401, 401, 200, 200])
    equal([item['current'] for item in someone.get('/v1/sessions').json['items']], [True])


@case('P17 SEC-S14', 'the list tells for whom each session acts')
def listed(world):
    clerk = world.staff(OTHER_CLERK)
    world.sign_in(OTHER_CLERK, device='手机')
    items = clerk.get('/v1/sessions').json['items']
    equal([(i['device'], i['acts_for'], i['current']) for i in items],
          [('手机', None, False), ('测试电脑', '桂林山水设计院', True)])


@case('U2 SEC-S14', 'who is disabled is out at once, in the middle of an upload too, and cannot come back in before being enabled')
def disabled(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    clerk.act(dossier, 'accept')
    equal(Upload(clerk, dossier).finish(), 201)
    upload = Upload(clerk, dossier)
    staff(world, 'disable', CLERK, *CLERKSHIP)
    equal((upload.finish(), clerk.get('/v1/dossiers').code, clerk.get('/v1/me').status), (401, 'signed-out', 401))
    again = world.sign_in(CLERK)
    equal((again.account['memberships'], choose(again, clerk.membership).status), ([], 404))
    check(staff(world, 'disable', CLERK, *CLERKSHIP, check=False).returncode, 'there is nothing left to disable')
    staff(world, 'enable', CLERK, *CLERKSHIP)
    equal(choose(again, clerk.membership).status, 200)
    equal(again.dossier(dossier)['holder']['me'], True, 'what they had accepted is theirs still')
    check(staff(world, 'enable', CLERK, *CLERKSHIP, check=False).returncode)
    equal([act for act in acts(world) if act in ('staff-disable', 'staff-enable')], ['staff-disable', 'staff-enable'])


@case('SEC-S14', 'whose account is suspended is out everywhere at once, is asked to do nothing, and comes in by no way until it is resumed')
def suspended(world):
    someone, clerk, leader = world.applicant(), world.staff(CLERK), world.staff(LEADER)
    form, dossier = someone.person.form, someone.new_dossier()
    other = world.sign_in(form['id_number'], form['password'])
    upload = Upload(someone, dossier)
    staff(world, 'suspend', form['mobile'])
    equal((upload.finish(), someone.get('/v1/me').code, other.get('/v1/me').status), (401, 'signed-out', 401))
    wrong = world.anyone.request('POST', '/v1/sessions', {
        'method': 'password', 'identifier': form['mobile'], 'password': 'Wrong-password-1', 'device': '电脑'})
    by_code = {'method': 'code', 'mobile': form['mobile'], 'code': world.ask_code('sign-in', 'sms', form['mobile']), 'device': '电脑'}
    for sign_in in (by_code, *({'method': 'password', 'identifier': i, 'password': form['password'], 'device': '电脑'}
                               for i in (form['mobile'], form['id_number']))):
        reply = world.anyone.request('POST', '/v1/sessions', sign_in)
        equal((reply.status, reply.body), (401, wrong.body), 'as if there were nobody', sign_in['method'])
    check(staff(world, 'suspend', form['mobile'], check=False).returncode, 'suspended already')
    staff(world, 'resume', form['id_number'])
    check(staff(world, 'resume', form['mobile'], check=False).returncode, 'nothing to resume')
    equal((someone.get('/v1/me').status, world.sign_in(form['mobile'], form['password']).dossier(dossier)['id']), (401, dossier))

    waiting = world.applicant().submitted()
    bureau = world.sign_in(BUREAU_CLERK).account['memberships'][0]
    staff(world, 'suspend', BUREAU_CLERK)
    staff(world, 'suspend', CLERK)
    equal((clerk.get('/v1/dossiers').status, leader.get('/v1/dossiers').status), (401, 200))
    equal([p['name'] for p in leader.get('/v1/catalog/colleagues').json['items']], ['覃国栋'])
    equal({i['name']: i['state'] for i in leader.get('/v1/staff').json['items']}, {'覃国栋': 'enabled', '韦晓岚': 'disabled'})
    equal(leader.act_reply(waiting, 'assign', to={'person': clerk.membership}).code, 'colleague')
    leader.act(waiting, 'accept')
    leader.attest(waiting)
    to = {'department': bureau['body']['id'], 'person': bureau['id']}
    equal(leader.act_reply(waiting, 'approve', to=to).code, 'department')
    for mobile in (BUREAU_CLERK, CLERK):
        staff(world, 'resume', mobile)
    equal(leader.act(waiting, 'approve', to=to)['stage'], 'department')
    equal([act for act in acts(world) if act.startswith('account-')], ['account-suspend', 'account-resume', 'account-suspend',
                                                                       'account-suspend', 'account-resume', 'account-resume'])


@case('SEC-S16 SEC-S17', 'the operator takes a lost factor away: sessions end, the owner is told, a new one is set up')
def reset(_):
    world = World(limits={'staff_second_factor': 'required'})
    try:
        leader = world.sign_in(LEADER)
        membership = leader.account['memberships'][0]['id']
        check(staff(world, 'reset-factor', LEADER, check=False).returncode, 'there is none yet')
        told = leader.request('POST', '/v1/factor').json
        show = lambda session, code: session.request('PUT', '/v1/sessions/current/factor', {'code': code})
        equal(show(leader, Authenticator(told['secret']).code()).status, 204)
        equal(choose(leader, membership).status, 200)
        staff(world, 'reset-factor', LEADER)
        equal(leader.get('/v1/me').code, 'signed-out')
        fresh = world.sign_in(LEADER)
        equal(choose(fresh, membership).code, 'second-factor-missing')
        equal(show(fresh, told['recovery_codes'][0]).code, 'second-factor-missing')
        again = fresh.request('POST', '/v1/factor').json
        check(again['secret'] != told['secret'])
        equal(show(fresh, Authenticator(again['secret']).code()).status, 204)
        deadline = time.monotonic() + 20
        while not any('解除' in text for text in world.mail(LEADER)) and time.monotonic() < deadline:
            time.sleep(0.02)
        check(any('解除' in text for text in world.mail(LEADER)), 'the owner is told')
        check('second-factor-reset' in acts(world))
    finally:
        world.stop()


def invite(world, *arguments):
    return staff(world, 'invite', None, '--body', EMPTY, '--role', 'leader', *arguments).strip()


def redeem(session, code):
    return session.post('/v1/memberships', {'invitation': code})


def add_empty_unit(world):
    with sqlite3.connect(world.server.database, timeout=20) as database:
        database.execute('INSERT OR IGNORE INTO body (id, kind, name, created_at) VALUES (?, ?, ?, 0)', (EMPTY, 'unit', '无人单位'))


@case('SEC-S18', 'a fresh installation has no accounts: the usual names and passwords open nothing')
def no_default(world):
    for name in ('admin', 'root', 'administrator', 'zhicheng', 'zhichengd', 'test'):
        for password in (name, 'admin', 'password', '123456', PASSWORD):
            reply = world.anyone.request('POST', '/v1/sessions', {
                'method': 'password', 'identifier': name, 'password': password, 'device': '电脑'})
            check(reply.status in (401, 429), name, reply)


@case('SEC-S18', 'an invitation makes the first of a body\'s staff, once, even of ten at the same moment')
def invitation(world):
    add_empty_unit(world)
    check(staff(world, 'invite', None, '--body', 'no-such-body', '--role', 'leader', check=False).returncode)
    code, spare = invite(world), invite(world)
    check(re.fullmatch('([A-Z2-7]{5}-){4}[A-Z2-7]{5}', code) and code != spare, 'a hundred bits and more')
    people = [world.applicant() for _ in range(10)]
    equal(redeem(people[0], 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA').code, 'wrong-code')
    replies = run_together(10, lambda i: redeem(people[i], code.lower() if i % 2 else code))
    equal(sorted(reply.status for reply in replies), [201] + [422] * 9)
    first = next(i for i, reply in enumerate(replies) if reply.status == 201)
    mine = replies[first].json['memberships'][0]
    equal((mine['role'], mine['body']['name']), ('leader', '无人单位'))
    equal(choose(people[first], mine['id']).status, 200)
    equal(redeem(people[first], code).code, 'wrong-code', 'a second time')
    equal(redeem(people[first - 1], spare).code, 'wrong-code', 'the body has staff by now')
    with sqlite3.connect(world.server.database) as database:
        rows = database.execute('SELECT digest FROM invitation').fetchall()
    check(len(rows) == 2 and code.replace('-', '').encode() not in b''.join(row[0] for row in rows), 'a digest alone is stored')
    check('staff-invite' in acts(world) and 'staff-invited' in acts(world))


@case('SEC-S18', 'after 72 hours an invitation is worth nothing')
def expired(_):
    clock = Clock()
    try:
        add_empty_unit(clock.world)
        late, code = invite(clock.world), invite(clock.world)
        someone = clock.world.applicant()
        clock.set(72 * 60 + 1)
        equal(redeem(someone, late).code, 'wrong-code')
        clock.set(72 * 60 - 5)
        equal(redeem(someone, code).status, 201)
    finally:
        clock.stop()


@case('SEC-S13 decision 24', 'staff: 30 minutes without input; waiting for changes and sending what waits are no input')
def idle(_):
    clock = Clock()
    try:
        world = clock.world
        idler, worker, waiter = world.staff(OFFICER), world.staff(OFFICER), world.staff(OFFICER)
        applicant = world.applicant()
        clock.set(29)
        equal(choose(worker, worker.membership).status, 200, 'input')
        equal(waiter.get('/v1/changes').status, 200)
        missing = f'/v1/dossiers/{applicant.new_dossier()}/images/' + '0' * 64
        equal(waiter.request('HEAD', missing).status, 404)
        equal(waiter.request('GET', '/v1/dossiers', headers={'Zhicheng-Unattended': '1'}).status, 200)
        clock.set(31)
        equal([session.get('/v1/changes').status for session in (idler, worker, waiter, applicant)], [401, 200, 401, 200])
        equal(len(worker.get('/v1/sessions').json['items']), 1, 'those that are over are not listed')
        clock.set(31 + 30 * 24 * 60 + 1)
        equal(applicant.get('/v1/me').status, 401, 'applicants: 30 days')
    finally:
        clock.stop()


@case('SEC-S13 decision 24', 'staff: 12 hours at most, however busy')
def absolute(_):
    clock = Clock()
    try:
        worker = clock.world.staff(OFFICER)
        for minutes in range(25, 12 * 60, 25):
            clock.set(minutes)
            equal(choose(worker, worker.membership).status, 200, minutes)
        clock.set(12 * 60 + 1)
        equal(worker.get('/v1/me').code, 'signed-out')
    finally:
        clock.stop()


@case('SEC-S13', 'applicants: a year at most, however often they come')
def year(_):
    clock = Clock()
    try:
        someone = clock.world.applicant()
        for days in range(29, 366, 29):
            clock.set(days * 24 * 60)
            equal(choose(someone, None).status, 200, days)     # a write notes its use before it is answered
        clock.set(367 * 24 * 60)
        equal(someone.get('/v1/me').code, 'signed-out')
    finally:
        clock.stop()


@case('SEC-S13 SEC-S16', 'a factor that was shown counts no longer than staff may be idle, also while acting for oneself')
def factor_idle(_):
    clock = Clock(staff_second_factor='required')
    try:
        leader = clock.world.sign_in(LEADER)
        membership = leader.account['memberships'][0]['id']
        secret = leader.request('POST', '/v1/factor').json['secret']
        show = lambda at: leader.request('PUT', '/v1/sessions/current/factor',
                                         {'code': Authenticator(secret).code(at=time.time() + at * 60)})
        equal([show(0).status, choose(leader, membership).status, choose(leader, None).status], [204, 200, 200])
        equal([choose(leader, m).status for m in (membership, None)], [200, 200], 'to and fro')
        clock.set(31)
        equal(choose(leader, membership).code, 'second-factor')
        equal([show(31).status, choose(leader, membership).status], [204, 200])
    finally:
        clock.stop()


run(World, World.stop)
