# SPDX-License-Identifier: GPL-3.0-or-later
"""The smallest TAP producer: a decorator registers cases, run() runs them in order.

    @case('S1.3', 'the server refuses a request without a notice version')
    def notice_version(): ...

A case passes when it returns, and fails when it raises; what it raised is printed as a diagnostic."""
import sys
import traceback

_cases = []


def case(ids, title):
    def register(function):
        _cases.append((f'{ids}: {title}', function))
        return function
    return register


def check(condition, *what):
    if not condition:
        raise AssertionError(' '.join(str(part) for part in what) or 'a check failed')


def equal(got, wanted, *what):
    check(got == wanted, *what, f'got {got!r}, wanted {wanted!r}')


def run(setup=None, teardown=None, on_failure=None, one_way=False):
    """setup() returns the one argument of every case (none given: cases take none), teardown and on_failure get it too.
    one_way: each case goes on where the one before arrived; after a failure the rest is failed without being tried."""
    print('TAP version 13')
    print(f'1..{len(_cases)}', flush=True)
    failed = 0
    subject = setup() if setup else None
    try:
        for number, (title, function) in enumerate(_cases, 1):
            if one_way and failed:
                failed += 1
                print(f'not ok {number} - {title}\n# not reached')
                continue
            try:
                function(subject) if setup else function()
                print(f'ok {number} - {title}', flush=True)
            except Exception:
                failed += 1
                print(f'not ok {number} - {title}')
                for line in traceback.format_exc().splitlines():
                    print('#', line)
                if on_failure:
                    on_failure(subject)
                sys.stdout.flush()
    finally:
        if teardown:
            teardown(subject)
    sys.exit(1 if failed else 0)
