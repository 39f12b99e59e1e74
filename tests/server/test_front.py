#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The front of zhichengd: framing, methods, limits, slow and hostile clients, starting and stopping."""
import http.client
import json
import os
import signal
import sqlite3
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'support')]
from actors import TARGET, World, run_together  # noqa: E402
from tap import case, check, equal, run  # noqa: E402
from wire import AT_LAST, PROMPT, SLOW_SECONDS, Wire, exchange, head  # noqa: E402

JSON = 'Content-Type: application/json'


def setup():
    return World(limits={'header_seconds': SLOW_SECONDS, 'idle_seconds': SLOW_SECONDS, 'body_rate': 2000, 'connections_per_address': 400,
                         'wait_seconds': 20})


def resident(world):
    with open(f'/proc/{world.server.process.pid}/statm', encoding='ascii') as statm:
        return int(statm.read().split()[1]) * os.sysconf('SC_PAGE_SIZE')


def alive(world):
    started = time.monotonic()
    equal(exchange(world.server.port, head('GET', '/healthz'))[0], 200)
    return time.monotonic() - started


def await_that(condition, what):
    deadline = time.monotonic() + AT_LAST
    while not condition():
        check(time.monotonic() < deadline, 'waited in vain for', what)
        time.sleep(0.05)


# --- methods, headers, paths ---------------------------------------------------------------------------

@case('SEC-S27', 'other methods are 405 and tell the allowed ones, no path answers OPTIONS or TRACE')
def methods(world):
    for method, target, allow in (('OPTIONS', '/v1/dossiers', 'GET, HEAD, POST'), ('TRACE', '/healthz', 'GET, HEAD'),
                                  ('PATCH', '/v1/me', 'GET, HEAD'), ('PUT', '/v1/me', 'GET, HEAD'),
                                  ('DELETE', '/v1/codes', 'POST'), ('get', '/healthz', 'GET, HEAD')):
        status, headers, body = exchange(world.server.port, head(method, target))
        equal((status, headers['allow']), (405, allow), method, target)
        equal(json.loads(body)['type'], 'urn:zhicheng:problem:method')


@case('SEC-S27 SEC-S39', 'no reply names the server; every one forbids sniffing and storing')
def reply_headers(world):
    for method, target in (('GET', '/healthz'), ('GET', '/nowhere'), ('GET', '/v1/'), ('GET', '/v1/me'), ('TRACE', '/')):
        _, headers, _ = exchange(world.server.port, head(method, target))
        check('server' not in headers and 'x-powered-by' not in headers, target, headers)
        equal((headers['x-content-type-options'], headers['cache-control']), ('nosniff', 'no-store'), target)


@case('SEC-S20', 'paths have one spelling: others are 404, whatever they mean elsewhere')
def paths(world):
    for target in ('/nowhere', '/v1', '/v1//me', '/v1/./me', '/v1/x/../me', '/%76%31/me', '/v1/me/', '/V1/me', '//v1/me',
                   '/v1/dossiers/%00', '/v1/dossiers/..%2f..%2fetc', '/v1/dossiers/a%20b', '*'):
        status, _, _ = exchange(world.server.port, head('GET', target))
        check(status in (400, 404), target, status)
    equal(exchange(world.server.port, head('HEAD', '/healthz'))[0], 200)


@case('SEC-S22', 'unknown, second and broken query keys are refused')
def queries(world):
    someone = world.applicant()
    for query in ('x=1', 'limit=1&limit=2', 'limit', 'limit=%', 'limit=%zz', 'limit=0', 'limit=101', 'limit=abc', 'text=%00',
                  'text=%0d%0a', 'text=%ff', '=1', 'limit=1&&', 'LIMIT=1'):
        reply = someone.get('/v1/dossiers?' + query)
        equal((reply.status, reply.code), (400, 'bad-request'), query)
    equal(someone.get('/v1/dossiers?limit=1').status, 200)


