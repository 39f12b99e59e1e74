# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds every answer that a test gets against data/openapi.json."""
import json
import os
import re

from jsonschema import Draft202012Validator

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
with open(os.path.join(TOP, 'data', 'openapi.json'), encoding='utf-8') as file:
    DOCUMENT = json.load(file)

_validators = {}


def _pattern(path):
    return re.compile('^' + re.sub(r'{\w+}', '[^/]+', path) + '$')


# a path without a variable stands before one with ("/v1/sessions/current/membership")
PATHS = sorted(((_pattern(path), path) for path in DOCUMENT['paths']), key=lambda p: p[1].count('{'))


def find_operation(method, path):
    path = path.split('?')[0]
    for pattern, name in PATHS:
        if pattern.match(path) and method.lower() in DOCUMENT['paths'][name]:
            return DOCUMENT['paths'][name][method.lower()]
    return None


def _resolve(node):
    while '$ref' in node:
        target = DOCUMENT
        for part in node['$ref'].lstrip('#/').split('/'):
            target = target[part]
        node = target
    return node


def _validator(schema):
    key = json.dumps(schema, sort_keys=True)
    if key not in _validators:
        _validators[key] = Draft202012Validator({**schema, 'components': DOCUMENT['components']})
    return _validators[key]


def check_reply(method, path, status, content_type, body):
    """Raises when the document does not know this operation or status, or the body is not what it says."""
    operation = find_operation(method, path)
    if operation is None:
        return
    replies = operation['responses']
    told = _resolve(replies.get(str(status), replies['default']))
    if status >= 400:
        assert content_type == 'application/problem+json', f'{method} {path}: {status} {content_type}'
    else:
        assert str(status) in replies, f'{method} {path}: {status} is not in openapi.json'
    media = told.get('content', {}).get(content_type)
    if media is None:
        assert not body or content_type == 'image/jpeg', f'{method} {path}: {status} {content_type} is not in openapi.json'
        return
    if content_type.endswith('json'):
        errors = sorted(_validator(media['schema']).iter_errors(json.loads(body)), key=lambda e: list(e.path))
        assert not errors, f'{method} {path}: {status} at {list(errors[0].path)}: {errors[0].message[:300]}'
