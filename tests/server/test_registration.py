#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registering: what is asked, what is refused, what stays (S1.3 to S1.7), and verification codes."""
import sqlite3

from actors import PASSWORD, Person, World, id_number, run_together
from tap import case, check, equal, run


@case('S1.3', 'without the notice of the present version nobody is registered')
def notice(world):
    person = Person()
    for version in (None, '', '2025-99', 'notice'):
        body = world.registration(person)
        body.pop('notice_version') if version is None else body.update(notice_version=version)
        reply = world.anyone.post('/v1/accounts', body)
        equal((reply.status, reply.code), (422, 'notice-version'), version)
    world.register(person)
    with sqlite3.connect(world.server.database) as database:
        stored = database.execute("SELECT version, length (digest), at FROM consent WHERE account = (SELECT id FROM account"
                                  " WHERE mobile = ?)", (person.form['mobile'],)).fetchall()
    equal([row[:2] for row in stored], [(world.notice_version(), 64)])
    check(stored[0][2] > 0)


@case('S1.3', 'the notice says who, what for, how long, and which rights')
def notice_text(world):
    notice = world.anyone.get('/v1/').json['notice']
    for word in ('处理者', '用来做什么', '敏感个人信息', '保存多久', '权利', '撤回', '更正', '投诉'):
        check(word in notice['text'], word)
    equal(notice['title'], '注册须知')


BAD = [
    ({'name': ''}, ('name', 'name')),
    ({'name': '  '}, ('name', 'name')),
    ({'id_number': '11010119900307803'}, ('id_number', 'id-format')),
    ({'id_number': '110101199003078031'}, ('id_number', 'id-checksum')),
    ({'id_number': '110101900307803'}, ('id_number', 'id-format')),
    ({'id_kind': 'passport'}, ('id_kind', 'not-a-choice')),
    ({'mobile': '12345678901'}, ('mobile', 'mobile')),
    ({'mobile': '1380013800'}, ('mobile', 'mobile')),
    ({'email': 'nobody'}, ('email', 'email')),
    ({'password': 'Ab1'}, ('password', 'password-short')),
    ({'password': 'Abc123456!'}, ('password', 'password-common')),
    ({'questions': []}, ('questions', 'questions')),
    ({'questions': [{'question': '一样', 'answer': str(i)} for i in range(3)]}, ('questions', 'questions')),
    ({'questions': [{'question': f'问题{i}', 'answer': ' '} for i in range(3)]}, ('questions', 'questions')),
    ({'birth_date': '1990-01-01'}, ('birth_date', 'unknown-field')),
    ({'sex': 'male'}, ('sex', 'unknown-field')),
]


@case('S1.4', 'each bad value is named by field and code, all at once, and nothing is stored')
def bad_values(world):
    person = Person()
    body = world.registration(person)
    for change, problem in BAD:
        reply = world.anyone.post('/v1/accounts', dict(body, **change))
        equal(reply.status, 422, change)
        check(problem in reply.problems, change, reply)
    both = world.anyone.post('/v1/accounts', dict(body, mobile='1', email='x'))
    check({('mobile', 'mobile'), ('email', 'email')} <= both.problems, both)
    equal(world.anyone.post('/v1/accounts', body).status, 201, 'the codes were not spent by refusals')


@case('S1.4', 'birth date and sex come from the number, and are asked of the old permit alone')
def identity(world):
    person = Person(id_number='440308199901101512')
    world.register(person)
    account = world.sign_in(person.form['mobile'], person.form['password']).account
    equal((account['birth_date'], account['sex']), ('1999-01-10', 'male'))
    equal(account['id_number'], '4403**********1512')
    old = Person(id_kind='foreign-permanent', id_number='CAN110075082301')
    reply = world.anyone.post('/v1/accounts', world.registration(old))
    check(('birth_date', 'required') in reply.problems, reply)
    reply = world.anyone.post('/v1/accounts', world.registration(old, birth_date='1975-08-23', sex='female'))
    equal(reply.status, 201, reply)
    account = world.sign_in(old.form['mobile'], old.form['password']).account
    equal((account['birth_date'], account['sex']), ('1975-08-23', 'female'))


