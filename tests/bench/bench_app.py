#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_app.py BUILD SOCKET: how soon the app is there and how quickly it turns, beside a browser with a static page of the same
form: one line a figure, "name value unit (worst …; vs browser: ratio; mark: …)". Run inside gui-session. Both are started cold, the
page cache dropped, and looked at in the same way: at the pixels of the screen, with keys as a keyboard sends them. Where this
machine has no browser the app's figures stand alone. SOCKET: outside.py, which starts the browser and drops the cache."""
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import ImageChops

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'e2e'), str(HERE.parent / 'support')]
BUILD = Path(sys.argv[1])
os.environ.update(ZC_BUILD=str(BUILD), ZC_SERVER=str(BUILD / 'src/server/zhichengd'))
import actors  # noqa: E402
import pages  # noqa: E402
from form_page import write_page  # noqa: E402
from processes import pss, work  # noqa: E402
from screen import Screen  # noqa: E402
from way import FORM, Person  # noqa: E402
from world import App, Steps, t  # noqa: E402

FONTS = Path('/usr/share/fonts/opentype')
RUNS, DOSSIERS, IMAGES = 5, 6, 60
SECTION = next(s for s in FORM['sections'] if 'entries' not in s and s['fields'][0]['type'] == 'text' and 'from' not in s['fields'][0])
FIRST = SECTION['fields'][0]['id']      # left empty: what is typed is all that stands there
OWN = [s for s in FORM['sections'] if s.get('fills') != 'unit']
LARGE = max((s for s in OWN if 'entries' not in s), key=lambda s: len(s['fields']))
APART = 3                               # rows without a change that part one thing from another
REST, QUIET = 1.5, 0.4                  # seconds without a change: a program that has settled; one that has turned
KEPT = 1                                # seconds after which what one did last, and where one was, is on the disk (P1, P2)
LOOK = 4                                # seconds in which a person looks at a form before going on to another
START_SECONDS, KEY_SECONDS = 30, 5
READY_RATIO, MEMORY_RATIO, TURN_MARK, OPEN_MARK = 0.5, 0.2, 50.0, 150.0


def tell(name, values, unit, mark=None, peer=None, ratio=None):
    """The median and the worst of all runs. mark: at most so much; ratio: at most so many times the browser's median."""
    value, words = statistics.median(values), [f'worst {max(values):.0f}']
    missed = mark is not None and value > mark
    if mark is not None:
        words.append(f'mark: at most {mark:.0f}')
    if peer:
        words.append(f'vs browser: {value / statistics.median(peer):.2f} of {statistics.median(peer):.0f}')
        missed = missed or (ratio is not None and value > ratio * statistics.median(peer))
    if ratio is not None:
        words.append(f'mark: at most {ratio:.1f} × browser')
    print(f'{name} {value:.0f} {unit} ({"; ".join(words + ["missed"] * missed)})', flush=True)
    return not missed


# --- who is measured ------------------------------------------------------------------------------------------------------
class Outside:
    """What is done outside of the root (outside.py)."""

    def __init__(self, path, patience=20):
        self.lines, until = None, time.monotonic() + patience
        while self.lines is None and os.path.exists(path + '.coming') and time.monotonic() < until:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(path)
                self.lines = connection.makefile('rw')
            except OSError:
                connection.close()
                time.sleep(0.1)             # it is just being started

    def ask(self, what, **request):
        if self.lines is None:
            return None
        self.lines.write(json.dumps(dict(request, what=what)) + '\n')
        self.lines.flush()
        return json.loads(self.lines.readline())


class Ours:
    """The app of somebody who is signed in, with nobody who looks into it."""

    def __init__(self, port, home, saved=None):
        """saved: awaits that what was typed is at the server: else the next start tells of what it recovered."""
        self.port, self.home, self.saved, self.process = port, home, saved, None

    def start(self):
        environment = dict(os.environ, XDG_DATA_HOME=str(self.home / 'share'), XDG_STATE_HOME=str(self.home / 'state'),
                           GSETTINGS_SCHEMA_DIR=str(BUILD / 'data'), GTK_A11Y='none')
        with open(self.home / 'app.log', 'ab') as log:
            began = time.monotonic()
            self.process = subprocess.Popen([BUILD / 'src/app/zhicheng', '--server', f'http://127.0.0.1:{self.port}'],
                                            stdout=log, stderr=log, env=environment, start_new_session=True)
        return began

    def memory(self):
        return pss(self.process.pid)

    def work(self):
        return work(self.process.pid)

    def stop(self):
        if self.saved:
            self.saved()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


