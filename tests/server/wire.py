# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes on a socket: what no HTTP library would send."""
import socket
import time

# What these suites give a request for its headers, and an idle connection. Whoever waits for a slow neighbour waits as long; where
# a machine has other work to do, the prompt wait a second or two as well.
SLOW_SECONDS = 5
PROMPT = SLOW_SECONDS - 0.1
AT_LAST = 30                 # by then it has been closed, on such a machine too


class Wire:
    """One TCP connection to a server."""

    def __init__(self, port, timeout=120):
        self.socket = socket.create_connection(('127.0.0.1', port), timeout)
        self.rest = b''

    def send(self, data):
        self.socket.sendall(data.encode('latin-1') if isinstance(data, str) else data)
        return self

    def _more(self):
        piece = self.socket.recv(65536)
        self.rest += piece
        return bool(piece)

    def reply(self):
        """The next reply: (status, headers with lower-case names, body); None when the server closed instead."""
        while b'\r\n\r\n' not in self.rest:
            if not self._more():
                return None
        head, self.rest = self.rest.split(b'\r\n\r\n', 1)
        lines = head.decode('latin-1').split('\r\n')
        headers = {}
        for line in lines[1:]:
            name, value = line.split(':', 1)
            headers[name.lower()] = value.strip()
        length = int(headers.get('content-length', 0))
        while len(self.rest) < length and self._more():
            pass
        body, self.rest = self.rest[:length], self.rest[length:]
        return int(lines[0].split()[1]), headers, body

    def closed_within(self, seconds):
        """Whether the server closes within that time; what it says before is passed over."""
        deadline = time.monotonic() + seconds
        try:
            while time.monotonic() < deadline:
                self.socket.settimeout(max(deadline - time.monotonic(), 0.01))
                if not self.socket.recv(65536):
                    return True
        except (ConnectionResetError, BrokenPipeError):
            return True
        except TimeoutError:
            pass
        return False

    def is_closed(self):
        """Whether the server has closed it by now."""
        self.socket.setblocking(False)
        try:
            return self.socket.recv(1) == b''
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True

    def close(self):
        self.socket.close()


def head(method, target, *lines):
    return f'{method} {target} HTTP/1.1\r\nHost: test\r\n' + ''.join(line + '\r\n' for line in lines) + '\r\n'


def exchange(port, data):
    wire = Wire(port)
    try:
        return wire.send(data).reply()
    finally:
        wire.close()
