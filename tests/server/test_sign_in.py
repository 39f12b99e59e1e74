#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in, sessions and whom they act for (S2.0 S2.1, decisions 13 and 24)."""
import os
import sqlite3
import statistics

from actors import CLERK, PASSWORD, Caller, Person, World
from clock import Clock
from tap import case, check, equal, run


def try_sign_in(world, identifier, password, **more):
    return world.anyone.request('POST', '/v1/sessions', dict(
        {'method': 'password', 'identifier': identifier, 'password': password, 'device': '电脑'}, **more))


@case('S2.0 S2.1', 'ID number and mobile both sign in')
def both(world):
    person = Person()
    world.register(person)
    for identifier in (person.form['mobile'], person.form['id_number'], person.form['id_number'].lower(),
                       ' +86' + person.form['mobile']):
        reply = try_sign_in(world, identifier, person.form['password'])
        equal(reply.status, 201, identifier)
        equal(reply.json['account']['name'], person.form['name'])


@case('S2.1 SEC-S06', 'known and unknown people get one answer, byte for byte')
def neutral(world):
    person = Person()
    world.register(person)
    replies = [try_sign_in(world, identifier, 'Wrong-password-1') for identifier in
               (person.form['mobile'], person.form['id_number'], '13977778888', '440308199901101512', 'nobody', '')]
    equal({(r.status, r.body) for r in replies}, {(401, replies[0].body)})
    equal(replies[0].code, 'wrong-credentials')
    with sqlite3.connect(world.server.database) as database:
        told = database.execute("SELECT act, count (*) FROM event WHERE act LIKE 'sign-in%' GROUP BY act").fetchall()
    check(dict(told)['sign-in-refused'] >= len(replies), 'each try is in the record', told)


@case('SEC-S06', 'and at the same cost: the hash of nobody is computed too')
def same_time(world):
    person = Person()
    world.register(person)
    known, unknown = [], []
    for i in range(8):
        for identifier, costs in ((f'1377777{i:04d}', unknown), (person.form['mobile'], known)):
            spent = world.server.processor_seconds()
            try_sign_in(world, identifier, f'Wrong-password-{i}')
            costs.append(world.server.processor_seconds() - spent)
        with sqlite3.connect(world.server.database, timeout=20) as database:
            database.execute("DELETE FROM attempt")
    ratio = statistics.median(unknown) / statistics.median(known)
    check(0.5 < ratio < 2, f'unknown {unknown} known {known}')


@case('S2.1 SEC-S05', 'after N wrong tries one must wait, the right password too; unknown people alike')
def lock(_):
    clock = Clock(sign_in_tries=3, sign_in_delay_seconds=600)
    try:
        world, person = clock.world, Person()
        world.register(person)
        for identifier in (person.form['mobile'], '13977778888'):
            equal([try_sign_in(world, identifier, 'Wrong-password-1').status for _ in range(5)], [401] * 3 + [429] * 2)
        locked = try_sign_in(world, person.form['mobile'], person.form['password'])
        equal((locked.status, locked.code), (429, 'locked'))
        check(0 < locked.json['retry_after'] <= 600, locked)
        world.server.restart()
        equal(try_sign_in(world, person.form['mobile'], person.form['password']).status, 429, 'a restart forgives nothing')
        clock.set(11)
        equal(try_sign_in(world, person.form['mobile'], person.form['password']).status, 201)
        equal(try_sign_in(world, person.form['mobile'], 'Wrong-password-1').status, 401, 'the count started anew')
    finally:
        clock.stop()


@case('SEC-S02', 'a long password counts to its last character')
def long_password(world):
    person = Person(password='长' * 20 + 'Long-password-' * 5)
    world.register(person)
    password = person.form['password']
    equal(try_sign_in(world, person.form['mobile'], password).status, 201)
    equal(try_sign_in(world, person.form['mobile'], password[:-1] + 'x').status, 401)
    equal(try_sign_in(world, person.form['mobile'], password[:40]).status, 401)
    equal(try_sign_in(world, person.form['mobile'], password + ' ').status, 401)


@case('SEC-S11', 'tokens are long, unlike each other, and stored as digests alone')
def tokens(world):
    person = Person()
    world.register(person)
    seen = [try_sign_in(world, person.form['mobile'], person.form['password']).json['token'] for _ in range(10)]
    equal(len(set(seen)), 10)
    check(all(len(token) == 43 for token in seen))
    world.server.restart()
    for name in os.listdir(os.path.dirname(world.server.database)):
        path = os.path.join(os.path.dirname(world.server.database), name)
        if os.path.isfile(path):
            with open(path, 'rb') as file:
                data = file.read()
            check(not any(token.encode() in data for token in seen), name)
    check(not any(token in world.server.read_log() for token in seen))


