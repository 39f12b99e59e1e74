# SPDX-License-Identifier: GPL-3.0-or-later
"""The applicant before the app, by pointer and keys: typing, saving, entries, submitting, withdrawing. Each function
tells the ledger what was done before it goes on, and may be cut off at any moment by the kill of the program."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'e2e'))
from tree import State  # noqa: E402
from ui import Interrupted, Timeout, has, interrupted, wait, xdo  # noqa: E402
from world import App, t  # noqa: E402

TEXTS = ('text', 'entry')
SAVED = t('Saved')
HERE_ONLY = (t('Saved on this computer'), t('Offline: saved on this computer, is sent later'), t('Sending …'))
STATES = (SAVED, t('Saving …'), *HERE_ONLY, t('Saved on this computer; is sent after signing in'))


class Applicant:
    def __init__(self, world, person, home):
        self.app = App(world.server.port, home)
        self.person, self.lower = person, 0

    @property
    def ui(self):
        return self.app.ui

    def sign_in(self):
        self.ui.press(t('I Am an Applicant'))
        self.ui.find('button', t('Sign In'))
        self.ui.write(t('ID number or mobile number'), self.person['mobile'])
        self.ui.write(t('Password'), self.person['password'])
        self.ui.press(t('Sign In'))
        self.ui.find('button', part=t('Edit'))

    # --- the editor -------------------------------------------------------------------------------------------
    def in_editor(self):
        return self.ui.shows(t('Sections'), 'list')

    def open_editor(self):
        if not self.in_editor():
            self.ui.click(self.ui.find('button', part=t('Edit')))
            self.ui.find('list', t('Sections'))

    def choose_section(self, title):
        if not self.ui.shows(title, 'heading'):
            self.ui.press(title, 'list item')
            self.ui.find('heading', title)

    def field(self, label, seconds=10):
        return self.ui.find(TEXTS, label, seconds=seconds)

    def read(self, node):
        """Its text; a program that has just started tells what a widget can do a moment after the widget."""
        return wait(lambda: (self.ui.text(node),), 10, f'the text of "{node.name}"')[0]

    def status(self):
        """The label of the header that says where the text is."""
        return wait(lambda: next((n for n in self.ui.all('label') if n.said in STATES), None), 10, 'the word about saving')

    def look(self, node, status, place):
        """What the screen calls saved: the word counts for a text that stood there before and after it was read."""
        before, word, after = self.ui.text(node), status.name, self.ui.text(node)
        if before == after and (word == SAVED or word in HERE_ONLY):
            place.called_saved(after, word == SAVED)
            return True
        return False

    def go_to_end(self, node):
        def click():
            """Where the widget is told to be; GTK leaves the padding of what is around it out of that, and a banner may slide in:
            a hand that misses aims a little lower."""
            x, y, width, height = self.ui.reveal(node)
            xdo('mousemove', int(x + width * 0.5), int(y + 17 + self.lower), 'click', 1)
            try:
                return wait(lambda: self.ui.focused(node), 0.3)
            except Timeout:
                self.lower = (self.lower + 17) % 85
                return False
        wait(click, 8, f'"{node.name}" to have the focus')
        self.ui.key('ctrl+End' if has(node, State.MULTI_LINE) else 'End')

    def type(self, place, text):
        """One key after the other; cut off at a kill."""
        for key in text:
            if interrupted.is_set():
                raise Interrupted('typing')
            xdo('key', 'space' if key == ' ' else key)
            place.type(key)

    # --- images -----------------------------------------------------------------------------------------------
    def strip(self, label):
        """The images of a field and the button that adds to them; the first below the field's name."""
        heading = self.ui.find('label', label)
        top = self.ui.box(heading)[1]
        return next(b for b in self.ui.all('button', t('Add images')) if self.ui.box(b)[1] > top).parent.parent

    def choose_image(self, strip, path):
        """The file dialog answers by the portal of the test."""
        self.app.files.write_text(f'{path}\n', encoding='utf-8')
        self.ui.click(self.ui.find('button', t('Add images'), root=strip))

    def remover(self, strip, number):
        """The button that takes the numbered image away, where it is there."""
        return next(iter(self.ui.all('button', t('Remove image %u').replace('%u', str(number)), root=strip)), None)

    # --- acts -------------------------------------------------------------------------------------------------
    def read_instructions(self):
        """报送, pressed anew where the network had gone in that moment, and the filing instructions to their end."""
        def asked():
            if not self.ui.shows(t('Agree and submit'), 'button'):
                self.ui.press(t('Submit'), seconds=3)
            return self.ui.find('button', t('Agree and submit'), seconds=3)
        agree = wait(asked, 20, 'the instructions')
        x, y = self.ui.box(agree)[:2]
        xdo('mousemove', x - 100, y - 150)          # the text stands above the button

        def at_end():
            xdo('click', '--repeat', 5, 5)
            return has(agree, State.SENSITIVE)
        wait(at_end, 20, 'the end of the instructions')

    def agree(self):
        self.ui.press(t('Agree and submit'))

    def await_receipt(self):
        """Whether the screen tells the receipt; else it says that the server could not be reached."""
        def outcome():
            if self.receipt_shown():
                return 'receipt'
            return 'trouble' if self.ui.shows(t('Try again'), 'button') else None
        return wait(outcome, 40, 'the receipt') == 'receipt'

    def receipt_shown(self):
        return self.ui.shows(part=t('Receipt number'))

    def go_home(self):
        """Out of dialogs and pages, as far as the list of one's dossiers."""
        def at_home():
            if self.ui.shows(t('My applications'), 'label') and not self.receipt_shown():
                return True
            self.ui.key('Escape', 'alt+Left')
            return False
        wait(at_home, 15, 'the home page')

    def ask_withdraw(self):
        """Pressed anew where the list was just being drawn anew, as it is when the server comes back, and after a receipt
        that came only then."""
        question = t('Withdraw this application?')

        def asked():
            if self.receipt_shown():
                self.ui.key('Escape')
            if not self.ui.shows(part=question):
                self.ui.click(self.ui.find('button', part=t('Withdraw'), seconds=3))
            return self.ui.find(part=question, seconds=3)
        wait(asked, 20, 'the question')

    def confirm_withdraw(self):
        self.ui.click(self.ui.last('button', t('Withdraw')))

    def await_draft(self):
        """Whether it is told to be a draft again."""
        try:
            return self.ui.find('button', part=t('Edit'), seconds=25) is not None
        except Timeout:
            return False
