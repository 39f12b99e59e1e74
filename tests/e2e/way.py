# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways of a person through the app, by pointer and keys alone. Used by the tour, which takes pictures of them."""
import pyatspi

from ui import has, wait
from world import t

EDUCATION = ['博士研究生', '硕士研究生', '大学本科']
DEGREES = ['博士', '硕士', '学士']
TEXTS = ('text', 'password text', 'entry', 'spin button')


class Person:
    """One person before one app, with a mail box (a function: address → the newest code)."""

    def __init__(self, app, steps, world=None):
        self.app, self.steps, self.world = app, steps, world

    @property
    def ui(self):
        return self.app.ui

    def shot(self, name):
        self.steps.shot(self.ui, name)

    # --- first page, registering, signing in ------------------------------------------------------------------
    def choose_applicant(self):
        self.ui.press(t('I Am an Applicant'))
        self.ui.find('button', t('Sign In'))

    def choose_staff(self):
        self.ui.press(t('I Am Staff'))
        self.ui.find('button', t('Sign In'))

    def read_notice(self):
        """The notice opens by itself; it can be closed only at its end."""
        self.ui.find('dialog', part='')
        close = self.ui.last('button', t('Close'))
        assert not has(close, pyatspi.STATE_SENSITIVE), 'the notice can be closed unread'
        self.shot('notice')
        self.scroll_to_end_of('dialog', close)
        self.ui.click(close)

    def scroll_to_end_of(self, role, button):
        """Turns the wheel over a dialog's text until its button can be pressed."""
        x, y, width, height = self.ui.box(self.ui.last(role))[:4]
        self.ui.hover(x + width // 2, y + height // 2)

        def at_end():
            self.ui.wheel(5)
            return has(button, pyatspi.STATE_SENSITIVE)
        wait(at_end, 20, 'the end of the text')

    def ask_code(self, name, address):
        """Presses the code button beside an entry, reads the code that came and types it."""
        before = len(self.world.mail(address))
        entry = self.ui.entry(name)
        buttons = sorted(self.ui.all('button', part=t('Get Code')), key=lambda b: abs(self.ui.box(b)[1] - self.ui.box(entry)[1]))
        self.ui.click(buttons[0])
        self.ui.write(entry, self.world.wait_for_code(address, before))

    def register(self, person):
        form = person.form
        self.ui.press(t('Register'))
        self.ui.find('button', t('Create Account'))
        assert not has(self.ui.find('button', t('Create Account')), pyatspi.STATE_SENSITIVE), 'an account before the notice'
        self.read_notice()
        self.shot('registration-empty')
        self.ui.write(t('Name'), form['name'])
        self.ui.write(t('ID number'), form['id_number'][:-1] + ('0' if form['id_number'][-1] != '0' else '1'))
        self.ui.write(t('Mobile number'), form['mobile'])
        self.shot('registration-wrong-number')
        self.ui.write(t('ID number'), form['id_number'])
        self.ask_code(t('Code by SMS'), form['mobile'])
        self.ui.write(t('E-mail'), form['email'])
        self.ask_code(t('Code by e-mail'), form['email'])
        self.ui.write(t('Password'), form['password'])
        self.ui.write(t('Password again'), form['password'])
        for i in (1, 2, 3):
            self.ui.write(t(f'Answer {i}'), f'答案{i}')
        self.shot('registration-filled')
        self.ui.press(t('Create Account'))
        self.ui.find(part=t('Your account has been created'))
        self.shot('registered')
        self.ui.press(t('Sign In Now'))

    def sign_in(self, identifier, password):
        self.ui.write(t('ID number or mobile number'), identifier)
        self.ui.write(t('Password'), password)
        self.shot('sign-in')
        self.ui.press(t('Sign In'))

    def sign_out(self):
        while self.ui.shows('后退', 'button'):
            self.back()
        self.ui.press(t('Settings'), role=('toggle button',))
        self.ui.settle()
        self.ui.key('Up', 'Return')             # the last item of the menu
        self.ui.find('button', t('I Am an Applicant'), seconds=15)

    def back(self):
        self.ui.press('后退')
        self.ui.settle()

    # --- a new dossier -----------------------------------------------------------------------------------------
    def choose(self, part, item, search=None):
        """A part of the target: its row leads to a page of what can be chosen."""
        self.ui.tap('list item', part=t(part))
        if search:
            self.ui.write(self.ui.last(TEXTS), search)
            wait(lambda: len(list(self.ui.all('list item', root=self.ui.last('list')))) == 1, 10, 'one match')
        self.ui.tap('list item', part=item)
        self.ui.find('button', t('Confirm'))

    def new_dossier(self):
        self.ui.press(t('Apply'))
        self.ui.find('button', t('Confirm'))
        self.shot('target-empty')
        self.choose('My unit', '广西南方机械有限公司', search='南方机械')
        self.choose('Series', '工程')
        self.choose('Level', '副高级')
        self.choose('Evaluation committee', '南宁市工程系列')
        self.shot('target')
        self.ui.press(t('Confirm'))
        self.ui.find('list item', part='基本信息')

    # --- filling in --------------------------------------------------------------------------------------------
    def go_to(self, section):
        self.ui.tap('list item', part=section)
        self.ui.find('heading', section)

    def below(self, label, roles, seconds=10):
        """The first widget of a role under a field's label."""
        def look():
            labels = list(self.ui.all('label', label))
            top = self.ui.box(labels[-1])[1]
            under = [(self.ui.box(n)[1], n) for n in self.ui.all(roles) if self.ui.box(n)[1] >= top]
            return min(under, key=lambda pair: pair[0])[1] if under else None
        return wait(look, seconds, f'{roles} below "{label}"')

    def pick(self, label, choice, choices=None):
        """Opens a list of choices and takes one by keys: by typing where it is long, else by counting down."""
        button = self.below(label, 'toggle button')
        self.ui.click(button)
        wait(lambda: has(button, pyatspi.STATE_PRESSED) or has(button, pyatspi.STATE_CHECKED), 10, f'the choices of "{label}"')
        if choices is None:
            self.ui.paste(choice)
            self.ui.settle()
            self.ui.key('Down', 'Return')
        else:
            self.ui.key(*['Down'] * (choices.index(choice) + 1), 'Return')
        wait(lambda: self.below(label, 'toggle button', 1).name == choice or self.ui.shows(choice, 'label'), 10, f'"{choice}" to be taken')

    def write(self, label, value):
        self.ui.write(self.ui.last(TEXTS, label), value)

    def fill_basic(self):
        self.pick('民族', '壮族')
        self.write('籍贯', '广西横州')
        self.pick('政治面貌', '群众')
        self.write('拟评专业', '机械设计')
        self.write('拟评资格', '高级工程师')
        self.shot('basic-half')
        self.pick('单位级别', '设区市级', ['中央驻桂', '自治区级', '设区市级'])
        self.pick('个人身份性质', '国有企业人员', ['事业单位人员', '国有企业人员'])
        self.write('参加工作时间', '2012-07')
        self.write('专业技术年限', '14')
        self.write('档案所在机构', '南宁市人才服务中心')
        self.write('联系电话', '13800138000')
        self.write('电子邮箱', 'mingyuan@example.org')
        self.write('联系地址', '南宁市青秀区民族大道 1 号')
        self.shot('basic-text')

    # --- images ------------------------------------------------------------------------------------------------
    def add_image(self, label, path, fit=None, shot=None):
        """Chooses a file in the desktop's file chooser; what does not fit is made to fit by one more press."""
        self.app.files.write_text(f'{path}\n', encoding='utf-8')
        self.ui.click(self.below(label, 'button'))
        if fit:
            accept = self.ui.find('button', t('Use the fitted image'), seconds=30)
            wait(lambda: has(accept, pyatspi.STATE_SENSITIVE), 30, 'the fitted image')
            if shot:
                self.shot(shot)
            self.ui.click(accept)
            self.ui.gone(t('Use the fitted image'), 'button')

    def fill_education(self, photos):
        self.go_to('学历情况')
        self.ui.press(t('Add an entry'))
        self.write('毕业学校', '广西大学')
        self.write('毕业时间', '2012-06')
        self.pick('学历项目', '第一学历，也是最高学历', ['第一学历', '最高学历', '第一学历，也是最高学历'])
        self.write('所学专业', '机械工程')
        self.pick('学历', '大学本科', EDUCATION)
        self.pick('学位', '学士', DEGREES)
        self.write('学制（年）', '4')
        self.write('证书编号', '105931201205000001')
        self.add_image('学历学位证书', photos / 'phone-02.jpg', fit=True)
        self.shot('education')

    def fill_summary(self, text):
        self.go_to('工作总结')
        self.ui.write(self.ui.last(TEXTS, '专业技术工作总结'), text)
        self.shot('summary')

    def save(self):
        self.ui.press(t('Save'))

    def saved(self):
        """The header's word that everything is at the server."""
        self.ui.find(('label', 'heading'), t('Saved'), seconds=20)

    # --- acts of the applicant ---------------------------------------------------------------------------------
    def submit(self, shot=''):
        self.ui.press(t('Submit'))
        agree = self.ui.find('button', t('Agree and submit'), seconds=20)
        if shot:
            self.shot('instructions' + shot)
        self.scroll_to_end_of('dialog', agree)
        self.ui.click(agree)
        self.ui.find(part=t('Submitted Successfully'), seconds=20)
        self.shot('receipt' + shot)

    def close_receipt(self):
        self.ui.key('Escape')
        self.ui.find('button', t('Progress'))

    def withdraw(self):
        self.ui.press(t('Withdraw'))
        dialog = self.ui.find(('alert', 'dialog'), part=t('Withdraw this application?'))
        self.shot('withdraw')
        self.ui.click(self.ui.last('button', t('Withdraw'), root=dialog))
        self.ui.find('button', t('Edit'), seconds=15)

    # --- acts of staff -----------------------------------------------------------------------------------------
    def open_case(self, name, before=None):
        row = self.ui.find(('table row', 'list item', 'table cell', 'row'), part=name, seconds=20)
        if before:
            self.shot(before)
        self.ui.double_click(row)
        self.ui.find('button', t('Progress'), seconds=15)

    def decide(self, what, opinion=None, shot=None):
        self.ui.press(t(what), seconds=15)
        dialog = self.ui.find('dialog')
        if opinion:
            self.ui.write(self.ui.find(TEXTS, root=dialog), opinion)
        if shot:
            self.shot(shot)
        self.ui.click(self.ui.last('button', t(what), root=dialog))
        self.ui.gone(role='dialog')

    def fill_unit(self, shot=None):
        """What the unit adds to a dossier that it holds, before it can send it on (U5): all that is required."""
        self.go_to('考核推荐意见')
        self.write('考核推荐意见', '该同志任现职以来工作勤恳，业务能力强，主持的项目成效显著，同意推荐。')
        self.write('单位负责人', '覃国栋')
        self.write('签署日期', '2025-04-01')
        if shot:
            self.shot(shot)
        self.go_to('公示情况')
        self.write('公示开始日期', '2025-03-10')
        self.write('公示结束日期', '2025-03-17')
        self.write('公示地点', '厂区公示栏')
        self.pick('公示结果', '无异议', ['无异议', '有异议，经核查不影响推荐'])
        self.go_to('答辩情况')
        self.pick('是否组织答辩', '否', ['是', '否'])
        self.ui.gone(part=t("Before you can approve, the unit's own part is to be completed: %s").split('%')[0], seconds=20)
        self.saved()
