#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The second factor of staff (P17, SEC-S16, SEC-S17): set up, shown, spent, locked, taken away."""
import os
import re
import sqlite3
import time
import urllib.parse

from actors import CLERK, LEADER, OFFICER, OTHER_CLERK, World
from authenticator import Authenticator
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
    deadline = time.monotonic() + 20
    while not any('动态验证码' in text for text in world.mail(CLERK)) and time.monotonic() < deadline:
        time.sleep(0.02)
    check(any('动态验证码' in text for text in world.mail(CLERK)), 'the owner is told')


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


@case('SEC-S16 SEC-S05', 'after N wrong codes one must wait, the right one too, in every session; signing in anew clears nothing')
def lock(_):
    world = strict(sign_in_tries=3, sign_in_delay_seconds=2)
    try:
        session = world.sign_in(OFFICER)
        told, authenticator = enrol(session)
        equal([show(session, authenticator.wrong()).status for _ in range(4)], [422] * 3 + [429])
        fresh = world.sign_in(OFFICER)
        locked = show(fresh, authenticator.code(0))
        equal((locked.status, locked.code), (429, 'locked'))
        equal(show(fresh, told['recovery_codes'][0]).code, 'locked')
        world.server.restart()
        equal(show(fresh, authenticator.code(0)).code, 'locked', 'a restart forgives nothing')
        time.sleep(locked.json['retry_after'])
        equal(show(fresh, authenticator.code(1)).status, 204)
        with sqlite3.connect(world.server.database) as database:
            acts = [row[0] for row in database.execute("SELECT act FROM event WHERE act LIKE 'second-factor%' ORDER BY seq")]
        equal(acts, ['second-factor-begin', 'second-factor'] + ['second-factor-refused'] * 3 + ['second-factor'], 'all of it is in the record')
    finally:
        world.stop()


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
