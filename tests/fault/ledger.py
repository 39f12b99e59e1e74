# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person typed and when, what the screen called saved, what was pressed and what was answered: kept outside the app
and the server, and held against both after a kill."""
import time

from tap import check, equal

LEEWAY = 1.0     # seconds: what was typed longer ago is never missing (P1)


class Place:
    """One place for text. It grows at its end only, so that whatever is found must be a beginning of what was typed."""

    def __init__(self, name, text=''):
        self.name, self.text, self.keys = name, text, []
        self.local = self.remote = text       # what the screen called saved here, saved at the server

    @property
    def typed(self):
        return self.text + ''.join(key for _, key in self.keys)

    def type(self, key):
        """After the key was sent: it counts as typed from now on."""
        self.keys.append((time.monotonic(), key))

    def called_saved(self, text, at_server):
        self.local = max(self.local, text, key=len)
        if at_server:
            self.remote = max(self.remote, text, key=len)

    def must_hold(self, killed_at):
        """What was typed more than a second before the kill, or called saved."""
        old = self.text + ''.join(key for when, key in self.keys if when < killed_at - LEEWAY)
        return max(old, self.local, key=len)

    def recovered(self, found, killed_at):
        """Takes what the app shows after a kill for the text from now on; answers how many characters went."""
        must = self.must_hold(killed_at)
        check(self.typed.startswith(found), f'{self.name}: not what was typed', repr(found), repr(self.typed))
        check(found.startswith(must), f'{self.name}: lost', repr(must[len(found):]), 'after', repr(found))
        gone = len(self.typed) - len(found)
        self.text, self.keys, self.local = found, [], found
        return gone

    def at_server(self, found):
        """What the server holds is a beginning of what was typed, and all that the screen called saved there."""
        check(self.typed.startswith(found), f'{self.name}: the server holds another text', repr(found), repr(self.typed))
        check(found.startswith(self.remote), f'{self.name}: the screen said saved, the server holds', repr(found), repr(self.remote))


class Acts:
    """Submitting and withdrawing: what was pressed, and what the screen said was done."""

    def __init__(self):
        self.done = []          # as the server's history tells it, judged after each act
        self.pressed = None     # an act whose outcome the ledger does not know yet
        self.told = False       # the screen has told its success

    def press(self, act):
        self.pressed, self.told = act, False

    def judge(self, history):
        """history: the acts at the server, in order. Answers the acts that it took over."""
        new = history[len(self.done):]
        equal(history[:len(self.done)], self.done, 'an act went missing')
        check(new in ([], [self.pressed]), 'pressed', self.pressed, 'happened', new)
        check(new or not self.told, 'the screen said done:', self.pressed)
        self.done, self.pressed, self.told = history, None, False
        return new


class Tally:
    """Figures for the report."""

    def __init__(self):
        self.kills = {'app': 0, 'server': 0, 'both': 0}
        self.keys = self.gone = self.saved = self.notices = self.entries = self.images = self.acts = 0
        self.longest = 0.0

    def __str__(self):
        return (f'{sum(self.kills.values())} kills ({self.kills["app"]} of the app, {self.kills["server"]} of the server, '
                f'{self.kills["both"]} of both); {self.keys} keys, {self.gone} of the last second gone; {self.saved} times called '
                f'saved; {self.notices} recoveries told; {self.acts} acts, {self.entries} entries, {self.images} images')
