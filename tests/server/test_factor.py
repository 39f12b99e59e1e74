#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The second factor of staff (P17, SEC-S16, SEC-S17): set up, shown, spent, locked, taken away."""
import os
import re
import sqlite3
import time
import urllib.parse

from actors import CLERK, LEADER, OFFICER, OTHER_CLERK, Session, World
from authenticator import Authenticator
from clock import Clock
from tap import case, check, equal, run


def choose(session):
    return session.request('PUT', '/v1/sessions/current/membership', {'membership': session.account['memberships'][0]['id']})


def show(session, code):
    return session.request('PUT', '/v1/sessions/current/factor', {'code': code})


def set_up(session):
    """The server's word of a new secret, and the authenticator that has read it."""
    reply = session.request('POST', '/v1/factor')
    equal(reply.status, 201, reply)
    return reply.json, Authenticator(reply.json['secret'])


def enrol(session):
    """Set up and confirmed, by the code of this step: that of the next is left, which counts already."""
    told, authenticator = set_up(session)
    equal(show(session, authenticator.code(0)).status, 204)
    return told, authenticator


def await_mail(world, address, part):
    """The owner is told of it, in those words."""
    deadline = time.monotonic() + 20
    while not any(part in text for text in world.mail(address)) and time.monotonic() < deadline:
        time.sleep(0.02)
    check(any(part in text for text in world.mail(address)), 'the owner is told')


def strict(**limits):
    return World(limits=dict({'staff_second_factor': 'required'}, **limits))


@case('SEC-S16', "the tests' authenticator agrees with RFC 6238, appendix B")
def judge(_):
    authenticator = Authenticator('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')    # "12345678901234567890"
    for at, code in ((59, '287082'), (1111111109, '081804'), (1111111111, '050471'), (1234567890, '005924'),
                     (2000000000, '279037'), (20000000000, '353130')):
        equal(authenticator.code(at=at), code, at)


@case('SEC-S16', 'the password alone gives no rights of staff: no queue, no acts, only what an applicant may')
def password_alone(world):
    clerk = world.sign_in(CLERK)
    reply = choose(clerk)
    equal((reply.status, reply.code), (403, 'second-factor-missing'))
    equal(reply.json['rule'], {'id': 'second-factor', 'lifted_by': 'applicant'})
    equal(clerk.get('/v1/me').json['membership'], None)
    equal(clerk.get('/v1/catalog/departments').status, 403)
    equal(clerk.get('/v1/dossiers').json['items'], [])
    equal(show(clerk, '123456').code, 'second-factor-missing')


@case('SEC-S16', 'set up at the first sign-in as staff; afterwards each new session asks for a code')
def way(world):
    clerk = world.sign_in(CLERK)
    told, authenticator = set_up(clerk)
    equal(len(authenticator.key), 20)
    uri = urllib.parse.urlsplit(told['uri'])
    query = dict(urllib.parse.parse_qsl(uri.query))
    equal((uri.scheme, uri.netloc, query['secret']), ('otpauth', 'totp', told['secret']))
    equal((len(set(told['recovery_codes'])), choose(clerk).code), (10, 'second-factor-missing'))
    for code in (authenticator.wrong(), authenticator.code(-2), authenticator.code(3)):
        equal(show(clerk, code).code, 'wrong-code', 'none, or more than a step away')
    equal(show(clerk, authenticator.code(0)).status, 204)
    equal(choose(clerk).status, 200)
    check('items' in clerk.get('/v1/dossiers').json)
    equal(clerk.request('POST', '/v1/factor').code, 'not-allowed', 'there is one already')
    again = world.sign_in(CLERK)
    equal(choose(again).code, 'second-factor')
    equal(show(again, authenticator.code(1)).status, 204)
    equal(choose(again).status, 200)
    await_mail(world, CLERK, '动态验证码')


@case('SEC-S16', 'a code counts once, in any session, and those of steps before it no more; far ones never')
def replay(world):
    leader = world.sign_in(LEADER)
    _, authenticator = enrol(leader)
    other = world.sign_in(LEADER)
    equal(show(other, authenticator.code(0)).code, 'wrong-code', 'the one that confirmed')
    code = authenticator.code(1)
    equal(show(other, code).status, 204)
    third = world.sign_in(LEADER)
    for used in (code, authenticator.code(0), authenticator.code(-2), authenticator.code(4)):
        equal(show(third, used).code, 'wrong-code')
    equal(choose(third).code, 'second-factor')