class Browser:
    """The browser with a profile of its own, which it has used before, and the fonts of the app."""

    def __init__(self, outside, folder, page):
        self.outside, self.home = outside, Path(folder)
        self.args = ['--no-first-run', f'--user-data-dir={folder}/profile', f'file://{page}']
        self.environment = {'DISPLAY': os.environ['DISPLAY'], 'XDG_CACHE_HOME': f'{folder}/cache', 'XDG_CONFIG_HOME': f'{folder}/config',
                            'XDG_DATA_HOME': f'{folder}/share', 'LANG': 'C.UTF-8', 'LC_ALL': 'C.UTF-8'}
        os.makedirs(f'{folder}/share', exist_ok=True)
        if FONTS.is_dir():                  # outside of the root there may be none for Chinese
            shutil.copytree(FONTS, f'{folder}/share/fonts')

    def start(self):
        return self.outside.ask('start', args=self.args, env=self.environment)

    def memory(self):
        return self.outside.ask('memory')

    def work(self):
        return self.outside.ask('work')

    def stop(self):
        self.outside.ask('stop')


# --- what they work on ----------------------------------------------------------------------------------------------------
def make_pages(folder):
    """What a dossier has beyond one image of each kind."""
    kinds = actors.pictures_for_documents()
    count = IMAGES - len(kinds)
    return kinds, [actors.Picture(path.read_bytes(), path.name) for path in pages.scans(folder, '正文', count)]


def make_documents(kinds, more, name):
    documents = actors.complete_documents(kinds, name)
    entry = documents['publications']['entries'][0]['values']
    entry['publication_text_pages'] = entry['publication_text_pages'] + [picture.value for picture in more]
    return documents


def fill(session, dossier, pictures, documents):
    for picture in pictures:
        reply = session.upload(dossier, picture)
        assert reply.status in (200, 201), reply
    versions = {s['id']: s['version'] for s in session.dossier(dossier)['sections']}
    for section, document in documents.items():
        reply = session.save(dossier, section, document, versions[section])
        assert reply.status == 200, reply


def await_empty(session, dossier):
    """Until the server holds the section as it was, with nothing in the first field, and hears no more of it."""
    seen, since = None, time.monotonic()
    while time.monotonic() - since < REST:
        section = session.section(dossier, SECTION['id']).json
        if section['version'] != seen or FIRST in section['body']['values']:
            seen, since = section['version'], time.monotonic()
        time.sleep(0.05)


# --- measuring ------------------------------------------------------------------------------------------------------------
def difference(before, after):
    """(left, top, right, bottom) of what has changed, None: nothing; of several things the lowest, as the header above tells of
    other things than the field."""
    changed = ImageChops.difference(before, after).convert('L').point(lambda level: 255 if level else 0)
    box = changed.getbbox()
    if box is None:
        return None
    rows = [y for y in range(box[1], box[3]) if changed.crop((0, y, changed.width, y + 1)).getbbox()]
    top = next(y for i, y in reversed(list(enumerate(rows))) if i == 0 or y - rows[i - 1] > APART)
    left, above, right, below = changed.crop((0, top, changed.width, box[3])).getbbox()
    return left, top + above, right, top + below


