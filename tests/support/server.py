# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of a test's own: zhichengd as a process, on a port the system chooses, with its data in a temporary folder.

    server = Server(limits={'code_tries': 3}, demo=True)
    server.port, server.outbox, server.database
    server.restart()        # the same data
    server.stop()           # and everything is gone"""
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get('ZC_SERVER', os.path.join(TOP, '.build', 'debug', 'src', 'server', 'zhichengd'))


def hold_port():
    """A socket at a port nobody has, below those that the system gives to whoever asks. While it is open no other test takes the port:
    what is bound without listening may be bound once more, where both allow it, and this one allows it after it was bound alone."""
    for port in random.sample(range(20000, 32000), 50):
        held = socket.socket()
        try:
            held.bind(('127.0.0.1', port))
        except OSError:
            held.close()
            continue
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return held
    raise AssertionError('no free port')


class Server:
    def __init__(self, limits=None, demo=False, environment=None, home=None, settings=None, same_port=False):
        """settings: {'group': {'key': value}} beside the limits; environment: of the process, as for libfaketime;
        same_port: started again it is found where it was, as clients expect that outlive it."""
        self.home = home or tempfile.mkdtemp(prefix='zc-server-')
        self.outbox = os.path.join(self.home, 'outbox')
        self.database = os.path.join(self.home, 'data', 'zhicheng.db')
        self.images = os.path.join(self.home, 'data', 'images')
        self.log = os.path.join(self.home, 'log')
        self.config = os.path.join(self.home, 'zhichengd.conf')
        self.environment = dict(os.environ, **(environment or {}))
        self.held = hold_port() if same_port else None
        self.process, self.port = None, self.held.getsockname()[1] if same_port else 0
        self._write_config(limits or {}, settings or {})
        self.run('init')
        if demo:
            self.run('demo')
        self.start()

    def _write_config(self, limits, settings):
        groups = {
            'server': {'port': self.port},
            'data': {'directory': os.path.join(self.home, 'data'), 'businesses': f'{TOP}/data/businesses',
                     'catalog': f'{TOP}/data/catalog'},
            'keys': {'file': os.path.join(self.home, 'keys')},
            'limits': limits,
            'outbox': {'provider': 'file', 'directory': self.outbox},
            'demo': {'enabled': 'true', 'data': f'{TOP}/data/demo'},
        }
        for group, values in settings.items():
            groups.setdefault(group, {}).update(values)
        with open(self.config, 'w', encoding='utf-8') as file:
            for group, values in groups.items():
                file.write(f'[{group}]\n' + ''.join(f'{key}={value}\n' for key, value in values.items()) + '\n')

    def run(self, verb, *arguments, check=True, stdin=None):
        """Runs a verb of the command line to its end; what it printed, or the whole result without check."""
        done = subprocess.run([PROGRAM, verb, '--config', self.config, *arguments], input=stdin, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment, timeout=120)
        if not check:
            return done
        if done.returncode:
            raise AssertionError(f'zhichengd {verb}: {done.stderr}')
        return done.stdout

    def start(self):
        with open(self.log, 'a', encoding='utf-8') as log:
            self.process = subprocess.Popen([PROGRAM, 'serve', '--config', self.config], stdout=subprocess.PIPE,
                                            stderr=log, text=True, env=self.environment)
        line = self.process.stdout.readline()
        if not line.startswith('listening '):
            raise AssertionError(f'the server did not start: {self.read_log()[-2000:]}')
        self.port = int(line.rsplit(':', 1)[1])

    def read_log(self):
        with open(self.log, encoding='utf-8') as log:
            return log.read()

    def processor_seconds(self):
        """What the process has cost so far, whatever else the machine is doing: its clock by clock_getcpuclockid(3)."""
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def end(self, how=signal.SIGTERM):
        """Ends the process; its exit status."""
        self.process.send_signal(how)
        status = self.process.wait(30)
        self.process.stdout.close()
        return status

    def kill(self):
        self.end(signal.SIGKILL)

    def restart(self, how=signal.SIGTERM):
        self.end(how)
        self.start()

    def stop(self):
        if self.process.poll() is None:
            self.end()
        if self.held:
            self.held.close()
        shutil.rmtree(self.home, ignore_errors=True)