@case('SEC-S16', 'a recovery code counts once; typed small, with spaces or without dashes it is the same')
def recovery(world):
    session = world.sign_in(OTHER_CLERK)
    told, _ = set_up(session)
    codes = told['recovery_codes']
    equal(show(session, codes[0]).code, 'wrong-code', 'not before the secret is confirmed')
    told, authenticator = set_up(session)
    equal(show(session, codes[0]).code, 'wrong-code', 'of the secret before')
    codes = told['recovery_codes']
    equal(show(session, authenticator.code(0)).status, 204)
    for i, typed in enumerate((codes[0], codes[1].lower(), codes[2].replace('-', ' '), codes[3].replace('-', ''))):
        fresh = world.sign_in(OTHER_CLERK)
        equal(show(fresh, typed).status, 204, i)
        equal(choose(fresh).status, 200)
        equal(show(fresh, typed).code, 'wrong-code', 'a second time')
    other = codes[4][:-1] + ('A' if codes[4][-1] != 'A' else 'B')
    equal(show(session, other).code, 'wrong-code')


def renew(session, code):
    return session.request('POST', '/v1/factor/recovery-codes', {'code': code})


def state(session):
    seen = session.get('/v1/factor').json
    return seen['set_up'], seen['recovery_codes_left']


def events(world, act):
    with sqlite3.connect(world.server.database) as database:
        return database.execute('SELECT COUNT (*) FROM event WHERE act = ?', (act,)).fetchone()[0]


@case('SEC-S16', 'the owner sees what there is of it, whether the server asks for it, and how many recovery codes are left')
def told_of_it(_):
    world = World(limits={'staff_second_factor': 'offered'})
    try:
        clerk = world.staff(CLERK)
        check('second-factor' in clerk.get('/v1/').json['capabilities'])
        equal(clerk.get('/v1/factor').json, {'policy': 'offered', 'set_up': False, 'recovery_codes_left': 0})
        told, authenticator = set_up(clerk)
        equal(state(clerk), (False, 0), 'not confirmed yet')
        equal(show(clerk, authenticator.code(0)).status, 204)
        equal(state(clerk), (True, 10))
        equal(show(clerk, told['recovery_codes'][3]).status, 204)
        equal(state(clerk), (True, 9))
        equal(state(world.applicant()), (False, 0), 'nothing of somebody else')
        equal(world.anyone.request('GET', '/v1/factor').status, 401)
    finally:
        world.stop()


@case('SEC-S16', 'recovery codes are renewed for a code of the authenticator alone; those before count no more at once')
def renewal(_):
    world = strict(sign_in_tries=50)
    try:
        clerk = world.sign_in(CLERK)
        equal(renew(clerk, '123456').code, 'second-factor-missing')
        told, authenticator = set_up(clerk)
        equal(renew(clerk, authenticator.code(0)).code, 'second-factor-missing', 'not confirmed yet')
        equal(show(clerk, authenticator.code(0)).status, 204)
        for code in (authenticator.wrong(), told['recovery_codes'][0], authenticator.code(0), ''):
            equal(renew(clerk, code).code, 'wrong-code', code)
        equal((state(clerk), events(world, 'recovery-codes')), ((True, 10), 0))
        reply = renew(clerk, authenticator.code(1))
        fresh = reply.json['recovery_codes']
        equal((reply.status, len(set(fresh)), set(fresh) & set(told['recovery_codes'])), (201, 10, set()))
        equal(renew(clerk, authenticator.code(1)).code, 'wrong-code', 'it counted once')
        equal([show(clerk, code).code for code in told['recovery_codes']], ['wrong-code'] * 10)
        equal([show(clerk, fresh[0]).status, show(clerk, fresh[0]).code, state(clerk)], [204, 'wrong-code', (True, 9)])
        equal(events(world, 'recovery-codes'), 1)
        await_mail(world, CLERK, '恢复码已更换')
        check(not any(code in world.server.read_log() for code in fresh))
    finally:
        world.stop()


@case('SEC-S16 SEC-S05', 'wrong codes for other recovery codes are counted with all the others')
def renewal_lock(_):
    world = strict(sign_in_tries=3, sign_in_delay_seconds=60)
    try:
        clerk = world.sign_in(CLERK)
        _, authenticator = enrol(clerk)
        equal([renew(clerk, authenticator.wrong()).status for _ in range(4)], [422] * 3 + [429])
        equal(renew(clerk, authenticator.code(1)).code, 'locked')
        equal(show(clerk, authenticator.code(1)).code, 'locked')
    finally:
        world.stop()


