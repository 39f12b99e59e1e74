#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile queries, paths, texts and headers: kept to the letter or refused, never run, never in a log or a header (SEC-S22,
SEC-S23, SEC-S34)."""
import json
import re
import urllib.parse
import uuid

import contract
from actors import CLERK, LEADER, TARGET
from hostile import begin, form, holding, resident, small, snapshot, unchanged
from tap import case, check, equal, run
from wire import exchange, head

JSON, BAD_JSON = 'application/json', (400, 'bad-json')


# --- queries and paths ---------------------------------------------------------------------------------------------

INJECTIONS = ["' OR '1'='1", "'; DROP TABLE dossier; --", '" OR ""="', '1 UNION SELECT token_digest FROM session', "') OR ('1'='1",
              "\\' OR 1=1 --", '%', '_', '%%%', '\\', '[a-z]*', '*', '?', '$1', '%s%s%s%n', '{0}', '${jndi:ldap://x}', '`id`', '$(id)',
              '; cat /etc/passwd', '| id', '../../../../etc/passwd', '<script>alert(1)</script>', '\u2028', '\u202e', '\ufeff', '\ufdfa',
              '𠮷', '\U0010ffff', "e\u0301", 'NULL', 'true', '-1', '0', '1e9', 'x' * 2000]
CONTROL = ['\r\nSet-Cookie: a=b', '\n', '\t', '\x1b[2J', '\x7f', '\x00', 'a\x00b']
UNSEEN = '\u2028\u202e\ufeff\U0010ffff'        # no form takes them
# keys whose values are told one by one; all others take any text and find nothing
STAFF_ONLY = {'/v1/catalog/departments', '/v1/catalog/colleagues', '/v1/catalog/reporting-units'}
CHOSEN = {'stage', 'state', 'year', 'sort', 'limit', 'cursor', 'since', 'wait', 'revision', 'business'}


@case('SEC-S22 SEC-S23', 'queries: SQL, patterns, control characters, absurd and doubled values in every key of every operation')
def hostile_queries(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    mine = someone.submitted()
    before, size, tried = snapshot(world), resident(world), 0
    for path, methods in contract.DOCUMENT['paths'].items():
        for parameter in methods.get('get', {}).get('parameters', []):
            if parameter.get('in') != 'query':
                continue
            key, target = parameter['name'], path.replace('{id}', 'evaluation')
            for who in (clerk,) if path in STAFF_ONLY else (someone, clerk):
                for value in INJECTIONS:
                    tried += 1
                    reply = who.get(f'{target}?{key}={urllib.parse.quote(value)}')
                    if key in CHOSEN and (path, key) != ('/v1/dossiers', 'business'):
                        fits = key == 'wait' and value == '0'
                        check(reply.status in (400, 404) or fits and reply.status == 200, path, key, value, reply)
                    elif reply.status == 200 and who is someone and path == '/v1/dossiers':
                        check({item['id'] for item in reply.json['items']} <= {mine}, path, key, value)
                    elif reply.status == 200:
                        equal(reply.json['items'], [], path, key, value)
                    else:
                        equal((reply.status, reply.code), (400, 'bad-request'), path, key, value)
                for value in CONTROL:
                    equal(who.get(f'{target}?{key}={urllib.parse.quote(value)}').code, 'bad-request', path, key, repr(value))
                for query in (f'{key}=%ff', f'{key}=%c0%af', f'{key}=%ed%a0%80', f'{key}=%', f'{key}=%4', f'{key}=%zz', key, f'{key}=1&{key}=1',
                              f'{key}[]=1', f'{key.upper()}=1', f'%{ord(key[0]):02x}{key[1:]}=1&{key}=2', f'surplus=1&{key}=1'):
                    equal(who.get(f'{target}?{query}').code, 'bad-request', path, query)
    check(tried > 800, tried)
    unchanged(world, before)
    small(world, size)


@case('SEC-S23', 'what is searched for is text: % and _ find themselves alone, however long it grows when it is normalised')
def search(world):
    someone = world.applicant()
    for text in ('%', '_', '%有限%', '广西_方', '\\', '广西\\%'):
        equal(someone.get('/v1/catalog/units?q=' + urllib.parse.quote(text)).json['items'], [], text)
    check(someone.get('/v1/catalog/units?q=' + urllib.parse.quote('广西南方')).json['items'])
    for text, status in (('\ufdfa' * 1700, 400), ('x' * 200, 200), ('x' * 201, 400), ('广' * 200, 200)):
        equal(someone.get('/v1/catalog/units?q=' + urllib.parse.quote(text)).status, status, text[:3])


@case('SEC-S22', 'absurd ids in every path: not there, whatever they mean elsewhere; one spelling of each number')
def absurd_paths(world):
    someone, clerk, leader = world.applicant(), world.staff(CLERK), world.staff(LEADER)
    dossier = someone.submitted()
    before = snapshot(world)
    ids = ['0', '-1', '1', '9' * 18, '9' * 128, 'a' * 129, 'a' * 2000, 'null', 'undefined', 'true', '..', '.', '...', '~', '~root', '*', '%00',
           '%2e%2e', '%2F', '%252e', 'a%20b', "'", "1'--", '1;DROP', '1,2', '1|2', '$1', '[object]', '%E5%B9%BF', '%ff', 'current', 'me',
           str(uuid.UUID(int=0)), str(uuid.uuid4()), dossier.upper(), dossier + '0', dossier[:-1], '{' + dossier + '}', dossier.replace('-', '')]
    for path, methods in contract.DOCUMENT['paths'].items():
        for name in re.findall(r'{(\w+)}', path):
            for method in methods:
                operation = methods[method]
                for value in ids:
                    if (name, value) in (('id', 'current'), ('n', '1')):
                        continue
                    target = path.replace('{' + name + '}', value).replace('{id}', dossier).replace('{n}', '1')
                    target = target.replace('{sha256}', '0' * 64).replace('{section}', form(world)[0][0])
                    image = 'image/jpeg' in operation.get('requestBody', {}).get('content', {})
                    body = None if 'requestBody' not in operation else b'' if image else b'{"act":"submit","version":1}'
                    if path.endswith('/target'):
                        body = json.dumps({'version': 1, 'target': TARGET}).encode()
                    asker = clerk if path.startswith('/v1/phrases') else leader if path.startswith(('/v1/staff', '/v1/invitations', '/v1/bodies')) else someone
                    reply = asker.request(method.upper(), target, body, key=str(uuid.uuid4()), headers={
                        'Content-Type': 'image/jpeg' if image else JSON, 'If-Match': '"0"'} if body is not None else {})
                    check(reply.status in (400, 404), method, target[:200], reply)
    for n in ('01', '+1', '1.0', '0x1', '1e0', '%31', '１', '2', '18446744073709551617'):
        check(someone.get(f'/v1/dossiers/{dossier}/revisions/' + urllib.parse.quote(n, safe='%+')).status in (400, 404), n)
    unchanged(world, before)


# --- injection in texts ---------------------------------------------------------------------------------------------

@case('SEC-S23', 'texts are kept to the letter, or refused: answers, names of files, opinions, notes, devices, questions')
def texts(world):
    (plain, field), (repeating, entry_field) = form(world)
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.new_dossier()
    version, refusals = 0, 0
    for text in INJECTIONS + ['a\nb\tc', 'a\r\nb']:
        reply = someone.save(dossier, plain, {'values': {field: text}}, version)
        if reply.status == 422:
            refusals += 1
            continue
        equal(reply.status, 200, text)
        version = reply.json['version']
        equal(someone.section(dossier, plain).json['body'], {'values': {field: text}})
    check(version > 25 and refusals < 8, version, refusals)
    for text in CONTROL[3:]:
        reply = someone.save(dossier, plain, json.dumps({'values': {field: text}}).encode(), version)
        check(reply.status in (400, 422), repr(text), reply)
    submitted = world.applicant()
    other = submitted.submitted()
    clerk.act(other, 'accept')
    for text in ('请改 ' + text[:400] for text in INJECTIONS):
        note = {'section': plain, 'field': field, 'text': text}
        reply = clerk.act_reply(other, 'return', opinion=text, notes=[note])
        if reply.status == 400:
            check(text[-1] in UNSEEN, repr(text), reply)
            continue
        equal(reply.status, 200, text)
        returned = submitted.dossier(other)['returned']
        equal((returned['opinion'], returned['notes']), (text, [note]))
        submitted.act(other, 'submit')
        clerk.act(other, 'accept')
    for text in CONTROL[3:]:
        reply = clerk.act_reply(other, 'return', opinion='请改' + text)
        equal((reply.status, reply.code), BAD_JSON, repr(text))


@case('SEC-S23 SEC-S34', 'names of files and of devices: kept to the letter, one line')
def names(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    picture = next(iter(someone.fill(dossier).values()))
    section, document, images, version = holding(someone, dossier, picture)
    for text, status in [(text, 200) for text in INJECTIONS[:-1]] + [('../../x.jpg', 200), ('CON', 200), ('C:\\x', 200)] + \
            [(text, 422) for text in CONTROL if '\0' not in text] + [('x' * 2000, 422), ('a\0', 400)]:
        images[0]['name'] = text
        reply = someone.save(dossier, section, document, version)
        if status == 200 and reply.status == 422:
            check(text in UNSEEN, repr(text), reply)
            continue
        equal(reply.status, status, repr(text), reply)
        if status == 200:
            version = reply.json['version']
            equal(someone.section(dossier, section).json['body'], document, text)
    form_ = someone.person.form
    for text in INJECTIONS[:-1]:
        reply = world.anyone.request('POST', '/v1/sessions', {'method': 'password', 'identifier': form_['mobile'],
                                                             'password': form_['password'], 'device': text})
        if reply.status == 201:
            check(text in {item['device'] for item in someone.get('/v1/sessions').json['items']}, text)
        else:
            equal((reply.status, reply.code), BAD_JSON, text)
    for text in CONTROL[:5] + ['x' * 81]:
        reply = world.anyone.request('POST', '/v1/sessions', {'method': 'password', 'identifier': form_['mobile'],
                                                             'password': form_['password'], 'device': text})
        equal((reply.status, reply.code), BAD_JSON, repr(text))


HEAD_VALUES = ['x', "' OR 1=1 --", '"0\r\nX-Injected: 1', 'a\tb', '\u00e9', '%0d%0aX-Injected:%201', '${jndi:ldap://x}', '%s%n', 'x' * 8000]


@case('SEC-S23', 'headers: no value of a request reaches a header of a reply, and no line of the log is split or added')
def heads(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    plain = form(world)[0][0]
    known = {'connection', 'date', 'content-type', 'content-length', 'cache-control', 'x-content-type-options', 'etag', 'retry-after',
             'content-security-policy', 'allow', 'www-authenticate'}
    for name in ('Idempotency-Key', 'If-Match', 'If-None-Match', 'Authorization', 'Content-Type', 'User-Agent', 'Referer', 'Origin',
                 'X-Forwarded-For', 'X-Request-Id', 'Accept-Language', 'Cookie', 'Range', 'Expect'):
        for value in HEAD_VALUES:
            lines = [f'{name}: {value}'] + [line for line in (
                f'Authorization: Bearer {someone.token}', 'Content-Type: application/json', 'If-Match: "0"', 'Content-Length: 2')
                if not line.startswith(name)]
            reply = exchange(world.server.port, head('PUT', f'/v1/dossiers/{dossier}/sections/{plain}', *lines).encode() + b'{}')
            if reply is not None:
                check(set(reply[1]) <= known, name, value, set(reply[1]) - known)
                check('njected' not in str(reply[1]), name, value)
    for target in ('/v1/%0d%0aX-Injected:%201', "/v1/';--", '/v1/dossiers?text=%0d%0aX-Injected:%201', '/v1/\u00e9', '/v1/\x1b[31m'):
        reply = exchange(world.server.port, head('GET', target).encode())
        check(reply is None or 'njected' not in str(reply[1]), target)
    line = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (info|warning|error) [ -~]*')
    log = world.server.read_log()
    wrong = [text for text in log.splitlines() if not line.fullmatch(text)]
    check(not wrong, wrong[:3])
    for trace in ('njected', 'DROP TABLE', 'jndi', 'passwd', 'script', someone.token, dossier):
        check(trace not in log, trace, 'stands in the log')
    check(' error ' not in log and ' warning ' not in log, [text for text in log.splitlines() if ' info ' not in text][:3])


@case('SEC-S23 SEC-S43', 'whatever was sent in this file, nothing failed inside the server')
def no_failure(world):
    log = world.server.read_log()
    equal(re.findall(r'^.* 5\d\d \d+\.\d ms$', log, re.M), [])
    equal(world.anyone.get('/healthz').status, 200)


run(begin, lambda world: world.stop())
