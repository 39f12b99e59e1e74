# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways of a person through the app, by pointer and keys alone. Used by the tour, which takes pictures of them."""
import pyatspi

from ui import has, wait
from world import t

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
