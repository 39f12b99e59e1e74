#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP contract: the document is closed, what holds the exchanges of all tests against it can fail, and every operation
of it works (P26)."""
import http.server
import json
import sqlite3
import threading
import types
import uuid

import contract
from actors import CLERK, LEADER, OFFICER, TARGET, Caller, Picture, World, id_number
from authenticator import Authenticator
from contract import DOCUMENT, Broken, check as check_exchange
from tap import case, check, equal, run
from units import Registration



def refuses(*exchange):
    try:
        check_exchange(*exchange)
    except Broken:
        return True
    return False


def exchanges(world):
    """Good ones, as they are: (method, path, headers, body, status, headers, body)."""
    someone = world.applicant()
    dossier = someone.new_dossier()
    section = someone.dossier(dossier)['sections'][0]['id']
    document = someone.section(dossier, section).json['body']
    path = f'/v1/dossiers/{dossier}/sections/{section}'
    answers = [('GET', '/v1/me', {}, None), ('GET', '/v1/dossiers?limit=1', {}, None),
               ('PUT', path, {'If-Match': '"0"', 'Content-Type': 'application/json'}, json.dumps(document).encode()),
               ('PUT', path, {'Content-Type': 'application/json'}, json.dumps(document).encode()),
               ('HEAD', '/v1/me', {}, None), ('DELETE', '/v1/sessions/current', {}, None)]
    for method, path, headers, body in answers:
        reply = someone.request(method, path, body, headers=headers)
        yield method, path, headers, body, reply.status, dict(reply.headers), reply.body


def spoil(reply):
    """One reply's JSON, wrong in each of the ways."""
    told = json.loads(reply)
    yield 'another member', dict(told, surplus=1)
    for name, value in told.items():
        if name not in ('membership', 'total', 'detail', 'problems'):
            yield f'{name} missing', {k: v for k, v in told.items() if k != name}
        yield f'{name} of another type', dict(told, **{name: [value] if not isinstance(value, list) else 'x'})
    yield 'no object', [told]


@case('P26', 'what holds exchanges against the document lets good ones pass and fails on each that is not as described')
def validator(world):
    tried = 0
    for method, path, headers, body, status, told, reply in exchanges(world):
        check_exchange(method, path, headers, body, status, told, reply)
        wrong = [('an undescribed status', (method, path, headers, body, 299, told, reply)),
                 ('an undescribed path', (method, '/v1/undescribed', headers, body, status, told, reply)),
                 ('an undescribed query key', (method, path.split('?')[0] + '?surplus=1', headers, body, status, told, reply)),
                 ('an undescribed method', ('PATCH', path, headers, body, status, told, reply))]
        if reply:
            wrong += [(name, (method, path, headers, body, status, told, json.dumps(spoilt).encode()))
                      for name, spoilt in spoil(reply)]
            wrong += [('a media type', (method, path, headers, body, status, dict(told, **{'Content-Type': 'text/plain'}), reply)),
                      ('a doubled member', (method, path, headers, body, status, told, reply[:-1] + b',' + reply[1:]))]
        else:
            wrong.append(('a body where there is none', (method, path, headers, body, status, told, b'{}')))
        if status < 300 and body is not None:
            wrong += [('a request with another member', (method, path, headers, b'{"surplus":1,' + body[1:], status, told, reply)),
                      ('a request without If-Match', (method, path, {'Content-Type': 'application/json'}, body, status, told, reply)),
                      ('a request of another type', (method, path, dict(headers, **{'Content-Type': 'text/plain'}), body, status,
                                                     told, reply)),
                      ('no ETag', (method, path, headers, body, status, {k: v for k, v in told.items() if k != 'ETag'}, reply))]
        for name, exchange in wrong:
            tried += 1
            if name in ('an undescribed path', 'an undescribed query key') and status >= 400:
                continue
            if name == 'an undescribed status' and status >= 400:
                exchange = exchange[:4] + (status + 1,) + exchange[5:]
            check(refuses(*exchange), method, path, status, name)
    check(tried > 60, tried)


