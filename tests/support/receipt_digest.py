#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recomputes the digest of a submission from its published revision, without a line of the server's code (B1).

usage: receipt_digest.py REVISION.json [IMAGE.jpg …]     exit status 0: the digest is right, and each image is named

The digest is the SHA-256 of the RFC 8785 text of "content"; images enter by their own SHA-256, which content names."""
import hashlib
import json
import sys


def canonical(value):
    """RFC 8785: members in the order of their UTF-16 code units, numbers as ECMAScript writes them."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode('utf-16-be'))
        return '{' + ','.join(canonical(key) + ':' + canonical(item) for key, item in members) + '}'
    if isinstance(value, list):
        return '[' + ','.join(map(canonical, value)) + ']'
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


def digest(content):
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def main(revision, *images):
    with open(revision, encoding='utf-8') as file:
        told = json.load(file)
    right = digest(told['content']) == told['digest']
    named = json.dumps(told['content'])
    for image in images:
        with open(image, 'rb') as file:
            right &= hashlib.sha256(file.read()).hexdigest() in named
    return 0 if right else 1


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
