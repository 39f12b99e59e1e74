#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""changing.py [FOLDER]: a branch registers under its head, a leader asks for another seal, a branch leaves its head: in the real app
against the real server; numbered pictures go to FOLDER."""
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from world import BUILD, App, Steps, t  # noqa: E402
os.environ.setdefault('ZC_SERVER', str(BUILD / 'src/server/zhichengd'))
from PIL import Image, ImageDraw  # noqa: E402
import actors  # noqa: E402
import units  # noqa: E402
from pages import font, scans  # noqa: E402
from tap import case, check, equal, run  # noqa: E402
from ui import wait  # noqa: E402
from way import Person  # noqa: E402

OFFICE, HEAD, BRANCH = '南宁市职称改革办公室', '广西邕江测试装备集团有限公司', '南宁邕江测试装备维修分公司'
QUESTION, HEAD_CODE = '本单位是分支机构', '总机构的统一社会信用代码'
KINDS = ['单位更名', '公章损坏', '公章遗失或被盗', '其他']
STAYS = ['是总机构的分支机构', '不再是分支机构']


class Desk:
    def __init__(self, folder):
        self.world = world = actors.World()
        self.steps = Steps(folder)
        self.app = App(world.server.port, tempfile.mkdtemp(prefix='zc-changes-'))
        self.person = Person(self.app, self.steps, world)
        self.ui = self.app.ui
        self.officer, self.branch, self.code = world.staff(actors.OFFICER), world.applicant(), units.credit_code()
        self.head = units.Registration(world.applicant(), name=HEAD).fill().submit()
        self.head.pass_by(self.officer)
        self.head_unit = self.head.session.dossier(self.head.id)['registers']['body']

    def newest(self, session):
        """What the server says of somebody's newest dossier, asked apart from the app."""
        return session.get('/v1/dossiers').json['items'][0]

    def enter(self, session):
        form = session.person.form
        self.person.choose_applicant()
        self.person.sign_in(form['mobile'], form['password'])

    def enter_office(self):
        self.person.choose_staff()
        self.person.sign_in(actors.OFFICER, actors.PASSWORD)

    def request_change(self, business):
        """Presses the button in the row of that business: there is one for each kind of change."""
        row = self.ui.find('list item', part=business)
        self.ui.click(self.ui.find('button', t('Request a Change'), root=row))
        self.ui.find('button', t('Confirm'))

    def open_menu_item(self, steps_up):
        self.ui.press(t('Settings'), role=('toggle button',))
        self.ui.settle()
        self.ui.key(*['Up'] * steps_up, 'Return')

    def fill_elsewhere(self, session, dossier, documents):
        for section, document in documents.items():
            version = next(s['version'] for s in session.dossier(dossier)['sections'] if s['id'] == section)
            equal(session.save(dossier, section, document, version).status, 200)

    def show_failure(self):
        for session in (self.branch, self.head.session):
            for item in session.get('/v1/dossiers').json['items']:
                told = session.dossier(item['id'])
                print('#', item['business'], item['state'], [(s['id'], s['state'], s['problems']) for s in told['sections']], flush=True)
        self.steps.shot(self.ui, 'failed')

    def close(self):
        self.app.end()
        self.world.stop()


def imprint(folder, words):
    """A photographed imprint: a red round seal on white."""
    image = Image.new('RGB', (600, 600), (252, 251, 247))
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 60, 540, 540), outline=(200, 30, 30), width=14)
    draw.text((300, 270), '★', font=font(150), fill=(200, 30, 30), anchor='mm')
    draw.text((300, 420), words, font=font(44), fill=(200, 30, 30), anchor='mm')
    path = Path(folder) / 'seal.jpg'
    image.save(path, 'JPEG', quality=88)
    return path


@case('U2', 'the question whether it is a branch brings the question of its head, and takes it away again')
def asked(desk):
    desk.enter(desk.branch)
    desk.ui.press(t('Register'))
    desk.person.choose('Title reform office to file with', OFFICE)
    desk.ui.press(t('Confirm'))
    desk.person.go_to('单位信息')
    desk.person.write('单位名称', BRANCH)
    desk.person.write('统一社会信用代码', desk.code)
    desk.person.write('法定代表人（负责人）', '测试乙')
    desk.person.pick('单位级别', '无行政级别', ['中央驻桂', '自治区级', '设区市级', '县（市、区）级', '乡镇（街道）级', '无行政级别'])
    desk.person.pick('单位性质', '民营企业', ['机关', '事业单位', '国有企业', '集体企业', '民营企业'])
    desk.person.pick('所属行业', '制造业')
    check(not desk.ui.shows(part=HEAD_CODE), 'a head is asked of everybody')
    yes, no = (t('%s: %s') % (QUESTION, t(word)) for word in ('Yes', 'No'))
    desk.person.tick(yes)
    desk.ui.find(part=HEAD_CODE)
    desk.person.shot('branch')
    desk.person.tick(no)
    desk.ui.gone(part=HEAD_CODE)
    desk.person.tick(yes)
    desk.ui.find(part=HEAD_CODE)