@case('S1.4', 'unknown, missing and doubled members are refused')
def members(world):
    body = world.registration(Person())
    equal(world.anyone.post('/v1/accounts', dict(body, role='leader')).code, 'bad-json')
    equal(world.anyone.post('/v1/accounts', {k: v for k, v in body.items() if k != 'email'}).code, 'bad-json')
    equal(world.anyone.post('/v1/accounts', b'{"name":"a","name":"b"}').code, 'bad-json')


@case('S1.5', 'giving up leaves no account, no consent and no personal value')
def given_up(world):
    person = Person(mobile='13512345678', email='given-up@example.org')
    world.registration(person)                       # codes asked for, form filled in, then 返回登录
    world.anyone.post('/v1/accounts', world.registration(person, sms_code='000000', email_code='000000'))
    world.server.restart()                           # everything written back
    with open(world.server.database, 'rb') as file:
        data = file.read()
    for trace in (person.form['mobile'], person.form['email'], person.form['id_number']):
        check(trace.encode() not in data, 'left behind:', trace)


@case('S1.6', 'ID number, mobile and e-mail are there once each; said only to who has proved both channels')
def taken(world):
    first = Person()
    world.register(first)
    for field, code in (('id_number', 'id-number-taken'), ('mobile', 'mobile-taken'), ('email', 'email-taken')):
        person = Person(**{field: first.form[field]})
        body = world.registration(person)
        wrong = world.anyone.post('/v1/accounts', dict(body, sms_code='000000'))
        equal((wrong.status, wrong.problems), (422, {('sms_code', 'code')}), 'told before the channel was proved')
        reply = world.anyone.post('/v1/accounts', body)
        equal((reply.status, reply.code), (409, code))
    same = Person(id_number=first.form['id_number'].lower(), mobile='+86 ' + first.form['mobile'])
    equal(world.anyone.post('/v1/accounts', dict(world.registration(Person()), id_number=same.form['id_number'])).code,
          'id-number-taken', 'x and X are one')


@case('S1.6', 'asking for a code answers alike for free and taken addresses, and the owner is told')
def neutral_codes(world):
    taken = Person()
    world.register(taken)
    replies = [world.anyone.request('POST', '/v1/codes', {'purpose': purpose, 'channel': 'sms', 'address': address})
               for purpose in ('register', 'sign-in') for address in (taken.form['mobile'], Person().form['mobile'])]
    equal({(r.status, r.body) for r in replies}, {(202, replies[0].body)})
    world.wait_for_code(taken.form['mobile'], 2)
    check(any('已注册过账号' in text for text in world.mail(taken.form['mobile'])))


@case('S1.6', 'of two who register the same person at once exactly one wins')
def two_at_once(world):
    person = Person()
    body = world.registration(person)
    replies = run_together(2, lambda i: world.anyone.post('/v1/accounts', body))
    equal(sorted(r.status for r in replies), [201, 409])


@case('S1.7', 'no account without both codes')
def both_codes(world):
    person = Person()
    body = world.registration(person)
    for change in ({'sms_code': '000000'}, {'email_code': '000000'}, {'sms_code': body['email_code']}):
        reply = world.anyone.post('/v1/accounts', dict(body, **change))
        if any(body[field] == value for field, value in change.items()):
            continue
        equal((reply.status, reply.problems), (422, {(next(iter(change)), 'code')}))
    equal(world.anyone.post('/v1/accounts', body).status, 201)


@case('S1.7 SEC-S08', 'a code is for one purpose and one address, and opens once')
def bound(world):
    person, other = Person(), Person()
    body = world.registration(person)
    reply = world.anyone.post('/v1/accounts', dict(world.registration(other), sms_code=body['sms_code']))
    if reply.status != 201:                          # one in a million: the same six digits
        equal(reply.problems, {('sms_code', 'code')})
    world.register(Person(mobile='13611112222'))
    code = world.ask_code('sign-in', 'sms', '13611112222')
    sign_in = {'method': 'code', 'mobile': '13611112222', 'code': code, 'device': '电脑'}
    equal(world.anyone.request('POST', '/v1/sessions', sign_in).status, 201)
    equal(world.anyone.request('POST', '/v1/sessions', sign_in).status, 401, 'used twice')
    newer = world.ask_code('sign-in', 'sms', '13611112222')
    world.ask_code('sign-in', 'sms', '13611112222')
    equal(world.anyone.request('POST', '/v1/sessions', dict(sign_in, code=newer)).status, 401, 'an older one')


