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
import pages  # noqa: E402
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

    def own_session(self):
        """The same person at another computer."""
        form = self.someone.form
        return self.world.sign_in(form['mobile'], form['password'])

    def only_dossier(self):
        """What the server says of the one dossier, asked apart from the app."""
        return self.own_session().get('/v1/dossiers').json['items'][0]

    def values_of(self, session, dossier, section):
        """The values of a section, of each entry where it repeats."""
        body = session.section(dossier, section).json['body']
        return [entry['values'] for entry in body['entries']] if 'entries' in body else [body['values']]

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
    tour.ui.find('button', t('Apply'))
    tour.person.shot('home-empty')


@case('S3.1.1a S3.1.1c', 'a dossier is begun: unit, series, level, committee')
def begin(tour):
    tour.person.new_dossier()
    tour.person.shot('editor')


@case('S3.1.2a S3.1.2b S3.1.2c S3.1.2g P6', 'pledge, person, education: filled in with photos as a phone makes them')
def fill(tour):
    person = tour.person
    person.fill_pledge('韦明远')
    person.fill_basic()
    person.add_image('身份证人像面', PHOTOS / 'phone-01.jpg', fit=True, shot='make-to-fit')
    person.add_image('身份证国徽面', PHOTOS / 'id-back.jpg')
    person.add_image('二寸免冠照', PHOTOS / 'portrait-1.jpg')
    person.shot('images')
    person.fill_education(PHOTOS, tour.home / 'scans')


@case('S3.1.2a S3.1.2b S3.1.2c S3.1.2d B5', 'what the kind of filing and the level ask for besides, with scans many at a time')
def fill_more(tour):
    person, folder = tour.person, tour.home / 'scans'
    person.fill_filing()
    person.fill_experience()
    person.fill_training(folder)
    person.fill_publication(folder)
    person.fill_summary(SUMMARY)
    for key, section in (('ctrl+Page_Down', '其他材料'), ('ctrl+Page_Up', '工作总结')):
        tour.ui.key(key)                    # out of a text of several lines, which has a use of its own for them
        tour.ui.find('heading', section)
    person.saved()


# What repeats the same gestures is filled in by HTTP, as on another computer of the same person: section → (images a field, values).
ELSEWHERE = {
    'current_title': ({'current_title_pages': 3, 'appointment_pages': 1}, dict(
        current_title_name='工程师', current_title_level='中级', current_title_series='工程技术', current_title_speciality='机械设计',
        current_title_obtained='2017-12', current_title_authority='南宁市职称改革办公室', current_title_certificate='450100201700001',
        current_title_appointed='2018-01', current_title_years=7)),
    'achievements': ({'achievement_project_pages': 14, 'achievement_post_pages': 4}, dict(
        achievement_name='刮板输送机变频驱动改造', achievement_started='2020-03', achievement_ended='2022-11', achievement_level='市（厅）级',
        achievement_content='以变频驱动代替液力耦合器，改造在用刮板输送机十二台。',
        achievement_my_role='方案提出人和主要设计人，负责总体方案、传动部分设计和现场试验，排名第一。',
        achievement_completion='经两年运行，故障率下降四成，能耗下降一成二，年节约电费八十余万元，通过市级验收并在同行业推广。')),
    'awards': ({'award_pages': 3}, dict(
        award_name='广西机械工业科学技术奖', award_grade='二等', awarded_in='2023-05', award_body='广西机械工业联合会', award_rank=2,
        award_summary='刮板输送机变频驱动改造。')),
}


def upload_scans(tour, session, dossier, field, count):
    scans = [actors.Picture(path.read_bytes(), path.name) for path in pages.scans(tour.home / 'scans', field, count, sealed=True)]
    for scan in scans:
        equal(session.upload(dossier, scan).status, 201)
    return [scan.value for scan in scans]


def save_elsewhere(session, dossier, section, document):
    reply = session.save(dossier, section, document, session.section(dossier, section).json['version'])
    equal((reply.status, reply.json.get('state')), (200, 'complete'), section)


@case('S3.1.2d P3', 'what the same person fills in on another computer appears here')
def other_computer(tour):
    session, dossier = tour.own_session(), tour.only_dossier()['id']
    for section, (images, values) in ELSEWHERE.items():
        values = values | {field: upload_scans(tour, session, dossier, field, count) for field, count in images.items()}
        document = {'values': values} if section == 'current_title' else {'entries': [actors.entry(**values)]}
        save_elsewhere(session, dossier, section, document)
    tour.person.look_at('业绩成果', '刮板输送机变频驱动改造', 'achievement')
    tour.person.look_at('业绩奖项', '广西机械工业科学技术奖', 'award')
    tour.person.look_at('现任职称', '中级', 'title')


