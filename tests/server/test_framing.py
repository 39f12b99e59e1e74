#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes that are no HTTP, or two kinds of it at once, and clients that take without end: beside what test_front.py tries
(SEC-S25 to SEC-S27, SEC-S35)."""
import json
import os
import re
import time

from actors import Picture, World
from tap import case, check, equal, run
from wire import AT_LAST, PROMPT, SLOW_SECONDS, Wire, exchange, head

MOST_GROWTH = 40e6 if 'ZC_SANITIZED' not in os.environ else 200e6       # a sanitizer's bookkeeping is not the server's
JSON = 'Content-Type: application/json'
SECOND = 'GET /v1/ HTTP/1.1\r\nHost: a\r\n\r\n'           # smuggled: its answer would hold the notice


def setup():
    return World(limits={'header_seconds': SLOW_SECONDS, 'idle_seconds': SLOW_SECONDS, 'body_rate': 50000, 'connections_per_address': 400})


def resident(world):
    with open(f'/proc/{world.server.process.pid}/statm', encoding='ascii') as statm:
        return int(statm.read().split()[1]) * os.sysconf('SC_PAGE_SIZE')


def connections(world):
    """Sockets that the server has open."""
    folder, count = f'/proc/{world.server.process.pid}/fd', 0
    for fd in os.listdir(folder):
        try:
            count += os.readlink(os.path.join(folder, fd)).startswith('socket:')
        except FileNotFoundError:
            continue                                       # closed since
    return count


def wait_for_connections(world, count):
    """Until the server holds no more than that many."""
    deadline = time.monotonic() + AT_LAST
    while connections(world) > count:
        check(time.monotonic() < deadline, 'still connected:', connections(world) - count)
        time.sleep(0.05)


def alive(world):
    started = time.monotonic()
    equal(exchange(world.server.port, head('GET', '/healthz'))[0], 200)
    return time.monotonic() - started


def drain(wire, seconds=10):
    """All that comes until the server closes, or says no more after it has said something."""
    deadline, said = time.monotonic() + seconds, wire.rest
    wire.socket.settimeout(0.15)
    while time.monotonic() < deadline:
        try:
            piece = wire.socket.recv(65536)
        except TimeoutError:
            if said:
                break
            continue
        except (ConnectionResetError, BrokenPipeError):
            break
        if not piece:
            break
        said += piece
    return said


def statuses(said):
    return [int(status) for status in re.findall(rb'HTTP/1\.[01] (\d{3}) ', said)]


POST = 'POST /v1/codes HTTP/1.1\r\nHost: a\r\n' + JSON + '\r\n'
CHUNKED = POST + 'Transfer-Encoding: chunked\r\n\r\n'
REFUSED = {
    'a NUL in the path': 'GET /heal\0thz HTTP/1.1\r\nHost: a\r\n\r\n',
    'a NUL behind the path': 'GET /healthz\0 HTTP/1.1\r\nHost: a\r\n\r\n',
    'no version': 'GET /healthz\r\n\r\n',
    'version 0.9': 'GET /healthz HTTP/0.9\r\nHost: a\r\n\r\n',
    'version 2': 'GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n',
    'version 9.9': 'GET /healthz HTTP/9.9\r\nHost: a\r\n\r\n',
    'version in small letters': 'GET /healthz http/1.1\r\nHost: a\r\n\r\n',
    'no version number': 'GET /healthz HTTP/\r\nHost: a\r\n\r\n',
    'the preface of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'a proxy\'s CONNECT': 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n',
    'another server\'s address': 'GET http://example.org/healthz HTTP/1.1\r\nHost: a\r\n\r\n',
    'no path': 'GET  HTTP/1.1\r\nHost: a\r\n\r\n',
    'a path without slash': 'GET healthz HTTP/1.1\r\nHost: a\r\n\r\n',
    'a fragment': 'GET /healthz#a HTTP/1.1\r\nHost: a\r\n\r\n',
    'bytes beyond ASCII': 'GET /healthz\xff HTTP/1.1\r\nHost: a\r\n\r\n',
    'a blank in the path': 'GET /heal thz HTTP/1.1\r\nHost: a\r\n\r\n',
    'a ClientHello of TLS': b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + bytes(range(256)) + b'\r\n\r\n',
    'SSH': 'SSH-2.0-OpenSSH_9.9\r\n\r\n',
    'a header without name': 'GET /healthz HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n',
    'a header without colon': 'GET /healthz HTTP/1.1\r\nHost: a\r\nX\r\n\r\n',
    'a bare CR in a header': 'GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n',
    'an empty length': POST + 'Content-Length: \r\n\r\n{}',
    'a length with a point': POST + 'Content-Length: 2.0\r\n\r\n{}',
    'a length with a sign': POST + 'Content-Length: -0\r\n\r\n',
    'a length with an exponent': POST + 'Content-Length: 1e1\r\n\r\n{}',
    'a length and words': POST + 'Content-Length: 2 bytes\r\n\r\n{}',
    'two codings': POST + 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n',
    'chunked twice': POST + 'Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n',
    'xchunked': POST + 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
    'identity': POST + 'Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}',
    'chunked and more': POST + 'Transfer-Encoding: chunked;a=b\r\n\r\n0\r\n\r\n',
    'a chunk of negative size': CHUNKED + '-2\r\n{}\r\n0\r\n\r\n',
    'a chunk with 0x': CHUNKED + '0x2\r\n{}\r\n0\r\n\r\n',
    'a chunk beyond 64 bits': CHUNKED + 'ffffffffffffffff2\r\n{}\r\n0\r\n\r\n',
    'a chunk of 2^63': CHUNKED + '8000000000000000\r\n{}\r\n0\r\n\r\n',
    'a chunk without end of line': CHUNKED + '2\r\n{}0\r\n\r\n',
    'a chunk longer than told': CHUNKED + '1\r\n{}\r\n0\r\n\r\n',
    'an unknown expectation': POST + 'Expect: 200-ok\r\nContent-Length: 2\r\n\r\n{}',
}


@case('SEC-S26', 'bytes that are no HTTP/1.1 are answered with a refusal or none, and let nothing behind them in')
def no_http(world):
    for name, data in REFUSED.items():
        wire = Wire(world.server.port)
        said = drain(wire.send(data + (SECOND.encode() if isinstance(data, bytes) else SECOND)))
        wire.close()
        found = statuses(said)
        check(not found or 400 <= found[0] < 500 or found[0] in (501, 505), name, said[:200])
        # where no length was told, all agree on where the first one ends: another may follow
        ambiguous = POST in data if isinstance(data, str) else True
        check(b'"notice"' not in said or not ambiguous, name, 'let a second request in', found)
    alive(world)


@case('SEC-S26', 'a header that counts is there once; twice it is refused, whatever it says')
def twice(world):
    for line in ('Authorization: Bearer a', 'Content-Length: 2', JSON, 'Host: test', 'If-Match: "0"', 'If-None-Match: "0"',
                 'Idempotency-Key: 0190a7c0-0000-7000-8000-00000000000a', 'X-Forwarded-For: 10.0.0.1', 'Expect: 100-continue'):
        name = line.split(':')[0]
        for second in (line, line.replace(name, name.upper()), line.replace(name, name.lower())):
            lines = [line, second] if name != 'Host' else [second]
            reply = exchange(world.server.port, head('GET', '/healthz', *lines))
            check(reply is None or reply[0] == 400, second, reply)


@case('SEC-S26', 'the body of a refused request is no request: what stands in it is never run')
def refused_bodies(world):
    smuggled = SECOND.encode()
    length = f'Content-Length: {len(smuggled)}'
    for name, data in {
        'GET with a body': head('GET', '/healthz', length),
        'another media type': head('POST', '/v1/codes', 'Content-Type: text/plain', length),
        'no such path': head('POST', '/nowhere', JSON, length),
        'another method': head('DELETE', '/v1/codes', length),
        'no token': head('PUT', '/v1/sessions/current/membership', JSON, length),
        'no JSON': head('POST', '/v1/codes', JSON, length),
        'no key': head('POST', '/v1/accounts', JSON, length),
        'a bad query': head('POST', '/v1/codes?a=1', JSON, length),
        'an upload without token': head('PUT', f'/v1/dossiers/x/images/{"0" * 64}', 'Content-Type: image/jpeg', length),
    }.items():
        wire = Wire(world.server.port)
        said = drain(wire.send(data.encode() + smuggled))
        equal(len(statuses(said)), 1, name, said[:300])
        check(400 <= statuses(said)[0] < 500 and b'"notice"' not in said, name, said[:300])
        wire.close()
    for name, data in {'chunked': CHUNKED + f'{len(smuggled):x}\r\n{SECOND}\r\n0\r\n\r\n',
                       'in a trailer': CHUNKED + f'2\r\n{{}}\r\n0\r\nX: a\r\nHost: b\r\nContent-Length: 500\r\n\r\n',
                       'in an extension': CHUNKED + '2;GET /v1/ HTTP/1.1\r\n{}\r\n0\r\n\r\n'}.items():
        wire = Wire(world.server.port)
        said = drain(wire.send(data))
        equal(statuses(said)[1:], [], name)
        check(b'"notice"' not in said, name)
        wire.close()


@case('SEC-S26', '100-continue is answered by the reply itself where the request is refused')
def expectations(world):
    wire = Wire(world.server.port).send(head('POST', '/v1/codes', 'Content-Type: text/plain', 'Content-Length: 100000', 'Expect: 100-continue'))
    status, headers, _ = wire.reply()
    equal((status, headers.get('connection')), (415, 'close'))
    wire.close()
    wire = Wire(world.server.port).send(head('POST', '/v1/codes', JSON, 'Content-Length: 2', 'Expect: 100-continue'))
    equal(wire.reply()[0], 100)
    equal(wire.send('{}').reply()[0], 400)
    wire.close()


def pour(world, start, piece, most=80_000_000):
    """Sends without end; how many bytes went before the server closed."""
    wire, sent = Wire(world.server.port), 0
    try:
        wire.send(start)
        while sent < most:
            wire.send(piece)
            sent += len(piece)
    except OSError:
        pass
    wire.close()
    return sent


@case('SEC-S25', 'lines, headers, extensions and trailers without end are cut off, and cost no memory')
def endless(world):
    before = resident(world)
    for name, start, piece in (
            ('a method', '', b'A' * 65536), ('a path', 'GET /', b'a' * 65536), ('a query', 'GET /v1/dossiers?text=', b'a' * 65536),
            ('a header', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX: ', b'a' * 65536),
            ('the name of a header', 'GET /healthz HTTP/1.1\r\nHost: a\r\n', b'X' * 65536),
            ('headers', 'GET /healthz HTTP/1.1\r\nHost: a\r\n', b'X: a\r\n' * 10000), ('empty lines', '', b'\r\n' * 30000),
            ('the extension of a chunk', CHUNKED + '2;', b'a' * 65536), ('trailers', CHUNKED + '2\r\n{}\r\n0\r\n', b'X: a\r\n' * 10000),
            ('the size of a chunk', CHUNKED, b'0' * 65536), ('small chunks', CHUNKED, b'1\r\n \r\n' * 10000),
            ('cookies', 'GET /healthz HTTP/1.1\r\nHost: a\r\nCookie: ', b'a=b; ' * 13000)):
        sent = pour(world, start, piece)
        check(sent < 40_000_000, name, 'was taken without end:', sent)
        check(alive(world) < PROMPT, name)
    check(resident(world) - before < MOST_GROWTH, resident(world) - before)


@case('SEC-S25', 'who does not read the replies is closed in time, holds up nobody and costs little')
def deaf(world):
    before, connected = resident(world), connections(world)
    token = world.applicant().token
    asked = head('GET', '/v1/businesses/evaluation', f'Authorization: Bearer {token}') * 200
    wires = []
    for _ in range(30):
        wire = Wire(world.server.port)
        wire.socket.settimeout(0.2)
        try:
            wire.send(asked)
        except TimeoutError:
            pass
        wires.append(wire)
    for _ in range(10):
        check(alive(world) < PROMPT, 'another client waited')
    check(resident(world) - before < 2 * MOST_GROWTH, resident(world) - before)
    wait_for_connections(world, connected)
    for wire in wires:
        wire.close()


@case('SEC-S25', 'who closes in the middle of a request is let go at once, and does not use up the connections of its address')
def half_closed(_):
    world = World(limits={'header_seconds': 60, 'idle_seconds': 60, 'connections_per_address': 2000})
    connected = connections(world)
    for data in ('GET / HT', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX: ', 'POST /v1/codes HTTP/1.1\r\nHost: a\r\n' + JSON +
                 '\r\nContent-Length: 10\r\n\r\n{', ''):
        for _ in range(100):
            Wire(world.server.port).send(data).close()       # mostly in one piece: bytes and end together
    try:
        wait_for_connections(world, connected)
    finally:
        world.stop()


@case('SEC-S25', 'ten thousand requests on one connection, and two thousand connections one after the other: all answered, memory flat')
def many(world):
    wire = Wire(world.server.port)
    before = None
    for round_ in range(20):
        wire.send(head('GET', '/healthz') * 500)
        equal([wire.reply()[0] for _ in range(500)], [200] * 500)
        before = before or resident(world)
    wire.close()
    connected = connections(world)
    for _ in range(2000):
        Wire(world.server.port).send(head('GET', '/healthz')).close()
    wait_for_connections(world, connected)
    check(alive(world) < PROMPT)
    check(resident(world) - before < MOST_GROWTH, resident(world) - before)


@case('SEC-S35', 'uploads that are broken off leave nothing behind')
def broken_off(world):
    someone = world.applicant()
    dossier, picture = someone.new_dossier(), Picture()
    listed = lambda: sorted(os.path.join(folder, name) for folder, _, names in os.walk(world.server.images) for name in names)
    before, size, connections_before = listed(), resident(world), connections(world)
    start = head('PUT', f'/v1/dossiers/{dossier}/images/{picture.sha256}', 'Content-Type: image/jpeg',
                 f'Authorization: Bearer {someone.token}', f'Content-Length: {len(picture.data)}').encode()
    for i in range(300):
        Wire(world.server.port).send(start + picture.data[:i * len(picture.data) // 300]).close()
    wait_for_connections(world, connections_before)
    equal(someone.upload(dossier, picture).status, 201)         # accepted after all the others
    wait_for_connections(world, connections_before)
    deadline = time.monotonic() + AT_LAST
    while len(listed()) > len(before) + 1 and time.monotonic() < deadline:
        time.sleep(0.1)
    equal(len(listed()), len(before) + 1)
    check(resident(world) - size < MOST_GROWTH, resident(world) - size)


@case('SEC-S27 SEC-S43', 'refusals name neither program, version, path of a file nor SQL')
def banners(world):
    someone = world.applicant()
    words = re.compile(rb'microhttpd|sqlite|zhichengd|libpq|glib|\.c:|/work|/home|/tmp|/var|SELECT|INSERT|stack|errno', re.I)
    for target in ('/nowhere', '/v1/me', '/v1/dossiers?limit=x', '/v1/dossiers/x', '/v1/businesses/x', '/v1/changes?since=x'):
        for lines in ([], [f'Authorization: Bearer {someone.token}']):
            wire = Wire(world.server.port)
            said = drain(wire.send(head('GET', target, 'Connection: close', *lines)))
            wire.close()
            check(not words.search(said) and b'\r\nServer:' not in said, target, said[:400])
    for data in ('hello\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n', head('GET', '/' + 'a' * 40000)):
        wire = Wire(world.server.port)
        said = drain(wire.send(data))
        check(not words.search(said) and b'\r\nServer:' not in said, said[:400])
        wire.close()
    equal(json.loads(exchange(world.server.port, head('GET', '/healthz'))[2]), {'status': 'ok'})


run(setup, World.stop)
