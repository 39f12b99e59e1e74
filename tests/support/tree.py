# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility tree of a program over D-Bus. Asked node by node, as libatspi does it, a window of some hundred widgets
takes as many waits as it has widgets, times four; here a whole level of the tree is asked at once."""
import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE, COMPONENT, TEXT = (f'org.a11y.atspi.{name}' for name in ('Accessible', 'Component', 'Text'))
PROPERTIES = 'org.freedesktop.DBus.Properties'
PATIENCE = 10000            # ms for an answer of the program
WINDOW = 1                  # coordinates of the window
State = Atspi.StateType


class Gone(Exception):
    """A node that is no longer there, or a program that has ended."""


def connect():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None,
                                Gio.DBusCallFlags.NONE, PATIENCE, None).unpack()[0]
    flags = Gio.DBusConnectionFlags
    return Gio.DBusConnection.new_for_address_sync(address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION)


class Bus:
    def __init__(self):
        self.context = GLib.MainContext()
        self.context.push_thread_default()
        self.connection = connect()

    def call_all(self, calls):
        """Sends all calls, (node, interface, method, arguments) each, and awaits their answers: None for one that failed."""
        answers, left = [None] * len(calls), [len(calls)]

        def answered(connection, result, index):
            left[0] -= 1
            try:
                answers[index] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass
        for index, (node, interface, method, arguments) in enumerate(calls):
            self.connection.call(node.owner, node.path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, PATIENCE,
                                 None, answered, index)
        while left[0]:
            self.context.iteration(True)
        return answers


class Node:
    """A widget as assistive technology is told of it. role, name and states are of the moment it was found in."""

    def __init__(self, bus, owner, path, parent=None):
        self.bus, self.owner, self.path, self.parent = bus, owner, path, parent
        self.role, self._name, self._states, self.children = '', '', 0, []

    def ask(self, interface, method, arguments=None):
        answer, = self.bus.call_all([(self, interface, method, arguments)])
        if answer is None:
            raise Gone(f'{self.role} "{self._name}"')
        return answer

    def get(self, interface, name):
        return self.ask(PROPERTIES, 'Get', GLib.Variant('(ss)', (interface, name)))[0]

    # --- as it is now -----------------------------------------------------------------------------------------
    @property
    def name(self):
        return self.get(ACCESSIBLE, 'Name')

    def has(self, state):
        low, high = self.ask(ACCESSIBLE, 'GetState')[0]
        return bool((low | high << 32) >> int(state) & 1)

    def text(self):
        return self.ask(TEXT, 'GetText', GLib.Variant('(ii)', (0, self.get(TEXT, 'CharacterCount'))))[0]

    def child_nodes(self):
        return [Node(self.bus, owner, path, self) for owner, path in self.ask(ACCESSIBLE, 'GetChildren')[0]]

    # --- as it was read ---------------------------------------------------------------------------------------
    def had(self, state):
        return bool(self._states >> int(state) & 1)

    @property
    def said(self):
        return self._name


def read(nodes):
    """Asks what nodes are, all at once; answers those that show, with the nodes below them still to be read."""
    questions = ((ACCESSIBLE, 'GetState', None), (ACCESSIBLE, 'GetRole', None), (ACCESSIBLE, 'GetChildren', None),
                 (PROPERTIES, 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Name'))))
    answers = nodes[0].bus.call_all([(node, *question) for node in nodes for question in questions]) if nodes else []
    showing = []
    for node, (state, role, children, name) in zip(nodes, zip(*[iter(answers)] * len(questions))):
        if None in (state, role, children, name):
            continue                                    # gone while it was asked
        node._states = state[0][0] | state[0][1] << 32
        if not node.had(State.SHOWING):
            continue                                    # nor does anything below it
        node.role, node._name = Atspi.role_get_name(Atspi.Role(role[0])), name[0]
        node.children = [Node(node.bus, owner, path, node) for owner, path in children[0]]
        showing.append(node)
    return showing


def read_below(nodes):
    """The same nodes read with all that is showing below them."""
    first = level = read(nodes)
    while level:
        below = read([child for node in level for child in node.children])
        kept = set(map(id, below))
        for node in level:
            node.children = [child for child in node.children if id(child) in kept]
        level = below
    return first


def extents(nodes):
    """x, y, width, height of each in its window as it is now; None: it is gone."""
    if not nodes:
        return []
    answers = nodes[0].bus.call_all([(node, COMPONENT, 'GetExtents', GLib.Variant('(u)', (WINDOW,))) for node in nodes])
    return [answer and answer[0] for answer in answers]


def walk(nodes):
    """All nodes that were read, from top to bottom."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def find_application(bus, name):
    """(nullable): the newest program of that name that has a window."""
    desktop = Node(bus, 'org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root')
    for node in reversed(desktop.child_nodes()):
        try:
            if node.name == name and node.child_nodes():
                return node
        except Gone:
            continue
    return None