@case('U2', 'a head that nobody knows is told when it is sent, in words that say what to do; the right one goes to the office')
def branch(desk):
    pictures = {'licence': actors.Picture(), 'portrait': actors.Picture(width=413, height=626), 'seal': actors.Picture(width=400, height=400)}
    dossier = desk.newest(desk.branch)['id']
    for picture in pictures.values():
        equal(desk.branch.upload(dossier, picture).status, 201)
    documents = units.documents(desk.branch, pictures, BRANCH, desk.code)
    desk.fill_elsewhere(desk.branch, dossier, {key: value for key, value in documents.items() if key != 'unit_profile'})
    desk.person.write(HEAD_CODE, units.credit_code())
    wait(lambda: desk.newest(desk.branch)['sections_done'] == 4, 30, 'all sections')
    desk.person.saved()
    desk.ui.press(t('Submit'))
    agree = desk.ui.find('button', t('Agree and submit'))
    desk.person.scroll_to_end_of('dialog', agree)
    desk.ui.click(agree)
    desk.ui.find(part=t("No unit on the platform has the credit code that was given as the head's."))
    desk.person.shot('head-unknown')
    equal(desk.newest(desk.branch)['state'], 'draft')
    desk.ui.press(t('Back to the Form'))
    desk.ui.gone(t('Back to the Form'))
    desk.person.write(HEAD_CODE, desk.head.code)
    desk.person.saved()
    desk.person.submit()
    desk.person.close_receipt()
    desk.ui.find(part=t('Waiting for the office'))
    desk.person.shot('branch-submitted')


@case('U2', 'a leader asks for another seal: its imprint and its papers by the file chooser, the pledge, the receipt')
def seal(desk):
    desk.person.sign_out()
    desk.enter(desk.head.session)
    desk.ui.find('list item', part='单位印章变更')
    desk.person.shot('leader-home')
    desk.request_change('单位印章变更')
    desk.ui.find(part=HEAD)
    desk.ui.press(t('Confirm'))
    desk.person.go_to('变更信息')
    desk.ui.find(part=HEAD)
    desk.person.pick('变更情形', '公章损坏', KINDS)
    desk.person.write('新公章启用日期', '2025-03-03')
    desk.person.write('变更原因', '原公章边缘开裂，已交公安机关销毁。')
    desk.person.shot('seal-request')
    desk.person.go_to('印模和证明')
    desk.person.add_image('新公章印模', imprint(desk.app.home, '邕江装备'))
    desk.person.add_images('刻制和备案证明', scans(desk.app.home / 'scans', '备案证明', 2, sealed=True))
    desk.person.shot('seal-papers')
    desk.person.go_to('承诺')
    desk.person.tick('本人已阅读并同意以上承诺')
    desk.person.write('负责人签名', desk.head.session.account['name'])
    desk.person.saved()
    desk.person.shot('seal-pledge')
    desk.person.submit()
    desk.person.close_receipt()
    desk.ui.find(part=t('Waiting for the office'))


@case('U1 U2', 'the office reads whose branch would register, and compares the new seal with the one so far')
def office(desk):
    desk.person.sign_out()
    desk.enter_office()
    desk.ui.find(part=desk.head.session.account['name'])
    desk.person.open_case(desk.head.session.account['name'], before='queue')
    desk.ui.press(t('Accept for review'))
    desk.ui.find('button', t('Approve'))
    desk.person.go_to('印模和证明')
    desk.person.shot('seal-review')
    desk.ui.press(t('The unit'))
    desk.ui.find(part=t('First seal'))
    desk.person.shot('unit-first-seal')
    desk.person.back()
    desk.person.decide('Approve')
    desk.open_menu_item(5)                 # past signing out, keys, safety and the invitation: what registers
    desk.person.open_case(desk.branch.account['name'], before='queue-of-units')
    desk.ui.find(part=HEAD)
    desk.person.shot('branch-review')
    desk.ui.press(t('Accept for review'))
    desk.ui.find('button', t('Approve'))
    desk.person.decide('Approve')
    desk.open_menu_item(6)                 # past signing out, keys, safety, the invitation and what registers
    desk.ui.tap('list item', part=HEAD)
    desk.ui.find(part=t('Seal replaced by this one'))
    desk.ui.find(part=BRANCH)
    desk.person.shot('unit-new-seal')


@case('U2', 'the leader of the branch asks to belong to no head any more: what that does not need is not asked; the page of the unit tells')
def leaves(desk):
    desk.person.sign_out()
    desk.enter(desk.branch)
    desk.request_change('单位隶属变更')
    desk.ui.press(t('Confirm'))
    desk.person.go_to('隶属关系')
    desk.person.pick('变更后本单位', STAYS[0], STAYS)
    desk.ui.find(part=HEAD_CODE)
    desk.person.write('总机构名称', HEAD)
    desk.person.shot('head-asked')
    desk.person.pick('变更后本单位', STAYS[1], STAYS)
    desk.ui.gone(part=HEAD_CODE)
    desk.person.saved()
    change = object.__new__(units.Change)
    change.session, change.id = desk.branch, desk.newest(desk.branch)['id']
    change.fill(head='')                   # the rest, from another computer
    wait(lambda: desk.newest(desk.branch)['sections_done'] == 3, 30, 'all sections')
    desk.person.submit()
    desk.person.close_receipt()
    change.pass_by(desk.officer)
    desk.ui.find(part=t('Completed'))
    desk.person.sign_out()
    desk.enter_office()
    desk.open_menu_item(6)
    desk.ui.tap('list item', part=BRANCH)
    desk.ui.find(part=t('No branch of “%s” any more').replace('%s', HEAD))
    desk.ui.find(part=t('Branch of “%s”').replace('%s', HEAD))
    desk.person.shot('unit-left')


if __name__ == '__main__':
    run(lambda: Desk(sys.argv[1] if len(sys.argv) > 1 else None), Desk.close, on_failure=Desk.show_failure, one_way=True)