class Field:
    """Where the first field is on the screen of one side: a strip around it, as it is before the first key, and the cell of the
    first character, as it is after it."""

    def __init__(self, screen, side):
        self.screen, self.side = screen, side
        side.start()
        shots = [self._settled(START_SECONDS)]
        for _ in range(3):
            screen.press('m')
            shots.append(self._settled())
        second, third = difference(shots[1], shots[2]), difference(shots[2], shots[3])
        if not second or not third or second[3] - second[1] > 80:
            raise AssertionError(self._keep(shots, f'the first field does not echo keys: {second}, {third}'))
        wide, high = third[0] - second[0], second[3] - second[1]
        left, top = second[0] - wide, second[1]
        self.cell = (left + 2, top, wide - 3, high)
        self.strip = (max(left - 30, 0), max(top - 40, 0), 300, high + 50)
        self.empty, self.echo = self._cut(shots[0], self.strip), self._cut(shots[3], self.cell)
        if self._cut(shots[0], self.cell) == self.echo:
            raise AssertionError(self._keep(shots, f'the first character does not show: {second}, {third}'))
        self.clear()

    def _keep(self, shots, what):
        """What was seen is left where the bench works; the words for it."""
        for number, shot in enumerate(shots):
            shot.save(f'{self.side.home}-{number}.png')
        return f'{what}; see {self.side.home}-*.png'

    def _settled(self, patience=REST):
        self.screen.await_rest(self.screen.all, REST, patience)
        return self.screen.picture(self.screen.all)

    @staticmethod
    def _cut(shot, box):
        x, y, width, height = box
        return shot.crop((x, y, x + width, y + height)).tobytes()

    def clear(self):
        """Empties the field again, so that the next start finds it as this one did."""
        self.screen.press('a', 'Control_L')
        self.screen.press('BackSpace')
        self._settled()
        self.side.stop()

    def start(self):
        """When it was started; now the form is painted."""
        began = self.side.start()
        if self.screen.await_picture(self.strip, self.empty, START_SECONDS) is None:
            raise AssertionError(self._keep([self._settled()], 'the form is not painted as it was before'))
        return began

    def measure(self):
        """(ms from its start until a key was echoed, KiB then, ms of the processor until then)"""
        began = self.start()
        self.screen.press('m')
        echoed = self.screen.await_picture(self.cell, self.echo, KEY_SECONDS)
        if echoed is None:
            raise AssertionError(self._keep([self._settled()], 'the key is not echoed'))
        found = (echoed - began) * 1000, self.side.memory(), self.side.work()
        self._settled()
        self.clear()
        return found


def measure_starts(screen, outside, sides):
    """{side: [(ms, KiB, ms of work), …]}, in turns; whether each start was a cold one."""
    fields, found, cold = [Field(screen, side) for side in sides], {side: [] for side in sides}, True
    for _ in range(RUNS):
        for field in fields:
            cold = bool(outside.ask('drop')) and cold
            found[field.side].append(field.measure())
    return found, cold


def turn(screen, *keys):
    """ms from a key until what it leads to is there, and until nothing has changed since."""
    began = time.monotonic()
    screen.press(*keys)
    first, last = screen.await_rest(screen.middle, QUIET, KEY_SECONDS)
    if last is None:
        raise AssertionError(f'nothing changes after {keys}')
    return (first - began) * 1000, (last - began) * 1000


