# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds every request that a test sends, and every answer it gets, against data/openapi.json (P26); and against what holds for all
of them: whole numbers of people are told by what somebody typed alone, never by a list, nor in an address, and nothing private
may be kept by a cache (P20, SEC-S38, SEC-S39).

What the document does not tell is a fault: a path, method, status, media type, member or query key. A request need only be
as described when the server takes it: refusals are there to be provoked."""
import datetime
import json
import os
import re
import urllib.parse
import uuid

from jsonschema import Draft202012Validator, FormatChecker

from schemas import inlined

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
with open(os.path.join(TOP, 'data', 'openapi.json'), encoding='utf-8') as file:
    DOCUMENT = json.load(file)

JSON, PROBLEM = 'application/json', 'application/problem+json'
exercised = set()                    # (method, path of the document): answered with 2xx in this process
_formats, _validators = FormatChecker(formats=()), {}


# an ID number or a mobile by itself, not within an id or a digest
ID_NUMBER = re.compile(r'(?<![0-9A-Za-z-])\d{17}[\dXx](?![0-9A-Za-z-])')
MOBILE = re.compile(r'(?<![0-9A-Za-z-])1[3-9]\d{9}(?![0-9A-Za-z-])')
TYPED = re.compile(r'/v1/dossiers/{id}/(sections|revisions|images|history|form)|/v1/phrases')    # answers, notes, words
ONE_DOSSIER = re.compile(r'POST /v1/dossiers$|\w+ /v1/dossiers/{id}')                            # shows where to reach who files it
PUBLIC = re.compile(r'/v1/(businesses/{id}|catalog/(levels|regions|series|offices|granting-bodies))')  # the same for everybody


class Broken(AssertionError):
    """Something was not as the document says."""


@_formats.checks('date-time', raises=ValueError)
def _is_instant(text):
    if not isinstance(text, str):
        return True
    datetime.datetime.strptime(text, '%Y-%m-%dT%H:%M:%S.%fZ')
    return re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z', text) is not None


@_formats.checks('date', raises=ValueError)
def _is_day(text):
    return not isinstance(text, str) or bool(datetime.date.fromisoformat(text))


@_formats.checks('uuid', raises=ValueError)
def _is_uuid(text):
    return not isinstance(text, str) or str(uuid.UUID(text)) == text


def _require(condition, *what):
    if not condition:
        raise Broken(' '.join(str(part) for part in what))


def _pattern(path):
    return re.compile('^' + re.sub(r'{\w+}', '[^/]+', path) + '$')


# a path without a variable stands before one with ("/v1/sessions/current/membership")
PATHS = sorted(((_pattern(path), path) for path in DOCUMENT['paths']), key=lambda p: p[1].count('{'))


def find_path(path):
    """The document's name of a path; None when it has none."""
    return next((name for pattern, name in PATHS if pattern.match(path)), None)


def find_operation(method, path):
    """(name of the path, operation); HEAD is told by GET's where it has none of its own."""
    name = find_path(path.split('?')[0])
    methods = DOCUMENT['paths'].get(name, {})
    return name, methods.get(method.lower()) or (methods.get('get') if method == 'HEAD' else None)


def resolve(node):
    while '$ref' in node:
        target = DOCUMENT
        for part in node['$ref'].lstrip('#/').split('/'):
            target = target[part]
        node = target
    return node


def _check_schema(schema, value, *where):
    key = json.dumps(schema, sort_keys=True)
    if key not in _validators:
        _validators[key] = Draft202012Validator({**inlined(schema, DOCUMENT), 'components': DOCUMENT['components']},
                                                format_checker=_formats)
    errors = sorted(_validators[key].iter_errors(value), key=lambda e: list(map(str, e.path)))
    if errors:
        _require(False, *where, 'at', list(errors[0].path), errors[0].message[:300])


def _no_doubles(pairs):
    _require(len(pairs) == len({key for key, _ in pairs}), 'two members of one name:', [key for key, _ in pairs])
    return dict(pairs)


def _check_content(content, media_type, body, *where):
    """A body against the document's {media type: …}."""
    media = content.get(media_type)
    _require(media is not None, *where, f'{media_type!r} is not in the document, only', sorted(content))
    if media_type.endswith('json'):
        _check_schema(media['schema'], json.loads(body, object_pairs_hook=_no_doubles), *where)


