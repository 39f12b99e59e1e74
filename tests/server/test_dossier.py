#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Beginning, addressing and deleting dossiers; who may see them (S3.1.1, decisions 5 and 13)."""
import sqlite3
import uuid

from actors import CLERK, COMMITTEE, TARGET, World
from tap import case, check, equal, run


@case('S3.1.1a', 'only what a committee may evaluate now can be chosen')
def committees(world):
    someone = world.applicant()
    items = someone.get('/v1/catalog/committees?series=engineering&level=associate-senior').json['items']
    equal([i['id'] for i in items], [COMMITTEE])
    check(items[0]['open'] and items[0]['office']['name'] == '南宁市职称改革办公室')
    check(all(i['open'] == (i['id'] != 'committee-liuzhou-vocational-senior')
              for i in someone.get('/v1/catalog/committees').json['items']), 'past windows are not offered')
    bad = [
        (dict(TARGET, level='senior'), 422, 'target'),                       # not this committee's
        (dict(TARGET, unit='office-nanning'), 422, 'target'),                # no unit
        (dict(TARGET, unit='nowhere'), 422, 'target'),
        ({'unit': TARGET['unit'], 'series': 'crafts', 'level': 'junior',
          'committee': 'committee-guilin-crafts-intermediate'}, 409, 'window-closed'),
        ({'unit': TARGET['unit'], 'series': 'secondary-vocational-teaching', 'level': 'associate-senior',
          'committee': 'committee-liuzhou-vocational-senior'}, 409, 'window-closed'),
        ({'unit': TARGET['unit']}, 400, 'bad-json'),
        (dict(TARGET, office='office-guilin'), 400, 'bad-json'),
    ]
    for target, status, code in bad:
        reply = someone.post('/v1/dossiers', {'business': 'evaluation', 'target': target})
        equal((reply.status, reply.code), (status, code), target)
    equal(someone.post('/v1/dossiers', {'business': 'no-such', 'target': TARGET}).code, 'target')
    equal(someone.get('/v1/dossiers').json['items'], [], 'refusals left nothing')


@case('S3.1.1a', 'the catalogue: series with their level names, regions, offices, units by part of a name or credit code')
def catalogue(world):
    someone = world.applicant()
    series = someone.get('/v1/catalog/series').json['items']
    equal(len(series), 27)
    engineering = next(s for s in series if s['id'] == 'engineering')
    equal([level['id'] for level in engineering['levels']], ['junior', 'intermediate', 'associate-senior', 'senior'])
    check('技术员' in engineering['levels'][0]['names'] and '高级工程师' in engineering['levels'][2]['names'])
    check(next(s for s in series if s['id'] == 'accounting')['levels'][0]['exam_only'])
    find = lambda q: [u['name'] for u in someone.get('/v1/catalog/units?q=' + q).json['items']]
    from urllib.parse import quote
    equal(find(quote('山水')), ['桂林山水设计院'])
    equal(find(quote('广西南方')), ['广西南方机械有限公司'])
    equal(find('91450100dema00001p'), ['广西南方机械有限公司'])
    equal(find(quote('%')), [])
    equal(find(quote("' OR 1=1 --")), [])
    equal(len(someone.get('/v1/catalog/regions').json['items']), 15)
    check(len(someone.get('/v1/catalog/offices').json['items']) == 15)
    first = someone.get('/v1/catalog/units?limit=3').json
    rest = someone.get(f"/v1/catalog/units?limit=100&cursor={first['next']}").json
    names = [u['name'] for u in first['items'] + rest['items']]
    equal((len(names), len(set(names))), (8, 8), 'pages neither repeat nor leave out')
    for path in ('/v1/catalog/units?limit=0', '/v1/catalog/units?limit=101', '/v1/catalog/units?cursor=abc',
                 '/v1/catalog/units?limit=5&limit=6', '/v1/catalog/units?colour=red'):
        equal(someone.get(path).code, 'bad-request', path)
    etag = someone.get('/v1/catalog/series').headers['ETag']
    equal(someone.request('GET', '/v1/catalog/series', headers={'If-None-Match': etag}).status, 304)


@case('S3.1.1b', 'a second dossier of the year is refused and told which one holds the place; deleting frees it')
def one_a_year(world):
    someone = world.applicant()
    first = someone.new_dossier()
    other = dict(TARGET, level='intermediate', committee='committee-nanning-engineering-intermediate')
    reply = someone.post('/v1/dossiers', {'business': 'evaluation', 'target': other})
    equal((reply.status, reply.code, reply.json['existing']), (409, 'one-series-per-year', first))
    check(reply.json['rule']['id'])
    check('delete' in someone.dossier(first)['actions'])
    equal(someone.request('DELETE', f'/v1/dossiers/{first}', key=str(uuid.uuid4())).status, 204)
    equal(someone.get(f'/v1/dossiers/{first}').status, 404)
    second = someone.new_dossier(other)
    check(second != first)
    equal([d['id'] for d in someone.get('/v1/dossiers').json['items']], [second])


@case('S3.1.1b', 'a submitted dossier keeps the year, and cannot be deleted; giving up frees it')
def keeps_the_year(world):
    someone = world.applicant()
    dossier = someone.submitted()
    equal(someone.request('DELETE', f'/v1/dossiers/{dossier}', key=str(uuid.uuid4())).code, 'not-editable')
    equal(someone.post('/v1/dossiers', {'business': 'evaluation', 'target': TARGET}).code, 'one-series-per-year')
    someone.act(dossier, 'withdraw')
    equal(someone.request('DELETE', f'/v1/dossiers/{dossier}', key=str(uuid.uuid4())).code, 'not-editable')
    check('delete' not in someone.dossier(dossier)['actions'])
    equal(someone.act(dossier, 'abandon')['state'], 'abandoned')
    someone.new_dossier()