@case('SEC-S26', 'ambiguous and broken framing is refused and the connection closed')
def framing(world):
    post = 'POST /v1/codes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n'
    smuggled = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'
    cases = {
        'two lengths': post + 'Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}',
        'two different lengths': post + f'Content-Length: 2\r\nContent-Length: {2 + len(smuggled)}\r\n\r\n{{}}' + smuggled,
        'length and chunks': post + 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' + smuggled,
        'chunks and length': post + 'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n' + smuggled,
        'negative length': post + 'Content-Length: -1\r\n\r\n{}',
        'signed length': post + 'Content-Length: +2\r\n\r\n{}',
        'length of letters': post + 'Content-Length: 0x2\r\n\r\n{}',
        'length in a list': post + 'Content-Length: 2, 2\r\n\r\n{}',
        'enormous length': post + 'Content-Length: 99999999999999999999999\r\n\r\n{}',
        'unknown coding': post + 'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
        'two hosts': 'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
        'no host': 'GET /healthz HTTP/1.1\r\n\r\n',
        'folded line': 'GET /healthz HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n',
        'space before the colon': 'GET /healthz HTTP/1.1\r\nHost : a\r\n\r\n',
        'NUL': 'GET /healthz HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n',
        'two tokens': 'GET /v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n',
        'two keys': post + 'Idempotency-Key: 0190a7c0-0000-7000-8000-00000000000a\r\n' * 2 + 'Content-Length: 2\r\n\r\n{}',
        'no HTTP': 'hello\r\n\r\n',
        'chunk size of letters': post + 'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
    }
    for name, data in cases.items():
        wire = Wire(world.server.port)
        reply = wire.send(data).reply()
        check(reply is None or reply[0] in (400, 413, 501, 505), name, reply)
        check(wire.closed_within(PROMPT), name, 'was not closed')
        check(b'HTTP/1.1 200' not in wire.rest, name, 'let a second request in')
        wire.close()


@case('SEC-S26', 'requests one behind the other on one connection are each answered, in order')
def pipelined(world):
    wire = Wire(world.server.port)
    wire.send((head('GET', '/healthz') + head('GET', '/v1/') + head('GET', '/nowhere')) * 3)
    equal([wire.reply()[0] for _ in range(9)], [200, 200, 404] * 3)
    wire.close()


@case('SEC-S26', 'ranges are ignored: the whole is sent')
def ranges(world):
    lines = 'Range: bytes=' + ','.join('0-1' for _ in range(1000))
    status, _, body = exchange(world.server.port, head('GET', '/healthz', lines))
    equal((status, json.loads(body)['status']), (200, 'ok'))


# --- limits ----------------------------------------------------------------------------------------------

@case('SEC-S24 SEC-S25', 'bodies over the limit are refused before they are read, and cut off when they did not say so')
def large_bodies(world):
    before = resident(world)
    status, _, body = exchange(world.server.port, head('POST', '/v1/codes', JSON, 'Content-Length: 1048577'))
    equal((status, json.loads(body)['limit']), (413, 1048576))
    status, headers, _ = exchange(world.server.port, head('POST', '/v1/codes', JSON, 'Content-Length: 300000000'))
    equal((status, headers['connection']), (413, 'close'))
    wire = Wire(world.server.port).send(head('POST', '/v1/codes', JSON, 'Transfer-Encoding: chunked'))
    try:
        for _ in range(40):
            wire.send(b'10000\r\n' + b' ' * 65536 + b'\r\n')
        check(wire.closed_within(PROMPT), 'an endless body was not cut off')
    except (ConnectionResetError, BrokenPipeError):
        pass
    check(resident(world) - before < 30e6, 'memory grew', resident(world) - before)


@case('SEC-S24', 'deep, doubled, broken JSON is 400 and costs little')
def hostile_json(world):
    for body in (b'[' * 100000, b'{"a":' * 100000, b'[' * 40 + b']' * 40, b'{"a":1,"a":2}', b'{"a":NaN}', b'{"a":1e999}',
                 b'"\\ud800"', b'\xff', b'{"a":"\x00"}', b'{} {}', b'', b'{"purpose":9007199254740993}'):
        reply = exchange(world.server.port, head('POST', '/v1/codes', JSON, f'Content-Length: {len(body)}').encode() + body)
        equal((reply[0], json.loads(reply[2])['type']), (400, 'urn:zhicheng:problem:bad-json'), body[:40])
    alive(world)


@case('SEC-S22', 'a body of another type, or where none is taken, is refused')
def body_types(world):
    equal(exchange(world.server.port, head('POST', '/v1/codes', 'Content-Type: text/plain', 'Content-Length: 2') + '{}')[0], 415)
    equal(exchange(world.server.port, head('POST', '/v1/codes', 'Content-Length: 2') + '{}')[0], 415)
    equal(exchange(world.server.port, head('GET', '/healthz', JSON, 'Content-Length: 2') + '{}')[0], 400)
    equal(exchange(world.server.port, head('POST', '/v1/codes', JSON + '; charset=utf-8', 'Content-Length: 2') + '{}')[0], 400)


