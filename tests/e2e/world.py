# SPDX-License-Identifier: GPL-3.0-or-later
"""The real thing as processes: a demo server (tests/support) and the desktop app with a profile of its own.
Run inside gui-session."""
import gettext
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

top = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(top / 'tests/support'))
from ui import UI  # noqa: E402

BUILD = Path(os.environ.get('ZC_BUILD', top / '.build/debug'))
words = gettext.translation('zhicheng', BUILD / 'po', languages=['zh_CN'])


def t(text):
    """What the screen says for a text of the source: the tests follow the wording by themselves."""
    translated = words.gettext(text)
    if translated == text and 'ZC_UNTRANSLATED' not in os.environ:
        raise KeyError(f'no translation of "{text}"')
    return translated


class App:
    """The desktop app; started again it finds its local store."""

    def __init__(self, port, home, arguments=()):
        self.port, self.home, self.arguments = port, Path(home), arguments
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.files = self.home / 'chosen-files'      # what the person chooses next in the file chooser
        self.files.write_text('')
        self.portal = subprocess.Popen([sys.executable, top / 'tests/support/mock-portal.py', self.files], stdout=subprocess.PIPE)
        self.portal.stdout.readline()
        self.process = self.ui = None
        self.start()

    def start(self):
        environment = dict(os.environ, XDG_DATA_HOME=str(self.home / 'share'), XDG_STATE_HOME=str(self.home / 'state'),
                           GSETTINGS_SCHEMA_DIR=str(BUILD / 'data'), G_DEBUG='fatal-criticals', GDK_DEBUG='portals')
        with open(self.home / 'app.log', 'ab') as log:
            self.process = subprocess.Popen([*os.environ.get('ZC_APP_WRAPPER', '').split(), BUILD / 'src/app/zhicheng', '--server', f'http://127.0.0.1:{self.port}',
                                             *self.arguments], stdout=log, stderr=log, env=environment)
        self.ui = UI('zhicheng', 30)

    def end(self):
        self.stop()
        self.portal.terminate()
        self.portal.wait(5)

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(20)


class Steps:
    """Numbered pictures of a way through the app; no folder: none."""

    def __init__(self, folder):
        self.folder, self.number, self.began = Path(folder) if folder else None, 0, time.monotonic()

    def shot(self, ui, name):
        self.number += 1
        if self.folder:
            ui.shot(str(self.folder / f'{self.number:02d}-{name}.png'))
        print(f'# {time.monotonic() - self.began:6.1f} s  {name}', file=sys.stderr, flush=True)
