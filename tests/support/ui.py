# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a GTK 4 program as its user does: finds what is showing and sensitive in the accessibility
tree, then uses the pointer and the keyboard (xdotool). No accessibility action is ever called; Chinese
is pasted, since xdotool loses characters when it types it."""
import os
import subprocess
import threading
import time

import pyatspi

INTERVAL = 0.03      # AT-SPI events get lost under load; a short look again is what proved reliable


class Timeout(Exception):
    pass


class Interrupted(Exception):
    """The program was killed by the test itself: nothing is worth waiting for."""


interrupted = threading.Event()     # set by who kills the program


def wait(look, seconds=10, what=''):
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


def walk(node):
    yield node
    for i in range(node.childCount):
        try:
            child = node.getChildAtIndex(i)
        except Exception:
            continue
        if child is not None:
            try:
                yield from walk(child)
            except Exception:
                continue


def has(node, state):
    return node.getState().contains(state)


def visible(node):
    if not has(node, pyatspi.STATE_SHOWING):
        return False
    box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    return box.width > 0 and box.height > 0


class UI:
    def __init__(self, name, seconds=20):
        def look():
            desktop = pyatspi.Registry.getDesktop(0)
            for i in range(desktop.childCount - 1, -1, -1):
                app = desktop.getChildAtIndex(i)
                if app is not None and app.name == name and app.childCount:
                    return app
        self.app = wait(look, seconds, 'application ' + name)

    def all(self, role=None, name=None, root=None, part=None):
        """What is showing, of a role, of a name or with a part of a name."""
        roles = (role,) if isinstance(role, str) else role
        for node in walk(root or self.app):
            try:
                if roles and node.getRoleName() not in roles:
                    continue
                if name is not None and node.name != name:
                    continue
                if part is not None and part not in (node.name or ''):
                    continue
                if visible(node):
                    yield node
            except Exception:
                continue

    def find(self, role=None, name=None, root=None, seconds=10, part=None):
        return wait(lambda: next(self.all(role, name, root, part), None), seconds, f'{role} "{name or part}"')

    def last(self, role=None, name=None, root=None, seconds=10, part=None):
        def look():
            found = list(self.all(role, name, root, part))
            return found[-1] if found else None
        return wait(look, seconds, f'{role} "{name or part}"')

    def shows(self, name=None, role=None, part=None):
        return next(self.all(role, name, None, part), None) is not None

    def gone(self, name=None, role=None, part=None, seconds=10):
        wait(lambda: not self.shows(name, role, part), seconds, f'"{name or part}" to go')

    def text(self, node):
        text = node.queryText()
        return text.getText(0, text.characterCount)

    def top_of(self, node):
        while node.parent is not None and node.parent.getRoleName() != 'application':
            node = node.parent
        return node

    def origin(self, top):
        """Where the top-level's content starts on the screen: X knows the window, AT-SPI its content's size."""
        return wait(lambda: self._origin(top), 5, 'the window of ' + (top.name or 'a dialog'))

    def _origin(self, top):
        # a tooltip that goes while xdotool lists the windows makes it fail: the caller asks again
        extents = top.getChildAtIndex(0).queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        for window in reversed(xdo('search', '--onlyvisible', '--name', '.').split()):
            shape = dict(line.split('=') for line in xdo('getwindowgeometry', '--shell', window).splitlines())
            x, y, width, height = (int(shape[key]) for key in ('X', 'Y', 'WIDTH', 'HEIGHT'))
            if 0 <= width - extents.width < 200 and 0 <= height - extents.height < 200:
                return x + (width - extents.width) // 2, y + (height - extents.height) // 2
        return None

    def box(self, node):
        top = self.top_of(node)
        origin_x, origin_y = self.origin(top)
        own = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        base = top.getChildAtIndex(0).queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return (origin_x + own.x - base.x, origin_y + own.y - base.y, own.width, own.height,
                (origin_x, origin_y, base.width, base.height))

    def viewport(self, node):
        """The scrolled area that holds the node, as the screen shows it; the whole window where none does."""
        parent = node.parent
        while parent is not None and parent.getRoleName() not in ('frame', 'application'):
            if parent.getRoleName() == 'scroll pane':
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
        raise Timeout('scrolling to ' + (node.name or 'a widget'))

    def click(self, node, dx=0.5, dy=0.5, button=1):
        wait(lambda: has(node, pyatspi.STATE_SENSITIVE), 10, f'"{node.name}" to be sensitive')
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

    def tap(self, role=None, name=None, part=None, seconds=10):
        """Finds and clicks; anew when the widget was replaced between the two."""
        def once():
            self.click(self.find(role, name, None, seconds, part))
            return True
        wait(once, seconds, f'{role} "{name or part}"')

    def press(self, name, role=None, seconds=10):
        """Clicks the showing, sensitive widget of that name."""
        roles = role or ('push button', 'button', 'toggle button', 'check box', 'link', 'list item', 'radio button',
                         'page tab', 'menu item', 'tab', 'switch')
        node = wait(lambda: next((n for n in self.all(roles, name) if has(n, pyatspi.STATE_SENSITIVE)), None),
                    seconds, f'a pressable "{name}"')
        self.click(node)
        return node

    def entry(self, name, root=None, seconds=10):
        return self.find(('text', 'password text', 'entry', 'spin button'), name, root, seconds)

    def write(self, node, value, clear=True):
        """Clicks into an entry and types; what is not ASCII is pasted."""
        if isinstance(node, str):
            node = self.entry(node)
        self.click(node)
        if clear:
            self.key('ctrl+a')
        if value.isascii():
            xdo('type', '--delay', 8, '--', value)
        else:
            self.paste(value)

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
        self.key('ctrl+v')

    def key(self, *keys):
        xdo('key', '--delay', 12, *keys)

    def shot(self, path):
        subprocess.run([os.path.join(os.path.dirname(__file__), 'shot'), path], check=True)
