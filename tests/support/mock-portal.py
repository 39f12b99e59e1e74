#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mock-portal.py LIST: the desktop's file chooser as an application in a sandbox meets it (org.freedesktop.portal.FileChooser):
answers each OpenFile with the files that LIST names then, one a line; an empty list is a person who cancels.
Prints READY once it owns the name."""
import sys
from pathlib import Path

from gi.repository import Gio, GLib

XML = '''<node><interface name="org.freedesktop.portal.FileChooser">
<method name="OpenFile"><arg type="s" name="parent" direction="in"/><arg type="s" name="title" direction="in"/>
<arg type="a{sv}" name="options" direction="in"/><arg type="o" name="handle" direction="out"/></method>
<property name="version" type="u" access="read"/></interface></node>'''
PATH = '/org/freedesktop/portal/desktop'


def call(connection, sender, _path, _interface, _method, parameters, invocation):
    _parent, _title, options = parameters.unpack()
    handle = f'{PATH}/request/{sender[1:].replace(".", "_")}/{options["handle_token"]}'
    invocation.return_value(GLib.Variant('(o)', (handle,)))
    uris = [Path(line).as_uri() for line in Path(sys.argv[1]).read_text(encoding='utf-8').splitlines()]

    def answer():
        results = {'uris': GLib.Variant('as', uris)} if uris else {}
        connection.emit_signal(sender, handle, 'org.freedesktop.portal.Request', 'Response',
                               GLib.Variant('(ua{sv})', (0 if uris else 1, results)))
        return False
    GLib.timeout_add(50, answer)


def get(*_):
    return GLib.Variant('u', 3)


def acquired(connection, _name):
    for interface in Gio.DBusNodeInfo.new_for_xml(XML).interfaces:
        connection.register_object(PATH, interface, call, get, None)


Gio.bus_own_name(Gio.BusType.SESSION, 'org.freedesktop.portal.Desktop', 0, acquired,
                 lambda *_: print('READY', flush=True), None)
GLib.MainLoop().run()