@case('P20 SEC-S38 SEC-S39', 'and on whole numbers in what is told or asked for, on tokens in addresses, and on what a cache may keep')
def privacy(world):
    someone = world.applicant()
    reply, page = someone.get('/v1/me'), someone.get('/v1/dossiers?limit=1')
    named = lambda name: json.dumps(dict(reply.json, name=name)).encode()
    told = lambda name: ('GET', '/v1/me', {}, None, 200, dict(reply.headers), named(name))
    asked = lambda text: ('GET', f'/v1/dossiers?text={text}', {'Authorization': 'Bearer t0ken'}, None, 200, dict(page.headers), page.body)
    for exchange in (told, asked):
        check(not refuses(*exchange('4501**********1234')) and not refuses(*exchange('138****8000')), 'masked')
        for number in (id_number(), id_number()[:17] + 'X', '13800138000'):
            check(refuses(*exchange(number)), number)
    check(refuses(*asked('t0ken')))
    for kept in ({'Cache-Control': 'private, no-cache'}, {'Cache-Control': 'max-age=60'}, {}):
        headers = {k: v for k, v in reply.headers.items() if k != 'Cache-Control'}
        check(refuses('GET', '/v1/me', {}, None, 200, dict(headers, **kept), reply.body), kept)
        check(refuses('GET', '/v1/me', {}, None, 304, dict(headers, **kept), b''), kept)