@case('SEC-S25', 'a header that is too long is refused')
def long_headers(world):
    for data in (head('GET', '/healthz', 'X: ' + 'a' * 65536), head('GET', '/' + 'a' * 65536),
                 head('GET', '/healthz', *[f'X-{i}: a' for i in range(20000)])):
        wire = Wire(world.server.port)
        try:
            reply = wire.send(data).reply()
        except (ConnectionResetError, BrokenPipeError):
            reply = None
        check(reply is None or reply[0] in (400, 413, 414, 431), reply)
        wire.close()
    alive(world)


@case('SEC-S25', 'half requests and silent connections are closed in time, and hold up nobody')
def slow_headers(world):
    port = world.server.port
    halves = [Wire(port).send('GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ') for _ in range(100)]
    silent = [Wire(port) for _ in range(50)]
    drips = [Wire(port).send('G') for _ in range(20)]
    slowest = 0
    for i in range(20):
        slowest = max(slowest, alive(world))
        for wire in drips + halves[:20]:
            try:
                wire.send('a')
            except OSError:
                pass
        time.sleep(0.1)
    check(slowest < PROMPT, 'another client waited', slowest)
    deadline = time.monotonic() + AT_LAST
    for wire in halves + drips:
        check(wire.closed_within(max(deadline - time.monotonic(), 0.5)), 'a half request was left')
    for wire in silent:
        wire.close()


@case('SEC-S25', 'a connection left alone after a reply is closed')
def idle(world):
    wire = Wire(world.server.port).send(head('GET', '/healthz'))
    equal(wire.reply()[0], 200)
    check(wire.closed_within(AT_LAST), 'an idle connection was left')


@case('SEC-S25', 'a body that comes too slowly is cut off; a reply that is read slowly holds up nobody')
def slow_bodies(world):
    wire = Wire(world.server.port).send(head('POST', '/v1/codes', JSON, 'Content-Length: 100000'))
    started = time.monotonic()
    try:
        while time.monotonic() - started < 2 * AT_LAST:
            wire.send(' ' * 100)
            time.sleep(0.2)
    except (ConnectionResetError, BrokenPipeError):
        pass
    check(time.monotonic() - started < AT_LAST, 'a dripping body was left')
    check(alive(world) < PROMPT)


@case('SEC-S25', 'one address gets so many connections and no more; they are free again when closed')
def connections(_):
    most, more = 100, 20
    world = World(limits={'header_seconds': 600, 'idle_seconds': 600, 'connections_per_address': most})

    def is_let_in():
        try:
            return exchange(world.server.port, head('GET', '/healthz')) is not None
        except OSError:
            return False
    try:
        wires = [Wire(world.server.port).send('GET /healthz HTTP/1.1\r\n') for _ in range(most + more)]
        await_that(lambda: sum(wire.is_closed() for wire in wires) == more, 'those beyond the limit to be closed')
        check(not is_let_in(), 'one more was let in')
        for wire in wires:
            wire.close()
        await_that(is_let_in, 'a connection to be let in again')
    finally:
        world.stop()


def post_json(world, path, body, *lines):
    data = json.dumps(body).encode()
    return exchange(world.server.port, head('POST', path, JSON, f'Content-Length: {len(data)}', *lines).encode() + data)


@case('SEC-S25 SEC-S05', 'more sign-ins than can be worked on are told to come again; reading goes on meanwhile')
def busy(world):
    other = World(limits={'password_queue': 2, 'password_threads': 1, 'password_memory_kib': 65536, 'password_passes': 3})
    try:
        body = {'method': 'password', 'identifier': '13900000009', 'password': 'wrong-Password-1', 'device': 'a'}
        replies = run_together(16, lambda i: post_json(other, '/v1/sessions', body) if i else (200, alive(other)))
        check(replies[0][1] < PROMPT, 'reading waited', replies[0])
        refused = [reply for reply in replies[1:] if reply[0] == 503]
        check(refused and len(refused) < 15, [reply[0] for reply in replies])
        for _, headers, reply in refused:
            equal((json.loads(reply)['type'], int(headers['retry-after']) > 0), ('urn:zhicheng:problem:busy', True))
        check({reply[0] for reply in replies} <= {200, 401, 429, 503}, [reply[0] for reply in replies])
    finally:
        other.stop()


@case('SEC-S10', 'a forwarded address is believed from proxies that are trusted, and only the part that they wrote')
def forwarded(world):
    def ask(other, n, forwarded_for):
        return post_json(other, '/v1/codes', {'purpose': 'register', 'channel': 'sms', 'address': f'1380000{n:04d}'},
                         f'X-Forwarded-For: {forwarded_for}')[0]

    other = World(limits={'codes_per_peer_hour': 3})
    try:
        equal([ask(other, n, f'10.0.0.{n}') for n in range(5)], [202, 202, 202, 429, 429])
    finally:
        other.stop()
    other = World(limits={'codes_per_peer_hour': 3}, settings={'server': {'port': 0, 'trusted_proxies': '127.0.0.1'}})
    try:
        equal([ask(other, n, f'10.0.0.{n}') for n in range(5)], [202] * 5)
        equal([ask(other, 10 + n, f'10.9.9.{n}, 10.0.0.99') for n in range(5)], [202, 202, 202, 429, 429])
    finally:
        other.stop()


