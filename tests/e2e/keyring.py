# SPDX-License-Identifier: GPL-3.0-or-later
"""What the app keeps with the Secret Service of the session, and what it and the server leave in files."""
from pathlib import Path

from gi.repository import Gio, GLib

NAME, FOLDER = 'org.freedesktop.secrets', '/org/freedesktop/secrets'


def kept_secrets(server):
    """All that is kept for a server."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)

    def ask(path, interface, method, arguments):
        return bus.call_sync(NAME, path, f'org.freedesktop.Secret.{interface}', method, arguments, None, 0, 5000, None).unpack()

    _, session = ask(FOLDER, 'Service', 'OpenSession', GLib.Variant('(sv)', ('plain', GLib.Variant('s', ''))))
    found, locked = ask(FOLDER, 'Service', 'SearchItems', GLib.Variant('(a{ss})', ({'server': server},)))
    assert not locked
    return [bytes(ask(item, 'Item', 'GetSecret', GLib.Variant('(o)', (session,)))[0][2]).decode() for item in found]


def files_with(text, *folders):
    """Names of the files below that hold it."""
    return [str(path) for folder in folders for path in Path(folder).rglob('*')
            if path.is_file() and text.encode() in path.read_bytes()]
