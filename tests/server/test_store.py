#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not be lost: full and failing disks, killed servers, the record, sealed values, uploads that break off."""
import contextlib
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'support')]
from actors import Picture, World, jpeg, run_together  # noqa: E402
from tap import case, check, equal, run  # noqa: E402
from wire import Wire, head  # noqa: E402


def setup():
    return World()


def summary(text):
    return {'values': {'work_summary_text': text}}


def files_below(folder):
    return sorted(os.path.join(at, file) for at, _, files in os.walk(folder) for file in files)


def ask(world, query, *values):
    """The first column of what the database answers."""
    database = sqlite3.connect(world.server.database)
    try:
        return [row[0] for row in database.execute(query, values)]
    finally:
        database.close()


def wait_until(condition, what):
    deadline = time.monotonic() + 30
    while not condition():
        check(time.monotonic() < deadline, what)
        time.sleep(0.02)


def is_traced(process):
    """Whether somebody traces all of its threads."""
    for task in os.listdir(f'/proc/{process.pid}/task'):
        with open(f'/proc/{process.pid}/task/{task}/status', encoding='ascii') as status:
            if 'TracerPid:\t0\n' in status.read():
                return False
    return True


# --- disks ------------------------------------------------------------------------------------------------

def small_disk(size):
    """A file system of that size to keep a server on; None where this may not be mounted."""
    folder = tempfile.mkdtemp(prefix='zc-disk-')
    done = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size},mode=700', 'tmpfs', folder], stderr=subprocess.PIPE)
    if done.returncode:
        os.rmdir(folder)
        return None
    return folder


@case('SEC-S43 R15', 'a full disk is told as such and acknowledges nothing; reading goes on; with room again it heals by itself')
def full_disk(world):
    disk = small_disk('24m')
    if disk is None:
        print('# no file system may be mounted here: not tried')
        return
    other = World(home=disk)
    try:
        someone = other.applicant()
        dossier = someone.new_dossier()
        filler = os.path.join(disk, 'filler')
        with open(filler, 'wb') as file:
            try:
                while True:
                    file.write(b'\0' * 65536)
                    file.flush()
            except OSError:
                pass
        version, refused = 0, None
        for i in range(200):
            reply = someone.save(dossier, 'work_summary', summary(f'{i} ' + '稿' * 1400), version)
            if reply.status == 200:
                version = reply.json['version']
            else:
                refused = reply
                break
        check(refused is not None, 'the disk was not full')
        equal((refused.status, refused.code), (507, 'storage'))
        check(b'sql' not in refused.body.lower() and disk.encode() not in refused.body, refused)
        equal(someone.section(dossier, 'work_summary').json['version'], version)
        picture = Picture(jpeg(1200, 900, quality=95))
        equal(someone.upload(dossier, picture).status, 507)
        os.unlink(filler)
        reply = someone.save(dossier, 'work_summary', summary('又有了地方'), version)
        equal((reply.status, reply.json['version']), (200, version + 1))
        equal(someone.upload(dossier, picture).status, 201)
        other.server.restart(signal.SIGKILL)
        equal(someone.section(dossier, 'work_summary').json['version'], version + 1)
        equal(ask(other, 'PRAGMA integrity_check'), ['ok'])
    finally:
        other.stop()
        subprocess.run(['umount', disk], check=True)
        shutil.rmtree(disk, ignore_errors=True)


