#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mock-portal FILE...: answers org.freedesktop.portal.FileChooser.OpenFile with these files.
Prints READY once it owns the name, then one line per request."""
import sys, gi
from gi.repository import Gio, GLib
XML = '''<node><interface name="org.freedesktop.portal.FileChooser">
<method name="OpenFile"><arg type="s" name="parent" direction="in"/><arg type="s" name="title" direction="in"/>
<arg type="a{sv}" name="options" direction="in"/><arg type="o" name="handle" direction="out"/></method>
<property name="version" type="u" access="read"/></interface>
<interface name="org.freedesktop.portal.Secret"><method name="RetrieveSecret"><arg type="h" name="fd" direction="in"/>
<arg type="a{sv}" name="options" direction="in"/><arg type="o" name="handle" direction="out"/></method>
<property name="version" type="u" access="read"/></interface></node>'''
files = ['file://' + f for f in sys.argv[1:]]
def call(con, sender, path, iface, method, params, inv):
    if method == 'RetrieveSecret': return secret(con, sender, params, inv)
    parent, title, opts = params.unpack()
    h = '/org/freedesktop/portal/desktop/request/%s/%s' % (sender[1:].replace('.', '_'), opts['handle_token'])
    print('OpenFile', parent, title, {k: v for k, v in opts.items()}, flush=True)
    inv.return_value(GLib.Variant('(o)', (h,)))
    def answer():
        r = GLib.Variant('(ua{sv})', (0 if files else 1, {'uris': GLib.Variant('as', files)} if files else {}))
        con.emit_signal(sender, h, 'org.freedesktop.portal.Request', 'Response', r)
        return False
    GLib.timeout_add(50, answer)
def secret(con, sender, params, inv):
    import os
    idx, opts = params.unpack()
    fd = inv.get_message().get_unix_fd_list().get(idx)
    h = '/org/freedesktop/portal/desktop/request/%s/%s' % (sender[1:].replace('.', '_'), opts.get('handle_token') or opts.get('token') or 't')
    os.write(fd, b'0123456789abcdef' * 4); os.close(fd)
    print('RetrieveSecret', opts, flush=True)
    inv.return_value(GLib.Variant('(o)', (h,)))
    GLib.timeout_add(20, lambda: con.emit_signal(sender, h, 'org.freedesktop.portal.Request', 'Response', GLib.Variant('(ua{sv})', (0, {}))) and False)
def get(con, sender, path, iface, prop): return GLib.Variant('u', 1 if iface.endswith('Secret') else 3)
def acquired(con, name):
    for i in Gio.DBusNodeInfo.new_for_xml(XML).interfaces: con.register_object('/org/freedesktop/portal/desktop', i, call, get, None)
Gio.bus_own_name(Gio.BusType.SESSION, 'org.freedesktop.portal.Desktop', 0, acquired, lambda c, n: print('READY', flush=True), None)
GLib.MainLoop().run()
