# SPDX-License-Identifier: GPL-3.0-or-later
"""The real thing as processes: one demo server, one app, in a temporary folder. Run inside gui-session."""
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

top = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(top / 'tests/support'))
from ui import UI, wait  # noqa: E402

PASSWORD = 'Demo-2026-zhicheng'


def end(process, how=signal.SIGTERM, seconds=15):
    if process is not None and process.poll() is None:
        process.send_signal(how)
        process.wait(seconds)


class Server:
    """zhichengd with demo data; started again it keeps port and data."""

    def __init__(self, build, home):
        self.program = Path(build) / 'src/server/zhichengd'
        self.home = Path(home)
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.conf = self.home / 'zhichengd.conf'
        self.log = open(self.home / 'server.log', 'ab')
        self.process = None
        self.configure(0, build)
        for command in ('init', 'demo'):
            subprocess.run([self.program, command, '--config', self.conf], check=True, stdout=self.log, stderr=self.log)
        self.start()
        self.configure(self.port, build)

    def configure(self, port, build):
        made = subprocess.run([top / 'tests/support/demo-config', self.home, build, str(port)], check=True, capture_output=True)
        self.conf.write_bytes(made.stdout)

    def start(self):
        self.process = subprocess.Popen([self.program, 'serve', '--config', self.conf], stdout=subprocess.PIPE, stderr=self.log)
        ready, _, _ = select.select([self.process.stdout], [], [], 30)
        line = self.process.stdout.readline().decode().split() if ready else []
        if len(line) != 2 or line[0] != 'listening':
            raise RuntimeError(f'the server did not start: {line} {(self.home / "server.log").read_text()[-2000:]}')
        self.port = int(line[1].rsplit(':', 1)[1])

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    def stop(self, how=signal.SIGTERM):
        end(self.process, how)

    def outbox(self):
        path = self.home / 'outbox/outbox.jsonl'
        lines = path.read_text(encoding='utf-8').splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]

    def code(self, to, seen=0):
        """The newest six-digit code sent to an address after the first `seen` messages, awaited."""
        def look():
            for message in reversed(self.outbox()[seen:]):
                if message['to'] == to and re.search(r'\d{6}', message['text']):
                    return re.search(r'\d{6}', message['text'])[0]
        return wait(look, 15, 'a code to ' + to)


class App:
    """The desktop app with a profile of its own; started again it finds its local store."""

    def __init__(self, build, server, home, arguments=()):
        self.program = Path(build) / 'src/app/zhicheng'
        self.build, self.server, self.home, self.arguments = Path(build), server, Path(home), arguments
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.process = None
        self.ui = None
        self.start()

    def start(self):
        environment = dict(os.environ, XDG_DATA_HOME=str(self.home / 'share'), XDG_STATE_HOME=str(self.home / 'state'),
                           GSETTINGS_SCHEMA_DIR=str(self.build / 'data'), G_DEBUG='fatal-criticals')
        log = open(self.home / 'app.log', 'ab')
        self.process = subprocess.Popen([self.program, '--server', self.server.url, *self.arguments],
                                        stdout=log, stderr=log, env=environment)
        self.ui = UI('zhicheng', 30)

    def kill(self):
        end(self.process, signal.SIGKILL)

    def stop(self):
        end(self.process)


class Steps:
    """Numbered pictures of a way through the app."""

    def __init__(self, folder):
        self.folder, self.number, self.began = Path(folder) if folder else None, 0, time.monotonic()

    def shot(self, ui, name):
        self.number += 1
        if self.folder:
            ui.shot(str(self.folder / f'{self.number:02d}-{name}.png'))
        print(f'# {time.monotonic() - self.began:6.1f} s  {name}', file=sys.stderr, flush=True)