@case('S3.1.1c', 'a double press makes one dossier')
def double_press(world):
    someone, key = world.applicant(), str(uuid.uuid4())
    body = {'business': 'evaluation', 'target': TARGET}
    first, again = someone.post('/v1/dossiers', body, key), someone.post('/v1/dossiers', body, key)
    equal((first.status, again.status, first.body), (201, 201, again.body))
    equal(len(someone.get('/v1/dossiers').json['items']), 1)
    equal(someone.post('/v1/dossiers', dict(body, target=dict(TARGET, unit='unit-guilin-landscape')), key).code,
          'idempotency-key-reused')
    states = [s['state'] for s in first.json['sections']]
    equal(set(states), {'empty', 'optional'})
    equal((first.json['sections_total'], first.json['sections_done']), (len(states), states.count('optional')))
    equal(first.json['resolved']['target.year'], str(first.json['year']))


@case('S3.1.2e', 'where it goes can change until it is sent; nothing typed is lost')
def retarget(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    someone.save(dossier, 'work_summary', {'values': {'work_summary_text': '总结'}}, 0)
    seen = someone.dossier(dossier)
    asked = lambda reply: {s['state'] for s in reply['sections'] if s['id'] in ('publications', 'achievements')}
    equal(asked(seen), {'empty'}, 'a senior title needs papers and achievements')
    other = dict(TARGET, level='intermediate', committee='committee-nanning-engineering-intermediate')
    put = lambda version, target=other: someone.request(
        'PUT', f'/v1/dossiers/{dossier}/target', {'version': version, 'target': target}, key=str(uuid.uuid4()))
    stale = put(seen['version'] - 1)
    equal((stale.status, stale.code, stale.json['current']['version']), (409, 'stale', seen['version']))
    moved = put(seen['version'])
    equal((moved.status, moved.json['target']['level']['name']), (200, '中级'))
    equal(asked(moved.json), {'optional'}, 'an intermediate one does not')
    equal(someone.section(dossier, 'work_summary').json['body']['values'], {'work_summary_text': '总结'})
    someone.fill(dossier)
    someone.act(dossier, 'submit')
    equal(put(someone.dossier(dossier)['version']).code, 'not-editable')
    check('retarget' not in someone.dossier(dossier)['actions'])


@case('S3.1.3b SEC-S19', 'a foreign dossier is not there: same answer as for none, on every path')
def foreign(world):
    owner, stranger = world.applicant(), world.applicant()
    clerk = world.staff(CLERK)
    dossier = owner.new_dossier()
    pictures = owner.fill(dossier)
    sha = pictures['front'].sha256
    requests = [('GET', ''), ('DELETE', ''), ('GET', '/sections/work_summary'), ('GET', '/history'), ('GET', '/revisions/1'),
                ('GET', f'/images/{sha}'), ('HEAD', f'/images/{sha}')]
    writes = [('PUT', '/target', {'version': 1, 'target': TARGET}), ('POST', '/acts', {'act': 'submit', 'version': 1}),
              ('POST', '/acts', {'act': 'accept', 'version': 1}), ('PUT', '/sections/work_summary', {'values': {}})]
    for who in (stranger, clerk):
        for method, rest in requests:
            there, none = (who.request(method, f'/v1/dossiers/{i}{rest}', key=str(uuid.uuid4()))
                           for i in (dossier, str(uuid.uuid4())))
            equal((there.status, there.body), (404, none.body), method, rest)
        for method, rest, body in writes:
            there, none = (who.request(method, f'/v1/dossiers/{i}{rest}', body, key=str(uuid.uuid4()),
                                       headers={'If-Match': '"0"'}) for i in (dossier, str(uuid.uuid4())))
            equal((there.status, there.body), (404, none.body), method, rest)
    equal(stranger.upload(dossier, pictures['front']).status, 404)


@case('S3.1.1b', 'the place of a year is a unique index, not a check')
def unique_index(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    with sqlite3.connect(world.server.database, timeout=20) as database:
        names = [row[1] for row in database.execute("PRAGMA index_list ('dossier')") if row[2]]
        check('dossier_exclusive' in names, names)
        try:
            database.execute("INSERT INTO dossier SELECT 'x', account, business, revision, year, unit, department, office,"
                             " committee, series, level, stage, state, origin, left_first, at_body, holder, held_at, version,"
                             " submissions, sections_done, sections_total, exclusive_key, name, masked, created_at, updated_at,"
                             " submitted_at FROM dossier WHERE id = ?", (dossier,))
            check(False, 'two rows hold one place')
        except sqlite3.IntegrityError as refused:
            check('exclusive_key' in str(refused), refused)


@case('S3.1.1c SEC-S21', 'a session that acts for a body begins no dossier; unknown members are refused')
def who(world):
    clerk = world.staff(CLERK)
    equal(clerk.post('/v1/dossiers', {'business': 'evaluation', 'target': TARGET}).code, 'forbidden')
    someone = world.applicant()
    equal(someone.post('/v1/dossiers', {'business': 'evaluation', 'target': TARGET, 'state': 'passed'}).code, 'bad-json')
    equal(someone.request('POST', '/v1/dossiers', {'business': 'evaluation', 'target': TARGET}).code,
          'idempotency-key-required')


run(World, World.stop)
