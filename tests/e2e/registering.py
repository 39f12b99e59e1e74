#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""registering.py [FOLDER]: a unit comes onto the platform in the real app against the real server: registered, returned, admitted; its
registrant acts for it at once, invites a colleague and shuts them out; numbered pictures go to FOLDER."""
import json
import os
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from world import BUILD, App, Steps, t, top  # noqa: E402
os.environ.setdefault('ZC_SERVER', str(BUILD / 'src/server/zhichengd'))
import actors  # noqa: E402
import units  # noqa: E402
from tap import case, check, equal, run  # noqa: E402
from ui import PATIENT, wait  # noqa: E402
from way import Person  # noqa: E402

WRONG_CODE = t('This is no valid social credit code (18 characters); please check it against the licence')
NAME, NEW_NAME, OFFICE = '南宁邕北测试仪器有限公司', '广西邕北测试仪器集团有限公司', '南宁市职称改革办公室'


def publish_calendars(world):
    """Those of this year and the next where they do not come with the program: how long something waits is told by them."""
    year = int(world.anyone.get('/v1/').json['time'][:4])
    for year in (year, year + 1):
        if not (top / f'data/calendar/{year}.json').exists():
            path = Path(world.server.home) / f'{year}.json'
            path.write_text(json.dumps({'year': year, 'days': []}), encoding='utf-8')
            world.server.run('import', str(path))


class Desk:
    def __init__(self, folder):
        self.world = actors.World()
        publish_calendars(self.world)
        self.steps = Steps(folder)
        self.app = App(self.world.server.port, tempfile.mkdtemp(prefix='zc-units-'))
        self.person = Person(self.app, self.steps, self.world)
        self.ui = self.app.ui
        self.registrar = self.world.applicant()
        self.code = units.credit_code()

    def registration(self):
        """What the server says of it, asked apart from the app."""
        return self.registrar.get('/v1/dossiers').json['items'][0]

    def sign_in_registrar(self):
        form = self.registrar.person.form
        self.person.choose_staff()
        self.person.sign_in(form['mobile'], form['password'])

    def fill_rest(self):
        """The sections that the app has not touched, from another computer."""
        dossier = self.registration()['id']
        pictures = {'licence': actors.Picture(), 'portrait': actors.Picture(width=413, height=626),
                    'seal': actors.Picture(width=400, height=400)}
        for picture in pictures.values():
            equal(self.registrar.upload(dossier, picture).status, 201)
        for section, document in units.documents(self.registrar, pictures, NAME, self.code).items():
            if section != 'unit_profile':
                equal(self.registrar.save(dossier, section, document, 0).status, 200)

    def open_menu_item(self, steps_up):
        self.ui.press(t('Settings'), role=('toggle button',))
        self.ui.settle()
        self.ui.key(*['Up'] * steps_up, 'Return')

    def show_failure(self):
        """What the server has of it, and the screen."""
        for item in self.registrar.get('/v1/dossiers').json['items']:
            told = self.registrar.dossier(item['id'])
            print('#', [(s['id'], s['state'], s['problems'], s['version']) for s in told['sections']], flush=True)
            print('#', self.registrar.section(item['id'], told['sections'][0]['id']).json['body'], flush=True)
        self.steps.shot(self.ui, 'failed')

    def close(self):
        self.app.end()
        self.world.stop()


@case('U1 S1.1', 'whoever comes as staff of a unit that is not there yet is led to its registration: the office, then the form')
def begin(desk):
    desk.sign_in_registrar()
    desk.ui.find('button', t('Register'))
    desk.person.shot('home')
    desk.ui.gone(part=t('No body has registered you as staff; you act for yourself.'))   # it lies over the form
    desk.ui.press(t('Register'))
    desk.ui.find('button', t('Confirm'))
    desk.person.shot('target')
    desk.person.choose('Title reform office to file with', OFFICE)
    desk.ui.press(t('Confirm'))
    desk.ui.find('list item', part='单位信息')
    desk.person.shot('editor')


@case('U1', 'a mistyped credit code is told at its field; what is right is sent to the office')
def fill(desk):
    desk.person.go_to('单位信息')
    desk.person.write('单位名称', NAME)
    desk.person.write('统一社会信用代码', desk.code[:-1] + ('0' if desk.code[-1] != '0' else '1'))
    desk.person.write('法定代表人（负责人）', '测试乙')
    desk.person.save()
    desk.ui.find(part=t('Saved; %u items of this section are to be completed').split('%')[0])
    desk.ui.find(part=WRONG_CODE)
    desk.person.shot('wrong-code')
    desk.person.write('统一社会信用代码', desk.code)
    desk.ui.gone(part=WRONG_CODE, role='label')
    desk.person.pick('单位级别', '无行政级别', ['中央驻桂', '自治区级', '设区市级', '县（市、区）级', '乡镇（街道）级', '无行政级别'])
    desk.person.pick('单位性质', '民营企业', ['机关', '事业单位', '国有企业', '集体企业', '民营企业'])
    desk.person.pick('所属行业', '制造业')
    desk.fill_rest()
    desk.person.saved()
    desk.person.go_to('证照材料')
    wait(lambda: desk.registration()['sections_done'] == 4, 30, 'all sections')
    desk.ui.find('button', t('Remove image %u').replace('%u', '1'))
    desk.person.shot('papers')
    desk.person.submit()
    desk.person.close_receipt()
    desk.ui.find(part=t('Waiting for the office'))
    desk.person.shot('submitted')


@case('U1', 'the office finds it in its queue by the unit\'s name, reads the papers, and returns it with a reason')
def returned(desk):
    desk.person.sign_out()
    desk.person.choose_staff()
    desk.person.sign_in(actors.OFFICER, actors.PASSWORD)
    desk.ui.find(part=NAME)
    desk.open_menu_item(5)                 # past signing out, keys, safety and the invitation
    desk.ui.find(part=t('Filter (%d)').replace('%d', '1'))
    desk.person.open_case(desk.registrar.account['name'], before='queue')
    desk.ui.press(t('Accept for review'))
    desk.ui.find('button', t('Approve'))
    desk.person.go_to('证照材料')
    desk.person.shot('review')
    desk.ui.press(t('Approve'))
    desk.ui.find('dialog')
    desk.person.shot('approve')
    desk.ui.key('Escape')
    desk.ui.gone(role='dialog')
    desk.person.decide('Return', opinion='公章印文不清，请重新拍照。', shot='return')
    equal(desk.registration()['state'], 'returned')


@case('U1 S3.1.5c', 'the registrant reads why, sends again; admitted meanwhile, the open window offers to act for the unit by itself')
def admitted(desk):
    desk.person.sign_out()
    desk.sign_in_registrar()
    desk.ui.find(part='公章印文不清')
    desk.person.shot('returned')
    dossier = desk.registration()['id']
    desk.registrar.act(dossier, 'submit')
    desk.ui.find(part=t('Waiting for the office'))
    officer = desk.world.staff(actors.OFFICER)
    officer.act(dossier, 'accept')
    officer.act(dossier, 'approve')
    desk.ui.find(part=t('Completed'))
    desk.ui.find(('toggle button', 'button'), t('For whom you act'))
    desk.person.shot('admitted')


@case('U2 SEC-S18', 'the first leader acts for the unit, invites a colleague by a secret that is shown once')
def invite(desk):
    desk.ui.press(t('For whom you act'), role=('toggle button',))
    desk.ui.settle()
    desk.ui.key('Down', 'Return')
    desk.ui.find(part=t('To handle'))
    desk.ui.settle()
    desk.person.shot('acting')
    desk.open_menu_item(5)                 # past signing out, keys, safety and the invitation
    desk.ui.find(part=t('Who may act for this body'))
    desk.person.shot('staff-alone')
    desk.colleague = desk.world.applicant()
    form = desk.colleague.person.form
    desk.ui.press(t('Invite…'))
    desk.ui.write(t('Name'), form['name'])
    desk.ui.write(t('ID number'), form['id_number'][:-1] + ('0' if form['id_number'][-1] != '0' else '1'))
    desk.ui.key('Return')
    desk.ui.find(part=t('The check character of this ID number is wrong; please look for a mistyped digit')[:8])
    desk.person.shot('invite-wrong')
    desk.ui.write(t('ID number'), form['id_number'])
    desk.ui.key('Return')
    code = wait(lambda: next((n.name for n in desk.ui.all('label') if re.fullmatch('([A-Z2-7]{5}-){4}[A-Z2-7]{5}', n.name or '')), None),
                PATIENT, 'the invitation')
    desk.person.shot('invitation')
    equal(desk.colleague.post('/v1/memberships', {'invitation': code}).status, 201)
    desk.ui.click(desk.ui.last('button', t('Close')))
    desk.ui.find('button', f"{t('Disable')}: {form['name']}")
    desk.person.shot('staff')


@case('U2 SEC-S14', 'and shuts them out: at once, as the list says, until they are let in again')
def shut_out(desk):
    name = desk.colleague.account['name']
    membership = desk.colleague.get('/v1/me').json['memberships'][0]['id']
    equal(desk.colleague.request('PUT', '/v1/sessions/current/membership', {'membership': membership}).status, 200)
    desk.ui.tap('button', f"{t('Disable')}: {name}")
    dialog = desk.ui.find(('alert', 'dialog'), part=t('Disable %s?').replace('%s', name))
    desk.person.shot('disable')
    desk.ui.click(desk.ui.last('button', t('Disable'), root=dialog))
    desk.ui.find('button', f"{t('Enable')}: {name}")
    equal(desk.colleague.get('/v1/me').status, 401)
    desk.person.shot('disabled')
    desk.ui.tap('button', f"{t('Enable')}: {name}")
    desk.ui.find('button', f"{t('Disable')}: {name}")
    check(desk.ui.shows(t('Yourself')))


@case('U2', 'the leader asks, as the person that they are, for another name of their unit: which unit is chosen already')
def ask_for_name(desk):
    desk.ui.press(t('For whom you act'), role=('toggle button',))
    desk.ui.settle()
    desk.ui.key('Return')                  # oneself comes first
    desk.ui.find('button', t('Request a Change'))
    desk.person.shot('leader-home')
    desk.ui.press(t('Request a Change'))
    desk.ui.find('button', t('Confirm'))
    desk.ui.find(part=NAME)
    desk.person.shot('change-target')
    desk.ui.press(t('Confirm'))
    desk.ui.find('list item', part='更名信息')
    desk.ui.find(part=NAME)
    desk.person.shot('change-form')
    change = object.__new__(units.Change)
    change.session, change.id = desk.registrar, desk.registration()['id']
    change.fill(name=NEW_NAME)             # from another computer
    wait(lambda: desk.registration()['sections_done'] == 3, 30, 'all sections')
    desk.person.go_to('证明材料')
    desk.ui.find('button', t('Remove image %u').replace('%u', '1'))
    desk.person.submit()
    desk.person.close_receipt()
    desk.ui.find(part=t('Waiting for the office'))


@case('U1 U2', 'the office sees how long it waits and what the unit was called and stamped with so far, and passes it')
def pass_name(desk):
    desk.person.sign_out()
    desk.person.choose_staff()
    desk.person.sign_in(actors.OFFICER, actors.PASSWORD)
    desk.ui.find(part=t('Waiting for %d working day, to be decided within %d').split('%')[0])
    desk.person.open_case(desk.registrar.account['name'], before='queue-waiting')
    desk.ui.press(t('Accept for review'))
    desk.ui.find('button', t('Approve'))
    desk.person.shot('change-review')
    desk.ui.press(t('The unit'))
    desk.ui.find(part=t('Registered as “%s”').replace('%s', NAME))
    desk.person.shot('unit-before')
    desk.person.back()
    desk.person.decide('Approve', shot='change-approve')
    desk.open_menu_item(6)                 # past signing out, keys, safety, the invitation and what registers
    desk.ui.tap('list item', part=NEW_NAME)
    desk.ui.find(part=t('Renamed from “%s” to “%s”').replace('%s', NAME, 1).replace('%s', NEW_NAME))
    desk.person.shot('unit-after')


if __name__ == '__main__':
    run(lambda: Desk(sys.argv[1] if len(sys.argv) > 1 else None), Desk.close, on_failure=Desk.show_failure, one_way=True)
