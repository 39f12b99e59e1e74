#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The people of a body, by its leaders: who they are, inviting one person by a one-time secret, shutting out at once and letting in
again (U2, SEC-S14, SEC-S18, SEC-S19, SEC-S20)."""
import re
import sqlite3
import threading
import time
import uuid

from actors import CLERK, LEADER, OFFICER, OTHER_CLERK, UNIT, World, id_number, run_together
from clock import Clock
from tap import case, check, equal, run
from units import Registration

ALL = ('enabled', 'disabled')


def query(world, sql, *values):
    with sqlite3.connect(world.server.database) as database:
        return database.execute(sql, values).fetchall()


def bare(reply):
    return reply.status, reply.body, sorted((k, v) for k, v in reply.headers.items() if k != 'Date')


def put(session, member, state):
    return session.request('PUT', f'/v1/staff/{member}', {'state': state}, key=str(uuid.uuid4()))


def invite(session, person, role='clerk'):
    """A person who has registered: the answer."""
    form = person.person.form
    return session.request('POST', '/v1/invitations', {'name': form['name'], 'id_number': form['id_number'], 'role': role})


def redeem(session, code):
    return session.post('/v1/memberships', {'invitation': code})


def act_for(session, body):
    membership = next(m for m in session.get('/v1/me').json['memberships'] if m['body']['id'] == body)
    equal(session.request('PUT', '/v1/sessions/current/membership', {'membership': membership['id']}).status, 200)
    session.membership, session.body = membership['id'], body
    return session


def new_unit(world):
    """The leader of a unit that has just been admitted."""
    form = Registration(world.applicant()).fill().submit()
    form.pass_by(world.officer)
    return act_for(form.session, form.session.dossier(form.id)['registers']['body'])


def colleague(world, leader, role='clerk'):
    someone = world.applicant()
    code = invite(leader, someone, role).json['invitation']
    equal(redeem(someone, code).status, 201)
    return act_for(someone, leader.body)


def members(leader):
    return {item['name']: (item['role'], item['state'], item['me']) for item in leader.get('/v1/staff').json['items']}


def events(world, body):
    return [row[0] for row in query(world, "SELECT act FROM event WHERE body = ? AND act LIKE 'staff%' ORDER BY seq", body)]


def setup():
    world = World()
    world.officer = world.staff(OFFICER)
    return world


@case('U2 P20', 'a leader sees the people of their body, with masked numbers and their state; nobody else does')
def listed(world):
    leader = world.staff(LEADER)
    equal(members(leader), {'覃国栋': ('leader', 'enabled', True), '韦晓岚': ('clerk', 'enabled', False)})
    told = leader.get('/v1/staff')
    check(not re.search(rb'[0-9]{17}', told.body), 'no whole number')
    check('4501**********4227' in {item['id_number'] for item in told.json['items']})
    for session, code in ((world.staff(CLERK), 'forbidden'), (world.applicant(), 'forbidden'), (world.sign_in(LEADER), 'forbidden')):
        equal((session.get('/v1/staff').status, session.get('/v1/staff').code), (403, code))


@case('U2 SEC-S20', 'clerks and people without a body change nothing: every operation is a leader\'s')
def leaders_alone(world):
    leader = new_unit(world)
    clerk, stranger = colleague(world, leader), world.applicant()
    open_one = invite(leader, world.applicant()).json['id']
    before = query(world, 'SELECT * FROM membership ORDER BY id'), query(world, 'SELECT * FROM invitation ORDER BY id')
    for session in (clerk, stranger):
        replies = [put(session, leader.membership, state) for state in ALL] + [
            invite(session, stranger, 'leader'), session.request('DELETE', f'/v1/invitations/{open_one}', key=str(uuid.uuid4()))]
        equal({(r.status, r.code) for r in replies}, {(403, 'forbidden')})
    equal((query(world, 'SELECT * FROM membership ORDER BY id'), query(world, 'SELECT * FROM invitation ORDER BY id')), before)


@case('U2 SEC-S18', 'an invitation is told once, stored as a digest, and works once for the person it is made out to alone')
def invited(world):
    leader, someone, stranger = new_unit(world), world.applicant(), world.applicant()
    told = invite(leader, someone).json
    code = told['invitation']
    check(re.fullmatch('([A-Z2-7]{5}-){4}[A-Z2-7]{5}', code), code)
    listed = leader.get('/v1/staff').json['invitations']
    equal([(i['id'], i['name'], i['role'], i['expires_at']) for i in listed],
          [(told['id'], someone.person.form['name'], 'clerk', told['expires_at'])])
    check(re.fullmatch(r'[0-9]{4}\*{10}[0-9]{3}[0-9X]', listed[0]['id_number']), listed)
    with open(world.server.database, 'rb') as file, open(world.server.database + '-wal', 'rb') as log:
        stored = file.read() + log.read()
    for secret in (code, code.replace('-', ''), someone.person.form['id_number']):
        check(secret.encode() not in stored and secret not in world.server.read_log(), 'in clear')
    for who in (stranger, leader):
        equal((redeem(who, code).status, redeem(who, code).code), (422, 'wrong-code'), 'made out to another')
    equal(redeem(someone, code.lower()).status, 201)
    equal((redeem(someone, code).code, leader.get('/v1/staff').json['invitations']), ('wrong-code', []))
    equal(members(leader)[someone.account['name']], ('clerk', 'enabled', False))
    equal(events(world, leader.body), ['staff-invite', 'staff-invited'])
    act_for(someone, leader.body)


@case('U2 SEC-S18', 'a newer invitation takes the place of one for the same person and role; one that is taken back is worth nothing')
def replaced(world):
    leader, someone = new_unit(world), world.applicant()
    old, as_leader, new = (invite(leader, someone, role).json for role in ('clerk', 'leader', 'clerk'))
    equal({i['id'] for i in leader.get('/v1/staff').json['invitations']}, {as_leader['id'], new['id']})
    equal(redeem(someone, old['invitation']).code, 'wrong-code')
    take_back = lambda who, i: who.request('DELETE', f'/v1/invitations/{i}', key=str(uuid.uuid4()))
    other = new_unit(world)
    none = bare(take_back(leader, str(uuid.uuid4())))
    equal((none[0], bare(take_back(other, as_leader['id']))), (404, none), 'of another body')
    world.server.run('staff', 'invite', '--body', leader.body, '--role', 'clerk')
    operators = query(world, 'SELECT id FROM invitation WHERE body = ? AND inviter IS NULL', leader.body)[0][0]
    equal(bare(take_back(leader, operators)), none, 'the operator\'s')
    equal((take_back(leader, as_leader['id']).status, bare(take_back(leader, as_leader['id']))), (204, none))
    equal(redeem(someone, as_leader['invitation']).code, 'wrong-code')
    equal(redeem(someone, new['invitation']).status, 201)
    equal(bare(take_back(leader, new['id'])), none, 'used')


@case('U2 SEC-S18', 'after 72 hours an invitation of a leader is worth nothing and is not listed; a month later nothing of it is kept')
def over(_):
    clock = Clock()
    try:
        world = clock.world
        world.officer = world.staff(OFFICER)
        leader, late, early = new_unit(world), world.applicant(), world.applicant()
        codes = [invite(leader, person).json['invitation'] for person in (late, early)]
        body, form = leader.body, leader.person.form

        def listed():
            session = act_for(world.sign_in(form['mobile'], form['password']), body)
            return [i['name'] for i in session.get('/v1/staff').json['invitations']]
        clock.set(72 * 60 + 5)
        equal((redeem(late, codes[0]).code, listed()), ('wrong-code', []))
        clock.set(72 * 60 - 5)
        equal(redeem(early, codes[1]).status, 201)
        equal(listed(), [late.person.form['name']])
        clock.set((72 + 31 * 24) * 60)
        world.server.restart()                 # which looks after its house at once
        deadline = time.monotonic() + 20
        while query(world, 'SELECT * FROM invitation') and time.monotonic() < deadline:
            time.sleep(0.02)
        equal(query(world, 'SELECT * FROM invitation'), [])
    finally:
        clock.stop()


@case('U2 SEC-S22', 'whom to invite is proven: a name, a number of a document, a role, and nothing more')
def proven(world):
    leader = new_unit(world)
    good = {'name': '测试甲', 'id_number': id_number(), 'role': 'clerk'}
    send = lambda body: leader.request('POST', '/v1/invitations', body)
    for change, problem in (({'name': 'x'}, ('name', 'name')), ({'name': "甲'; DROP TABLE"}, ('name', 'name')), ({'name': '甲\n乙'}, ('name', 'name')),
                            ({'id_number': good['id_number'][:17]}, ('id_number', 'id-format')),
                            ({'id_number': '440308199901101513'}, ('id_number', 'id-checksum')),
                            ({'id_number': ''}, ('id_number', 'id-format')), ({'role': 'operator'}, ('role', 'not-a-choice')),
                            ({'role': ''}, ('role', 'not-a-choice'))):
        reply = send(dict(good, **change))
        equal((reply.status, reply.code, reply.problems), (422, 'invalid', {problem}), change)
    for body in ({}, [], {'name': '测试甲', 'role': 'clerk'}, dict(good, body=UNIT), dict(good, inviter=leader.membership), dict(good, role=1),
                 dict(good, name=None)):
        equal(send(body).code, 'bad-json', body)
    equal(leader.get('/v1/staff').json['invitations'], [])
    for number in ('810000199408230021', 'ＡＢＣ123456789012'.replace('ＡＢＣ', 'abc'), good['id_number'].lower()):
        equal(send(dict(good, id_number=number)).status, 201, number)


@case('U2 SEC-S14', 'who is shut out is refused at the next request, in an upload under way and in a request that waits; let in again they go on')
def shut_out(world):
    leader = new_unit(world)
    clerk = colleague(world, leader)
    cursor = clerk.get('/v1/changes').json['cursor']
    waited, begun = [], time.monotonic()

    def wait():
        reply = clerk.get(f'/v1/changes?since={cursor}&wait=20')
        waited.append((reply.status, reply.code, time.monotonic() - begun))

    thread = threading.Thread(target=wait)
    thread.start()
    elsewhere = world.staff(CLERK)         # a sign-in with its slow hash: by then the other request waits
    reply = put(leader, clerk.membership, 'disabled')
    equal((reply.status, reply.json['state'], reply.json['me']), (200, 'disabled', False))
    thread.join(30)
    equal(waited[0][:2], (401, 'signed-out'))
    check(waited[0][2] < 18, 'it waited on', waited)
    equal((clerk.get('/v1/dossiers').status, clerk.get('/v1/me').code), (401, 'signed-out'))
    again = world.sign_in(clerk.person.form['mobile'], clerk.person.form['password'])
    equal(again.get('/v1/me').json['memberships'], [])
    equal(again.request('PUT', '/v1/sessions/current/membership', {'membership': clerk.membership}).status, 404)
    equal((members(leader)[clerk.account['name']][1], elsewhere.get('/v1/me').status), ('disabled', 200))
    equal((put(leader, clerk.membership, 'disabled').status, put(leader, clerk.membership, 'enabled').json['state']), (200, 'enabled'))
    act_for(again, leader.body)
    equal(clerk.get('/v1/me').status, 401, 'a token that was refused stays refused')
    equal(put(leader, clerk.membership, 'enabled').status, 200)
    equal(events(world, leader.body), ['staff-invite', 'staff-invited', 'staff-disable', 'staff-enable'], 'what changed nothing left no trace')
    equal(query(world, 'SELECT account, role, subject FROM event WHERE body = ? AND act = ?', leader.body, 'staff-disable'),
          [(leader.account['id'], 'unit', clerk.membership)])


@case('U2 SEC-S14', 'being shut out voids what the person was invited with; a leader\'s own invitations fall with their leader')
def voided(world):
    leader = new_unit(world)
    clerk, second = colleague(world, leader), colleague(world, leader, 'leader')
    for_clerk = invite(leader, clerk, 'leader').json['invitation']
    someone = world.applicant()
    of_second = invite(second, someone).json['invitation']
    put(leader, clerk.membership, 'disabled')
    put(leader, second.membership, 'disabled')
    again = world.sign_in(clerk.person.form['mobile'], clerk.person.form['password'])
    equal(redeem(again, for_clerk).code, 'wrong-code')
    equal(redeem(someone, of_second).code, 'wrong-code')
    put(leader, clerk.membership, 'enabled')
    equal(redeem(again, for_clerk).code, 'wrong-code', 'a void one stays void')


@case('U2 SEC-S14', 'a void invitation opens for nobody whose request was there a moment earlier and is worked on later')
def overtaken(_):
    clock = Clock()
    try:
        world = clock.world
        world.officer = world.staff(OFFICER)
        leader = new_unit(world)
        clerk = colleague(world, leader)
        again = world.sign_in(clerk.person.form['mobile'], clerk.person.form['password'])
        code = invite(leader, clerk).json['invitation']
        clock.set(1)
        equal(put(leader, clerk.membership, 'disabled').status, 200)
        clock.set(0)
        equal(redeem(again, code).json.get('type', 'let in').rsplit(':', 1)[-1], 'wrong-code')
        clock.set(2)
        equal(members(leader)[clerk.account['name']][1], 'disabled')
    finally:
        clock.stop()


@case('U2 decision 13', 'nobody shuts out, lets in or invites themselves, not in another role either')
def oneself(world):
    leader = new_unit(world)
    for state in ALL:
        equal((put(leader, leader.membership, state).status, put(leader, leader.membership, state).code), (403, 'oneself'))
    equal((invite(leader, leader).status, invite(leader, leader).code), (403, 'oneself'))
    second = colleague(world, leader, 'leader')
    code = invite(second, leader, 'clerk').json['invitation']
    equal(redeem(leader, code).status, 201, 'by another leader')
    other_role = next(m['id'] for m in leader.get('/v1/me').json['memberships'] if m['role'] == 'clerk')
    equal(put(leader, other_role, 'disabled').code, 'oneself')
    equal(put(second, other_role, 'disabled').status, 200)
    equal(leader.get('/v1/staff').status, 200, 'the leader goes on')


@case('U2 SEC-S19', 'members of other bodies are not there, to the letter of the answer')
def others(world):
    leader, other = new_unit(world), new_unit(world)
    theirs = [other.membership, colleague(world, other).membership, world.staff(OTHER_CLERK).membership]
    none = bare(put(leader, str(uuid.uuid4()), 'disabled'))
    equal(none[0], 404)
    for member in theirs + ['0', 'current', theirs[0].upper()]:
        for state in ALL:
            equal(bare(put(leader, member, state)), none, member)
    equal(len(other.get('/v1/staff').json['items']), 2)
    equal({item['state'] for item in other.get('/v1/staff').json['items']}, {'enabled'})


@case('SEC-S22', 'states that are none, members too many, bodies that are no JSON')
def malformed(world):
    leader = new_unit(world)
    clerk = colleague(world, leader)
    path = f'/v1/staff/{clerk.membership}'
    send = lambda body: leader.request('PUT', path, body, key=str(uuid.uuid4()), headers={'Content-Type': 'application/json'})
    for body in ({'state': 'Disabled'}, {'state': ''}, {'state': None}, {'state': True}, {}, {'state': 'disabled', 'role': 'leader'}, [],
                 b'{"state":"disabled","state":"enabled"}', b'{"state":"disabled"', b'null', b'\xff', b'[' * 100000):
        reply = send(body)
        equal((reply.status, reply.code), (400, 'bad-json'), str(body)[:60])
    equal(leader.request('PUT', path, {'state': 'disabled'}).code, 'idempotency-key-required')
    equal(members(leader)[clerk.account['name']][1], 'enabled')


@case('U2 SEC-S36', 'two leaders shut each other out at the same moment: one of them stays')
def duel(world):
    for _ in range(5):
        first = new_unit(world)
        second = colleague(world, first, 'leader')
        replies = run_together(2, lambda i: put((first, second)[i], (second, first)[i].membership, 'disabled'))
        equal(sorted(reply.status for reply in replies), [200, 401])
        equal(sum(row[0] is None for row in query(world, 'SELECT until_at FROM membership WHERE body = ?', first.body)), 1)


@case('U2 SEC-S36', 'one invitation brought ten times at the same moment: one membership, one answer; shutting out meanwhile wins or comes first')
def together(world):
    leader, someone = new_unit(world), world.applicant()
    code = invite(leader, someone).json['invitation']
    replies = run_together(10, lambda _: redeem(someone, code))
    equal(sorted(reply.status for reply in replies), [201] + [422] * 9)
    member = next(item['id'] for item in leader.get('/v1/staff').json['items'] if not item['me'])
    for _ in range(5):
        back = invite(leader, someone).json['invitation']
        back_in, out = run_together(2, lambda i: redeem(someone, back) if i == 0 else put(leader, member, 'disabled'))
        equal((out.status, members(leader)[someone.account['name']][1]), (200, 'disabled'))
        check(back_in.status in (201, 422), back_in)
        equal(redeem(someone, back).code, 'wrong-code', 'used or void')
        equal(put(leader, member, 'enabled').status, 200)
    world.server.run('verify-log')


run(setup, World.stop)
