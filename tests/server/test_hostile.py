#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile bodies and headers on every route that takes them: refused with a code, nothing changed, the process alive and
small (SEC-S21, SEC-S22, SEC-S24).

Each row of REQUESTS makes a request that is good. It is sent spoilt in every way there is, after each of which the database
holds what it held before, and at last as it is: then it is taken, so that it was the spoiling which was refused."""
import copy
import gzip
import itertools
import json
import re
import sqlite3
import uuid

import contract
from actors import CLERK, LEADER, TARGET, UNIT, Person, Picture, Reply, id_number, image_in_entry
from authenticator import Authenticator
from hostile import Good, begin, files, form, resident, small, snapshot, unchanged
from tap import case, check, equal, run
from wire import exchange, head

MOST_REPLY = 32768                   # bytes of a refusal
serial = itertools.count(110075082302)
LONG = '长' * 170_000                # 510 KB: the limit of a body is 1 MB
JSON = 'application/json'


# --- requests that are good -------------------------------------------------------------------------------------

def section(world, repeating):
    someone = world.applicant()
    name, field = form(world)[repeating]
    values = {field: '好'}
    body = {'entries': [{'id': str(uuid.uuid4()), 'values': values}]} if repeating else {'values': values}
    return Good(someone, 'PUT', f'/v1/dossiers/{someone.new_dossier()}/sections/{name}', body, If_Match='"0"')


def returning(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    version = clerk.act(dossier, 'accept')['version']
    note = {**image_in_entry(clerk, dossier), 'text': '看不清', 'code': 'unclear'}
    return Good(clerk, 'POST', f'/v1/dossiers/{dossier}/acts',
                {'act': 'return', 'version': version, 'opinion': '请改', 'code': 'missing', 'notes': [note]})


def phrasing(world):
    return Good(world.staff(CLERK), 'POST', '/v1/phrases', {'text': f'请补传原件照片（{next(serial)}）', 'code': 'missing'})


def submitting(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    someone.fill(dossier)
    seen = someone.dossier(dossier)
    return Good(someone, 'POST', f'/v1/dossiers/{dossier}/acts',
                {'act': 'submit', 'version': seen['version'], 'sections': {s['id']: s['version'] for s in seen['sections']}})


def passing_on(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    version = clerk.act(dossier, 'accept')['version']
    clerk.attest(dossier)
    department = clerk.get('/v1/catalog/departments').json['items'][0]
    return Good(clerk, 'POST', f'/v1/dossiers/{dossier}/acts',
                {'act': 'approve', 'version': version, 'opinion': '同意',
                 'to': {'department': department['id'], 'person': department['people'][0]['id']}})


def targeting(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    return Good(someone, 'PUT', f'/v1/dossiers/{dossier}/target', {'version': someone.dossier(dossier)['version'], 'target': TARGET})


def updating(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    world.newer_form('evaluation')
    return Good(someone, 'POST', f'/v1/dossiers/{dossier}/form', {'version': someone.dossier(dossier)['version']})


def signing_in(world, method):
    person = Person()
    world.register(person)
    if method == 'password':
        return Good(world.anyone, 'POST', '/v1/sessions', {'method': method, 'identifier': person.form['mobile'],
                                                          'password': person.form['password'], 'device': '电脑'})
    code = world.ask_code('sign-in', 'sms', person.form['mobile'])
    return Good(world.anyone, 'POST', '/v1/sessions', {'method': method, 'mobile': person.form['mobile'], 'code': code,
                                                      'device': '电脑'})


def choosing(world):
    clerk = world.staff(CLERK)
    return Good(clerk, 'PUT', '/v1/sessions/current/membership', {'membership': clerk.membership})


def searching(world):
    return Good(world.staff(CLERK), 'POST', '/v1/searches', {
        'business': 'evaluation', 'stage': 'unit', 'state': 'waiting', 'level': 'senior', 'year': 2026, 'text': '黄', 'sort': 'name',
        'own_first': True, 'limit': 5})


def showing(world):
    """A recovery code, which grows no older while the others are tried."""
    someone = world.applicant()
    world.server.run('staff', 'add', '--body', UNIT, '--role', 'clerk', stdin=someone.person.form['mobile'] + '\n')
    told = someone.request('POST', '/v1/factor').json
    code = Authenticator(told['secret']).code()
    assert someone.request('PUT', '/v1/sessions/current/factor', {'code': code}).status == 204
    return Good(someone, 'PUT', '/v1/sessions/current/factor', {'code': told['recovery_codes'][0]})


def renewing(world):
    """A code of the step that comes, which is good for a minute at least."""
    someone = world.applicant()
    world.server.run('staff', 'add', '--body', UNIT, '--role', 'clerk', stdin=someone.person.form['mobile'] + '\n')
    authenticator = Authenticator(someone.request('POST', '/v1/factor').json['secret'])
    assert someone.request('PUT', '/v1/sessions/current/factor', {'code': authenticator.code()}).status == 204
    return Good(someone, 'POST', '/v1/factor/recovery-codes', {'code': authenticator.code(1)})


def invited(world):
    """The first of a unit that has nobody."""
    unit = f'unit-{next(serial)}'
    with sqlite3.connect(world.server.database, timeout=20) as database:
        database.execute('INSERT INTO body (id, kind, name, created_at) VALUES (?, ?, ?, 0)', (unit, 'unit', unit))
    code = world.server.run('staff', 'invite', '--body', unit, '--role', 'leader').strip()
    return Good(world.applicant(), 'POST', '/v1/memberships', {'invitation': code})


def inviting(world):
    return Good(world.staff(LEADER), 'POST', '/v1/invitations', {'name': '测试甲', 'id_number': id_number(), 'role': 'clerk'})


def shutting_out(world):
    """The state that is there already: taken, and it leaves the others as they are."""
    leader = world.staff(LEADER)
    clerk = next(item['id'] for item in leader.get('/v1/staff').json['items'] if not item['me'])
    return Good(leader, 'PUT', f'/v1/staff/{clerk}', {'state': 'enabled'})


REQUESTS = [
    lambda world: Good(world.anyone, 'POST', '/v1/codes', {'purpose': 'register', 'channel': 'sms', 'address': '13712340000'}),
    lambda world: Good(world.anyone, 'POST', '/v1/accounts', world.registration(Person(
        id_kind='foreign-permanent', id_number=f'CAN{next(serial):012d}'), birth_date='1975-08-23', sex='female')),
    lambda world: signing_in(world, 'password'),
    lambda world: signing_in(world, 'code'),
    choosing, showing, renewing, invited,
    lambda world: Good(world.applicant(), 'POST', '/v1/dossiers', {'business': 'evaluation', 'target': TARGET}),
    targeting, updating,
    lambda world: section(world, False),
    lambda world: section(world, True),
    submitting, returning, phrasing, passing_on, searching, inviting, shutting_out,
]


def schema_of(good):
    schema = contract.DOCUMENT['paths'][good.pattern][good.method.lower()]['requestBody']['content'][JSON]['schema']
    schema = contract.resolve(schema)
    if 'oneOf' in schema:            # a sign-in: that of its method
        schema = next(s for s in schema['oneOf'] if s['properties']['method']['const'] == good.body['method'])
    return schema


# --- spoiling ------------------------------------------------------------------------------------------------------

WRONG = {'string': (None, True, 1, 1.5, [], {}, ['x']), 'integer': (None, True, '1', 1.5, [], {}, -0.5),
         'object': (None, False, 'x', 1, [], [{}]), 'array': (None, True, 'x', 1, {})}
# what a client must not set; the server's own names for it too
FOREIGN = {'id': str(uuid.uuid4()), 'state': 'passed', 'stage': 'certificate', 'account': str(uuid.uuid4()), 'role': 'leader',
           'holder': 'x', 'submissions': 9, 'exclusive_key': 'x', 'created_at': '2020-01-01T00:00:00.000Z', 'fee': 0, 'owner': 'x',
           'memberships': [], 'is_leader': True, 'left_first': False, 'at_body': 'x', 'year': 1999, 'revision': 1, '__proto__': {},
           'constructor': {}, '': 1, 'VERSION': 1, 'ｖｅｒｓｉｏｎ': 1, 'rowid': 1}


# where a wrong text is a wrong try, which is counted
TRIES = {'/v1/accounts': {('sms_code',), ('email_code',)}, '/v1/sessions': {('identifier',), ('password',), ('mobile',), ('code',)},
         '/v1/sessions/current/factor': {('code',)}, '/v1/factor/recovery-codes': {('code',)}}


def places(value, schema, path=()):
    """(path, schema) of everything in a body that the document describes."""
    schema = contract.resolve(schema)
    yield path, schema
    if isinstance(value, dict):
        for name, inner in value.items():
            told = schema.get('properties', {}).get(name, schema.get('additionalProperties'))
            if isinstance(told, dict):
                yield from places(inner, told, path + (name,))
    if isinstance(value, list) and value:
        yield from places(value[0], schema['items'], path + (0,))


def replaced(body, path, new):
    body = copy.deepcopy(body)
    if not path:
        return new
    at = body
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = new
    return body


def found(body, path):
    for step in path:
        body = body[step]
    return body


def spoilt_members(good):
    """(what, body): each member missing, of each other type, with others beside it, a thousand times."""
    for path, schema in places(good.body, schema_of(good)):
        value = found(good.body, path)
        for wrong in WRONG.get(schema.get('type'), ()):
            yield f'{path} = {wrong!r}', replaced(good.body, path, wrong)
        if isinstance(value, dict):
            for name in schema.get('required', ()):
                yield f'{path} without {name}', replaced(good.body, path, {k: v for k, v in value.items() if k != name})
            if 'properties' in schema or 'additionalProperties' in schema:
                for name, foreign in FOREIGN.items():
                    if name not in schema.get('properties', {}):
                        yield f'{path} with {name!r}', replaced(good.body, path, dict(value, **{name: foreign}))
                yield f'{path} with 1,000 more', replaced(good.body, path, dict(value, **{f'm{i}': i for i in range(1000)}))
                yield f'{path} with a long name', replaced(good.body, path, dict(value, **{'n' * 500_000: 1}))
        if isinstance(value, list):
            yield f'{path} a thousand times', replaced(good.body, path, value * 1000)
        if isinstance(value, str) and path[-1:] not in TRIES.get(good.pattern, ()):
            yield f'{path} of 500 KB', replaced(good.body, path, LONG)


def spoilt_bytes(good):
    """(what, bytes) that are no JSON, or none that a strict reader takes."""
    whole = json.dumps(good.body, ensure_ascii=False).encode()
    first = next(iter(good.body))
    inner = lambda text: b'{"' + first.encode() + b'":' + text + b'}'
    yield from {
        'nothing': b'',
        'blanks': b' \n',
        'null': b'null',
        'an array': b'[' + whole + b']',
        'a string': b'"x"',
        'a number': b'1',
        'cut in the middle': whole[:len(whole) // 2],
        'cut at the end': whole[:-1],
        'two': whole + whole,
        'more behind': whole + b'x',
        'a byte order mark': b'\xef\xbb\xbf' + whole,
        'UTF-16': whole.decode().encode('utf-16'),
        'gzip': gzip.compress(whole),
        'a doubled member': whole[:-1] + b',' + whole[1:],
        'a comment': b'/**/' + whole,
        'a comma too much': whole[:-1] + b',}',
        'single quotes': whole.replace(b'"', b"'"),
        'a form': b'purpose=register&channel=sms',
        '100,000 brackets': b'[' * 100000,
        '100,000 braces': b'{"a":' * 100000,
        '100,000 brackets inside': inner(b'[' * 100000),
        '100,000 closed brackets inside': inner(b'[' * 100000 + b']' * 100000),
        '33 levels': inner(b'[' * 32 + b']' * 32),
        'NaN': inner(b'NaN'),
        'Infinity': inner(b'-Infinity'),
        '1e999': inner(b'1e999'),
        '2^53+1': inner(b'9007199254740993'),
        '-2^53-1': inner(b'-9007199254740993'),
        '1e400 spelt out': inner(b'1' + b'0' * 400),
        'hexadecimal': inner(b'0x10'),
        'a leading zero': inner(b'01'),
        'plus': inner(b'+1'),
        'a bare minus': inner(b'-'),
        'a bare point': inner(b'1.'),
        'bad UTF-8': inner(b'"\xff\xfe"'),
        'overlong UTF-8': inner(b'"\xc0\xaf"'),
        'a surrogate in UTF-8': inner(b'"\xed\xa0\x80"'),
        'beyond Unicode': inner(b'"\xf4\x90\x80\x80"'),
        'a lone high surrogate': inner(b'"\\ud800"'),
        'a lone low surrogate': inner(b'"\\udc00x"'),
        'surrogates the wrong way round': inner(b'"\\udc00\\ud800"'),
        'NUL': inner(b'"a\x00b"'),
        'an escaped NUL': inner(b'"a\\u0000b"'),
        'a raw line end': inner(b'"a\nb"'),
        'an unknown escape': inner(b'"\\x41"'),
        'bad UTF-8 in a name': b'{"\xff":1}',
        'a NUL in a name': b'{"a\\u0000":1}',
        'a million members': b'{' + b','.join(b'"%d":1' % i for i in range(90000)) + b'}',
        '400,000 elements': inner(b'[' + b'1,' * 400000 + b'1]'),
    }.items()


# a number that fits no member: of another type, out of range or not whole; -0 is 0
NUMBERS = (b'9007199254740993', b'-9007199254740993', b'1e999', b'1e308', b'0.1', b'NaN', b'18446744073709551616', b'1e-400')


def refused(world, before, good, what, reply, *codes):
    check((reply.status, reply.code) in codes, good.method, good.pattern, what, reply)
    check(len(reply.body) < MOST_REPLY, good.pattern, what, 'a reply of', len(reply.body))
    unchanged(world, before, good.method, good.pattern, what)


# of a text that is far too long: as any that is wrong there
TEXT_CODES = ((422, 'wrong-code'), (422, 'department'), (422, 'invalid'), (422, 'notice-version'), (401, 'wrong-credentials'), (422, 'target'), (404, 'not-found'))
BAD_JSON, TOO_LARGE, INVALID = (400, 'bad-json'), (413, 'too-large'), (422, 'invalid')


def is_document(good):
    return '/sections/' in good.path


def announce(good, size):
    """Says that so long a body will follow; what the server answers to that."""
    lines = [f'Authorization: Bearer {good.by.token}', 'Content-Type: application/json', f'Content-Length: {size}',
             f'Idempotency-Key: {uuid.uuid4()}', 'If-Match: "0"']
    status, headers, body = exchange(good.by.world.server.port, head(good.method, good.path, *lines))
    return Reply(status, headers, body)


@case('SEC-S22 SEC-S24', 'the table has every operation that takes a body')
def whole_table(world):
    told = {(method.upper(), path) for path, methods in contract.DOCUMENT['paths'].items()
            for method, operation in methods.items() if 'requestBody' in operation}
    listed = {(good.method, good.pattern) for good in (make(world) for make in REQUESTS)}
    equal(told - listed, {('PUT', '/v1/dossiers/{id}/images/{sha256}')}, 'a case of its own below')


def assert_taken(good):
    reply = good.send()
    check(200 <= reply.status < 300, good.method, good.pattern, 'the good one was refused', reply)


@case('SEC-S22 SEC-S24', 'bytes that are no strict JSON, each on every operation: 400, nothing changed, the process small')
def bad_bytes(world):
    size = resident(world)
    for make in REQUESTS:
        good = make(world)
        before = snapshot(world)
        for what, data in spoilt_bytes(good):
            codes = (BAD_JSON, INVALID) if is_document(good) else (BAD_JSON,)
            refused(world, before, good, what, good.send(data), *codes)
        refused(world, before, good, '10 MB', announce(good, 10_000_000), TOO_LARGE)
        assert_taken(good)
    small(world, size)


@case('SEC-S21 SEC-S22 SEC-S24', 'each member missing, of another type, with members of the server\'s own beside it, a thousand times, '
      'of 500 KB: refused on every operation')
def bad_members(world):
    size, tried = resident(world), 0
    for make in REQUESTS:
        good = make(world)
        before = snapshot(world)
        for what, body in spoilt_members(good):
            tried += 1
            codes = (INVALID,) if is_document(good) else (BAD_JSON, INVALID) if 'thousand' in what else (BAD_JSON,)
            codes = codes + TEXT_CODES if '500 KB' in what else codes
            if what.endswith('without notice_version'):
                codes = ((422, 'notice-version'),)             # it has a remedy of its own (S1.3)
            refused(world, before, good, what, good.send(json.dumps(body, ensure_ascii=False).encode()), *codes)
        assert_taken(good)
    check(tried > 900, tried)
    small(world, size)


@case('SEC-S24 SEC-S35', 'whom nobody knows leaves nothing behind: no answer is kept of what was refused before it was worked on')
def unknown_callers(world):
    good = REQUESTS[1](world)
    kept = lambda: world.watch.execute('SELECT count (*), sum (length (body)) FROM idempotency').fetchone()
    before = kept()
    spoilt = [json.dumps(dict(good.body, **change)).encode() for change in ({'surplus': 1}, {'name': ''}, {'mobile': '1'})]
    for body in spoilt * 20:
        check(good.send(body).status in (400, 422))
    equal(kept(), before)
    assert_taken(good)
    equal(kept()[0], before[0] + 1)


@case('SEC-S22', 'numbers that do not fit: refused wherever a number is taken; -0 is 0')
def numbers(world):
    for make in (targeting, updating, submitting, returning):
        good = make(world)
        before = snapshot(world)
        text = json.dumps(good.body, ensure_ascii=False)
        for number in NUMBERS:
            spoilt = re.sub(r'"version": \d+', '"version": ' + number.decode(), text).encode()
            refused(world, before, good, number, good.send(spoilt), BAD_JSON)
        for number in (b'-0', b'-0.0', b'0e9'):
            spoilt = re.sub(r'"version": \d+', '"version": ' + number.decode(), text).encode()
            equal(good.send(spoilt).code, 'stale', number)
        unchanged(world, before)
        assert_taken(good)


@case('SEC-S22', 'another media type, no key, a wrong key, a query that is not asked for: refused on every operation')
def bad_heads(world):
    for make in REQUESTS:
        good = make(world)
        before = snapshot(world)
        for kind in ('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a', 'application/json-patch+json',
                     'application/jsonx', 'image/jpeg', 'text/html', '', 'application /json', 'application/json, application/json'):
            refused(world, before, good, kind, good.send(Content_Type=kind), (415, 'media-type'))
        for query in ('?surplus=1', '?limit=1', '?%00=1', '?a', '?a=%', '?a=1&a=1'):
            refused(world, before, good, query, good.send(query=query), (400, 'bad-request'))
        if good.keyed:
            refused(world, before, good, 'no key', good.send(Idempotency_Key=None), (400, 'idempotency-key-required'))
        for key in ('', 'x', str(uuid.uuid4()).upper(), str(uuid.uuid4()) + '0', '{' + str(uuid.uuid4()) + '}', "' OR 1=1 --"):
            refused(world, before, good, key, good.send(Idempotency_Key=key), (400, 'bad-request'))
        assert_taken(good)


@case('SEC-S24 SEC-S30', 'hostile uploads: refused, no row, no file, and the server small')
def uploads(world):
    someone = world.applicant()
    dossier, picture = someone.new_dossier(), Picture()
    path = f'/v1/dossiers/{dossier}/images/{picture.sha256}'
    good = Good(someone, 'PUT', path, picture.data, Content_Type='image/jpeg')
    before, stored, size = snapshot(world), files(world), resident(world)
    for what, data, code in (
            ('nothing', b'', (422, 'image')), ('another picture', Picture().data, (422, 'image')),
            ('10 MB of text', b'x' * 10_000_000, (422, 'image')), ('JSON', b'{}', (422, 'image')), ('a bare start', b'\xff\xd8', (422, 'image')),
            ('markers without end', b'\xff\xd8' + b'\xff' * 500_000, (422, 'image')),
            ('segments without end', b'\xff\xd8' + b'\xff\xfe\x00\x02' * 100_000, (422, 'image')),
            ('cut', picture.data[:-3], (422, 'image')), ('one byte behind', picture.data + b'\0', (422, 'image'))):
        refused(world, before, good, what, good.send(data), code)
    for kind in ('image/png', JSON, 'text/html', ''):
        refused(world, before, good, kind, good.send(Content_Type=kind), (415, 'media-type'))
    for query in ('?a=1', '?limit=1'):
        refused(world, before, good, query, good.send(query=query), (400, 'bad-request'))
    for name in ('x', '0' * 63, '0' * 65, picture.sha256.upper(), '..', '.', picture.sha256 + '.jpg', '%00', '..%2F..', "'", '*'):
        reply = someone.request('PUT', f'/v1/dossiers/{dossier}/images/{name}', picture.data, headers={'Content-Type': 'image/jpeg'})
        check(reply.status in (400, 404), name, reply)
        unchanged(world, before, name)
    equal(files(world), stored, 'a file stays behind')
    small(world, size)
    assert_taken(good)


@case('SEC-S22', 'a body where none is taken is refused, also of DELETE, which then deletes nothing')
def unwanted_bodies(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    before = snapshot(world)
    for path, methods in contract.DOCUMENT['paths'].items():
        for method, operation in methods.items():
            if 'requestBody' in operation:
                continue
            target = path.replace('{id}', dossier).replace('{n}', '1').replace('{sha256}', '0' * 64)
            target = target.replace('{section}', form(world)[0][0])
            reply = someone.request(method.upper(), target, b'{}', key=str(uuid.uuid4()))
            check(reply.status == 400, method, path, reply)
    unchanged(world, before)
    equal(someone.dossier(dossier)['state'], 'draft')


@case('SEC-S43', 'whatever was sent in this file, nothing failed inside the server')
def no_failure(world):
    log = world.server.read_log()
    equal(re.findall(r'^.* 5\d\d \d+\.\d ms$', log, re.M), [])


run(begin, lambda world: world.stop())