@case('SEC-S43 R17', 'after a failed sync nothing is acknowledged any more until the server is started again; nothing acknowledged is lost')
def failed_sync(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    equal(someone.save(dossier, 'work_summary', summary('先存好的'), 0).status, 200)
    tracer = subprocess.Popen(['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fdatasync,fsync', '-e',
                               'inject=fdatasync,fsync:error=EIO', '-p', str(world.server.process.pid)],
                              stderr=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: tracer.poll() is not None or is_traced(world.server.process), 'nobody traces the server')
        check(world.server.process.poll() is None, 'the server has died')
        if tracer.poll() is not None:
            print('# no process may be traced here: not tried')
            return
        for i in range(3):
            reply = someone.save(dossier, 'work_summary', summary(f'存不住的 {i}'), 1)
            equal((reply.status, reply.code), (507, 'storage'))
    finally:
        tracer.terminate()
        tracer.wait()
    reply = someone.save(dossier, 'work_summary', summary('盘好了也不算'), 1)
    equal((reply.status, reply.code), (507, 'storage'))
    equal(someone.get('/v1/me').status, 200)
    world.server.restart(signal.SIGKILL)
    section = someone.section(dossier, 'work_summary').json
    check(section['version'] in (1, 2), section)
    reply = someone.save(dossier, 'work_summary', summary('重启之后'), section['version'])
    equal(reply.status, 200)


@case('R05 S1.6', 'what fails in the middle of what it writes leaves nothing, and harms nobody whose work is in the same transaction')
def fails_midway(world):
    people = [world.applicant() for _ in range(12)]
    dossiers = [person.new_dossier() for person in people]
    broken = {0, 7}                                # they write their section, then their event is refused
    with contextlib.closing(sqlite3.connect(world.server.database, timeout=20, isolation_level=None)) as database:
        names = ', '.join(f"'{dossiers[i]}'" for i in broken)
        database.execute(f"CREATE TRIGGER broken BEFORE INSERT ON event WHEN new.act = 'save' AND new.dossier IN ({names})"
                         " BEGIN SELECT RAISE (ABORT, 'broken'); END")
        for version in range(12):
            replies = run_together(len(people), lambda i: people[i].request(
                'PUT', f'/v1/dossiers/{dossiers[i]}/sections/work_summary', summary(f'第 {version} 稿'), str(uuid.uuid4()) if i % 2 else None,
                {'If-Match': f'"{0 if i in broken else version}"'}))
            equal([r.status for r in replies], [500 if i in broken else 200 for i in range(len(people))])
        database.execute('DROP TRIGGER broken')
        for i, dossier in enumerate(dossiers):
            events, = database.execute("SELECT count (*) FROM event WHERE dossier = ? AND act = 'save'", (dossier,)).fetchone()
            equal((people[i].section(dossier, 'work_summary').json['version'], events), (0, 0) if i in broken else (12, 12))
    for i in broken:
        equal(people[i].save(dossiers[i], 'work_summary', summary('又好了'), 0).json['version'], 1)
    world.server.run('verify-log')


@case('R05 R06', 'killed at any moment: what was acknowledged is there, once')
def killed(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    acknowledged, stop = [0, ''], threading.Event()

    def type_on():
        version = 0
        while not stop.is_set():
            text = f'第 {version} 稿'
            try:
                reply = someone.save(dossier, 'work_summary', summary(text), version)
            except OSError:
                return
            if reply.status == 412:
                version = reply.json['current']['version']
            elif reply.status == 200:
                version = reply.json['version']
                acknowledged[:] = [version, text]

    for round_ in range(8):
        stop.clear()
        before = acknowledged[0]
        typing = threading.Thread(target=type_on)
        typing.start()
        wait_until(lambda: acknowledged[0] > before, 'nothing is saved')
        time.sleep(0.03 * round_)
        world.server.process.send_signal(signal.SIGKILL)
        stop.set()
        typing.join()
        world.server.process.wait()
        world.server.process.stdout.close()
        world.server.start()
        section = someone.section(dossier, 'work_summary').json
        check(section['version'] in (acknowledged[0], acknowledged[0] + 1), section['version'], acknowledged)
        if section['version'] == acknowledged[0] and acknowledged[0]:
            equal(section['body'], summary(acknowledged[1]))


# --- uploads ------------------------------------------------------------------------------------------------

@case('S3.1.2c R21', 'an upload that breaks off, or is not what its name says, leaves nothing behind')
def broken_uploads(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    picture = Picture(jpeg(1600, 1200, quality=92))
    before = files_below(world.server.images)
    for share in (0, 0.1, 0.5, 0.99):
        wire = Wire(world.server.port)
        wire.send(head('PUT', f'/v1/dossiers/{dossier}/images/{picture.sha256}', f'Authorization: Bearer {someone.token}',
                       'Content-Type: image/jpeg', f'Content-Length: {len(picture.data)}').encode()
                  + picture.data[:int(len(picture.data) * share)])
        time.sleep(0.1)
        wire.close()
    flipped = bytearray(picture.data)
    flipped[len(flipped) // 2] ^= 1
    reply = someone.request('PUT', f'/v1/dossiers/{dossier}/images/{picture.sha256}', bytes(flipped), headers={'Content-Type': 'image/jpeg'})
    equal((reply.status, reply.code), (422, 'image'))
    wait_until(lambda: files_below(world.server.images) == before, 'half a file was left')
    equal(someone.get(f'/v1/dossiers/{dossier}/images/{picture.sha256}').status, 404)
    equal(someone.upload(dossier, picture).status, 201)
    got = someone.get(f'/v1/dossiers/{dossier}/images/{picture.sha256}')
    equal((got.status, got.body == picture.data, got.headers['Content-Type'], got.headers['X-Content-Type-Options'],
           got.headers['Content-Disposition']), (200, True, 'image/jpeg', 'nosniff', 'attachment'))


@case('R22', 'twenty uploads of one picture at once are one file; each is acknowledged')
def same_picture(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    picture = Picture(jpeg(1000, 800))
    replies = run_together(20, lambda i: someone.upload(dossier, picture))
    check({r.status for r in replies} <= {200, 201}, replies)
    equal([f for f in files_below(world.server.images) if picture.sha256 in f and 'incoming' not in f],
          [os.path.join(world.server.images, picture.sha256[:2], picture.sha256)])
    equal(os.listdir(os.path.join(world.server.images, 'incoming')), [])


@case('SEC-S25 SEC-S35', 'slow uploads and large refused ones hold up nobody; who may not upload is told so')
def slow_uploads(world):
    someone, stranger = world.applicant(), world.applicant()
    dossier = someone.new_dossier()
    picture = Picture(jpeg(1400, 1000, quality=92))
    lines = ('Content-Type: image/jpeg', f'Content-Length: {len(picture.data)}')
    path = f'/v1/dossiers/{dossier}/images/{picture.sha256}'
    slow = [Wire(world.server.port).send(head('PUT', path, f'Authorization: Bearer {someone.token}', *lines).encode()
                                         + picture.data[:5000]) for _ in range(30)]
    equal(someone.upload(dossier, picture).status, 201, 'while the slow ones go on')
    equal(stranger.upload(dossier, picture).status, 404)
    for wire in slow[:5]:
        wire.send(picture.data[5000:])
        equal(wire.reply()[0], 200)
    for wire in slow:
        wire.close()
    huge = Wire(world.server.port)
    reply = huge.send(head('PUT', path, f'Authorization: Bearer {someone.token}', 'Content-Type: image/jpeg',
                           'Content-Length: 3000000000')).reply()
    equal((reply[0], reply[1]['connection'], json.loads(reply[2])['type']), (413, 'close', 'urn:zhicheng:problem:too-large'))


# --- what lies in the database -------------------------------------------------------------------------------

@case('SEC-S40 SEC-S01 SEC-S11', 'the database holds no ID number, answer, password or token in clear')
def sealed(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    marker = '这一句只在本人的总结里'
    equal(someone.save(dossier, 'work_summary', summary(marker), 0).status, 200)
    form = someone.person.form
    world.server.end()
    whole = b''.join(open(f, 'rb').read() for f in files_below(os.path.dirname(world.server.database)) if 'images' not in f)
    for secret in (form['id_number'], form['password'], someone.token, marker):
        check(secret.encode() not in whole, 'in clear:', secret)
    digest = hashlib.sha256(someone.token.encode()).digest()
    equal(ask(world, 'SELECT count(*) FROM session WHERE token_digest = ?', digest), [1])
    hashes = ask(world, 'SELECT password FROM account')
    check(all(h.startswith('$argon2id$v=19$m=') for h in hashes) and len(set(hashes)) == len(hashes))
    world.server.start()


@case('SEC-S40', 'a sealed value that was changed, or moved to another row, does not open')
def moved(world):
    someone, other = world.applicant(), world.applicant()
    mine, theirs = someone.new_dossier(), other.new_dossier()
    for session, dossier in ((someone, mine), (other, theirs)):
        equal(session.save(dossier, 'work_summary', summary('本人的总结'), 0).status, 200)
    with sqlite3.connect(world.server.database) as database:
        body, = database.execute("SELECT body FROM section WHERE dossier = ? AND id = 'work_summary'", (theirs,)).fetchone()
        database.execute("UPDATE section SET body = ? WHERE dossier = ? AND id = 'work_summary'", (body, mine))
    database.close()
    reply = someone.section(mine, 'work_summary')
    equal((reply.status, reply.code), (500, 'internal'))
    check('sealed' not in reply.json['detail'], reply)
    equal(other.section(theirs, 'work_summary').status, 200)


@case('R34', 'an older copy put back begins a new epoch: old cursors are gone, and an image whose file is lost may be brought again')
def restored(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    picture = Picture(jpeg(700, 600))
    equal(someone.upload(dossier, picture).status, 201)
    path = f'/v1/dossiers/{dossier}/images/{picture.sha256}'
    cursor = someone.get('/v1/changes').json['cursor']
    world.server.end()
    os.unlink(next(file for file in files_below(world.server.home) if file.endswith(picture.sha256)))
    said = world.server.run('restored')
    world.server.start()
    epoch = someone.get('/v1/changes').json['cursor'].split('.')[0]
    check(epoch in said and '1 images' in said, said)
    check(not cursor.startswith(epoch), cursor)
    equal(someone.get(f'/v1/changes?since={cursor}').status, 410)
    equal(someone.request('HEAD', path).status, 404)
    equal(someone.upload(dossier, picture).status, 200)
    equal(someone.request('HEAD', path).status, 200)
    world.server.run('verify-log')                     # the restoring is in the record


@case('SEC-S42', 'the record refuses changes, and its chain shows one that was forced')
def record(world):
    someone, clerk = world.applicant(), world.staff()
    dossier = someone.submitted()
    for act in ('accept', 'return'):
        clerk.act(dossier, act, opinion='请补充学历证书')
    database = sqlite3.connect(world.server.database)
    for statement in ("UPDATE event SET act = 'x' WHERE seq = 2", 'DELETE FROM event WHERE seq = 2'):
        try:
            database.execute(statement)
            raise AssertionError(f'let through: {statement}')
        except sqlite3.IntegrityError:
            database.rollback()
    said = world.server.run('verify-log')
    last, digest = database.execute('SELECT seq, hex (digest) FROM event ORDER BY seq DESC LIMIT 1').fetchone()
    check(f'{last} events' in said and f'event {last} {digest}' in said, said)
    triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        database.execute(f'DROP TRIGGER {name}')
    database.commit()
    for change, seq in (("UPDATE event SET act = 'approve' WHERE seq = 3", 3), ('DELETE FROM event WHERE seq = 4', 4),
                        ("UPDATE event SET at = at + 1 WHERE seq = 2", 2)):
        kept = database.execute(f'SELECT * FROM event WHERE seq = {seq}').fetchone()
        database.execute(change)
        database.commit()
        done = world.server.run('verify-log', check=False)
        check(done.returncode == 1 and f'event {seq} does not fit' in done.stderr, change, done.stderr)
        database.execute(f'DELETE FROM event WHERE seq = {seq}')
        database.execute(f'INSERT INTO event VALUES ({", ".join("?" * len(kept))})', kept)
        database.commit()
    database.execute('DELETE FROM event_payload WHERE seq = (SELECT min (seq) FROM event_payload)')
    database.commit()
    world.server.run('verify-log')                     # a lawful erasure leaves the chain whole
    database.execute('UPDATE event_payload SET content = zeroblob (80) WHERE seq = (SELECT min (seq) FROM event_payload)')
    database.commit()
    equal(world.server.run('verify-log', check=False).returncode, 1)
    database.close()


@case('decisions 19', 'an image that nothing names goes after its days, with its bytes; one that is named stays')
def swept(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    pictures = someone.fill(dossier)
    lost = Picture(jpeg(700, 600))
    equal(someone.upload(dossier, lost).status, 201)
    week = 8 * 86400 * 1000
    with sqlite3.connect(world.server.database) as database:
        database.execute('UPDATE image SET touched_at = touched_at - ?', (week,))
    database.close()
    world.server.restart()                             # which looks after its house at once
    gone = os.path.join(world.server.images, lost.sha256[:2], lost.sha256)
    wait_until(lambda: not os.path.exists(gone), 'the image was left')
    equal(someone.get(f'/v1/dossiers/{dossier}/images/{lost.sha256}').status, 404)
    for picture in pictures.values():
        equal(someone.get(f'/v1/dossiers/{dossier}/images/{picture.sha256}').body, picture.data)
    equal(someone.upload(dossier, lost).status, 201)


run(setup, World.stop)
