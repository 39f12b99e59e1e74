# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a GTK 4 program as its user does: finds what is showing and sensitive in the accessibility
tree, then uses the pointer and the keyboard (xdotool). No accessibility action is ever called; Chinese
is pasted, since xdotool loses characters when it types it."""
import os
import subprocess
import threading
import time

import tree

PATIENT = 30         # seconds: a desktop shares its machine
INTERVAL = 0.03      # AT-SPI events get lost under load; a short look again is what proved reliable


class Timeout(Exception):
    pass


class Interrupted(Exception):
    """The program was killed by the test itself: nothing is worth waiting for."""


interrupted = threading.Event()     # set by who kills the program


def wait(look, seconds=PATIENT, what=''):
    """Awaits the first true value of look(), which may fail while widgets come and go."""
    end = time.monotonic() + seconds * float(os.environ.get('ZC_PATIENCE', '1'))
    while True:
        if interrupted.is_set():
            raise Interrupted(what)
        try:
            found = look()
        except Exception:       # a node may vanish while it is looked at
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise Timeout(what or 'the condition')
        time.sleep(INTERVAL)


def xdo(*args):
    return subprocess.run(['xdotool', *map(str, args)], check=True, capture_output=True, text=True).stdout.strip()


def has(node, state):
    """Whether it is in that state now."""
    return node.has(state)


class UI:
    def __init__(self, name, seconds=20):
        self.bus, self.origins = tree.Bus(), {}
        self.app = wait(lambda: tree.find_application(self.bus, name), seconds, 'application ' + name)

    def all(self, role=None, name=None, root=None, part=None):
        """What is showing, of a role, of a name or with a part of a name, from top to bottom."""
        roles = (role,) if isinstance(role, str) else role
        found = [node for node in tree.walk(tree.read_below((root or self.app).child_nodes()))
                 if (not roles or node.role in roles) and (name is None or node.said == name) and (part is None or part in node.said)]
        return [node for node, box in zip(found, tree.extents(found)) if box and box[2] > 0 and box[3] > 0]

    def find(self, role=None, name=None, root=None, seconds=PATIENT, part=None):
        return wait(lambda: next(iter(self.all(role, name, root, part)), None), seconds, f'{role} "{name or part}"')

    def last(self, role=None, name=None, root=None, seconds=PATIENT, part=None):
        def look():
            found = self.all(role, name, root, part)
            return found[-1] if found else None
        return wait(look, seconds, f'{role} "{name or part}"')

    def shows(self, name=None, role=None, part=None):
        return bool(self.all(role, name, None, part))

    def gone(self, name=None, role=None, part=None, seconds=PATIENT):
        wait(lambda: not self.shows(name, role, part), seconds, f'"{name or part}" to go')

    def text(self, node):
        return node.text()

    def top_of(self, node):
        while node.parent is not None and node.parent is not self.app:
            node = node.parent
        return node

    def origin(self, top, size):
        """Where the top-level's content of that size starts on the screen: X knows the window, AT-SPI its content's size.
        The window stays where it was put; what pops up is looked for each time."""
        if top.role != 'frame':
            return wait(lambda: self._origin(size), PATIENT, 'the window of ' + (top.said or 'a dialog'))
        if size not in self.origins:
            self.origins[size] = wait(lambda: self._origin(size), PATIENT, 'the window')
        return self.origins[size]

    def _origin(self, size):
        # a tooltip that goes while xdotool lists the windows makes it fail: the caller asks again
        for window in reversed(xdo('search', '--onlyvisible', '--name', '.').split()):
            shape = dict(line.split('=') for line in xdo('getwindowgeometry', '--shell', window).splitlines())
            x, y, width, height = (int(shape[key]) for key in ('X', 'Y', 'WIDTH', 'HEIGHT'))
            if 0 <= width - size[0] < 200 and 0 <= height - size[1] < 200:
                return x + (width - size[0]) // 2, y + (height - size[1]) // 2
        return None

    def box(self, node):
        own, base = tree.extents((node, self.top_of(node).children[0]))
        if own is None or base is None:
            raise tree.Gone(node.said)
        origin_x, origin_y = self.origin(self.top_of(node), base[2:])
        return (origin_x + own[0] - base[0], origin_y + own[1] - base[1], own[2], own[3], (origin_x, origin_y, *base[2:]))

    def viewport(self, node):
        """The scrolled area that holds the node, as the screen shows it; the whole window where none does."""
        parent = node.parent
        while parent is not None and parent.role != 'frame':
            if parent.role == 'scroll pane':
                return self.box(parent)[:4]
            parent = parent.parent
        return self.box(node)[4]

    def reveal(self, node):
        """Scrolls it into view with the wheel, as a user would."""
        for _ in range(120):
            x, y, width, height, _top = self.box(node)
            vx, vy, vw, vh = self.viewport(node)
            middle = y + min(height, 40) // 2
            if middle > vy + vh - 12:
                button = 5
            elif middle < vy + 12 and y < vy:
                button = 4
            else:
                return x, y, width, height
            xdo('mousemove', int(vx + vw * 0.97) - 4, int(vy + vh // 2), 'click', button)
            time.sleep(0.02)          # the scroll is an animation without an event of its own
        raise Timeout('scrolling to ' + (node.said or 'a widget'))

    def click(self, node, dx=0.5, dy=0.5, button=1):
        wait(lambda: has(node, tree.State.SENSITIVE), PATIENT, f'"{node.said}" to be sensitive')
        before = self.reveal(node)
        for _ in range(40):          # what still moves is not clicked: a list that is being filtered, a page sliding in
            time.sleep(INTERVAL)
            x, y, width, height = self.reveal(node)
            if (x, y, width, height) == before:
                break
            before = x, y, width, height
        xdo('mousemove', int(x + width * dx), int(y + height * dy), 'click', button)

    def double_click(self, node):
        self.click(node)
        xdo('click', '--repeat', 2, '--delay', 60, 1)

    def tap(self, role=None, name=None, part=None, seconds=PATIENT):
        """Finds and clicks; anew when the widget was replaced between the two."""
        def once():
            self.click(self.find(role, name, None, seconds, part))
            return True
        wait(once, 2 * seconds, f'{role} "{name or part}"')     # longer than one try can take

    def press(self, name, role=None, seconds=PATIENT):
        """Clicks the showing, sensitive widget of that name."""
        roles = role or ('push button', 'button', 'toggle button', 'check box', 'link', 'list item', 'radio button',
                         'page tab', 'menu item', 'tab', 'switch')
        node = wait(lambda: next((n for n in self.all(roles, name) if n.had(tree.State.SENSITIVE)), None),
                    seconds, f'a pressable "{name}"')
        self.click(node)
        return node

    def entry(self, name, root=None, seconds=PATIENT):
        return self.find(('text', 'password text', 'entry', 'spin button'), name, root, seconds)

    def focused(self, node):
        return node.has(tree.State.FOCUSED) or any(n.had(tree.State.FOCUSED) for n in tree.walk(tree.read_below(node.child_nodes())))

    def who_has_focus(self):
        """What has the focus, as assistive technology hears it."""
        return [(node.role, node.said) for node in self.all() if node.had(tree.State.FOCUSED)]

    def focus(self, node):
        """Clicks into it; anew when what came above has moved it under the pointer."""
        def clicked():
            self.click(node)
            return wait(lambda: self.focused(node), 1)
        wait(clicked, 2 * PATIENT, f'"{node.said}" to have the focus')

    def write(self, node, value, clear=True):
        """Clicks into an entry and types; what is not ASCII is pasted, and has arrived."""
        if isinstance(node, str):
            node = self.entry(node)
        self.focus(node)
        if clear:
            self.key('ctrl+a')
        if value.isascii():
            xdo('type', '--delay', 8, '--', value)
        else:
            self.paste(value)
            wait(lambda: value in self.text(node), PATIENT, f'"{value}" to be in "{node.said}"')

    def hover(self, x, y):
        xdo('mousemove', int(x), int(y))

    def wheel(self, button, clicks=3):
        xdo('click', '--repeat', clicks, '--delay', 10, button)

    def settle(self, seconds=0.5):
        """Waits as a person does before looking: a list in a popover shows nothing to assistive technology."""
        time.sleep(seconds)

    def paste(self, value):
        subprocess.run(['xclip', '-selection', 'clipboard'], input=value.encode(), check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        held = ['xclip', '-selection', 'clipboard', '-out']
        wait(lambda: subprocess.run(held, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout == value.encode(), PATIENT,
             'the clipboard to hold it')
        self.key('ctrl+v')

    def key(self, *keys):
        xdo('key', '--delay', 12, *keys)

    def shot(self, path):
        subprocess.run([os.path.join(os.path.dirname(__file__), 'shot'), path], check=True)