@case('SEC-S09', 'five wrong tries kill a code, also in parallel')
def five_wrong(world):
    person = Person()
    body = world.registration(person)
    wrong = '111111' if body['sms_code'] != '111111' else '222222'
    replies = run_together(20, lambda i: world.anyone.post('/v1/accounts', dict(body, sms_code=wrong)))
    equal({r.status for r in replies}, {422})
    equal(world.anyone.post('/v1/accounts', body).problems, {('sms_code', 'code')}, 'the right one came too late')


@case('SEC-S01 SEC-S40', 'ID numbers, passwords and answers are nowhere in clear; equal passwords have unequal hashes')
def at_rest(world):
    people = [Person(password='One-and-the-same-9'), Person(password='One-and-the-same-9')]
    for person in people:
        world.register(person)
    world.server.restart()
    with open(world.server.database, 'rb') as file:
        data = file.read()
    for secret in (people[0].form['id_number'], 'One-and-the-same-9', '答案1'):
        check(secret.encode() not in data, 'in clear:', secret)
    with sqlite3.connect(world.server.database) as database:
        hashes = [row[0] for row in database.execute('SELECT password FROM account UNION ALL SELECT answers FROM question')]
    check(all(h.startswith('$argon2id$v=19$m=') for h in hashes))
    equal(len(hashes), len(set(hashes)))


@case('SEC-S10', 'codes: not twice within the gap, not too many an hour, also after a restart')
def sending_limits(_):
    world = World(limits={'code_gap_seconds': 60, 'codes_per_hour': 1})
    try:
        ask = {'purpose': 'register', 'channel': 'sms', 'address': '13500001111'}
        equal(world.anyone.request('POST', '/v1/codes', ask).status, 202)
        for _ in range(2):
            reply = world.anyone.request('POST', '/v1/codes', ask)
            equal((reply.status, reply.code), (429, 'too-many-requests'))
            check(0 < reply.json['retry_after'] <= 60, reply)
            equal(reply.headers['Retry-After'], str(reply.json['retry_after']))
            world.server.restart()
        other = dict(ask, address='13500002222')
        equal(world.anyone.request('POST', '/v1/codes', other).status, 202, 'another number is another matter')
        forged = world.anyone.request('POST', '/v1/codes', ask, headers={'X-Forwarded-For': '203.0.113.9'})
        equal(forged.status, 429)
    finally:
        world.stop()


@case('SEC-S10', 'codes: a cap for one network address')
def peer_limit(_):
    world = World(limits={'codes_per_peer_hour': 3})
    try:
        statuses = [world.anyone.request('POST', '/v1/codes', {
            'purpose': 'register', 'channel': 'sms', 'address': f'1350000{i:04d}'},
            headers={'X-Forwarded-For': f'203.0.113.{i}'}).status for i in range(5)]
        equal(statuses, [202, 202, 202, 429, 429])
    finally:
        world.stop()


@case('S1.4 SEC-S22', 'the same key gives the same answer; another body under it is refused')
def idempotent(world):
    body, key = world.registration(Person()), '3f2c1f9e-4b6a-4d3e-9a56-0242ac130003'
    first = world.anyone.post('/v1/accounts', body, key)
    again = world.anyone.post('/v1/accounts', body, key)
    equal((first.status, again.status, again.body), (201, 201, first.body))
    equal(world.anyone.post('/v1/accounts', dict(body, name='别人'), key).code, 'idempotency-key-reused')
    equal(world.anyone.request('POST', '/v1/accounts', body).code, 'idempotency-key-required')


run(World, World.stop)