# --- idempotency -------------------------------------------------------------------------------------------

@case('S3.1.1c SEC-S36', 'the same key gives the same answer, also after a restart and after a kill; other content is refused')
def keys(world):
    someone = world.applicant()
    key, body = str(uuid.uuid4()), {'business': 'evaluation', 'target': TARGET}
    first = someone.post('/v1/dossiers', body, key)
    equal(first.status, 201)
    for how in (None, signal.SIGTERM, signal.SIGKILL):
        if how:
            world.server.restart(how)
        again = someone.post('/v1/dossiers', body, key)
        equal((again.status, again.body), (201, first.body), how)
    other = someone.post('/v1/dossiers', dict(body, business='other'), key)
    equal((other.status, other.code), (422, 'idempotency-key-reused'))
    equal(someone.request('POST', '/v1/dossiers', body).code, 'idempotency-key-required')
    equal(someone.post('/v1/dossiers', body, 'no-uuid').status, 400)
    equal(len(someone.get('/v1/dossiers').json['items']), 1)


@case('S3.1.1c', 'thirty requests of one key at once have one effect and one answer; keys are apart by account')
def keys_at_once(world):
    someone, another = world.applicant(), world.applicant()
    key, body = str(uuid.uuid4()), {'business': 'evaluation', 'target': TARGET}
    replies = run_together(30, lambda i: someone.post('/v1/dossiers', body, key))
    equal({(r.status, r.body) for r in replies}, {(201, replies[0].body)})
    theirs = another.post('/v1/dossiers', body, key)
    equal(theirs.status, 201)
    check(theirs.json['id'] != replies[0].json['id'], 'a key reached into another account')


@case('decisions 20', 'a refusal is kept under its key too, and has left nothing behind')
def kept_refusals(world):
    someone = world.applicant()
    key = str(uuid.uuid4())
    first = someone.post('/v1/dossiers', {'business': 'evaluation', 'target': dict(TARGET, unit='nowhere')}, key)
    check(first.status in (409, 422), first)
    again = someone.post('/v1/dossiers', {'business': 'evaluation', 'target': dict(TARGET, unit='nowhere')}, key)
    equal((again.status, again.body), (first.status, first.body))
    equal(someone.get('/v1/dossiers').json['items'], [])


# --- the change feed -----------------------------------------------------------------------------------------

@case('P1', 'a waiting request is answered by the change it waits for, on connections of either kind')
def waiting(world):
    someone = world.applicant()
    cursor = someone.get('/v1/changes').json['cursor']
    fresh, used = (http.client.HTTPConnection('127.0.0.1', world.server.port, timeout=30) for _ in range(2))
    authorization = {'Authorization': 'Bearer ' + someone.token}
    used.request('GET', '/healthz')
    used.getresponse().read()
    started = time.monotonic()
    for connection in (fresh, used):
        connection.request('GET', f'/v1/changes?since={cursor}&wait=20', headers=authorization)
    time.sleep(0.4)
    dossier = someone.new_dossier()
    for connection in (fresh, used):
        answer = connection.getresponse()
        told = json.loads(answer.read())
        equal((answer.status, [item['dossier'] for item in told['items']]), (200, [dossier]))
    check(time.monotonic() - started < 15, 'it was not woken')
    after = someone.get(f'/v1/changes?since={told["cursor"]}&wait=1')
    equal((after.status, after.json['items'], after.json['cursor']), (200, [], told['cursor']))


@case('P1', 'nobody sleeps through a change, and nobody hears of another person\'s')
def no_lost_wake(world):
    someone, stranger = world.applicant(), world.applicant()
    dossier = someone.new_dossier()
    cursor = someone.get('/v1/changes').json['cursor']
    foreign = stranger.get('/v1/changes').json['cursor']
    document = {'values': {'work_summary_text': ''}}
    for version in range(60):
        document['values']['work_summary_text'] = f'第 {version} 稿'

        def one(i):
            if i == 0:
                return someone.get(f'/v1/changes?since={cursor}&wait=20')
            return someone.save(dossier, 'work_summary', document, version)
        started = time.monotonic()
        told, saved = run_together(2, one)
        equal((told.status, saved.status), (200, 200))
        check(time.monotonic() - started < 15, 'slept through it')
        equal(len(told.json['items']), 1)
        cursor = told.json['cursor']
    equal(stranger.get(f'/v1/changes?since={foreign}&wait=0').json['items'], [])