@case('P8', 'what is advised is listed before submitting, leads to its place, and blocks nothing')
def advice(tour):
    person, session, dossier = tour.person, tour.own_session(), tour.only_dossier()['id']
    person.saved()
    tour.ui.press(t('Submit'))
    tour.ui.find('button', t('Go on to submitting'))
    person.shot('advice')
    dialog = tour.ui.find('dialog')
    tour.ui.click(tour.ui.find('list item', root=dialog))
    tour.ui.find('heading', '考核情况')
    person.shot('advice-place')
    save_elsewhere(session, dossier, 'annual_assessment', {'entries': [
        actors.entry(assessment_year=year, assessment_result='合格') for year in (2022, 2023, 2024)]})
    tour.ui.find(part='2024')
    person.shot('assessments')
    person.go_to('基本信息')
    person.shot('complete')
    images = sum(len(value) for section in session.dossier(dossier)['sections'] for values in tour.values_of(session, dossier, section['id'])
                 for value in values.values() if isinstance(value, list))
    check(images >= 55, f'only {images} images')
    print(f'# {images} images in the dossier')


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
    tour.ui.find('heading', '个人承诺书')
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
    tour.ui.find('heading', '基本信息')      # where one was
    tour.person.submit()
    tour.person.close_receipt()


@case('U3 U4 U6 P9', "the unit's clerk sees it in the queue, reads it, accepts it, notes at a field, returns it with a reason")
def unit_returns(tour):
    tour.as_staff(actors.CLERK)
    tour.person.open_case('韦明远', before='queue')
    tour.person.shot('review')
    tour.ui.press(t('Accept'))
    tour.ui.find('button', t('Return'))
    tour.person.shot('review-accepted')
    tour.person.note('工作总结', '专业技术工作总结', '请写明在项目中承担的具体工作。', shot='note')
    tour.person.decide('Return', opinion='学历证书的照片不清楚，请重新拍摄后上传。', shot='return')
    equal(tour.only_dossier()['state'], 'returned')


@case('S3.1.5c P9', 'the applicant sees the reason on top and the note at its field, mends and submits')
def mend(tour):
    tour.as_applicant()
    tour.ui.find(part='学历证书的照片不清楚')
    tour.person.shot('home-returned')
    tour.ui.press(t('Edit'))
    tour.ui.find(part='学历证书的照片不清楚')
    tour.person.shot('editor-returned')
    tour.ui.press(t('%s: %s') % ('工作总结 › 专业技术工作总结', t('%s: %s') % (t('Not clear'), '请写明在项目中承担的具体工作。')))
    tour.ui.find('heading', '工作总结')
    tour.person.fill_summary(SUMMARY + '证书照片已经重新上传。')
    tour.ui.find(part=t('%s (changed since)').split('%s')[1])
    tour.person.shot('note-done')
    tour.person.submit()
    tour.person.close_receipt()


@case('U5 U6 U7 S3.5.4', 'the unit fills in its own part, its notice with it, and approves; it waits at the office, whose officer sees it')
def approve(tour):
    tour.as_staff(actors.CLERK)
    tour.person.open_case('韦明远')
    tour.ui.find('button', t('Next change'))
    tour.ui.key('ctrl+d')
    tour.ui.find(part='退回后有改动')
    tour.person.shot('review-changes')
    tour.ui.press(t('Accept'))
    tour.person.fill_unit(shot='unit-form')
    tour.person.decide('Approve', shot='approve')
    seen = tour.only_dossier()
    equal((seen['stage'], seen['state']), ('office', 'waiting'))
    tour.as_staff(actors.OFFICER)
    tour.ui.find(part='韦明远')
    tour.person.shot('office-queue')


@case('N12 S3.1.5b', 'a button that is not there is explained: the rule, its source, who can lift it and what to do')
def why(tour):
    tour.as_applicant()
    tour.ui.press(t('Why can it not be withdrawn?'))
    tour.ui.find(part=t('Where it comes from'))
    tour.person.shot('why')
    tour.ui.key('Escape')
    tour.ui.gone(part=t('Where it comes from'))


if __name__ == '__main__':
    run(lambda: Tour(sys.argv[1] if len(sys.argv) > 1 else None), Tour.close, Tour.show_failure, one_way=True)
