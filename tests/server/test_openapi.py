#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""data/openapi.json against the route table and the running server (every other test holds its answers against it too)."""
import json
import os
import re
import uuid

from contract import DOCUMENT, TOP
from actors import World
from tap import case, check, equal, run


def documented():
    return {(method.upper(), path) for path, methods in DOCUMENT['paths'].items() for method in methods}


@case('S0.1', 'the document names the operations of the route table, and no other')
def table(_):
    with open(os.path.join(TOP, 'src', 'server', 'zc-routes.c'), encoding='utf-8') as file:
        routes = set(re.findall(r'{ (GET|HEAD|POST|PUT|DELETE), "([^"]+)"', file.read()))
    equal(sorted(routes ^ documented()), [])


@case('S0.1', 'query keys of the document are those that the server takes')
def query_keys(_):
    with open(os.path.join(TOP, 'src', 'server', 'zc-routes.c'), encoding='utf-8') as file:
        text = file.read().replace('" PAGE', ' limit cursor"')
    rows = re.findall(r'{ (\w+), "([^"]+)", [^"}]*?(?:NULL|"([^"]*)"), zc_', text)
    check(len(rows) == len(documented()), len(rows))
    for method, path, keys in rows:
        operation = DOCUMENT['paths'][path][method.lower()]
        told = {p['name'] for p in operation.get('parameters', []) if p.get('in') == 'query'}
        equal(told, set(keys.split()), method, path)


@case('SEC-S27', 'other methods are 405 and say which there are; unknown paths are 404')
def methods(world):
    fill = lambda path: re.sub(r'{\w+}', lambda m: str(uuid.uuid4()), path)
    for path in DOCUMENT['paths']:
        known = {method for method, p in documented() if p == path} | ({'HEAD'} if ('GET', path) in documented() else set())
        for method in ('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS'):
            if method in known or (path == '/v1/sessions/{id}' and method == 'PUT'):
                continue
            reply = world.anyone.request(method, fill(path), headers={'Content-Length': '0'})
            equal(reply.status, 405, method, path)
            check(set(re.split(r',\s*', reply.headers['Allow'])) <= known, reply.headers['Allow'], known)
    equal(world.anyone.get('/v1/nothing').code, 'not-found')
    equal(world.anyone.get('/v2/').code, 'not-found')


@case('SEC-S20', 'without a token nothing is answered that the document does not offer to everybody')
def tokens(world):
    for method, path in sorted(documented()):
        operation = DOCUMENT['paths'][path][method.lower()]
        if operation.get('security') == [] or method == 'HEAD':
            continue
        image = path.endswith('{sha256}')
        reply = world.anyone.request(method, re.sub(r'{\w+}', '0' * 64, path), b'{}' if method in ('POST', 'PUT') else None,
                                     key=str(uuid.uuid4()), headers={'Content-Type': 'image/jpeg'} if image else {})
        equal((reply.status, reply.code), (401, 'signed-out'), method, path)


@case('SEC-S39', 'what is private is not kept by caches')
def no_store(world):
    someone = world.applicant()
    equal(someone.get('/v1/me').headers['Cache-Control'], 'no-store')
    equal(world.anyone.get('/v1/').headers['Cache-Control'], 'no-store')
    check('no-store' not in someone.get('/v1/businesses/evaluation').headers.get('Cache-Control', ''))


@case('B3', 'businesses are published as they are, each revision, with their schema')
def businesses(world):
    someone = world.applicant()
    with open(os.path.join(TOP, 'data', 'businesses', 'evaluation.json'), 'rb') as file:
        text = file.read()
    items = someone.get('/v1/businesses').json['items']
    check('evaluation' in {i['id'] for i in items})
    reply = someone.get('/v1/businesses/evaluation')
    equal(reply.body, text)
    equal(someone.get(f"/v1/businesses/evaluation?revision={json.loads(text)['revision']}").body, text)
    equal(someone.request('GET', '/v1/businesses/evaluation', headers={'If-None-Match': reply.headers['ETag']}).status, 304)
    for path in ('/v1/businesses/none', '/v1/businesses/evaluation?revision=99', '/v1/businesses/evaluation?revision=x'):
        equal(someone.get(path).status, 404, path)
    check('$schema' in someone.get('/v1/businesses/evaluation/schema').json)


run(World, World.stop)
