#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Beginning, addressing and deleting dossiers; who may see them (S3.1.1, decisions 5 and 13)."""
import json
import os
import sqlite3
import uuid

from actors import CLERK, COMMITTEE, OFFICER, OTHER_CLERK, TARGET, World
from tap import case, check, equal, run


@case('S3.1.1a', 'only what a committee may evaluate now can be chosen')
def committees(world):
    someone = world.applicant()
    items = someone.get('/v1/catalog/committees?series=engineering&level=associate-senior').json['items']
    equal([i['id'] for i in items], [COMMITTEE])
    check(items[0]['open'] and items[0]['office']['name'] == '南宁市职称改革办公室')
    shut = {'committee-liuzhou-vocational-senior', 'committee-guilin-crafts-intermediate',
            'committee-liuzhou-engineering-intermediate', 'committee-beihai-engineering-intermediate'}
    equal({i['id'] for i in someone.get('/v1/catalog/committees').json['items'] if not i['open']}, shut)
    bad = [
        (dict(TARGET, level='senior'), 422, 'no-committee'),                 # not this committee's
        (dict(TARGET, committee='office-nanning'), 422, 'target'),
        (dict(TARGET, series='accounting', level='junior'), 422, 'exam-only'),
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


@case('S3.1.1a S3.2.1 decision 14', 'a level by national exam alone: no new title is granted there, with or without a committee; one that is held can be confirmed')
def by_exam(world):
    someone = world.applicant()
    form = {'revision': 1, 'title': '认定', 'target': ['unit', 'series', 'level', 'office'], 'stages': ['unit', 'office', 'certificate'],
            'sections': [{'id': 'wish', 'title': '申请', 'fields': [{'id': 'reason', 'type': 'text', 'label': '理由'}]}]}
    ways = [('recognised', {'grants': True}, True), ('confirmed', {'grants': False}, False), ('verified', {}, False)]
    for name, more, barred in ways:
        path = os.path.join(world.server.home, name + '.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(form | more | {'id': name}, file, ensure_ascii=False)
        world.server.run('import', path)
        target = {'unit': TARGET['unit'], 'series': 'accounting', 'level': 'junior', 'office': 'office-nanning'}
        reply = someone.post('/v1/dossiers', {'business': name, 'target': target})
        equal((name, reply.status), (name, 422 if barred else 201), reply)
        if barred:
            equal((reply.code, reply.json['rule']['id']), ('exam-only', 'national-exam'))
        fine = someone.post('/v1/dossiers', {'business': name, 'target': dict(target, series='engineering')})
        equal((name, fine.status), (name, 201), fine)
        moved = someone.request('PUT', f'/v1/dossiers/{fine.json["id"]}/target', {'version': fine.json['version'], 'target': target},
                                key=str(uuid.uuid4()))
        equal((name, moved.status), (name, 422 if barred else 200), moved)


@case('S3.1.1a', 'a shut window is told with its dates, a refusal too: closed, or not open yet; of earlier years nothing is told')
def windows(world):
    someone = world.applicant()
    items = {i['id']: i for i in
             someone.get('/v1/catalog/committees?series=engineering&level=intermediate').json['items']}
    now = someone.get('/v1/').json['time']
    closed, to_come = items['committee-liuzhou-engineering-intermediate'], items['committee-beihai-engineering-intermediate']
    check(closed['window']['end'] < now < to_come['window']['start'])
    for item in (closed, to_come):
        equal(item['open'], False)
        reply = someone.post('/v1/dossiers', {'business': 'evaluation', 'target': dict(
            TARGET, level='intermediate', committee=item['id'])})
        equal((reply.status, reply.code, reply.json['window']), (409, 'window-closed', item['window']))
        equal(reply.json['rule']['lifted_by'], 'office')
    with sqlite3.connect(world.server.database, timeout=20) as database:
        database.execute('UPDATE committee_scope SET year = year - 1 WHERE committee = ?', (closed['id'],))
    later = someone.get('/v1/catalog/committees?series=engineering&level=intermediate').json['items']
    check(closed['id'] not in {i['id'] for i in later})
    with sqlite3.connect(world.server.database, timeout=20) as database:
        database.execute('UPDATE committee_scope SET year = year + 1 WHERE committee = ?', (closed['id'],))


@case('S3.1.1a', 'each level of a series says why it can or cannot be filed: open, to come, closed, by exam, evaluated by nobody')
def reasons(world):
    someone = world.applicant()
    series = {s['id']: {level['id']: level for level in s['levels']}
              for s in someone.get('/v1/catalog/series').json['items']}
    told = lambda one, level: tuple(bool(series[one][level][k]) for k in ('exam_only', 'open_until', 'opens_at', 'closed_at'))
    equal(told('engineering', 'associate-senior'), (False, True, False, False))
    equal(told('engineering', 'intermediate'), (False, True, True, True))
    equal(told('secondary-vocational-teaching', 'associate-senior'), (False, False, True, False))
    equal(told('crafts', 'junior'), (False, False, False, True))
    equal(told('accounting', 'junior'), (True, False, False, False))
    equal(told('aviation', 'senior'), (False, False, False, False))


@case('S3.1.1a S3.1.1b', 'committees of a year whose place is taken say by which dossier; for this person alone')
def place_taken(world):
    someone, other = world.applicant(), world.applicant()
    ask = lambda who, query='&business=evaluation': {
        i['taken'] for i in who.get('/v1/catalog/committees?series=engineering' + query).json['items']}
    equal(ask(someone), {None})
    dossier = someone.new_dossier()
    equal((ask(someone), ask(someone, ''), ask(other)), ({dossier}, {None}, {None}))
    equal(someone.get('/v1/catalog/committees?business=none').status, 404)


@case('S3.1.1a decision 14', 'the 27 series have the level names of the field, with the steps of the lowest')
def level_names(world):
    series = {s['name']: [level['names'] for level in s['levels']]
              for s in world.applicant().get('/v1/catalog/series').json['items']}
    wanted = {
        '工程技术': '技术员 助理工程师|工程师|高级工程师|正高级工程师', '高等学校教师': '助教|讲师|副教授|教授',
        '卫生技术': '医士 医师|主治医师|副主任医师|主任医师', '中小学教师': '三级教师 二级教师|一级教师|高级教师|正高级教师',
        '会计': '助理会计师|会计师|高级会计师|正高级会计师', '经济': '助理经济师|经济师|高级经济师|正高级经济师',
        '统计': '助理统计师|统计师|高级统计师|正高级统计师', '审计': '助理审计师|审计师|高级审计师|正高级审计师',
        '图书资料': '助理馆员|馆员|副研究馆员|研究馆员', '文物博物': '助理馆员|馆员|副研究馆员|研究馆员',
        '档案': '助理馆员|馆员|副研究馆员|研究馆员', '自然科学研究': '研究实习员|助理研究员|副研究员|研究员',
        '哲学社会科学研究': '研究实习员|助理研究员|副研究员|研究员', '农业技术': '助理农艺师|农艺师|高级农艺师|正高级农艺师',
        '新闻': '助理记者|记者|主任记者|高级记者', '出版': '助理编辑|编辑|副编审|编审',
        '工艺美术': '助理工艺美术师|工艺美术师|高级工艺美术师|正高级工艺美术师',
        '技工院校教师': '助理讲师|讲师|高级讲师|正高级讲师', '中等职业学校教师': '助理讲师|讲师|高级讲师|正高级讲师',
        '体育': '初级教练|中级教练|高级教练|国家级教练', '翻译': '三级翻译|二级翻译|一级翻译|译审',
        '播音主持': '二级播音员主持人|一级播音员主持人|主任播音员主持人|播音指导',
        '实验技术': '实验员 助理实验师|实验师|高级实验师|正高级实验师', '艺术': '四级演员|三级演员|二级演员|一级演员',
        '公共法律服务': '四级公证员|三级公证员|二级公证员|一级公证员', '船舶': '二副|大副|高级船长|正高级船长',
        '民航飞行': '三级飞行员|二级飞行员|一级飞行员|正高级飞行员',
    }
    equal(set(series), set(wanted))
    for name, levels in wanted.items():
        for told, names in zip(series[name], levels.split('|')):
            check(set(names.split()) <= set(told), name, told, names)


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
    equal({b['name'] for b in someone.get('/v1/catalog/granting-bodies').json['items']},
          {'南宁市人力资源和社会保障局', '柳州市人力资源和社会保障局', '广西壮族自治区人力资源和社会保障厅'})
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
    equal(moved.json['kept'], [])
    check('kept' not in someone.dossier(dossier), 'told once')
    equal(asked(moved.json), {'optional'}, 'an intermediate one does not')
    equal(someone.section(dossier, 'work_summary').json['body']['values'], {'work_summary_text': '总结'})
    someone.fill(dossier)
    someone.act(dossier, 'submit')
    equal(put(someone.dossier(dossier)['version']).code, 'not-editable')
    check('retarget' not in someone.dossier(dossier)['actions'])


@case('S3.1.2e S3.5.1 decision 4', 'after a withdrawal or a return it can still be addressed anew, until somebody above the unit decides')
def retarget_after_return(world):
    someone, clerk, officer = world.applicant(), world.staff(CLERK), world.staff(OFFICER)
    other_clerk = world.staff(OTHER_CLERK)
    dossier = someone.submitted()
    elsewhere = dict(TARGET, unit='unit-guilin-landscape')
    put = lambda target: someone.request('PUT', f'/v1/dossiers/{dossier}/target', {
        'version': someone.dossier(dossier)['version'], 'target': target}, key=str(uuid.uuid4()))
    equal((put(elsewhere).status, put(elsewhere).code), (409, 'not-editable'))
    someone.act(dossier, 'withdraw')
    check('retarget' in someone.dossier(dossier)['actions'])
    equal(put(elsewhere).status, 200)
    equal(put(TARGET).status, 200)
    someone.act(dossier, 'submit')
    clerk.act(dossier, 'accept')
    clerk.act(dossier, 'return', opinion='请改报')
    check('retarget' in someone.dossier(dossier)['actions'])
    equal(put(elsewhere).status, 200)
    equal(someone.act(dossier, 'submit')['stage'], 'unit')
    equal(clerk.act_reply(dossier, 'accept').code, 'forbidden', 'the old unit may read what it was sent, no more')
    other_clerk.act(dossier, 'accept')
    other_clerk.attest(dossier)
    other_clerk.act(dossier, 'approve')
    officer.act(dossier, 'accept')
    officer.act(dossier, 'return', opinion='请补充')
    seen = someone.dossier(dossier)
    check('retarget' not in seen['actions'] and 'edit' in seen['actions'])
    equal((put(TARGET).status, put(TARGET).code), (409, 'not-editable'))
    someone.act(dossier, 'submit')
    other_clerk.act(dossier, 'accept')
    other_clerk.act(dossier, 'return', opinion='再改')
    check('retarget' not in someone.dossier(dossier)['actions'], 'what was settled above stays settled')


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
                             " committee, series, level, stage, state, origin, left_first, decided_above, at_body, holder,"
                             " held_at, assigned, version,"
                             " submissions, sections_done, sections_total, exclusive_key, name, masked, unit_name, rank, created_at, updated_at,"
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