@case('SEC-S12 SEC-S14', 'sessions are listed and ended, one for oneself, and an ended one is dead')
def sessions(world):
    someone = world.applicant()
    other = world.sign_in(someone.person.form['mobile'], someone.person.form['password'], device='手机')
    items = someone.get('/v1/sessions').json['items']
    equal([(i['device'], i['current']) for i in items], [('手机', False), ('测试电脑', True)])
    stranger = world.applicant()
    equal(stranger.request('DELETE', f'/v1/sessions/{other.id}').status, 404)
    equal(someone.request('DELETE', f'/v1/sessions/{other.id}').status, 204)
    equal(other.get('/v1/me').code, 'signed-out')
    equal(someone.request('DELETE', '/v1/sessions/current').status, 204)
    equal(someone.get('/v1/me').status, 401)
    equal(Caller(world, 'A' * 43).get('/v1/me').status, 401)
    equal(world.anyone.get('/v1/me').status, 401)


@case('SEC-S12', 'a token that was brought along becomes nobody\'s: each sign-in makes its own')
def fixation(world):
    someone = world.applicant()
    for brought in ('A' * 43, someone.token):
        again = Caller(world, brought).request('POST', '/v1/sessions', {
            'method': 'password', 'identifier': someone.person.form['mobile'], 'password': someone.person.form['password'], 'device': '电脑'})
        equal((again.status, again.json['token'] == brought), (201, False))
    equal(Caller(world, 'A' * 43).get('/v1/me').status, 401)


@case('P20 SEC-S38', 'one\'s own numbers and addresses come masked as well, from the sign-in and afterwards')
def own_masked(world):
    person = Person(email='ownmasked@example.org')
    world.register(person)
    session = world.sign_in(person.form['mobile'], person.form['password'])
    number, mobile = person.form['id_number'], person.form['mobile']
    for account in (session.account, session.get('/v1/me').json):
        equal((account['id_number'], account['mobile'], account['email']),
              (f'{number[:4]}**********{number[-4:]}', f'{mobile[:3]}****{mobile[-4:]}', 'o***@example.org'))


@case('S1.1', 'a session acts for one membership at a time, of its own person only')
def memberships(world):
    clerk = world.sign_in(CLERK)
    equal(clerk.get('/v1/me').json['membership'], None)
    mine = clerk.account['memberships'][0]
    equal((mine['role'], mine['body']['kind'], mine['body']['name']), ('clerk', 'unit', '广西南方机械有限公司'))
    choose = lambda session, m: session.request('PUT', '/v1/sessions/current/membership', {'membership': m})
    equal(choose(clerk, mine['id']).json, {'membership': mine['id']})
    equal(clerk.get('/v1/me').json['membership'], mine['id'])
    equal(choose(world.applicant(), mine['id']).status, 404, 'of somebody else')
    equal(choose(clerk, None).status, 200)
    check('items' in clerk.get('/v1/dossiers').json)


@case('S2.1', 'by mobile and code')
def by_code(world):
    person = Person()
    world.register(person)
    mobile = person.form['mobile']
    sign_in = {'method': 'code', 'mobile': mobile, 'code': world.ask_code('sign-in', 'sms', mobile), 'device': '电脑'}
    wrong = '000000' if sign_in['code'] != '000000' else '000001'
    equal(world.anyone.request('POST', '/v1/sessions', dict(sign_in, code=wrong)).code, 'wrong-credentials')
    reply = world.anyone.request('POST', '/v1/sessions', sign_in)
    equal((reply.status, reply.json['method']), (201, 'code'))
    unknown = dict(sign_in, mobile='13977779999', code='123456')
    equal(world.anyone.request('POST', '/v1/sessions', unknown).code, 'wrong-credentials')


@case('SEC-S22', 'what is no sign-in is a bad request')
def shapes(world):
    for body in ({}, {'method': 'magic'}, {'method': 'password'}, [], b'{', {
            'method': 'password', 'identifier': 'a', 'password': 'b', 'device': 'c', 'membership': 'd'}):
        equal(world.anyone.request('POST', '/v1/sessions', body).code, 'bad-json', body)
    equal(try_sign_in(world, '13900000001', PASSWORD, device='长' * 81).code, 'bad-json')


run(World, World.stop)
