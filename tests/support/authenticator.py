# SPDX-License-Identifier: GPL-3.0-or-later
"""An authenticator as staff carry one: RFC 6238 from the standard library alone, no line shared with the server."""
import base64
import hashlib
import hmac
import struct
import time


class Authenticator:
    def __init__(self, secret):
        """secret: base32, as the server tells it."""
        self.key = base64.b32decode(secret + '=' * (-len(secret) % 8))
        self.first = None

    def code(self, shift=0, at=None):
        """The six digits of the step `shift` steps from that of `at`.

        Without `at` from the step in which this authenticator was first asked: a code asked for twice is the same one, also where a
        step ended in between. A server takes the codes 0 and 1 for as long as a step, at the least.
        """
        self.first = self.first or time.time()
        step = int(self.first if at is None else at) // 30 + shift
        digest = hmac.new(self.key, struct.pack('>q', step), hashlib.sha1).digest()
        place = digest[-1] & 15
        return f'{(struct.unpack(">I", digest[place:place + 4])[0] & 0x7fffffff) % 1000000:06d}'

    def wrong(self):
        """Six digits that are the code of no step around the first."""
        near = {self.code(shift) for shift in range(-3, 4)}
        return next(text for text in (f'{n:06d}' for n in range(8)) if text not in near)