def _check_reply(method, operation, status, headers, body, *where):
    told = operation['responses'].get(str(status))
    if told is None and status >= 400:
        told = operation['responses'].get('default')
    _require(told is not None, *where, 'the document does not know this status')
    told = resolve(told)
    for name in told.get('headers', {}):
        _require(name in headers, *where, 'without the header', name)
    if method == 'HEAD' or not told.get('content'):
        _require(not body, *where, 'with a body that the document does not know', body[:80])
    else:
        _check_content(told['content'], headers.get('Content-Type'), body, *where)


def _check_refusal(status, headers, body, *where):
    _require(headers.get('Content-Type') == PROBLEM, *where, headers.get('Content-Type'))
    refusal = json.loads(body, object_pairs_hook=_no_doubles)
    _check_schema(DOCUMENT['components']['schemas']['Refusal'], refusal, *where)
    _require(refusal['status'] == status, *where, 'says', refusal['status'])
    _require(headers.get('Retry-After') == (str(refusal['retry_after']) if 'retry_after' in refusal else None), *where,
             'Retry-After:', headers.get('Retry-After'))


def _check_parameter(parameter, text, *where):
    schema = parameter['schema']
    if schema.get('type') == 'integer':
        _require(re.fullmatch('-?[0-9]+', text), *where, parameter['name'], 'is no integer')
        text = int(text)
    _check_schema(schema, text, *where, parameter['name'])


def _check_request(operation, path, headers, body, *where):
    """A request that was taken."""
    parameters = {(p['in'], p['name']): p for p in map(resolve, operation.get('parameters', []))}
    query = urllib.parse.parse_qsl(path.partition('?')[2], keep_blank_values=True, strict_parsing='?' in path)
    _require(len(query) == len({key for key, _ in query}), *where, 'a query key is there twice')
    for key, text in query:
        _require(('query', key) in parameters, *where, 'the document does not know the query key', key)
        _check_parameter(parameters['query', key], text, *where)
    for (place, name), parameter in parameters.items():
        if place == 'header' and (parameter['required'] or name in headers):
            _require(name in headers, *where, 'was taken without', name)
            _check_parameter(parameter, headers[name], *where)
    told = operation.get('requestBody')
    _require((body is not None) == (told is not None), *where, 'a body was', 'missing' if body is None else 'too much')
    if told:
        _check_content(told['content'], headers.get('Content-Type'), body, *where, 'request')


def _check_private(method, name, path, request_headers, status, headers, body, *where):
    kept = headers.get('Cache-Control')
    _require(kept == 'no-store' or PUBLIC.match(name) and status in (200, 304), *where, 'may be kept:', kept)
    if not TYPED.match(name) and (headers.get('Content-Type') or '').endswith('json'):
        whole = ID_NUMBER.search(body.decode()) or not ONE_DOSSIER.match(f'{method} {name}') and MOBILE.search(body.decode())
        _require(not whole, *where, 'tells a whole number:', whole)
    if status < 400:
        _require(not ID_NUMBER.search(path) and not MOBILE.search(path), *where, 'was taken with a whole number in its address')
        token = request_headers.get('Authorization', 'Bearer none').split(' ')[-1]
        _require(token not in path, *where, 'was taken with a token in its address')


def check(method, path, request_headers, request_body, status, headers, body):
    """Raises when an exchange was not as the document says. Headers: by their names as the document writes them."""
    where = (f'{method} {path[:200]}: {status}',)
    if status in (414, 431):         # a head that is too long: refused before it is read
        return
    name, operation = find_operation(method, path)
    if status >= 400 and method != 'HEAD':
        _check_refusal(status, headers, body, *where)
    if name is None:
        _require(status in (400, 404, 414), *where, 'the document does not know this path')
        return
    if operation is None:
        _require(status in (400, 405), *where, 'the document does not know this method')
        return
    _check_reply(method, operation, status, headers, body, *where)
    _check_private(method, name, path, request_headers, status, headers, body, *where)
    if 200 <= status < 400:
        _check_request(operation, path, request_headers, request_body, *where)
        exercised.add((method, name))