@case('SEC-S16 SEC-S05', 'after N wrong codes one must wait, the right one too, in every session; signing in anew clears nothing')
def lock(_):
    clock = Clock(staff_second_factor='required', sign_in_tries=3, sign_in_delay_seconds=600)
    try:
        world = clock.world
        session = world.sign_in(OFFICER)
        told, authenticator = enrol(session)
        equal([show(session, authenticator.wrong()).status for _ in range(4)], [422] * 3 + [429])
        fresh = world.sign_in(OFFICER)
        locked = show(fresh, authenticator.code(0))
        equal((locked.status, locked.code), (429, 'locked'))
        equal(show(fresh, told['recovery_codes'][0]).code, 'locked')
        world.server.restart()
        equal(show(fresh, authenticator.code(0)).code, 'locked', 'a restart forgives nothing')
        clock.set(11)
        equal(show(fresh, authenticator.code(at=time.time() + 660)).status, 204)
        with sqlite3.connect(world.server.database) as database:
            acts = [row[0] for row in database.execute("SELECT act FROM event WHERE act LIKE 'second-factor%' ORDER BY seq")]
        equal(acts, ['second-factor-begin', 'second-factor'] + ['second-factor-refused'] * 3 + ['second-factor'], 'all of it is in the record')
    finally:
        clock.stop()


@case('SEC-S16 SEC-S40', 'the secret lies sealed, the recovery codes as slow hashes; the log has none of them')
def at_rest(world):
    officer = world.sign_in(OFFICER)
    told, authenticator = enrol(officer)
    world.server.restart()
    plain = [told['secret'].encode(), authenticator.key] + [c.replace('-', '').encode() for c in told['recovery_codes']]
    folder = os.path.dirname(world.server.database)
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            with open(path, 'rb') as file:
                data = file.read()
            check(not any(p in data for p in plain), name)
    check(told['secret'] not in world.server.read_log())
    with sqlite3.connect(world.server.database) as database:
        hashes = [row[0] for row in database.execute('SELECT hash FROM recovery_code')]
    check(hashes and all(re.match(r'\$argon2id\$v=19\$m=\d{5}', h) for h in hashes), hashes[:1])


@case('SEC-S16', 'applicants need none and get none; where it is off nobody is asked, where it is offered those who have one')
def policies(world):
    equal(world.applicant().request('POST', '/v1/factor').code, 'forbidden')
    open_world = World()
    try:
        clerk = open_world.staff(CLERK)
        equal(clerk.request('POST', '/v1/factor').code, 'forbidden')
        check('second-factor' not in clerk.get('/v1/').json['capabilities'], 'nothing to show of it')
    finally:
        open_world.stop()
    offered = World(limits={'staff_second_factor': 'offered'})
    try:
        clerk = offered.staff(CLERK)
        enrol(clerk)
        equal(choose(offered.sign_in(CLERK)).code, 'second-factor')
        equal(choose(offered.sign_in(LEADER)).status, 200)
    finally:
        offered.stop()


@case('SEC-S15 SEC-S16', 'a session made by an SMS code sets none up: the password is asked for; one that is there is shown in it as in any')
def by_sms(_):
    world = World(limits={'staff_second_factor': 'offered'})
    try:
        def by_code():
            reply = world.anyone.request('POST', '/v1/sessions', {
                'method': 'code', 'mobile': CLERK, 'code': world.ask_code('sign-in', 'sms', CLERK), 'device': '电脑'})
            equal(reply.status, 201, reply)
            return Session(world, reply.json)
        weak = by_code()
        reply = weak.request('POST', '/v1/factor')
        equal((reply.status, reply.code, reply.json['rule']), (403, 'step-up', {'id': 'password', 'lifted_by': 'applicant'}))
        equal(state(weak), (False, 0))
        _, authenticator = enrol(world.sign_in(CLERK))
        equal((choose(weak).code, show(weak, authenticator.code(1)).status, choose(weak).status), ('second-factor', 204, 200))
    finally:
        world.stop()


@case('SEC-S16', 'a session that acted without one ends where it becomes required; a value of its own is refused at the start')
def becomes_required(_):
    world = World()
    try:
        clerk = world.staff(CLERK)
        with open(world.server.config, encoding='utf-8') as file:
            text = file.read()
        for value, starts in (('sometimes', False), ('required', True)):
            with open(world.server.config, 'w', encoding='utf-8') as file:
                file.write(text.replace('staff_second_factor=off', f'staff_second_factor={value}'))
            if starts:
                world.server.restart()
            else:
                check('staff_second_factor' in world.server.run('verify-log', check=False).stderr)
        equal(clerk.get('/v1/dossiers').code, 'signed-out')
    finally:
        world.stop()


run(strict, World.stop)
