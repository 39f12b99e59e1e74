# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways of a person through the app, by pointer and keys alone. Used by the tour, which takes pictures of them."""
import json

from pages import scans
from tree import State
from ui import PATIENT, has, wait
from world import t, top

EDUCATION = ['博士研究生', '硕士研究生', '大学本科']
DEGREES = ['博士', '硕士', '学士']
TEXTS = ('text', 'password text', 'entry', 'spin button')
FORM = json.loads((top / 'data/businesses/evaluation.json').read_text(encoding='utf-8'))
CHOICES = {(section['title'], field['label']): field['choices']
           for section in FORM['sections'] for field in section['fields'] if 'choices' in field}


class Person:
    """One person before one app, with a mail box (a function: address → the newest code)."""

    def __init__(self, app, steps, world=None):
        self.app, self.steps, self.world = app, steps, world
        self.section = None                     # the title of the one that is open

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
        assert not has(close, State.SENSITIVE), 'the notice can be closed unread'
        self.shot('notice')
        self.scroll_to_end_of('dialog', close)
        self.ui.click(close)

    def scroll_to_end_of(self, role, button):
        """Turns the wheel over a dialog's text until its button can be pressed."""
        x, y, width, height = self.ui.box(self.ui.last(role))[:4]
        self.ui.hover(x + width // 2, y + height // 2)

        def at_end():
            self.ui.wheel(5)
            return has(button, State.SENSITIVE)
        wait(at_end, PATIENT, 'the end of the text')

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
        assert not has(self.ui.find('button', t('Create Account')), State.SENSITIVE), 'an account before the notice'
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
        self.ui.find('button', t('I Am an Applicant'))

    def back(self):
        self.ui.press('后退')
        self.ui.settle()

    # --- a new dossier -----------------------------------------------------------------------------------------
    def choose(self, part, item, search=None):
        """A part of the target: its row leads to a page of what can be chosen."""
        self.ui.tap('list item', part=t(part))
        if search:
            self.ui.write(self.ui.last(TEXTS), search)
            wait(lambda: len(list(self.ui.all('list item', root=self.ui.last('list')))) == 1, PATIENT, 'one match')
        self.tap_until(lambda: self.ui.shows(t('Confirm'), 'button'), part=item)

    def tap_until(self, there, part):
        """Chooses from a list; anew where the press met it just being drawn, as a person does whom nothing followed."""
        def tapped():
            self.ui.tap('list item', part=part)
            return wait(there, 3)
        wait(tapped, 3 * PATIENT, f'what "{part}" leads to')

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
        self.tap_until(lambda: self.ui.shows(section, 'heading'), part=section)
        self.section = section

    def below(self, label, roles, seconds=PATIENT):
        """The first widget of a role under a field's label."""
        def look():
            labels = list(self.ui.all('label', label))
            left, top = self.ui.box(labels[-1])[:2]       # what stands left of the form is none of its own
            under = [(y, n) for n in self.ui.all(roles) for x, y in [self.ui.box(n)[:2]] if y >= top and x >= left - 24]
            return min(under, key=lambda pair: pair[0])[1] if under else None
        return wait(look, seconds, f'{roles} below "{label}"')

    def pick(self, label, choice, choices=None):
        """Opens a list of choices and takes one by keys: by typing where it is long, else by counting down."""
        button = self.below(label, 'toggle button')
        self.ui.click(button)
        wait(lambda: has(button, State.PRESSED) or has(button, State.CHECKED), PATIENT, f'the choices of "{label}"')
        # It is open before it has the keys: what is typed in between goes to the button.
        wait(lambda: any(role != 'toggle button' for role, _ in self.ui.who_has_focus()), PATIENT, f'the choices of "{label}" to have the keys')
        if choices is None:
            self.ui.paste(choice)
            self.ui.settle()
            self.ui.key('Down', 'Return')
        else:
            self.ui.key('Home', *['Down'] * (choices.index(choice) + 1), 'Return')
        wait(lambda: self.below(label, 'toggle button', 1).name == choice or self.ui.shows(choice, 'label'), PATIENT, f'"{choice}" to be taken')

    def write(self, label, value):
        self.ui.write(self.ui.last(TEXTS, label), value)

    def answer(self, **answers):
        """Texts are written, one of a field's choices is picked."""
        for label, value in answers.items():
            choices = CHOICES.get((self.section, label))
            if choices:
                self.pick(label, value, choices)
            else:
                self.write(label, value)

    def tick(self, name):
        self.ui.press(name, role=('check box', 'radio button'))

    def add_entry(self):
        self.ui.press(t('Add an entry'))

    def fill_pledge(self, name):
        self.go_to('个人承诺书')
        self.shot('pledge-empty')
        self.tick('本人已逐条阅读并同意以上承诺')
        self.answer(承诺人签名=name, 签署日期='2025-03-03')
        self.shot('pledge')

    def fill_basic(self):
        self.go_to('基本信息')
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
        strip = self.choose_files(label, [path])
        if fit:
            accept = self.ui.find('button', t('Use the fitted image'), seconds=30)
            wait(lambda: has(accept, State.SENSITIVE), 30, 'the fitted image')
            if shot:
                self.shot(shot)
            self.ui.click(accept)
            self.ui.gone(t('Use the fitted image'), 'button')
        self.await_images(label, strip, 1)

    def add_images(self, label, paths):
        """Several files at once, all within the limits."""
        self.await_images(label, self.choose_files(label, paths), len(paths))

    def choose_files(self, label, paths):
        """Presses the strip's button; the desktop's file chooser answers with the paths. Answers the strip."""
        self.app.files.write_text(''.join(f'{path}\n' for path in paths), encoding='utf-8')
        add = self.below(label, 'button')
        strip = add.parent.parent
        self.ui.click(add)
        return strip

    def await_images(self, label, strip, count):
        last = t('Remove image %u').replace('%u', str(count))
        wait(lambda: self.ui.all('button', last, strip), 60, f'{count} images below "{label}"')

    def add_scans(self, folder, **counts):
        for label, count in counts.items():
            self.add_images(label, scans(folder, label, count, sealed='证' in label or '材料' in label))

    def fill_filing(self):
        self.go_to('申报信息')
        self.answer(申报类型='破格', 破格依据='主持完成省级重点项目一项，获省科学技术奖二等奖，符合破格条件第三条。', 是否首次申报职称='否')
        self.shot('filing-exception')
        self.answer(申报类型='正常', 与单位关系='合同制人员', 是否委托评审='否')
        self.shot('filing')

    def fill_experience(self):
        self.go_to('主要经历')
        self.add_entry()
        self.answer(起始时间='2012-07', **{'单位（学校）': '广西南方机械有限公司'}, 职务='设计室副主任', 从事工作='矿山机械设计', 证明人='覃国栋')
        self.shot('experience-ended')
        self.tick(t('%s: %s') % ('至今', t('Yes')))
        self.shot('experience')

    def fill_training(self, folder):
        self.go_to('继续教育')
        self.add_entry()
        self.answer(年度='2024', 公需科目学时='42', 专业科目学时='30')
        self.add_scans(folder, 学时证明=2)
        self.save()
        self.ui.find(part=t('Recommended: %s or more; you can submit with less') % '90')
        self.shot('training-advice')
        self.answer(公需科目学时='30', 专业科目学时='66')
        self.ui.gone(part=t('Recommended: %s or more; you can submit with less') % '90')
        self.shot('training')

    def fill_publication(self, folder):
        self.go_to('论文著作')
        self.add_entry()
        self.answer(名称='刮板输送机变频驱动的试验研究', 类型='论文', 角色='第一作者', 是否代表作='是', 发表时间='2023-06',
                    刊名刊号='《矿山机械》 CN 41-1138/TD', 年卷期='2023 年第 51 卷第 6 期，12–17 页', 是否核心期刊='是')
        self.shot('publication')
        self.add_scans(folder, 封面和版权页=2, 目录=2, 正文=24)
        self.shot('publication-images')

    def look_at(self, section, part, picture):
        """A section that was filled in elsewhere; a repeating one with its first entry open."""
        self.go_to(section)
        self.ui.find(part=part, seconds=30)
        if any(s['title'] == section and 'entries' in s for s in FORM['sections']):
            self.ui.tap(('button', 'toggle button', 'push button'), part=part)
            self.ui.settle()
        self.shot(picture)

    def fill_education(self, photos, folder):
        self.go_to('学历情况')
        self.add_entry()
        self.write('毕业学校', '广西大学')
        self.write('毕业时间', '2012-06')
        self.pick('学历项目', '第一学历，也是最高学历', ['第一学历', '最高学历', '第一学历，也是最高学历'])
        self.write('所学专业', '机械工程')
        self.pick('学历', '大学本科', EDUCATION)
        self.pick('学位', '学士', DEGREES)
        self.write('学制（年）', '4')
        self.write('证书编号', '105931201205000001')
        self.add_image('学历学位证书', photos / 'phone-02.jpg', fit=True)
        self.saved()
        self.shot('education')

    def fill_summary(self, text):
        self.go_to('工作总结')
        self.ui.write(self.ui.last(TEXTS, '专业技术工作总结'), text)
        self.shot('summary')

    def save(self):
        self.ui.press(t('Save'))

    def saved(self):
        """The header's word that everything is at the server; many images take a while."""
        self.ui.find(('label', 'heading'), t('Saved'), seconds=90)

    # --- acts of the applicant ---------------------------------------------------------------------------------
    def submit(self, shot=''):
        self.ui.press(t('Submit'))
        agree = self.ui.find('button', t('Agree and submit'))
        if shot:
            self.shot('instructions' + shot)
        self.scroll_to_end_of('dialog', agree)
        self.ui.click(agree)
        self.ui.find(part=t('Submitted Successfully'))
        self.shot('receipt' + shot)

    def close_receipt(self):
        self.ui.key('Escape')
        self.ui.find('button', t('Progress'))

    def withdraw(self):
        self.ui.press(t('Withdraw'))
        dialog = self.ui.find(('alert', 'dialog'), part=t('Withdraw this application?'))
        self.shot('withdraw')
        self.ui.click(self.ui.last('button', t('Withdraw'), root=dialog))
        self.ui.find('button', t('Edit'))

    # --- acts of staff -----------------------------------------------------------------------------------------
    def open_case(self, name, before=None):
        row = self.ui.find(('table row', 'list item', 'table cell', 'row'), part=name)
        if before:
            self.shot(before)
        self.ui.double_click(row)
        self.ui.find('button', t('Progress'))

    def decide(self, what, opinion=None, shot=None):
        self.ui.press(t(what))
        dialog = self.ui.find('dialog')
        if opinion:
            self.ui.write(self.ui.find(TEXTS, root=dialog), opinion)
        if shot:
            self.shot(shot)
        self.ui.click(self.ui.last('button', t(what), root=dialog))
        self.ui.gone(role='dialog')

    def note(self, section, field, words, shot=None):
        """A note at a field, with a reason, by pointer and keys."""
        self.go_to(section)
        self.ui.press(t('Note on “%s”') % field)
        dialog = self.ui.find('dialog')
        self.ui.click(self.ui.find('combo box', root=dialog))
        self.ui.settle()
        self.ui.key('Down', 'Down', 'Return')
        self.ui.find(part=t('Not clear'), root=dialog)
        self.ui.write(self.ui.find(TEXTS, root=dialog), words)
        if shot:
            self.shot(shot)
        self.ui.key('ctrl+Return')
        self.ui.gone(role='dialog')
        self.ui.find(part=words)

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
        self.ui.find(part='2025年3月14日')         # the bar tells when five working days are over (U7)
        if shot:
            self.shot(shot + '-notice')
        self.write('公示结束日期', '2025-03-17')
        self.write('公示地点', '厂区公示栏')
        self.pick('公示结果', '无异议', ['无异议', '有异议，经核查不影响推荐'])
        self.go_to('答辩情况')
        self.pick('是否组织答辩', '否', ['是', '否'])
        self.ui.gone(part=t("Before you can approve, the unit's own part is to be completed: %s").split('%')[0])
        self.saved()
