# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies on the disk of a server that was killed, read from a copy of it, without a line of the server's code: the
database whole, the chain of events unbroken, every image the file of its name. The copy is taken before the server is started
again, so that it is judged as the kill left it."""
import hashlib
import os
import shutil
import sqlite3
import struct
import tempfile

from tap import check, equal

EVENT = ('act', 'dossier', 'account', 'body', 'role', 'from_stage', 'from_state', 'to_stage', 'to_state', 'subject')
CHAIN = f'SELECT e.seq, e.at, {", ".join("e." + name for name in EVENT)}, e.payload, e.digest, p.content ' \
        'FROM event e LEFT JOIN event_payload p ON p.seq = e.seq ORDER BY e.seq'


def open_copy(server, folder):
    for end in ('', '-wal', '-journal'):
        if os.path.exists(server.database + end):
            shutil.copyfile(server.database + end, os.path.join(folder, 'copy.db' + end))
    return sqlite3.connect(os.path.join(folder, 'copy.db'))


def text(value):
    return b'\xff\xff\xff\xff' if value is None else struct.pack('>I', len(value.encode())) + value.encode()


def check_chain(database):
    """Each event's digest is that of the one before and its own members (src/server/zc-event.c says the format)."""
    previous, number = bytes(32), 0
    for row in database.execute(CHAIN):
        seq, at, members, payload, digest, content = row[0], row[1], row[2:12], row[12], row[13], row[14]
        number += 1
        equal(seq, number, 'an event is missing')
        data = previous + struct.pack('>qq', seq, at) + b''.join(map(text, members)) + (payload or b'')
        equal(hashlib.sha256(data).digest(), digest, f'event {seq} does not fit the one before')
        check(content is None or hashlib.sha256(content).digest() == payload, f'the payload of event {seq} is another')
        previous = digest
    return number


def check_images(database, server, seen):
    """Every image that the database names is there, whole. seen: digests that were read before and cannot change."""
    for sha256, size in database.execute('SELECT sha256, bytes FROM image'):
        path = os.path.join(server.images, sha256[:2], sha256)
        check(os.path.exists(path), f'image {sha256} is missing')
        equal(os.path.getsize(path), size, f'image {sha256} is not whole')
        if sha256 not in seen:
            with open(path, 'rb') as file:
                equal(hashlib.sha256(file.read()).hexdigest(), sha256)
            seen.add(sha256)


def check_disk(server, seen=None):
    """Raises when anything is broken; the number of events."""
    with tempfile.TemporaryDirectory(prefix='zc-record-') as folder:
        database = open_copy(server, folder)
        try:
            equal(database.execute('PRAGMA integrity_check').fetchall(), [('ok',)])
            equal(database.execute('PRAGMA foreign_key_check').fetchall(), [])
            check_images(database, server, set() if seen is None else seen)
            return check_chain(database)
        finally:
            database.close()
