# SPDX-License-Identifier: GPL-3.0-or-later
"""The two that are compared: zhichengd, and the peer (peer/), which runs outside of the root and is asked through a socket.

    ours = Ours(home); peer = Peer.find(socket)     # None where this machine has no node
    port = ours.start(slow=True); ours.look(); ours.stop()"""
import json
import os
import re
import socket
import time

from server import Server

LIMITS = {'connections': 20000, 'connections_per_address': 20000, 'idle_seconds': 600, 'header_seconds': 60, 'sign_in_peer_tries': 1000000,
          'staff_second_factor': 'off'}


def preload(build, slow):
    return {'LD_PRELOAD': os.path.join(build, 'tests/bench/slow-sync.so')} if slow else {}


class Ours:
    def __init__(self, build, home):
        self.build = build
        os.makedirs(home)
        self.server = Server(limits=LIMITS, demo=True, home=home)
        self.took = 0

    def start(self, slow=False):
        self.server.environment = dict(os.environ, **preload(self.build, slow))
        began = time.monotonic()
        self.server.start()
        self.took = (time.monotonic() - began) * 1000
        return self.server.port

    def look(self):
        """Its memory in KiB, and the processor's ticks that it has used."""
        with open(f'/proc/{self.server.process.pid}/status', encoding='ascii') as file:
            status = file.read()
        with open(f'/proc/{self.server.process.pid}/stat', encoding='ascii') as file:
            ticks = file.read().rsplit(') ', 1)[1].split()
        kib = lambda name: int(re.search(rf'{name}:\s+(\d+)', status)[1])
        return {'rss': kib('VmRSS'), 'peak': kib('VmHWM'), 'ticks': int(ticks[11]) + int(ticks[12])}

    def stop(self):
        self.server.end()


class Peer:
    def __init__(self, build, connection):
        self.build, self.arguments, self.took = build, None, 0
        self.lines = connection.makefile('rw')

    @classmethod
    def find(cls, build, path, patience=600):
        """The peer behind a socket that is about to be there; None: nobody makes it."""
        until = time.monotonic() + patience
        while os.path.exists(path + '.coming') and time.monotonic() < until:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(path)
                return cls(build, connection)
            except OSError:
                connection.close()
                time.sleep(0.2)                    # its packages may have to be fetched first
        return None

    def _ask(self, **request):
        self.lines.write(json.dumps(request) + '\n')
        self.lines.flush()
        reply = json.loads(self.lines.readline())
        if 'error' in reply:
            raise AssertionError(reply['error'])
        return reply

    def start(self, slow=False):
        reply = self._ask(start={'args': self.arguments, 'env': preload(self.build, slow)})
        self.took = reply['ms']
        return reply['port']

    def look(self):
        return self._ask(look=True)

    def stop(self):
        self._ask(stop=True)
