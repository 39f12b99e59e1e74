#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_server.py BUILD HOME [NAME…]: what the server does in a second, beside what a usual program in its place does (peer/):
one line a figure, "name value unit (vs peer: ratio; mark: …)". Both answer the same requests from the same rows, in turns, each
acknowledged write synced. Where this machine has no node the figures stand alone, with those marks that need no peer."""
import contextlib
import http.client
import io
import itertools
import json
import os
import random
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

from PIL import Image

from actors import PASSWORD
from seed import UNIT, Seed
from sides import Ours, Peer

HERE = os.path.dirname(os.path.abspath(__file__))
SECONDS, ROUNDS = 2, 3
BODY_BYTES, IMAGE_BYTES = 8192, 600 * 1024
SAVERS, CROWD, QUEUE = 256, 5000, 100_000
APPLICANT = '13900000006'       # of the demo
GROWTH = (1_000, 10_000, 100_000, 1_000_000)


class Result:
    """What load says of one round, or the medians of several."""

    def __init__(self, rate, p50, p99, worst, processor):
        self.rate, self.p50, self.p99, self.worst, self.processor = rate, p50, p99, worst, processor

    @classmethod
    def median(cls, results):
        return cls(*(statistics.median(getattr(r, name) for r in results) for name in ('rate', 'p50', 'p99', 'worst', 'processor')))


class Bench:
    def __init__(self, build, home):
        self.build, self.home, self.missed = build, home, []
        shutil.rmtree(os.path.join(home, 'data'), ignore_errors=True)
        os.makedirs(os.path.join(home, 'data'))
        self.ours = Ours(build, os.path.join(home, 'data', 'ours'))
        self.peer = Peer.find(build, os.path.join(home, 'peer.sock'))
        self.ports = {}
        self._make_inputs()
        self._fill()

    # --- what both work on ----------------------------------------------------------------------
    def path(self, name):
        return os.path.join(self.home, 'data', name)

    def write(self, name, content):
        with open(self.path(name), 'wb') as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def _make_inputs(self):
        values = {f'f{i}': '测速用的一段文字，' * 8 + str(i) for i in range(24)}
        values['text'] = '@@@@@@@@' + '本人从事机械设计。' * 90
        body = json.dumps({'values': values}, ensure_ascii=False)
        values['text'] += 'x' * (BODY_BYTES - len(body.encode()))
        self.write('body', json.dumps({'values': values}, ensure_ascii=False))
        noise = random.Random(1)
        for height in itertools.count(800, 50):
            image = Image.frombytes('L', (1000, height), noise.randbytes(1000 * height)).convert('RGB')
            out = io.BytesIO()
            image.save(out, 'JPEG', quality=70)
            if out.tell() >= IMAGE_BYTES:
                break
        self.write('image', out.getvalue())

    def _fill(self):
        server = self.ours.server
        server.run('import', os.path.join(HERE, 'form.json'))
        self.seed = self.ours.seed = Seed(server.database)
        self.savers = self.seed.people(SAVERS)
        self.seed.queue(QUEUE)
        self.clerk = self.seed.clerk()
        self.ports[self.ours] = server.port
        schema = self.ask(self.ours, '/v1/businesses/bench/schema', self.savers[0].token)
        self.ours.stop()
        if self.peer:
            shutil.copytree(os.path.join(server.home, 'data'), self.path('peer'))
            self.peer.seed = Seed(os.path.join(self.path('peer'), 'zhicheng.db'))
            self.peer.arguments = [self.path('peer'), os.path.join(server.home, 'keys'), self.write('schema', schema)]

    @property
    def server(self):
        return self.ours.server

    @property
    def sides(self):
        return [self.ours] + ([self.peer] if self.peer else [])

    # --- measuring --------------------------------------------------------------------------------
    @contextlib.contextmanager
    def running(self, *sides, slow=False):
        try:
            for side in sides:
                self.ports[side] = side.start(slow=slow)
            yield
        finally:
            for side in sides:
                side.stop()

    def ask(self, side, path, token):
        connection = http.client.HTTPConnection('127.0.0.1', self.ports[side], timeout=60)
        connection.request('GET', path, headers={'Authorization': f'Bearer {token}'})
        reply = connection.getresponse()
        body = reply.read()
        connection.close()
        if reply.status != 200:
            raise AssertionError((path, reply.status, body[:600]))
        return body

    def load(self, side, kind, connections, lines, body=None, seconds=SECONDS):
        """With the microseconds of processor that the side took for each request."""
        ticks = side.look()['ticks']
        done = subprocess.run([os.path.join(self.build, 'tests/bench/load'), kind, str(self.ports[side]), str(connections), str(seconds),
                               self.write('lines', lines), *([self.path(body)] if body else [])], stdout=subprocess.PIPE, text=True, check=True)
        requests, *numbers = map(float, done.stdout.split())
        spent = (side.look()['ticks'] - ticks) * 1e6 / os.sysconf('SC_CLK_TCK')
        return Result(*numbers, spent / requests)

    def save(self, side, connections, seconds=SECONDS, people=None):
        return self.load(side, 'save', connections, side.seed.lines((people or self.savers)[:connections]), 'body', seconds)

    def compare(self, measure, rounds=ROUNDS):
        """Rounds of both in turns: (ours, the peer's or None)."""
        results = {side: [] for side in self.sides}
        for _ in range(rounds):
            for side in self.sides:
                results[side].append(measure(side))
        medians = {side: Result.median(found) for side, found in results.items()}
        return medians[self.ours], medians.get(self.peer)

    # --- telling ----------------------------------------------------------------------------------
    def tell(self, name, value, unit, least=None, most=None, ratio=None, of='peer'):
        """least, most: of the ratio where there is one to be told, else of the value. ratio: None: there is no peer."""
        judged = value if of is None else ratio
        words = [f'vs {of}: {ratio:.2f}'] if of is not None and ratio is not None else []
        mark = f'at least {least:.3g}' if least is not None else f'at most {most:.3g}' if most is not None else None
        if mark:
            words.append(f'mark: {mark}' + (f' × {of}' if of is not None else ''))
        if mark and judged is not None and (judged < least if least is not None else judged > most):
            words.append('missed')
            self.missed.append(name)
        digits = 0 if value >= 1000 else 1 if value >= 10 else 2
        print(f'{name} {value:.{digits}f} {unit}' + (f" ({'; '.join(words)})" if words else ''), flush=True)


def over(ours, peer):
    return ours / peer if peer else None


FIGURES = []


def figures(function):
    FIGURES.append(function)
    return function


@figures
def start(bench):
    """From the call to the first address, and what lies in memory while nobody asks."""
    took, memory = {}, {}
    for side in bench.sides:
        found = []
        for _ in range(5):
            with bench.running(side):
                found.append(side.took)
                time.sleep(0.5)
                memory[side] = side.look()['rss'] / 1024
        took[side] = statistics.median(found)
    ratio = lambda of: over(of[bench.ours], of.get(bench.peer))
    bench.tell('server-start', took[bench.ours], 'ms', most=300, of=None)
    bench.tell('server-idle-memory', memory[bench.ours], 'MiB', most=1 / 3, ratio=ratio(memory))


@figures
def save(bench):
    """An 8 KB section, saved over 1 to 256 connections."""
    marks = {1: 0.9, 64: 4}
    with bench.running(*bench.sides):
        for connections in (1, 16, 64, 256):
            ours, peer = bench.compare(lambda side: bench.save(side, connections))
            bench.tell(f'server-save-{connections}', ours.rate, '/s', least=marks.get(connections), ratio=over(ours.rate, peer and peer.rate))
            bench.tell(f'server-save-{connections}-p99', ours.p99, 'ms', most=0.5 if connections == 64 else None,
                       ratio=over(ours.p99, peer and peer.p99))
            if connections == 64:
                bench.tell('server-save-64-processor', ours.processor, 'us', ratio=over(ours.processor, peer and peer.processor))


@figures
def slow_syncs(bench):
    """The same where each sync takes 2 ms longer."""
    with bench.running(*bench.sides, slow=True):
        ours, peer = bench.compare(lambda side: bench.save(side, 64))
    bench.tell('server-save-64-slow-syncs', ours.rate, '/s', least=4, ratio=over(ours.rate, peer and peer.rate))


@figures
def queue(bench):
    """A page of 50 of a body's 100,000: the first, which counts them as well, and one behind it."""
    with bench.running(*bench.sides):
        following = {side: json.loads(bench.ask(side, '/v1/dossiers?limit=50', bench.clerk))['next'] for side in bench.sides}
        for name, path in (('queue-page', '/v1/dossiers?limit=50&cursor={}'), ('queue-first-page', '/v1/dossiers?limit=50')):
            ours, peer = bench.compare(lambda side: bench.load(side, 'get', 64, f'{bench.clerk} {path.format(following[side])}\n'))
            bench.tell(f'server-{name}', ours.rate, '/s', least=2.5, ratio=over(ours.rate, peer and peer.rate))
            bench.tell(f'server-{name}-p99', ours.p99, 'ms', ratio=over(ours.p99, peer and peer.p99), most=1)


@figures
def filters(bench):
    """Every offered order of the queue with every offered filter, asked in turn; and the slowest of them by itself."""
    with bench.running(bench.ours):
        levels = [level['id'] for level in json.loads(bench.ask(bench.ours, '/v1/catalog/levels', bench.clerk))['items']]
        offered = itertools.product(('submitted_at', '-submitted_at', 'name', '-name', 'level', '-level'), ('', 'waiting', 'in-review'),
                                    ('', levels[-1]), ('', '2025'), ('', '莫乙', '无'), ('', '南宁市', '南宁市江南建筑有限公司第7', '柳州'))
        names = ('sort', 'state', 'level', 'year', 'text', 'unit_name')
        lines = ''.join(f'{bench.clerk} /v1/dossiers?limit=50&' + '&'.join(f'{n}={urllib.parse.quote(v)}' for n, v in zip(names, values) if v) + '\n'
                        for values in offered)
        result = bench.load(bench.ours, 'get', 1, lines, seconds=10)
        bench.tell('server-queue-filters-p99', result.p99, 'ms', most=50, of=None)
        bench.tell('server-queue-slowest-filter', result.worst, 'ms', most=50, of=None)


@figures
def upload(bench):
    """Photos of 600 KB over 8 connections."""
    lines = ''.join(f'{p.token} /v1/dossiers/{p.dossier}/images/\n' for p in bench.savers[:8])
    with bench.running(*bench.sides):
        ours, peer = bench.compare(lambda side: bench.load(side, 'upload', 8, lines, 'image'))
        bench.tell('server-upload-8', ours.rate, '/s', least=1.6, ratio=over(ours.rate, peer and peer.rate))
        bench.tell('server-upload-8-processor', ours.processor, 'us', ratio=over(ours.processor, peer and peer.processor))
        bench.tell('server-upload-8-p99', ours.p99, 'ms', ratio=over(ours.p99, peer and peer.p99))


@figures
def upload_memory(bench):
    """What each of many uploads that have come half way holds in memory."""
    with open(bench.path('image'), 'rb') as file:
        image = file.read()
    with bench.running(bench.ours):
        bench.save(bench.ours, 64)             # what other work has filled is not the images'
        before, sockets = bench.ours.look()['rss'], []
        for person in bench.savers[:48]:
            sockets.append(socket.create_connection(('127.0.0.1', bench.ports[bench.ours])))
            sockets[-1].sendall(f'PUT /v1/dossiers/{person.dossier}/images/{"a" * 64} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {person.token}\r\n'
                                f'Content-Type: image/jpeg\r\nContent-Length: {len(image)}\r\n\r\n'.encode() + image[:len(image) // 2])
        time.sleep(2)                          # until all has arrived
        each = (bench.ours.look()['peak'] - before) / 1024 / len(sockets)
        for one in sockets:
            one.close()
    bench.tell('server-upload-memory', each, 'MiB', most=1, of=None)


@contextlib.contextmanager
def crowd(bench, kind, tokens):
    process = subprocess.Popen([os.path.join(bench.build, 'tests/bench/crowd'), kind, str(bench.ports[bench.ours]), bench.write('crowd', tokens)],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout.readline() != 'ready\n':
            raise AssertionError(f'the {kind} clients are not there')
        yield
    finally:
        process.stdin.close()
        process.wait()


@figures
def crowds(bench):
    """What many clients that ask nothing, or wait for news, cost those who save."""
    tokens = ''.join(person.token + '\n' for person in bench.seed.people(CROWD))
    with bench.running(bench.ours):
        for kind in ('idle', 'waiting'):
            alone, beside = [], []
            for _ in range(ROUNDS):
                alone.append(bench.save(bench.ours, 64))
                with crowd(bench, kind, tokens):
                    beside.append(bench.save(bench.ours, 64))
            alone, beside = Result.median(alone), Result.median(beside)
            bench.tell(f'server-save-64-beside-{CROWD}-{kind}', beside.rate, '/s', least=0.8, ratio=beside.rate / alone.rate, of='alone')


class Probe(threading.Thread):
    """Somebody who saves fifty times a second, and notes how long each took."""

    def __init__(self, bench):
        super().__init__(daemon=True)
        self.bench, self.times, self.over = bench, [], threading.Event()

    def run(self):
        bench, person = self.bench, self.bench.savers[0]
        line = bench.seed.lines([person]).split()
        connection, version = http.client.HTTPConnection('127.0.0.1', bench.ports[bench.ours]), int(line[2])
        with open(bench.path('body'), encoding='utf-8') as file:
            body = file.read()
        while not self.over.wait(0.02):
            began = time.monotonic()
            connection.request('PUT', line[1], body.replace('@@@@@@@@', f'{version:08d}').encode(), headers={
                'Authorization': f'Bearer {person.token}', 'If-Match': f'"{version}"', 'Content-Type': 'application/json'})
            reply = connection.getresponse()
            version = json.loads(reply.read())['version']
            self.times.append((time.monotonic() - began) * 1000)

    @classmethod
    def beside(cls, bench, work):
        probe = cls(bench)
        probe.start()
        work()
        probe.over.set()
        probe.join()
        return probe.times


def p99(times):
    return sorted(times)[int(len(times) * 0.99)]


@figures
def sign_in(bench):
    """Signing in, all processors busy with it, against the bare hash; and what the others feel of it."""
    seconds, hashed, signed, quiet, busy = 6, [], [], [], []
    bench.write('sign-in', json.dumps({'method': 'password', 'identifier': APPLICANT, 'password': PASSWORD, 'device': '测速'}))
    with bench.running(bench.ours):
        for _ in range(ROUNDS):
            done = subprocess.run([os.path.join(bench.build, 'tests/bench/hash'), '65536', '2', str(seconds)], stdout=subprocess.PIPE, check=True)
            hashed.append(float(done.stdout))
            signed.append(bench.load(bench.ours, 'post', 8, f'{bench.clerk} /v1/sessions\n', 'sign-in', seconds).rate)
            quiet += Probe.beside(bench, lambda: time.sleep(2 * seconds))
            busy += Probe.beside(bench, lambda: bench.load(bench.ours, 'post', 8, f'{bench.clerk} /v1/sessions\n', 'sign-in', 2 * seconds))
    # a round has few saves, and the disk's own slow syncs come in bunches: one p99 of all of them, not the middle of three
    hashed, signed, quiet, busy = *map(statistics.median, (hashed, signed)), p99(quiet), p99(busy)
    bench.tell('server-sign-in', signed, '/s', least=0.9, ratio=signed / hashed, of='the bare hash')
    bench.tell('server-save-p99-beside-sign-ins', busy, 'ms', most=2, ratio=busy / quiet, of='without')


def grown_server(bench, name):
    side = Ours(bench.build, bench.path(name))
    side.server.run('import', os.path.join(HERE, 'form.json'))
    side.seed = Seed(side.server.database)
    side.stop()
    return side


def grow(side, count):
    """So many dossiers: those who will save, drawn from all, and who looks at a queue."""
    side.seed.grow(count)
    drawn = random.Random(count).sample(range(count), min(count, 4 * SAVERS))
    side.people = side.seed.savers([n for n in drawn if n % 1000 < 500][:SAVERS])
    side.clerk = side.seed.clerk('grown-unit-0')


@figures
def growth(bench):
    """Saving, and a queue of 500, as there are more and more dossiers, in turns with a server that has the first number of them.
    Rows without answers but those that are saved here; the savers are drawn from all."""
    first, grown = grown_server(bench, 'first'), grown_server(bench, 'grown')
    measures = {'save': lambda side: bench.save(side, 64, people=side.people[-64:]),
                'queue': lambda side: bench.load(side, 'get', 64, f'{side.clerk} /v1/dossiers?limit=50\n')}
    grow(first, GROWTH[0])
    for count in GROWTH[1:]:
        grow(grown, count)
        with bench.running(first, grown):
            for side in (first, grown):
                bench.save(side, len(side.people), 1, side.people)
            for name, measure in measures.items():
                results = {side: [] for side in (first, grown)}
                for side in [first, grown] * ROUNDS:
                    results[side].append(measure(side))
                rate = {side: Result.median(found).rate for side, found in results.items()}
                bench.tell(f'server-{name}-of-{count}', rate[grown], '/s', least=1 / 1.3, ratio=rate[grown] / rate[first], of=f'{GROWTH[0]}')


@figures
def record(bench):
    """After all that: the chained record is whole, also the one that the peer wrote on."""
    for side in bench.sides:
        if side is bench.peer:
            shutil.rmtree(os.path.join(bench.server.home, 'data'))
            shutil.move(bench.path('peer'), os.path.join(bench.server.home, 'data'))
        events = int(bench.server.run('verify-log').split()[0])
        bench.tell('server-record' if side is bench.ours else 'peer-record', events, 'events')


def main(build, home, *names):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536), hard))
    bench = Bench(os.path.abspath(build), os.path.abspath(home))
    if bench.peer is None:
        print('server: no node and npm on this machine: nothing to compare with, the ratios are left out', flush=True)
    for function in FIGURES:
        if not names or function.__name__ in names:
            function(bench)
    shutil.rmtree(bench.path(''))
    return 1 if bench.missed else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
