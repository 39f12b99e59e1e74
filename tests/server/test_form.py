#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A newer form while drafts are under way, imported into the server that runs: 更新表格 moves what fits and keeps the rest
(decisions 16). And 复制: another dossier from an old one of the same person, without sending an image twice (P27)."""
import copy
import json
import os
import sqlite3
import uuid

from actors import CLERK, World, entry, small_picture
from contract import TOP
from tap import case, check, equal, run

ODD = os.path.join(TOP, 'tests', 'data', 'businesses', 'odd.json')
TARGET = {'unit': 'unit-southern-machinery', 'level': 'junior'}


def setup():
    world = World()
    with open(ODD, encoding='utf-8') as file:
        world.odd = json.load(file)
    world.server.run('import', ODD)
    return world


def teardown(world):
    world.stop()


def section_of(business, name):
    return next(section for section in business['sections'] if section['id'] == name)


def field_of(business, section, name):
    return next(field for field in section_of(business, section)['fields'] if field['id'] == name)


def publish(world, change=lambda business: None):
    """The business of odd.json, changed, as the next revision; each case finds a newest of its own."""
    def start_over(form):
        revision = form['revision']
        form.clear()
        form.update(copy.deepcopy(world.odd), revision=revision)
        change(form)
    return world.newer_form('beekeeping', start_over)


def begin(someone, **more):
    return someone.post('/v1/dossiers', {'business': 'beekeeping', 'target': TARGET} | more)


def documents_for(someone, dossier):
    """Everything that odd.json asks a beginner for, complete, with its pictures sent."""
    portraits, scales = [small_picture(100, 200 + i) for i in range(2)], small_picture(60, 40)
    for picture in portraits + [scales]:
        check(someone.upload(dossier, picture).status in (200, 201))
    return {
        'vow': {'values': {'agreed': True, 'signature': '养蜂人', 'signed_on': '2026-01-05'}},
        'keeper': {'values': {'path': '正常', 'call_at': '13800138000', 'hives': 3, 'stung': True,
                              'portrait': [p.value for p in portraits]}},
        'harvests': {'entries': [entry(harvest_year='2025', scales=[scales.value]), entry(harvest_year='2024', scales=[scales.value])]},
        'remarks': {'entries': [entry(remark='蜂箱在山上')]},
    }


def fill(someone, dossier):
    documents = documents_for(someone, dossier)
    for section, document in documents.items():
        reply = someone.save(dossier, section, document, 0)
        equal((reply.status, reply.json.get('state')), (200, 'complete'), section, reply)
    return documents


def begun(world):
    publish(world)   # whatever another case published, this draft begins with the plain form
    someone = world.applicant()
    dossier = begin(someone).json['id']
    return someone, dossier, fill(someone, dossier)


def update(someone, dossier, version=None, key=None):
    version = someone.dossier(dossier)['version'] if version is None else version
    return someone.post(f'/v1/dossiers/{dossier}/form', {'version': version}, key or str(uuid.uuid4()))


def reshaped(business):
    """What revisions do: a field renamed, one of another type, one stricter, a section gone, one new, another kind of section."""
    keeper = section_of(business, 'keeper')
    field_of(business, 'keeper', 'call_at')['id'] = 'phone'
    field_of(business, 'keeper', 'stung').update(type='text', max_length=20)
    field_of(business, 'keeper', 'portrait')['images'].update(min_height=201)
    keeper['title'] = '养蜂人'
    section_of(business, 'harvests')['entries'].update(min=1, max=1)
    business['sections'] = [s for s in business['sections'] if s['id'] != 'remarks']
    business['sections'].append({'id': 'insurance', 'title': '保险', 'fields': [
        {'id': 'insurer', 'label': '承保单位', 'type': 'text', 'max_length': 40, 'required': True}]})


def told(items):
    return [(item['section'], item.get('entry_title'), item['field'], item['value']) for item in items]


@case('decision 16', 'the newest form: values of the same section, field and type move, the rest is told with its value, nothing is lost')
def moves(world):
    someone, dossier, documents = begun(world)
    before = someone.dossier(dossier)
    check('update-form' not in before['actions'], before['actions'])
    revision = publish(world, reshaped)
    check('update-form' in someone.dossier(dossier)['actions'])
    check('update-form' in next(d for d in someone.get('/v1/dossiers').json['items'] if d['id'] == dossier)['actions'])
    equal(someone.dossier(dossier)['revision'], before['revision'], 'its owner has not asked for it')

    reply = update(someone, dossier)
    equal((reply.status, reply.json['revision'], reply.json['version']), (200, revision, before['version'] + 1), reply)
    check('update-form' not in reply.json['actions'], reply.json['actions'])
    keeper, harvests = documents['keeper']['values'], documents['harvests']['entries']
    equal(told(reply.json['left']), [
        ('keeper', None, 'call_at', '13800138000'),
        ('keeper', None, 'stung', True),
        ('keeper', None, 'portrait', keeper['portrait']),
        ('harvests', '2024', 'harvest_year', '2024'),
        ('harvests', '2024', 'scales', harvests[1]['values']['scales']),
        ('remarks', None, 'remark', '蜂箱在山上'),
    ])
    equal({item['section_title'] for item in reply.json['left'] if item['section'] == 'keeper'},
          {section_of(world.odd, 'keeper')['title']}, 'by the names that the person knows')
    equal(someone.section(dossier, 'keeper').json['body'], {'values': {'path': '正常', 'hives': 3}})
    equal(someone.section(dossier, 'harvests').json['body'], {'entries': harvests[:1]})
    equal(someone.section(dossier, 'vow').json['body'], documents['vow'])
    equal(someone.section(dossier, 'remarks').status, 404)

    sections = {s['id']: s for s in reply.json['sections']}
    check('remarks' not in sections, sections)
    equal((sections['insurance']['state'], sections['insurance']['version']), ('empty', 0))
    equal([(sections[s]['state'], sections[s]['version']) for s in ('vow', 'keeper', 'harvests')],
          [('complete', 2), ('incomplete', 2), ('complete', 2)], 'judged anew, and moved so that other devices notice')
    equal(reply.json['sections_total'], len([s for s in sections.values() if s['state'] != 'hidden']))

    check('left' not in someone.dossier(dossier), 'told once, by the answer')
    history = someone.get(f'/v1/dossiers/{dossier}/history').json['items']
    equal([(item['act'], item['left']) for item in history], [('update-form', reply.json['left'])], 'and kept in the history')
    for image in keeper['portrait']:
        equal(someone.get(f'/v1/dossiers/{dossier}/images/{image["sha256"]}').status, 200)
    with sqlite3.connect(world.server.database) as database:
        named = {row[0] for row in database.execute('SELECT sha256 FROM section_image WHERE dossier = ?', (dossier,))}
    check({image['sha256'] for image in keeper['portrait']} <= named, 'the pictures that were left stay referenced')
    equal(someone.save(dossier, 'keeper', {'values': {'phone': '13800138000'}}, 2).status, 200)


@case('decisions 16 and 21', 'a newer form is told to whoever has a draft of a former one, once, and to nobody else')
def told_by_feed(world):
    someone, dossier, _ = begun(world)
    sender, idle = world.applicant(), world.applicant()
    publish(world)
    sent = begin(sender).json['id']
    fill(sender, sent)
    sender.act(sent, 'submit')
    update(someone, dossier)
    cursor = someone.get('/v1/changes').json['cursor']
    publish(world, reshaped)
    heard = someone.get(f'/v1/changes?since={cursor}').json
    equal([(c['dossier'], c['gone']) for c in heard['items']], [(dossier, False)])
    check('update-form' in someone.dossier(dossier)['actions'])
    for other in (sender, idle):
        equal(other.get(f'/v1/changes?since={cursor}').json['items'], [], 'nothing that could be moved')
    path = os.path.join(world.server.home, 'again.json')
    with open(path, 'wb') as file:
        file.write(someone.get('/v1/businesses/beekeeping').body)
    world.server.run('import', path)
    equal(someone.get(f'/v1/changes?since={heard["cursor"]}').json['items'], [], 'it is not new')
    sender.act(sent, 'withdraw')
    cursor = sender.get('/v1/changes').json['cursor']
    publish(world, reshaped)
    equal({c['dossier'] for c in sender.get(f'/v1/changes?since={cursor}').json['items']}, {sent})
    someone.save(dossier, 'vow', {'values': {'agreed': True}}, someone.section(dossier, 'vow').json['version'])
    equal([c['dossier'] for c in someone.get(f'/v1/changes?since={heard["cursor"]}').json['items']], [dossier], 'numbers go on from there')


@case('decision 16', 'a declaration moves with the very words that were declared, and stays behind when they changed')
def declared(world):
    someone, dossier, documents = begun(world)
    publish(world, lambda business: field_of(business, 'vow', 'agreed').update(label='我保证以上内容真实，并同意公示'))
    reply = update(someone, dossier)
    equal(told(reply.json['left']), [('vow', None, 'agreed', True)])
    equal({s['id']: s['state'] for s in reply.json['sections']}['vow'], 'incomplete')
    equal('agreed' in someone.section(dossier, 'vow').json['body']['values'], False)


@case('decision 16', 'nothing newer, another version, not editable, another target: each refused by its own code; others find nothing')
def refused(world):
    someone, dossier, _ = begun(world)
    reply = update(someone, dossier)
    equal((reply.status, reply.code), (409, 'form-current'))
    publish(world, reshaped)
    version = someone.dossier(dossier)['version']
    stale = update(someone, dossier, version + 1)
    equal((stale.status, stale.code, stale.json['current']['version']), (409, 'stale', version))
    equal(world.applicant().post(f'/v1/dossiers/{dossier}/form', {'version': version}).status, 404)
    equal(someone.request('POST', f'/v1/dossiers/{dossier}/form', {'version': version}).code, 'idempotency-key-required')
    someone.act(dossier, 'submit')
    check('update-form' not in someone.dossier(dossier)['actions'])
    equal(update(someone, dossier).code, 'not-editable')
    clerk = world.staff(CLERK)
    equal(update(clerk, dossier).code, 'not-editable')
    someone.act(dossier, 'withdraw')
    check('update-form' in someone.dossier(dossier)['actions'], 'withdrawn, it is a draft again')
    equal(update(someone, dossier).status, 200)

    other = world.applicant()
    aimed = begin(other).json['id']
    publish(world, lambda business: business.update(target=['unit', 'series', 'level']))
    check('update-form' not in other.dossier(aimed)['actions'], 'addressed otherwise, it has no answer for the new target')
    equal(update(other, aimed).code, 'form-current')


@case('decisions 20 and 21', 'asked twice with one key it is done once; other devices hear of it; a save from the former form is stale')
def once(world):
    someone, dossier, documents = begun(world)
    publish(world, reshaped)
    cursor = someone.get('/v1/changes').json['cursor']
    version, key = someone.dossier(dossier)['version'], str(uuid.uuid4())
    first, again = update(someone, dossier, version, key), update(someone, dossier, version, key)
    equal((first.status, again.status, again.json['version']), (200, 200, version + 1))
    equal(len(someone.get(f'/v1/dossiers/{dossier}/history').json['items']), 1)
    changes = someone.get(f'/v1/changes?since={cursor}').json['items']
    equal([(c['dossier'], c['version']) for c in changes], [(dossier, version + 1)])
    late = someone.save(dossier, 'keeper', documents['keeper'], 1)
    check(late.status in (412, 422), 'from another device, made for the former form', late)
    late = someone.save(dossier, 'vow', {'values': {'agreed': True}}, 1)
    equal(late.status, 412)


@case('U5 decision 16', 'after a return the unit\'s own sections come along; what is left of them is not the applicant\'s to see')
def returned(world):
    someone, dossier, _ = begun(world)
    someone.act(dossier, 'submit')
    clerk = world.staff(CLERK)
    clerk.act(dossier, 'accept')
    equal(clerk.save(dossier, 'verdict', {'values': {'opinion_text': '情况属实', 'visited': '2026-01-05'}}, 0).status, 200)
    clerk.act(dossier, 'return', opinion='请补照片')

    def renamed(business):
        field_of(business, 'verdict', 'opinion_text')['id'] = 'finding'
    publish(world, renamed)
    reply = update(someone, dossier)
    equal((reply.status, reply.json['left'], reply.json['returned']['opinion']), (200, [], '请补照片'))
    someone.act(dossier, 'submit')
    clerk.act(dossier, 'accept')
    kept = clerk.section(dossier, 'verdict').json['body']
    equal(kept, {'values': {'visited': '2026-01-05'}})
    check('update-form' not in [i['act'] for i in clerk.get(f'/v1/dossiers/{dossier}/history').json['items']])


@case('decision 16', 'a deleted draft takes what was kept of it along')
def deleted(world):
    someone, dossier, _ = begun(world)
    publish(world, reshaped)
    update(someone, dossier)

    def payloads():
        with sqlite3.connect(world.server.database) as database:
            return database.execute("SELECT count(*) FROM event_payload p JOIN event e ON e.seq = p.seq WHERE e.dossier = ?"
                                    " AND e.act = 'update-form'", (dossier,)).fetchone()[0]
    equal(payloads(), 1)
    equal(someone.request('DELETE', f'/v1/dossiers/{dossier}', key=str(uuid.uuid4())).status, 204)
    equal(payloads(), 0)
    world.server.run('verify-log')


# --- 复制 -----------------------------------------------------------------------------------------------------
@case('P27', 'an ended dossier is copied into a new one: answers and pictures are there, not a byte is sent again')
def copies(world):
    someone, dossier, documents = begun(world)
    check('copy' not in someone.dossier(dossier)['actions'], 'a draft is gone on with itself')
    equal(begin(someone, copy_from=dossier).code, 'not-allowed')
    someone.act(dossier, 'submit')
    check('copy' in someone.dossier(dossier)['actions'])
    reply = begin(someone, copy_from=dossier)
    equal((reply.status, reply.code, reply.json['existing']), (409, 'one-open-per-person', dossier))
    someone.act(dossier, 'withdraw')
    someone.act(dossier, 'abandon')
    revision = publish(world, reshaped)

    reply = begin(someone, copy_from=dossier)
    equal((reply.status, reply.json['revision'], reply.json['state'], reply.json['submissions']), (201, revision, 'draft', 0), reply)
    made = reply.json['id']
    equal([item[:1] + item[2:3] for item in told(reply.json['left'])],
          [('keeper', 'call_at'), ('keeper', 'stung'), ('keeper', 'portrait'), ('harvests', 'harvest_year'), ('harvests', 'scales'),
           ('remarks', 'remark')])
    equal(someone.section(made, 'keeper').json['body'], {'values': {'path': '正常', 'hives': 3}})
    copied = someone.section(made, 'harvests').json
    equal((copied['body'], copied['version'], copied['state']), ({'entries': documents['harvests']['entries'][:1]}, 1, 'complete'))
    vow = someone.section(made, 'vow').json['body']['values']
    check('agreed' not in vow, 'a declaration is given anew')
    check('agreed' not in [item['field'] for item in reply.json['left']])
    scales = copied['body']['entries'][0]['values']['scales'][0]['sha256']
    equal(someone.request('HEAD', f'/v1/dossiers/{made}/images/{scales}').status, 200)
    with sqlite3.connect(world.server.database) as database:
        equal(database.execute('SELECT count(*) FROM section_image WHERE dossier = ? AND section = ? AND sha256 = ?',
                               (made, 'harvests', scales)).fetchone()[0], 1, 'named by the new dossier: the sweep leaves it')
        check(database.execute("SELECT count(*) FROM event WHERE act = 'begin' AND dossier = ? AND subject = ?",
                               (made, dossier)).fetchone()[0] == 1)
    equal(someone.section(dossier, 'remarks').json['body'], documents['remarks'], 'the old one stays as it was')


@case('P27 S3.1.1b', 'an evaluation: signature and pledge are given anew, the unit\'s own sections stay; one series a year still holds')
def evaluation(world):
    someone = world.applicant()
    dossier = someone.submitted()
    clerk = world.staff(CLERK)
    clerk.act(dossier, 'accept')
    clerk.attest(dossier)
    target = {key: value['id'] for key, value in someone.dossier(dossier)['target'].items() if value and key != 'office'}
    body = {'business': 'evaluation', 'target': target, 'copy_from': dossier}
    reply = someone.post('/v1/dossiers', body)
    equal((reply.code, reply.json['existing']), ('one-series-per-year', dossier))
    clerk.act(dossier, 'return', opinion='请补充')
    someone.act(dossier, 'abandon')
    key = str(uuid.uuid4())
    reply, again = someone.post('/v1/dossiers', body, key), someone.post('/v1/dossiers', body, key)
    equal((reply.status, again.json['id'], reply.json['left']), (201, reply.json['id'], []), reply)
    made = reply.json['id']
    pledge = someone.section(made, 'pledge').json['body']['values']
    equal(pledge, {'pledge_date': '2025-03-03'})
    states = {s['id']: s['state'] for s in reply.json['sections']}
    equal({section for section, state in states.items() if state in ('incomplete', 'empty')}, {'pledge'}, 'all the rest is done')
    with sqlite3.connect(world.server.database) as database:
        equal(database.execute("SELECT count(*) FROM section WHERE dossier = ? AND fills = 'unit' AND body IS NOT NULL",
                               (made,)).fetchone()[0], 0)
    version = {s['id']: s['version'] for s in reply.json['sections']}['pledge']
    someone.save(made, 'pledge', {'values': pledge | {'pledge_consent': True, 'pledge_signature': someone.account['name']}}, version)
    equal(someone.act_reply(made, 'submit').status, 200, 'no picture was sent a second time')


@case('P27 SEC-S20', 'another person\'s dossier cannot be copied, nor be told from one that is not there; nor one of another business')
def foreign(world):
    someone, dossier, _ = begun(world)
    someone.act(dossier, 'submit')
    thief, clerk = world.applicant(), world.staff(CLERK)
    for source in (dossier, str(uuid.uuid4()), 'x'):
        reply = begin(thief, copy_from=source)
        equal((reply.status, reply.code), (404, 'not-found'), source)
    equal(thief.get('/v1/dossiers').json['items'], [])
    equal(begin(clerk, copy_from=dossier).status, 403)
    check('copy' not in clerk.dossier(dossier)['actions'])
    other = thief.submitted()
    equal(begin(thief, copy_from=other).code, 'target')
    equal(begin(thief, copy_from=7).code, 'bad-json')


run(setup, teardown)