# --- the way ----------------------------------------------------------------------------------------------------------------
class Bench:
    def __init__(self, path):
        self.folder = Path(tempfile.mkdtemp(prefix='zc-bench-', dir=os.environ.get('ZC_BENCH_HOME')))
        self.world, self.outside, self.screen = actors.World(), Outside(path), Screen()
        self.kinds, self.more = make_pages(self.folder / 'scans')
        self.good = True
        self.screen.rest_pointer()

    @property
    def pictures(self):
        return [*self.kinds.values(), *self.more]

    def judge(self, *args, **more):
        self.good = tell(*args, **more) and self.good

    def sign_in(self, home, choose, identifier, password, found):
        """By the app itself, once; what it keeps, it finds again."""
        app = App(self.world.server.port, self.folder / home)
        person = Person(app, Steps(None), self.world)
        choose(person)
        person.sign_in(identifier, password)
        found(person)
        return app

    def applicant(self):
        """The app of somebody whose dossier is filled in but for one field, left in the editor at that field's section."""
        session = self.world.applicant()
        self.documents = make_documents(self.kinds, self.more, session.account['name'])
        del self.documents[SECTION['id']]['values'][FIRST]
        dossier = session.new_dossier()
        fill(session, dossier, self.pictures, self.documents)
        form = session.person.form

        def to_section(person):
            person.ui.click(person.ui.find('button', part=t('Edit'), seconds=30))
            person.go_to(SECTION['title'])
            person.ui.settle(2)
        self.sign_in('applicant', Person.choose_applicant, form['mobile'], form['password'], to_section).end()
        self.screen.rest_pointer()
        return Ours(self.world.server.port, self.folder / 'applicant', lambda: await_empty(session, dossier))

    def starts(self, ours):
        name = self.outside.ask('browser')
        browser = name and Browser(self.outside, self.folder / 'browser', write_page(
            str(self.folder / 'page'), FORM, self.documents, self.pictures, SECTION['id']))
        found, cold = measure_starts(self.screen, self.outside, [ours] + ([browser] if browser else []))
        print(f'# {RUNS} starts each in turns, {"page cache dropped" if cold else "page cache NOT dropped, both warm"}, browser: {name or "none here"}, '
              f'load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors', flush=True)
        columns = lambda side: list(zip(*found[side])) if side else [None] * 3
        for what, unit, scale, limit, mine, its in zip(('editor-ready', 'editor-memory', 'editor-work'), ('ms', 'MiB', 'ms of the processor'),
                                                       (1, 1024, 1), (READY_RATIO, MEMORY_RATIO, None), columns(ours), columns(browser)):
            scaled = lambda values: values and [value / scale for value in values]
            self.judge(f'app-{what}', scaled(mine), unit, peer=scaled(its), ratio=limit)

    def turn_to_large(self):
        """The last of the turns that lead from where the app starts to the section with the most fields; and back, as it starts
        where one was."""
        steps = OWN.index(LARGE) - OWN.index(SECTION)
        there, back = ('Next', 'Prior') if steps > 0 else ('Prior', 'Next')
        found = [turn(self.screen, there, 'Control_L') for _ in range(abs(steps))]
        for _ in found:
            turn(self.screen, back, 'Control_L')
        return found[-1]

    def large_section(self, ours):
        """Seen for the first time, by who looked at the form that the app starts with, and by who went on at once."""
        field = Field(self.screen, ours)
        for name, look, mark in (('', LOOK, TURN_MARK), ('-early', 0, None)):
            found = []
            for _ in range(RUNS):
                field.start()
                self.screen.await_rest(self.screen.all, look)
                found.append(self.turn_to_large())
                self.screen.await_rest(self.screen.all, KEPT)
                ours.stop()
            self.judge(f'app-section-large{name}', [first for first, _ in found], 'ms', mark=mark)

    def sections(self, ours):
        ours.start()
        self.screen.await_rest(self.screen.all, LOOK, START_SECONDS)
        self.judge('app-editor-memory-ahead', [ours.memory() / 1024], 'MiB')
        behind = len(OWN) - OWN.index(SECTION) - 1
        new = [turn(self.screen, 'Next', 'Control_L') for _ in range(behind)]
        known = [turn(self.screen, 'Prior', 'Control_L') for _ in range(behind)]
        before = range(OWN.index(SECTION) - 1)   # the first one was shown at the start
        new += [turn(self.screen, 'Prior', 'Control_L') for _ in before]
        known += [turn(self.screen, 'Next', 'Control_L') for _ in before]
        self.screen.await_rest(self.screen.all, KEPT)
        for name, found in (('new', new), ('known', known)):
            self.judge(f'app-section-{name}', [first for first, _ in found], 'ms', mark=TURN_MARK)
            self.judge(f'app-section-{name}-images', [last for _, last in found], 'ms')
        ours.stop()

    def review(self):
        for _ in range(DOSSIERS):
            session = self.world.applicant()
            dossier = session.new_dossier()
            fill(session, dossier, self.pictures, make_documents(self.kinds, self.more, session.account['name']))
            session.act(dossier, 'submit')
        def choose(person):                 # the keyring still tells of the applicant
            person.sign_out()
            person.choose_staff()
        self.sign_in('clerk', choose, actors.CLERK, actors.PASSWORD,
                     lambda person: person.ui.find(part='测试', seconds=30)).end()
        self.screen.rest_pointer()
        ours = Ours(self.world.server.port, self.folder / 'clerk')
        ours.start()
        self.screen.await_rest(self.screen.all, REST, START_SECONDS)
        found = []
        for _ in range(DOSSIERS):
            found.append(turn(self.screen, 'Return'))
            turn(self.screen, 'Left', 'Alt_L')
            self.screen.press('Down')
            self.screen.await_rest(self.screen.middle, QUIET)
        self.judge('app-review-open', [last for _, last in found[1:]], 'ms', mark=OPEN_MARK)
        turn(self.screen, 'Return')
        found = [turn(self.screen, 'Next', 'Control_L') for _ in OWN[1:]]
        self.judge('app-review-section', [first for first, _ in found], 'ms', mark=TURN_MARK)
        ours.stop()

    def run(self):
        try:
            ours = self.applicant()
            self.starts(ours)
            self.sections(ours)
            self.large_section(ours)
            self.review()
        finally:
            self.outside.ask('stop')
            self.world.stop()
        shutil.rmtree(self.folder)          # after a failure its pictures stay
        return 0 if self.good else 1


sys.exit(Bench(sys.argv[2]).run())
