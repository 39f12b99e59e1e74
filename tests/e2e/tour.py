#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tour.py [FOLDER]: the main job from registering to the unit's approval, done in the real app against the real server by
pointer and keys; numbered pictures go to FOLDER. It is a test too: each leg is a case (TAP)."""
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from world import BUILD, App, Steps, t  # noqa: E402
os.environ.setdefault('ZC_SERVER', str(BUILD / 'src/server/zhichengd'))
import actors  # noqa: E402
from tap import case, check, equal, run  # noqa: E402
from way import Person  # noqa: E402

PHOTOS = BUILD / 'tests/photos'
SUMMARY = ('任现职以来，本人一直从事矿山机械的设计工作，先后主持和参加了七个项目。在刮板输送机的改进中，'
           '提出以变频驱动代替液力耦合器的方案，经两年运行，故障率下降了四成，能耗下降一成二。')


class Tour:
    def __init__(self, folder):
        self.world = actors.World()
        self.home = Path(tempfile.mkdtemp(prefix='zc-tour-'))
        self.steps = Steps(folder)
        self.someone = actors.Person(name='韦明远')
        self.app = App(self.world.server.port, self.home)
        self.person = Person(self.app, self.steps, self.world)
        self.ui = self.app.ui

    def only_dossier(self):
        """What the server says of the one dossier, asked apart from the app."""
        form = self.someone.form
        session = self.world.sign_in(form['mobile'], form['password'])
        return session.get('/v1/dossiers').json['items'][0]

    def as_staff(self, mobile):
        self.person.sign_out()
        self.person.choose_staff()
        self.person.sign_in(mobile, actors.PASSWORD)

    def as_applicant(self):
        self.person.sign_out()
        self.person.choose_applicant()
        self.person.sign_in(self.someone.form['mobile'], self.someone.form['password'])

    def show_failure(self):
        """What the app said last, and the screen."""
        for line in (self.home / 'app.log').read_text(errors='replace').splitlines()[-12:]:
            print('# app:', line, flush=True)
        self.steps.shot(self.ui, 'failed')

    def close(self):
        self.app.end()
        self.world.stop()


@case('S1.1 S1.2 S1.3 S1.4 S1.7', 'an applicant registers: the notice first, codes by SMS and e-mail, a wrong number is told')
def register(tour):
    tour.person.shot('start')
    tour.person.choose_applicant()
    tour.person.register(tour.someone)


@case('S2.0 S2.1', 'and signs in')
def sign_in(tour):
    tour.person.sign_in(tour.someone.form['mobile'], tour.someone.form['password'])
    tour.ui.find('button', t('Apply'), seconds=20)
    tour.person.shot('home-empty')


@case('S3.1.1a S3.1.1c', 'a dossier is begun: unit, series, level, committee')
def begin(tour):
    tour.person.new_dossier()
    tour.person.shot('editor')


@case('S3.1.2a S3.1.2b S3.1.2c S3.1.2g P6', 'the sections are filled in, with photos as a phone makes them')
def fill(tour):
    person = tour.person
    person.fill_basic()
    person.add_image('身份证人像面', PHOTOS / 'phone-01.jpg', fit=True, shot='make-to-fit')
    person.add_image('身份证国徽面', PHOTOS / 'id-back.jpg')
    person.add_image('二寸免冠照', PHOTOS / 'portrait-1.jpg')
    person.shot('images')
    person.fill_education(PHOTOS)
    person.fill_summary(SUMMARY)
    person.save()
    person.go_to('基本信息')
    person.shot('complete')


@case('S3.1.3a S3.1.3b B1', 'it is submitted after the instructions were read to their end; the receipt says when and what')
def submit(tour):
    tour.person.submit(shot='-first')
    seen = tour.only_dossier()
    equal((seen['stage'], seen['state']), ('unit', 'waiting'))
    tour.person.close_receipt()
    tour.person.shot('home-submitted')


@case('S3.1.4 S3.1.6 S3.5.4 S3.5.5', 'details are read-only, progress shows where it is')
def look(tour):
    tour.ui.press(t('Details'))
    tour.ui.find('heading', '基本信息', seconds=15)
    check(not list(tour.ui.all(('text', 'entry'))), 'something can be edited')
    tour.person.shot('details')
    tour.person.back()
    tour.ui.press(t('Progress'))
    tour.ui.find(part='单位')
    tour.person.shot('progress')
    tour.person.back()


@case('S3.1.5a', 'it is withdrawn and submitted again')
def withdraw(tour):
    tour.person.withdraw()
    equal(tour.only_dossier()['state'], 'withdrawn')
    tour.ui.press(t('Edit'))
    tour.ui.find('heading', '基本信息', seconds=15)
    tour.person.submit()
    tour.person.close_receipt()


@case('U3 U4 U6', "the unit's clerk sees it in the queue, reads it, accepts it, returns it with a reason")
def unit_returns(tour):
    tour.as_staff(actors.CLERK)
    tour.person.open_case('韦明远', before='queue')
    tour.person.shot('review')
    tour.ui.press(t('Accept'), seconds=15)
    tour.ui.find('button', t('Return'), seconds=15)
    tour.person.shot('review-accepted')
    tour.person.decide('Return', opinion='学历证书的照片不清楚，请重新拍摄后上传。', shot='return')
    equal(tour.only_dossier()['state'], 'returned')


@case('S3.1.5c', 'the applicant sees the reason on top, mends and submits')
def mend(tour):
    tour.as_applicant()
    tour.ui.find(part='学历证书的照片不清楚', seconds=20)
    tour.person.shot('home-returned')
    tour.ui.press(t('Edit'))
    tour.ui.find(part='学历证书的照片不清楚', seconds=20)
    tour.person.shot('editor-returned')
    tour.person.fill_summary(SUMMARY + '证书照片已经重新上传。')
    tour.person.submit()
    tour.person.close_receipt()


@case('U6 S3.5.4', 'the unit approves; it waits at the office, whose officer sees it')
def approve(tour):
    tour.as_staff(actors.CLERK)
    tour.person.open_case('韦明远')
    tour.ui.press(t('Accept'), seconds=15)
    tour.person.decide('Approve', shot='approve')
    seen = tour.only_dossier()
    equal((seen['stage'], seen['state']), ('office', 'waiting'))
    tour.as_staff(actors.OFFICER)
    tour.ui.find(part='韦明远', seconds=20)
    tour.person.shot('office-queue')


if __name__ == '__main__':
    run(lambda: Tour(sys.argv[1] if len(sys.argv) > 1 else None), Tour.close, Tour.show_failure, one_way=True)
