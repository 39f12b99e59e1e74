#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person fills in, adds images, saves, submits and withdraws in the real app before the real server, while app, server or
both are killed at random moments. The ledger outside both holds what was typed and when, what the screen called saved and which act it
told done. After each kill: nothing lost, nothing twice, nothing typed more than a second before missing; the app is back where
one was and says what it recovered; what the server lacks reaches it without a key pressed.

ZC_KILLS=200: the long form. ZC_KILL_SEED: repeats a run. ZC_KILL_ONLY=summary,field: these activities alone."""
import os
import shutil
import signal
import sys
import tempfile
import threading
import time

from actors import Picture, World
from applicant import Applicant, t
from kills import count, dice
from ledger import Acts, Place, Tally
from record import check_disk
from tap import case, check, equal, run
from ui import Interrupted, Timeout, interrupted, wait

WORDS = '0123456789abcdefghijklmnopqrstuvwxyz '
NOTICE = t('What you last typed (%s) was not sent yet and has been recovered').split('%s')


class Killer(threading.Thread):
    """Kills after a delay; a server killed alone is started again a moment later, as a supervisor does."""

    def __init__(self, tour, target, delay, pause):
        super().__init__(daemon=True)
        self.tour, self.target, self.delay, self.pause = tour, target, delay, pause
        self.at, self.over = None, threading.Event()

    def run(self):
        time.sleep(self.delay)
        self.at = time.monotonic()
        if self.target in ('app', 'both'):
            self.tour.applicant.app.process.send_signal(signal.SIGKILL)
        if self.target in ('server', 'both'):
            self.tour.world.server.kill()
        if self.target in ('app', 'both'):
            interrupted.set()
            self.tour.applicant.app.process.wait()
        else:
            time.sleep(self.pause)
            self.tour.world.server.start()
        self.over.set()


class Tour:
    def __init__(self):
        self.dice, self.tally, self.seen = dice(), Tally(), set()
        self.home = tempfile.mkdtemp(prefix='zc-kill-')
        self.world = World(same_port=True)
        self.judge = self.world.applicant()          # the same person by HTTP: only looks
        self.dossier = self.judge.new_dossier()
        self.judge.fill(self.dossier)
        values = {s: self.judge.section(self.dossier, s).json['body'] for s in ('work_summary', 'basic_information')}
        self.summary = Place('专业技术工作总结', values['work_summary']['values']['work_summary_text'])
        self.name = Place('曾用名', values['basic_information']['values'].get('former_name', ''))
        self.acts = Acts()
        self.acts.done = self.history()
        self.killer = None
        self.applicant = Applicant(self.world, self.judge.person.form, self.home)
        self.applicant.sign_in()
        self.applicant.open_editor()

    @property
    def ui(self):
        return self.applicant.ui

    def stop(self):
        interrupted.clear()
        self.applicant.app.stop(signal.SIGKILL)
        self.world.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def show(self, number):
        """What a failure looked like: a picture where ZC_KILL_SHOTS says, the last words of the app."""
        if 'ZC_KILL_SHOTS' in os.environ:
            self.ui.shot(f'{os.environ["ZC_KILL_SHOTS"]}/kill-{number}.png')
        with open(os.path.join(self.home, 'app.log'), encoding='utf-8') as log:
            print('#', *log.read()[-1500:].splitlines(), sep='\n# ')

    # --- what the server holds ----------------------------------------------------------------------------------
    def history(self):
        reply = self.judge.get(f'/v1/dossiers/{self.dossier}/history')
        equal(reply.status, 200)
        return [i['act'] for i in reply.json['items'] if i['act'] in ('submit', 'withdraw')]

    def served(self, place):
        section, field = (('work_summary', 'work_summary_text') if place is self.summary
                          else ('basic_information', 'former_name'))
        return self.judge.section(self.dossier, section).json['body']['values'].get(field, '')

    # --- one kill --------------------------------------------------------------------------------------------------
    def cycle(self, number):
        activity = self.dice.choice(self.activities())
        target = self.dice.choices(('app', 'server', 'both'), (6, 2, 2))[0]
        before, work, after = getattr(self, 'before_' + activity), getattr(self, 'do_' + activity), getattr(self, 'after_' + activity)
        print(f'# {number}: {activity}, {target} killed', file=sys.stderr, flush=True)
        before()
        self.killer = Killer(self, target, self.dice.uniform(0.05, 2.6), self.dice.uniform(0, 0.6))
        self.killer.start()
        began = time.monotonic()
        try:
            work()
        except Interrupted:
            pass
        except Exception:           # what talks to a program that has just gone says so in many ways
            if not interrupted.wait(0.5):
                raise
        self.killer.join()
        if target == 'server':
            self.tally.kills[target] += 1
            check(self.applicant.app.process.poll() is None, 'the app went with the server')
        else:
            self.come_back(target)
        after(target)
        self.tally.longest = max(self.tally.longest, time.monotonic() - began)

    def activities(self):
        only = os.environ.get('ZC_KILL_ONLY')
        if self.acts.done and self.acts.done[-1] == 'submit':
            return ['withdraw']
        chosen = only.split(',') if only else ['summary', 'summary', 'field', 'entry', 'image', 'submit']
        # killed just after it was emptied for a new text, the form is not complete
        return chosen if self.summary.typed else ['summary']

    def come_back(self, target):
        """Starts again what was killed. The disk of the server is judged first; half of the time the app finds no server."""
        self.tally.kills[target] += 1
        if target == 'both':
            check_disk(self.world.server, self.seen)
            self.world.server.start()
        self.held = {place: self.served(place) for place in (self.summary, self.name)}
        self.offline = target == 'both' and self.dice.random() < 0.5
        if self.offline:
            self.world.server.kill()
        interrupted.clear()
        self.wall = time.time()
        self.applicant.app.start()

    def come_online(self):
        if self.offline:
            self.world.server.start()
            self.offline = False

    # --- typing -----------------------------------------------------------------------------------------------------
    def before_typing(self, section, place):
        self.applicant.open_editor()
        self.applicant.choose_section(section)
        self.node, self.status = self.applicant.field(place.name), self.applicant.status()
        self.section = section
        equal(self.applicant.read(self.node), place.typed, 'before typing')
        self.applicant.go_to_end(self.node)
        if len(place.typed) > 300 or place is self.name and len(place.typed) > 20:
            self.start_anew(place)

    def start_anew(self, place):
        """The place is full: emptied, and awaited until the server has it so."""
        self.ui.key('ctrl+a', 'Delete')
        wait(lambda: self.served(place) == '', 15, 'the emptied text at the server')
        wait(lambda: self.ui.text(self.node) == '', 5)
        place.__init__(place.name)

    def type_on(self, place, most):
        """Types in bursts with pauses of all lengths, looks at what the screen calls saved, presses 保存 now and then."""
        applicant, typed = self.applicant, 0
        while not self.killer.over.is_set() and typed < most:
            burst = ''.join(self.dice.choices(WORDS, k=min(self.dice.randrange(1, 12), most - typed)))
            applicant.type(place, burst)
            typed += len(burst)
            self.tally.keys += len(burst)
            if self.dice.random() < 0.2:
                self.ui.key('ctrl+s')
            pause = time.monotonic() + self.dice.choice((0.01, 0.05, 0.3, 0.8))
            while time.monotonic() < pause and not self.killer.over.is_set():
                self.tally.saved += applicant.look(self.node, self.status, place)
                time.sleep(0.02)

    def after_typing(self, target, place):
        if target != 'server':
            place.at_server(self.held[place])
            self.find_again(place)
        self.arrives(place)

    def find_again(self, place):
        """Back at the same section, without a key; the text as the ledger says; what was recovered is told with its time."""
        self.ui.find('list', t('Sections'), seconds=15)
        self.ui.find('heading', self.section)
        self.node = self.applicant.field(place.name)
        found = self.applicant.read(self.node)
        self.tally.gone += place.recovered(found, self.killer.at)
        if found != self.held[place]:
            self.told()

    def told(self):
        label = self.ui.find('label', part=NOTICE[1])
        check(label.name.startswith(NOTICE[0]), label.name)
        minutes = {time.strftime('%H:%M', time.localtime(self.wall - ago)) for ago in range(0, 120, 20)}
        check(any(minute in label.name for minute in minutes), 'the time of the last edit', label.name, minutes)
        self.tally.notices += 1

    def arrives(self, place):
        """Without a key pressed."""
        self.come_online_if_started()
        try:
            wait(lambda: self.served(place) == place.typed, 20, 'the text at the server')
        except Timeout:
            raise AssertionError(f'{place.name}: typed {place.typed!r}, screen {self.ui.text(self.node)!r}, '
                                 f'served {self.served(place)!r}') from None
        place.recovered(place.typed, 0)
        place.remote = place.text

    def come_online_if_started(self):
        if getattr(self, 'offline', False):
            self.come_online()

    def before_summary(self):
        self.before_typing('工作总结', self.summary)

    def do_summary(self):
        self.type_on(self.summary, 200)

    def after_summary(self, target):
        self.after_typing(target, self.summary)

    def before_field(self):
        self.before_typing('基本信息', self.name)

    def do_field(self):
        self.type_on(self.name, 45 - len(self.name.typed))

    def after_field(self, target):
        self.after_typing(target, self.name)

    # --- entries ----------------------------------------------------------------------------------------------------
    def schools(self):
        """The entries at the server: the schools in their order."""
        entries = self.judge.section(self.dossier, 'education_history').json['body']['entries']
        return [e['values'].get('school_name', '') for e in entries]

    def before_entry(self):
        self.applicant.open_editor()
        self.applicant.choose_section('学历情况')
        self.status = self.applicant.status()
        self.entries, self.added, self.school = self.schools(), None, Place('毕业学校')
        self.add = self.ui.find('button', t('Add an entry'))

    def do_entry(self):
        """One entry; its school typed to its end or to the kill."""
        self.ui.click(self.add)
        self.added = time.monotonic()
        wait(lambda: self.ui.text(self.applicant.field('毕业学校', 1)) == '', 5, 'the new entry')
        self.applicant.type(self.school, f'school {self.dice.randrange(10**9)}')
        self.tally.keys += len(self.school.typed)
        self.killer.over.wait()

    def after_entry(self, target):
        """The old entries once each, the new one once or, when it was not a second old, not at all."""
        self.come_online_if_started()
        must, typed = self.school.must_hold(self.killer.at), self.school.typed
        old = self.added is not None and self.added < self.killer.at - 1

        def there():
            new = self.schools()[len(self.entries):]
            return new if new and (target != 'server' or new == [typed]) else None
        if target != 'server':
            self.ui.find('list', t('Sections'), seconds=15)
        try:
            new = wait(there, 15 if old or target == 'server' and self.added else 2, 'the entry at the server')
        except Timeout:
            new = []
        wait(lambda: self.applicant.status().name == t('Saved'), 15, 'all of it at the server')
        new = self.schools()[len(self.entries):]
        equal(self.schools()[:len(self.entries)], self.entries, 'an entry went missing')
        check(len(new) <= 1, 'an entry is there twice', new)
        check(new or not old, 'the new entry went missing')
        if new:
            check(typed.startswith(new[0]) and new[0].startswith(must), 'the school', new, must, typed)
            self.tally.gone += len(typed) - len(new[0])
            self.tally.entries += 1
        self.remove_entries()

    def remove_entries(self):
        """So that the section is complete again: the last entry goes by its button until one is left."""
        self.applicant.open_editor()
        self.applicant.choose_section('学历情况')
        while len(self.schools()) > 1:
            wanted = len(self.schools()) - 1
            self.ui.click(self.ui.last('button', t('Delete this entry')))
            wait(lambda: len(self.schools()) == wanted, 15, 'the entry to go')

    # --- images -----------------------------------------------------------------------------------------------------
    def pictures(self):
        """The names of the field's images at the server, in their order."""
        values = self.judge.section(self.dossier, 'basic_information').json['body']['values']
        return [image['name'] for image in values.get('employment_proof', [])]

    def before_image(self):
        self.applicant.open_editor()
        self.applicant.choose_section('基本信息')
        self.status, self.strip = self.applicant.status(), self.applicant.strip('在职证明')
        if len(self.pictures()) == 5:
            self.remove_pictures()
        self.had, self.shown = self.pictures(), None
        self.ui.reveal(self.ui.find('button', t('Add images'), root=self.strip))
        self.picture = f'image-{self.dice.randrange(10**9)}.jpg'
        with open(os.path.join(self.home, self.picture), 'wb') as file:
            file.write(Picture(width=900, height=1200).data)

    def do_image(self):
        """One image, chosen and shown; the kill comes before, while or after it is kept and sent."""
        self.applicant.choose_image(self.strip, os.path.join(self.home, self.picture))
        wait(lambda: self.applicant.remover(self.strip, len(self.had) + 1), 15, 'the image in its strip')
        self.shown = time.monotonic()
        self.killer.over.wait()

    def after_image(self, target):
        """The images of before once each, the new one once or, when it was not shown for a second, not at all."""
        self.come_online_if_started()
        old = self.shown is not None and (target == 'server' or self.shown < self.killer.at - 1)
        if target != 'server':
            self.ui.find('list', t('Sections'), seconds=15)
        try:
            wait(lambda: len(self.pictures()) > len(self.had), 20 if old else 2, 'the image at the server')
        except Timeout:
            pass
        wait(lambda: self.applicant.status().name == t('Saved'), 15, 'all of it at the server')
        new = self.pictures()[len(self.had):]
        equal(self.pictures()[:len(self.had)], self.had, 'an image went missing')
        check(new == [self.picture] or not new and not old, 'the new image', new, self.picture, 'shown' if old else 'just shown')
        self.tally.images += len(new)

    def remove_pictures(self):
        """The field is full: emptied by its buttons, and awaited until the server has it so."""
        for number in range(5, 0, -1):
            self.ui.click(wait(lambda: self.applicant.remover(self.strip, number), 10, f'image {number}'))
            wait(lambda: self.applicant.remover(self.strip, number) is None, 10, f'image {number} to go')
        wait(lambda: not self.pictures(), 15, 'the images to go')

    # --- acts -------------------------------------------------------------------------------------------------------
    def before_submit(self):
        self.applicant.open_editor()
        wait(lambda: self.applicant.status().name == t('Saved'), 15, 'all of it at the server')

    def do_submit(self):
        self.applicant.read_instructions()
        self.acts.press('submit')
        self.applicant.agree()
        self.acts.told = self.applicant.await_receipt()

    def after_act(self, target):
        self.come_online_if_started()
        self.tally.acts += len(self.acts.judge(self.history()))
        equal(self.served(self.summary), self.summary.typed)
        self.applicant.go_home()

    after_submit = after_act

    def before_withdraw(self):
        self.applicant.go_home()
        self.ui.find('button', part=t('Withdraw'))

    def do_withdraw(self):
        self.applicant.ask_withdraw()
        self.acts.press('withdraw')
        self.applicant.confirm_withdraw()
        self.acts.told = self.applicant.await_draft()

    after_withdraw = after_act


def setup():
    return Tour()


@case('P1 P2 R01 R02 R03 R05 R06 S3.1.2b', 'killed at random moments: 0 lost, 0 doubled, nothing older than a second missing')
def killed(tour):
    wanted, began = count(), time.monotonic()
    for number in range(1, wanted + 1):
        try:
            tour.cycle(number)
        except Exception:
            tour.show(number)
            raise
    print(f'# {tour.tally}; {time.monotonic() - began:.0f} s, the longest {tour.tally.longest:.1f} s')


@case('R05 R06', 'the record at the end: every act once, the chain of events unbroken, every image whole')
def record(tour):
    tour.world.server.end()
    check_disk(tour.world.server)


run(setup, Tour.stop)