@case('P26', 'every test speaks through it: a server that adds, forgets or mistakes a member is noticed')
def wiring(_):
    answers = {'good': b'{"status":"ok"}', 'surplus': b'{"status":"ok","surplus":1}', 'missing': b'{}', 'type': b'{"status":1}'}
    said = []

    class Stub(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header('Content-Type', 'application/json')
            self.send_header('Cache-Control', 'no-store')
            self.send_header('Content-Length', str(len(said[-1])))
            self.end_headers()
            self.wfile.write(said[-1])

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(('127.0.0.1', 0), Stub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    world = types.SimpleNamespace(server=types.SimpleNamespace(port=server.server_port))
    try:
        for name, answer in answers.items():
            said.append(answer)
            try:
                Caller(world).get('/healthz')
                passed = True
            except Broken:
                passed = False
            equal(passed, name == 'good', name)
    finally:
        server.shutdown()
        server.server_close()


# where the document leaves an object open, and why
OPEN = {
    '/paths//v1/businesses/{id}/get/responses/200/content/application/json/schema': 'data/businesses/business.schema.json',
    '/paths//v1/businesses/{id}/schema/get/responses/200/content/application/schema+json/schema': 'JSON Schema itself',
    '/components/schemas/Document/properties/values': 'the schema of the business',
    '/components/schemas/Document/properties/entries/items/properties/values': 'the schema of the business',
}


@case('P26', 'the document is closed: of every object it tells all members, of every array what is in it')
def closed(_):
    open_ones = set()

    def walk(node, path):
        if isinstance(node, list):
            for i, item in enumerate(node):
                walk(item, f'{path}/{i}')
        if not isinstance(node, dict):
            return
        if node.get('type') == 'object' and node.get('additionalProperties', True) is True:
            open_ones.add(path)
        check(node.get('type') != 'array' or 'items' in node, path)
        check(set(node.get('required', [])) <= set(node['properties']) if isinstance(node.get('required'), list) else True, path)
        for key, value in node.items():
            walk(value, f'{path}/{key}')

    walk(DOCUMENT, '')
    equal(open_ones, set(OPEN))


def setting_up(world):
    """A unit's first member: invited, and with a second factor."""
    unit = 'unit-without-staff'
    with sqlite3.connect(world.server.database, timeout=20) as database:
        database.execute('INSERT INTO body (id, kind, name, created_at) VALUES (?, ?, ?, 0)', (unit, 'unit', unit))
    code = world.server.run('staff', 'invite', '--body', unit, '--role', 'leader').strip()
    first = world.applicant()
    equal(first.post('/v1/memberships', {'invitation': code}).status, 201)
    authenticator = Authenticator(first.request('POST', '/v1/factor').json['secret'])
    equal(first.request('PUT', '/v1/sessions/current/factor', {'code': authenticator.code()}).status, 204)
    equal(first.request('POST', '/v1/factor/recovery-codes', {'code': authenticator.code(1)}).status, 201)
    equal(first.get('/v1/factor').json['recovery_codes_left'], 10)


def manage_staff(world):
    """A leader's operations on the people of their body."""
    leader, invitation = world.staff(LEADER), {'name': '测试甲', 'id_number': id_number(), 'role': 'clerk'}
    clerk = next(item['id'] for item in leader.get('/v1/staff').json['items'] if not item['me'])
    equal(leader.request('PUT', f'/v1/staff/{clerk}', {'state': 'enabled'}, key=str(uuid.uuid4())).status, 200)
    reply = leader.request('POST', '/v1/invitations', invitation)
    equal(reply.status, 201)
    equal(leader.request('DELETE', f"/v1/invitations/{reply.json['id']}", key=str(uuid.uuid4())).status, 204)


def look_at_unit(world):
    """What an office sees of a unit that it has admitted."""
    officer, form = world.staff(OFFICER), Registration(world.applicant()).fill().submit()
    form.pass_by(officer)
    unit = form.session.dossier(form.id)['registers']['body']
    equal(officer.get(f'/v1/bodies/{unit}').status, 200)
    equal((officer.get('/v1/catalog/reporting-units').status, form.session.get('/v1/catalog/led-units').status), (200, 200))
    equal(officer.get(f"/v1/bodies/{unit}/seals/{form.pictures['seal'].sha256}").status, 200)


@case('P26', 'every operation of the document is answered with what it promises')
def every_operation(world):
    contract.exercised.clear()
    someone, clerk = world.applicant(), world.staff(CLERK)
    spare = world.sign_in('13900000001')
    equal(spare.request('DELETE', f'/v1/sessions/{spare.id}').status, 204)
    for path in ('/v1/', '/healthz', '/v1/sessions', '/v1/me', '/v1/businesses', '/v1/changes', '/v1/dossiers', '/v1/catalog/levels',
                 '/v1/catalog/regions', '/v1/catalog/series', '/v1/catalog/units', '/v1/catalog/offices', '/v1/catalog/committees',
                 '/v1/catalog/granting-bodies',
                 '/v1/businesses/evaluation', '/v1/businesses/evaluation/schema'):
        equal(someone.get(path).status, 200, path)
    equal(clerk.get('/v1/catalog/departments').status, 200)
    equal(clerk.get('/v1/catalog/colleagues').status, 200)
    equal(clerk.get('/v1/catalog/calendar').status, 200)
    equal(clerk.request('POST', '/v1/searches', {}).status, 200)
    manage_staff(world)
    look_at_unit(world)
    phrase = clerk.post('/v1/phrases', {'text': '请补盖公章', 'code': 'unsigned'})
    equal((phrase.status, clerk.get('/v1/phrases').status), (201, 200))
    equal(clerk.request('DELETE', f"/v1/phrases/{phrase.json['id']}").status, 204)
    asking = World(limits={'staff_second_factor': 'offered'})
    try:
        setting_up(asking)
    finally:
        asking.stop()
    gone = someone.new_dossier()
    equal(someone.request('DELETE', f'/v1/dossiers/{gone}', key=str(uuid.uuid4())).status, 204)
    dossier = someone.new_dossier()
    path = f'/v1/dossiers/{dossier}'
    equal(someone.request('PUT', path + '/target', {'version': 1, 'target': TARGET}, key=str(uuid.uuid4())).status, 200)
    world.newer_form('evaluation')
    equal(someone.post(path + '/form', {'version': 2}).status, 200)
    picture = Picture()
    equal(someone.upload(dossier, picture).status, 201)
    for method in ('HEAD', 'GET'):
        equal(someone.request(method, f'{path}/images/{picture.sha256}').status, 200)
    someone.fill(dossier)
    someone.act(dossier, 'submit')
    for who in (someone, clerk):
        for rest in ('', '/history', '/revisions/1', f"/sections/{someone.dossier(dossier)['sections'][0]['id']}"):
            reply = who.get(path + rest)
            equal(reply.status, 200, rest)
            if 'ETag' in reply.headers:
                equal(who.request('GET', path + rest, headers={'If-None-Match': reply.headers['ETag']}).status, 304, rest)
    documented = {(method.upper(), path) for path, methods in DOCUMENT['paths'].items() for method in methods}
    equal(documented - contract.exercised, set())


run(World, World.stop)
