#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""outside.py SOCKET: does outside of the Debian 13 root, of which it is no part, what the measuring of the app needs of this
machine, until its standard input ends: a request a line, JSON, answered by a line.

    {"what": "browser"}                                its name; null: this machine has none
    {"what": "drop"}                                   whether the page cache could be dropped
    {"what": "start", "args": […], "env": {…}}         starts the browser: when, by the monotonic clock
    {"what": "memory"}                                 what all its processes take, in KiB (PSS)
    {"what": "work"}                                   the ms of the processor that they have used
    {"what": "stop"}"""
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time

from processes import find_tree, pss, work

NAMES = ('chromium', 'chromium-browser', 'google-chrome')
AS_ROOT = ['--no-sandbox', '--test-type']      # and no bar that warns of it, as it would slide the page down


class Outside:
    def __init__(self):
        self.process = None

    def browser(self, _request):
        return next((path for path in map(shutil.which, NAMES) if path), None)

    def drop(self, _request):
        os.sync()
        try:
            with open('/proc/sys/vm/drop_caches', 'w', encoding='ascii') as file:
                file.write('3')
        except OSError:
            return False
        return True

    def start(self, request):
        args = [self.browser(request), *(AS_ROOT if os.getuid() == 0 else []), *request['args']]
        began = time.monotonic()
        self.process = subprocess.Popen(args, env=dict(os.environ, **request['env']), stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        return began

    def memory(self, _request):
        return pss(self.process.pid)

    def work(self, _request):
        return work(self.process.pid)

    def stop(self, _request=None):
        if self.process is None:
            return None
        tree = find_tree(self.process.pid)
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for pid in tree:                          # what outlives the first of them
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process = None
        return None


def answer(outside, line):
    request = json.loads(line)
    return json.dumps(getattr(outside, request['what'])(request)) + '\n'


def serve(listener, outside):
    """One asker after the other, as long as the standard input is open."""
    asker = lines = None
    while True:
        ready, _, _ = select.select([sys.stdin, listener] + ([asker] if asker else []), [], [])
        if sys.stdin in ready:
            return
        if listener in ready:
            asker = listener.accept()[0]
            lines = asker.makefile('r')
        elif asker in ready:
            line = lines.readline()
            if line:
                asker.sendall(answer(outside, line).encode())
            else:
                outside.stop()
                asker = None


def main(path):
    outside = Outside()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        try:
            serve(listener, outside)
        finally:
            outside.stop()


main(sys.argv[1])