@case('decisions 21', 'cursors of another epoch or from the future are gone; nonsense is a bad request')
def cursors(world):
    someone = world.applicant()
    epoch, seq = someone.get('/v1/changes').json['cursor'].split('.')
    for cursor, status in ((f'0000000000000000.{seq}', 410), (f'{epoch}.999999999', 410), ('', 400), ('x', 400),
                           (f'{epoch}.-1', 400), (f'{epoch}.1x', 400), (f'{epoch}.{seq}', 200)):
        equal(someone.get(f'/v1/changes?since={cursor}').status, status, cursor)
    equal(someone.get(f'/v1/changes?since={epoch}.{seq}&wait=x').status, 400)


# --- starting and stopping -------------------------------------------------------------------------------------

@case('SEC-S43', 'a stop answers who waits, finishes what is under way and exits with 0')
def graceful(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    cursor = someone.get('/v1/changes').json['cursor']
    connection = http.client.HTTPConnection('127.0.0.1', world.server.port, timeout=30)
    connection.request('GET', f'/v1/changes?since={cursor}&wait=20', headers={'Authorization': 'Bearer ' + someone.token})
    half = Wire(world.server.port)
    body = json.dumps({'values': {'work_summary_text': '停机前的一稿'}}).encode()
    half.send(head('PUT', f'/v1/dossiers/{dossier}/sections/work_summary', JSON, 'If-Match: "0"', 'Expect: 100-continue',
                   f'Authorization: Bearer {someone.token}', f'Content-Length: {len(body)}'))
    equal(half.reply()[0], 100, 'it is under way')
    half.send(body[:10])
    time.sleep(0.3)
    world.server.process.send_signal(signal.SIGTERM)
    started = time.monotonic()
    answer = connection.getresponse()
    equal((answer.status, json.loads(answer.read())['items']), (200, []))
    half.send(body[10:])
    equal(half.reply()[0], 200)
    equal(world.server.process.wait(AT_LAST), 0)
    check(time.monotonic() - started < 18, 'it was waited for')
    world.server.process.stdout.close()
    world.server.start()
    equal(someone.section(dossier, 'work_summary').json['version'], 1)


@case('R35', 'a second server on the same data is refused')
def second_server(world):
    done = world.server.run('serve', check=False)
    equal(done.returncode, 1)
    check('another zhichengd' in done.stderr, done.stderr)
    alive(world)


@case('SEC-S41', 'keys that others may read, a newer database and unknown settings stop the start')
def refused_starts(world):
    server = world.server
    keys_file = os.path.join(server.home, 'keys')
    server.end()
    os.chmod(keys_file, 0o640)
    done = server.run('serve', check=False)
    check(done.returncode == 1 and 'read by others' in done.stderr, done.stderr)
    os.chmod(keys_file, 0o600)
    with open(server.config, encoding='utf-8') as file:
        config = file.read()
    with open(server.config, 'w', encoding='utf-8') as file:
        file.write(config.replace('[limits]', '[limits]\nheader_secnods=3'))
    done = server.run('serve', check=False)
    check(done.returncode == 1 and 'header_secnods' in done.stderr, done.stderr)
    with open(server.config, 'w', encoding='utf-8') as file:
        file.write(config)
    with sqlite3.connect(server.database) as database:
        version = database.execute('PRAGMA user_version').fetchone()[0]
        database.execute(f'PRAGMA user_version = {version + 1}')
    done = server.run('serve', check=False)
    check(done.returncode == 1 and 'newer' in done.stderr, done.stderr)
    with sqlite3.connect(server.database) as database:
        database.execute(f'PRAGMA user_version = {version}')
    server.start()


@case('SEC-S38 SEC-S41', 'files are for the owner alone; the log holds no token, number, name or id')
def traces(world):
    someone = world.applicant()
    dossier = someone.submitted()
    for folder, _, files in os.walk(os.path.join(world.server.home, 'data')):
        check(os.stat(folder).st_mode & 0o77 == 0, folder)
        for file in files:
            check(os.stat(os.path.join(folder, file)).st_mode & 0o77 == 0 or folder == world.server.home, file)
    log = world.server.read_log()
    form = someone.person.form
    for secret in (someone.token, form['id_number'], form['mobile'], form['email'], form['name'], form['password'], dossier):
        check(secret not in log, 'the log holds', secret)


run(setup, World.stop)
