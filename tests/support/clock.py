# SPDX-License-Identifier: GPL-3.0-or-later
"""A server whose clock is set from a test, as `faketime` does."""
import datetime
import os
import tempfile

from actors import World

FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'


class Clock:
    """The world of a server whose clock is the real one moved by minutes, or set to an instant."""

    def __init__(self, start=None, **limits):
        handle, self.path = tempfile.mkstemp(prefix='zc-clock-')
        os.close(handle)
        self.set(0) if start is None else self.set_to(start)
        self.world = World(limits=limits, environment={
            'LD_PRELOAD': FAKETIME, 'FAKETIME_TIMESTAMP_FILE': self.path, 'FAKETIME_NO_CACHE': '1',
            'FAKETIME_DONT_FAKE_MONOTONIC': '1'})

    def _write(self, seconds):
        """At one stroke: the server reads the file at every look at the clock, and an empty one would be the present."""
        with open(self.path + '.new', 'w', encoding='ascii') as file:
            file.write(f'{seconds:+.3f}')
        os.replace(self.path + '.new', self.path)

    def set(self, minutes):
        self._write(minutes * 60)

    def set_to(self, instant):
        """"2026-10-09T23:59:00": a time in China."""
        china = datetime.timezone(datetime.timedelta(hours=8))
        moment = datetime.datetime.fromisoformat(instant).replace(tzinfo=china)
        self._write((moment - datetime.datetime.now(china)).total_seconds())

    def stop(self):
        self.world.stop()
        os.unlink(self.path)
