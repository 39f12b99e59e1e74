#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""desk.py [FOLDER]: two people of one unit at once, the queue's saved views, several at once, a department between unit and office:
in the real app against the real server, by keys; the colleague acts by HTTP. Numbered pictures go to FOLDER."""
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from world import BUILD, App, Steps, t  # noqa: E402
os.environ.setdefault('ZC_SERVER', str(BUILD / 'src/server/zhichengd'))
import actors  # noqa: E402
from tap import case, check, equal, run  # noqa: E402
from ui import wait  # noqa: E402
from way import Person  # noqa: E402

LEADER, BUREAU, BUREAU_CLERK, BUREAU_MOBILE = '覃国栋', '南宁市工业和信息化局', '卢思远', '13900000007'
OWN_WORDS, REASON, BACK = '该同志业务能力强，同意推荐。', '学历证书照片不清楚，请重新拍摄。', '请补充单位公示的照片。'
SEARCH, SEVERAL = t('Search by name or ID number'), t('Accept Several')
LOWER = dict(actors.TARGET, level='intermediate', committee='committee-nanning-engineering-intermediate')


class Desk:
    def __init__(self, folder):
        self.world = world = actors.World()
        self.leader, self.clerk = world.staff(actors.LEADER), world.staff(actors.CLERK)
        self.people = [world.applicant() for _ in range(5)]        # no two of one name
        self.names = [person.account['name'] for person in self.people]
        self.dossiers = [person.submitted() for person in self.people[:4]] + [self.submitted_lower(self.people[4])]
        self.steps = Steps(folder)
        self.app = App(world.server.port, tempfile.mkdtemp(prefix='zc-desk-'))
        self.person = Person(self.app, self.steps, world)
        self.enter(actors.CLERK)

    def submitted_lower(self, person):
        dossier = person.new_dossier(LOWER)
        person.fill(dossier)
        person.act(dossier, 'submit')
        return dossier

    @property
    def ui(self):
        return self.app.ui

    def enter(self, mobile):
        self.person.choose_staff()
        self.person.sign_in(mobile, actors.PASSWORD)
        self.ui.find(part=t('To handle'), seconds=20)

    def change_person(self, mobile):
        self.person.sign_out()
        self.enter(mobile)

    # --- by keys ---------------------------------------------------------------------------------------------------
    def at(self, part, seconds=10):
        """Awaits that what has the keys is named so."""
        wait(lambda: any(part in said for _, said in self.ui.who_has_focus()), seconds, f'the keys to be at "{part}"')

    def keys(self, *keys, at=None):
        self.ui.key(*keys)
        if at:
            self.at(at)

    def tab_to(self, part, key='shift+Tab'):
        """Goes around by Tab as far as that; each step is awaited."""
        for _ in range(12):
            before = self.ui.who_has_focus()
            if any(part in said for _, said in before):
                return
            self.ui.key(key)
            wait(lambda: self.ui.who_has_focus() not in ([], before), 10, f'the keys to move on from {before}')
        raise AssertionError(f'"{part}" is not on the way of the keys: {self.ui.who_has_focus()}')

    def rows(self):
        """The names in the queue, from top to bottom, below its heading."""
        return [row.said.split('，')[0] for row in self.ui.all('table row')][1:]

    def open(self, name):
        self.keys('ctrl+f', at=SEARCH)
        self.keys('ctrl+a')
        self.ui.paste(name)
        wait(lambda: self.rows() == [name], 10, f'{name} alone')
        self.keys('Down', at=name)
        self.keys('Return')
        self.ui.find('button', t('Progress'), seconds=15)
        self.at('个人承诺书')

    def accept(self):
        self.ui.find('button', t('Accept'), seconds=15)
        self.keys('ctrl+j')
        self.ui.find('button', t('Approve'), seconds=15)

    def state(self, i):
        seen = self.clerk.dossier(self.dossiers[i])
        return seen['stage'], seen['state']

    def show_failure(self):
        print('# the keys are at', self.ui.who_has_focus(), flush=True)
        for line in (self.app.home / 'app.log').read_text(errors='replace').splitlines()[-12:]:
            print('# app:', line, flush=True)
        self.steps.shot(self.ui, 'failed')

    def close(self):
        self.app.end()
        self.world.stop()


@case('U3 U4 N12 P21', 'what a colleague takes is seen held at once; it can be read, not decided, and why is told; released, the open page follows')
def held(desk):
    wait(lambda: len(desk.rows()) == 5, 20, 'five dossiers')
    desk.leader.act(desk.dossiers[0], 'accept')
    desk.ui.find(part=t('In review, by %s') % LEADER)
    desk.person.shot('held-in-the-queue')
    desk.open(desk.names[0])
    desk.ui.find(part=t('In review: %s holds it') % LEADER)
    check(not any(desk.ui.shows(t(act), 'button') for act in ('Accept', 'Approve', 'Return', 'Release')), 'a decision is offered')
    desk.tab_to(t('Why?'))
    desk.person.shot('held')
    desk.keys('Return')
    desk.ui.find(part=t('Where it comes from'))
    desk.person.shot('held-why')
    desk.keys('Escape')
    desk.ui.gone(part=t('Where it comes from'))
    desk.at(t('Why?'))
    desk.leader.act(desk.dossiers[0], 'release')
    desk.ui.find('button', t('Accept'))
    desk.accept()


@case('U4 U5 P1 P21', "a leader releases what somebody writes in: words are kept, the form's and the opinion's; it is said what happened; taken again they go on")
def released(desk):
    desk.at('个人承诺书')                       # the button that was pressed has gone, the keys have not
    desk.keys('End', at='答辩情况')
    desk.keys('Up', 'Up', 'Up', at='考核推荐意见')
    desk.keys('Tab')
    wait(lambda: desk.ui.who_has_focus() == [('text', '考核推荐意见')], 10, 'the keys to be in the text')
    desk.ui.paste(OWN_WORDS)
    wait(lambda: desk.clerk.section(desk.dossiers[0], 'unit_recommendation').json['version'] > 0, 20, 'the words at the server')
    desk.keys('ctrl+t', at=t('Why it is returned'))
    desk.ui.paste(REASON)
    wait(lambda: desk.ui.entry(t('Why it is returned')).text() == REASON, 10, 'the reason')
    desk.leader.act(desk.dossiers[0], 'release')
    told = desk.ui.find('alert', part=t('You no longer hold this dossier: it was released. You can accept it again.'))
    check(t('%s What you wrote is kept on this computer and is here again once you hold it.').split('%s')[1] in told.said, told.said)
    equal(desk.ui.entry(t('Why it is returned')).text(), REASON)
    desk.person.shot('released-while-writing')
    desk.keys('Escape')
    desk.ui.gone(role='dialog')
    desk.at(t('Why?'))                          # not at what leads away
    desk.leader.act(desk.dossiers[0], 'accept')
    desk.ui.find(part=t('You no longer hold this dossier: %s has accepted it.') % LEADER)
    desk.person.shot('taken-over')
    desk.leader.act(desk.dossiers[0], 'release')
    desk.accept()
    wait(lambda: desk.ui.entry('考核推荐意见').text() == OWN_WORDS, 10, 'what was typed into the form')
    desk.at('考核推荐意见')
    desk.keys('ctrl+t', at=t('Why it is returned'))
    equal(desk.ui.entry(t('Why it is returned')).text(), REASON)
    desk.keys('ctrl+Return')
    desk.ui.gone(role='dialog')
    wait(lambda: desk.state(0) == ('applicant', 'returned'), 10, 'it to be returned')
    wait(lambda: desk.names[0] not in desk.rows(), 10, 'it to have left the queue')


@case('U3 P21', 'filters and order are saved under a name, taken again after a restart, renamed, removed and brought back')
def views(desk):
    desk.keys('ctrl+f', at=SEARCH)
    desk.keys('Escape')
    wait(lambda: len(desk.rows()) == 4, 10, 'four dossiers')
    open_filters(desk)
    desk.keys('Down', at=t('Level'))
    choose(desk, t('Level'), 2)
    wait(lambda: desk.rows() == [desk.names[4]], 10, 'the one of that level')
    desk.keys('Down', 'Down', at=t('Order'))
    choose(desk, t('Order'), 1)
    desk.keys('Tab', at=t('Save this view as'))
    desk.ui.paste('中级，后报送的在前')
    desk.keys('Return')
    desk.ui.find('list item', '中级，后报送的在前')
    desk.person.shot('view-saved')
    desk.tab_to(t('Rename the view “%s”') % '中级，后报送的在前', key='Tab')
    desk.keys('Return', at=t('New name of the view'))
    desk.keys('ctrl+a')
    desk.ui.paste('中级')
    desk.keys('Return')
    wait(lambda: desk.ui.who_has_focus() == [('list item', '中级')], 10, 'the view by its new name')
    desk.app.stop()
    desk.app.start()
    wait(lambda: len(desk.rows()) == 4, 20, 'the queue as it is at first')
    open_filters(desk)
    desk.tab_to('中级')                         # around, from the end
    desk.tab_to(t('Forget the view “%s”') % '中级', key='Tab')
    desk.keys('Return', at=t('“%s” was removed') % '中级')
    desk.person.shot('view-removed')
    desk.keys('Return')
    wait(lambda: desk.ui.who_has_focus() == [('list item', '中级')], 10, 'the view to be back')
    desk.keys('Return')
    wait(lambda: desk.rows() == [desk.names[4]], 10, 'what the view shows')
    desk.person.shot('view-taken')
    open_filters(desk)
    desk.keys('Down', at=t('Level'))
    choose(desk, t('Level'), 0)
    desk.keys('Escape')
    wait(lambda: len(desk.rows()) == 4, 10, 'four dossiers')


def open_filters(desk):
    desk.keys('ctrl+f', at=SEARCH)
    desk.keys('Tab', at=t('Filter and saved views'))
    desk.keys('Return', at=t('Business'))


def choose(desk, row, number):
    """The choice of that number, counted from the first; the keys come back to the row."""
    desk.keys('Return')
    wait(lambda: desk.ui.who_has_focus() == [('list item', '')], 10, f'the choices of {row}')
    desk.keys('Home', *['Down'] * number, 'Return', at=row)


@case('P10 P11 P21', 'what a colleague takes of several that are chosen is told row by row, never forced')
def several(desk):
    desk.keys('ctrl+f', at=SEARCH)
    desk.tab_to(t('Choose All That Match'), key='Tab')
    desk.keys('Return')
    desk.at(t('Choose None'))
    desk.tab_to(t('Accept for review'), key='Tab')
    desk.keys('Return')
    desk.ui.find('dialog')
    desk.leader.act(desk.dossiers[1], 'accept')
    desk.tab_to(SEVERAL, key='Tab')
    desk.keys('Return')
    desk.ui.find(part=t('A colleague has accepted this dossier.').rstrip('。'), seconds=20)
    equal([n.said.split(',')[0] for n in desk.ui.all('list item', root=desk.ui.find('dialog'))][0], desk.names[1], 'what was not done comes first')
    desk.person.shot('several')
    desk.keys('Escape')
    desk.ui.gone(role='dialog')
    equal(desk.leader.dossier(desk.dossiers[1])['holder']['name'], LEADER)
    equal([desk.state(i) for i in (1, 2, 3, 4)], [('unit', 'in-review')] * 4)


@case('U6 U7 P21', "the unit sends one to a department and a person there, by keys; it waits in the department's queue, for that person")
def to_department(desk):
    desk.clerk.attest(desk.dossiers[2])
    desk.open(desk.names[2])
    desk.keys('ctrl+g', at=t('Opinion (optional)'))
    desk.keys('shift+Tab', at=t('To a department'))
    desk.keys('Return')
    desk.ui.find('list item', t('Responsible person'))
    desk.keys('Down', 'Return', at=t('Search'))
    search_and_take(desk, BUREAU[:2], BUREAU)
    desk.at('主管部门')
    desk.keys('Down', 'Return', at=t('Search'))
    search_and_take(desk, BUREAU_CLERK, BUREAU_CLERK)
    desk.at(t('Responsible person'))
    desk.person.shot('to-department')
    desk.keys('ctrl+Return')
    desk.ui.gone(role='dialog')
    wait(lambda: desk.state(2) == ('department', 'waiting'), 10, 'it to be at the department')
    desk.change_person(BUREAU_MOBILE)
    desk.ui.find(part=t('To be accepted by you'), seconds=20)
    equal(desk.rows(), [desk.names[2]])
    desk.person.shot('department-queue')


def search_and_take(desk, text, name):
    desk.ui.paste(text)
    wait(lambda: [n.said for n in desk.ui.all('list item', root=desk.ui.find('dialog'))] == [name], 10, f'{name} alone')
    desk.keys('Return', at=name)
    desk.keys('Return')


@case('U6 S3.5.4 P21', 'the department gives it back by one stage; the unit reads why, and sends it on to the office without it')
def one_stage_back(desk):
    desk.open(desk.names[2])
    desk.accept()
    desk.tab_to(t('Return One Stage'))
    desk.keys('Return', at=t('Why it is returned'))
    desk.ui.paste(BACK)
    desk.keys('ctrl+Return')
    desk.ui.gone(role='dialog')
    wait(lambda: desk.state(2) == ('unit', 'waiting'), 10, 'it to be back at the unit')
    desk.change_person(actors.CLERK)
    desk.open(desk.names[2])
    desk.ui.find(part=t('Returned by %s: %s') % (BUREAU, BACK))
    desk.person.shot('back-at-the-unit')
    desk.accept()
    desk.keys('ctrl+g', at=t('Opinion (optional)'))
    desk.keys('ctrl+Return')
    desk.ui.gone(role='dialog')
    wait(lambda: desk.state(2) == ('office', 'waiting'), 10, 'it to be at the office')
    stages = desk.clerk.get(f'/v1/dossiers/{desk.dossiers[2]}/history').json['stages']
    equal(next(s['status'] for s in stages if s['id'] == 'department'), 'skipped')


if __name__ == '__main__':
    run(lambda: Desk(sys.argv[1] if len(sys.argv) > 1 else None), Desk.close, Desk.show_failure, one_way=True)
