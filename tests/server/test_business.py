#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A business that a tester invented (tests/data/businesses/odd.json): verdicts that hang on other sections and on the target,
sections that the unit fills, a return to the stage that asked for it, one open dossier a person (B5, U5, decisions 4, 5, 15)."""
import os
import shutil
import tempfile
import uuid

from actors import CLERK, LEADER, OFFICER, OTHER_CLERK, World, small_picture
from contract import TOP
from tap import case, check, equal, run

TARGET = {'unit': 'unit-southern-machinery', 'level': 'junior'}


def setup():
    folder = tempfile.mkdtemp(prefix='zc-businesses-')
    shutil.copy(os.path.join(TOP, 'data', 'businesses', 'evaluation.json'), folder)
    shutil.copy(os.path.join(TOP, 'tests', 'data', 'businesses', 'odd.json'), folder)
    world = World(settings={'data': {'businesses': folder}})
    world.folder = folder
    return world


def teardown(world):
    world.stop()
    shutil.rmtree(world.folder)


def begin(someone, target=TARGET):
    reply = someone.post('/v1/dossiers', {'business': 'beekeeping', 'target': target})
    assert reply.status == 201, reply
    return reply.json['id']


def states(session, dossier):
    return {s['id']: s['state'] for s in session.dossier(dossier)['sections']}


def own(session, dossier):
    return {s['id'] for s in session.dossier(dossier)['sections'] if s['own']}


def keeper(pictures, **changes):
    values = {'path': '正常', 'call_at': '13800138000', 'hives': 3, 'stung': True, 'portrait': [p.value for p in pictures]}
    return {'values': {k: v for k, v in dict(values, **changes).items() if v is not None}}


def fill(someone, dossier, **changes):
    portraits, scales = [small_picture(100, 200 + i) for i in range(2)], small_picture(60, 40)
    for picture in portraits + [scales]:
        check(someone.upload(dossier, picture).status in (200, 201))
    documents = {
        'vow': {'values': {'agreed': True, 'signature': '养蜂人', 'signed_on': '2026-01-05'}},
        'keeper': keeper(portraits, **changes),
        'harvests': {'entries': [{'id': str(uuid.uuid4()), 'values': {'harvest_year': '2025', 'scales': [scales.value]}}]},
    }
    for section, document in documents.items():
        version = someone.section(dossier, section).json['version']
        reply = someone.save(dossier, section, document, version)
        equal((reply.status, reply.json.get('state')), (200, 'complete'), section, reply)
    return portraits


@case('B5', 'it is published, begun, and its sections judged from the start')
def begun(world):
    someone = world.applicant()
    check({'id': 'beekeeping', 'revision': 7, 'title': '养蜂技艺评定', 'admits': None, 'amends': None} in someone.get('/v1/businesses').json['items'])
    dossier = begin(someone)
    seen = someone.dossier(dossier)
    equal((seen['target']['committee'], seen['target']['office']['id'], seen['deadline']), (None, 'office-nanning', None))
    told = states(someone, dossier)
    equal((told['thesis'], told['diploma'], told['remarks'], told['vow']), ('hidden', 'hidden', 'optional', 'empty'))
    check('verdict' not in told, 'the unit\'s own sections are not the applicant\'s')
    equal(someone.section(dossier, 'verdict').status, 404)
    for target in ({'unit': TARGET['unit']}, dict(TARGET, committee='x'), dict(TARGET, level='moon')):
        check(someone.post('/v1/dossiers', {'business': 'beekeeping', 'target': target}).code in ('bad-json', 'target'))


@case('S3.1.2a decision 15', 'saving a section tells which others changed with it')
def dependents(world):
    someone = world.applicant()
    dossier = begin(someone, dict(TARGET, level='senior'))
    equal(states(someone, dossier)['thesis'], 'empty')
    total = someone.dossier(dossier)['sections_total']
    entry = {'id': str(uuid.uuid4()), 'values': {'harvest_year': '2025', 'sold': True, 'price': 5, 'buyer': '散户'}}
    problems = someone.save(dossier, 'harvests', {'entries': [entry]}, 0).json['problems']
    check('bargain' not in {p.get('field') for p in problems})
    before = len(problems)
    reply = someone.save(dossier, 'keeper', {'values': {'path': '破格'}}, 0)
    changed = {s['id']: s for s in reply.json['sections']}
    check('verdict' not in changed, 'the unit\'s own are not told of')
    equal((changed['harvests']['state'], changed['harvests']['problems']), ('incomplete', before + 1))
    check('bargain' in {p.get('field') for p in someone.section(dossier, 'harvests').json['problems']})
    reply = someone.save(dossier, 'keeper', {'values': {'path': '转评'}}, 1)
    equal({s['id']: s['state'] for s in reply.json['sections']}['thesis'], 'hidden')
    equal(someone.dossier(dossier)['sections_total'], total - 1)
    shown = {s['id']: s for s in someone.dossier(dossier)['sections']}
    equal((shown['thesis']['state'], shown['thesis']['version']), ('hidden', 0))


@case('S3.1.2e', 'another level: other sections are asked for, nothing typed is lost')
def retarget(world):
    someone = world.applicant()
    dossier = begin(someone)
    someone.save(dossier, 'remarks', {'entries': [{'id': str(uuid.uuid4()), 'values': {'remark': '蜂'}}]}, 0)
    equal(states(someone, dossier)['thesis'], 'hidden')
    reply = someone.request('PUT', f'/v1/dossiers/{dossier}/target',
                            {'version': 1, 'target': dict(TARGET, level='senior')}, key=str(uuid.uuid4()))
    told = {s['id']: s['state'] for s in reply.json['sections']}
    equal((reply.status, told['thesis'], told['remarks'], reply.json['kept']), (200, 'empty', 'complete', []))


@case('S3.1.2e decision 15', 'what another level leaves without a question is told by section and field, and stays stored')
def kept(world):
    someone = world.applicant()
    dossier = begin(someone, dict(TARGET, level='senior'))
    entry = {'id': str(uuid.uuid4()), 'values': {'harvest_year': '2020', 'sold': True, 'price': 5, 'buyer': '散户'}}
    someone.save(dossier, 'harvests', {'entries': [entry]}, 0)
    someone.save(dossier, 'thesis', {'values': {'abstract': '论蜂'}}, 0)
    put = lambda level: someone.request('PUT', f'/v1/dossiers/{dossier}/target', {
        'version': someone.dossier(dossier)['version'], 'target': dict(TARGET, level=level)}, key=str(uuid.uuid4())).json
    equal(put('associate-senior')['kept'], [])
    equal(put('junior')['kept'], [{'section': 'harvests', 'field': 'buyer'}, {'section': 'thesis'}])
    equal(someone.section(dossier, 'harvests').json['body']['entries'], [entry])
    equal(someone.section(dossier, 'thesis').json['body']['values'], {'abstract': '论蜂'})
    equal(put('senior')['kept'], [])
    equal(states(someone, dossier)['thesis'], 'complete', 'asked for again: it was kept')


@case('decision 4', 'the old unit\'s own sections stay with the old unit: the new one begins its own, and each reads but its own')
def old_unit(world):
    someone, clerk, other = world.applicant(), world.staff(CLERK), world.staff(OTHER_CLERK)
    dossier = begin(someone)
    fill(someone, dossier)
    someone.act(dossier, 'submit')
    clerk.act(dossier, 'accept')
    mine = {'values': {'opinion_text': '老单位意见'}}
    clerk.save(dossier, 'verdict', mine, 0)
    clerk.act(dossier, 'return', opinion='请改报')
    put = lambda unit: someone.request('PUT', f'/v1/dossiers/{dossier}/target', {
        'version': someone.dossier(dossier)['version'], 'target': dict(TARGET, unit=unit)}, key=str(uuid.uuid4()))
    equal(put('unit-guilin-landscape').status, 200)
    someone.act(dossier, 'submit')
    equal((states(other, dossier)['verdict'], other.section(dossier, 'verdict').json['body']), ('empty', {'values': {}}))
    equal(clerk.section(dossier, 'verdict').json['body'], mine)
    other.act(dossier, 'accept')
    equal(other.act_reply(dossier, 'approve').code, 'unit-part-incomplete')
    theirs = {'values': {'opinion_text': '新单位意见'}}
    equal(other.save(dossier, 'verdict', theirs, 0).json['state'], 'complete')
    equal((clerk.section(dossier, 'verdict').json['body'], other.section(dossier, 'verdict').json['body']), (mine, theirs))
    other.act(dossier, 'return', opinion='请报回原单位')
    equal(put(TARGET['unit']).status, 200)
    someone.act(dossier, 'submit')
    equal((clerk.section(dossier, 'verdict').json['body'], other.section(dossier, 'verdict').json['body']), (mine, theirs))
    clerk.act(dossier, 'accept')
    equal(clerk.act(dossier, 'approve')['stage'], 'office')


@case('decision 15', 'a value that no longer applies stays stored and is not sent')
def not_applying(world):
    someone = world.applicant()
    dossier = begin(someone)
    portraits = fill(someone, dossier, path='破格', exception='获奖')
    someone.save(dossier, 'keeper', keeper(portraits, path='正常', exception='获奖'), 1)
    someone.act(dossier, 'submit')
    sent = someone.get(f'/v1/dossiers/{dossier}/revisions/1').json['content']['sections']
    check('exception' not in sent['keeper']['values'] and 'thesis' not in sent and 'verdict' not in sent, sent)
    equal(someone.section(dossier, 'keeper').json['body']['values']['exception'], '获奖')


@case('U5', 'the unit sends it on only when its own sections are complete; it alone writes them, and only while it holds it')
def units_sections(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = begin(someone)
    fill(someone, dossier)
    someone.act(dossier, 'submit')
    opinion = {'values': {'opinion_text': '情况属实，同意推荐'}}
    equal(clerk.save(dossier, 'verdict', opinion, 0).code, 'not-editable', 'not accepted yet')
    clerk.act(dossier, 'accept')
    check('edit' in clerk.dossier(dossier)['actions'])
    equal(states(clerk, dossier)['verdict'], 'empty')
    reply = clerk.act_reply(dossier, 'approve')
    equal((reply.status, reply.code), (422, 'unit-part-incomplete'))
    equal({(p['section'], p.get('field')) for p in reply.json['problems']}, {('verdict', 'opinion_text')})
    equal(clerk.save(dossier, 'keeper', {'values': {}}, 1).code, 'not-editable', 'the applicant\'s stay the applicant\'s')
    equal(clerk.save(dossier, 'verdict', opinion, 0).json['state'], 'complete')
    equal(someone.section(dossier, 'verdict').status, 404)
    equal(someone.save(dossier, 'verdict', opinion, 1).status, 404)
    equal(clerk.act(dossier, 'approve')['stage'], 'office')
    officer = world.staff(OFFICER)
    equal(officer.section(dossier, 'verdict').json['body'], opinion, 'whoever it is sent on to reads it')
    equal(clerk.save(dossier, 'verdict', opinion, 1).code, 'not-editable')


@case('U5 SEC-S19 decision 19', 'a picture in the unit\'s own sections is its colleagues\' to keep, the next bodies\' to see, and nobody else\'s')
def units_images(world):
    someone, clerk, leader, officer = world.applicant(), world.staff(CLERK), world.staff(LEADER), world.staff(OFFICER)
    dossier = begin(someone)
    fill(someone, dossier)
    someone.act(dossier, 'submit')
    clerk.act(dossier, 'accept')
    picture = small_picture(100, 200)
    equal(clerk.upload(dossier, picture).status, 201)
    verdict = lambda text: {'values': {'opinion_text': text, 'yard_photos': [picture.value]}}
    equal(clerk.save(dossier, 'verdict', verdict('已看过'), 0).status, 200)
    clerk.act(dossier, 'release')
    leader.act(dossier, 'accept')
    equal(leader.save(dossier, 'verdict', verdict('已看过，同意'), 1).status, 200)
    path = f'/v1/dossiers/{dossier}/images/{picture.sha256}'
    sees = lambda session: [session.request(method, path).status for method in ('GET', 'HEAD')]
    equal([sees(s) for s in (clerk, leader, someone, officer, world.staff(OTHER_CLERK))], [[200] * 2] * 2 + [[404] * 2] * 3)
    leader.act(dossier, 'approve')
    equal([sees(s) for s in (clerk, officer, someone)], [[200] * 2, [200] * 2, [404] * 2])
    officer.act(dossier, 'accept')
    officer.act(dossier, 'return', opinion='请补充')
    version = someone.section(dossier, 'keeper').json['version']
    reply = someone.save(dossier, 'keeper', keeper([picture]), version)
    check(('portrait', 'image-missing') in reply.problems, reply)


@case('U5 decision 25', 'only the holder writes the unit\'s part; each side is told which sections are its own, which is all that its computer keeps')
def whose_sections(world):
    someone, clerk, leader, officer = world.applicant(), world.staff(CLERK), world.staff(LEADER), world.staff(OFFICER)
    dossier = begin(someone)
    fill(someone, dossier)
    equal(own(someone, dossier), {s['id'] for s in someone.dossier(dossier)['sections']}, 'all that the applicant sees')
    someone.act(dossier, 'submit')
    clerk.act(dossier, 'accept')
    equal(own(clerk, dossier), {'verdict', 'posting'})
    opinion = {'values': {'opinion_text': '情况属实，同意推荐'}}
    reply = leader.save(dossier, 'verdict', opinion, 0)
    equal((reply.status, reply.code), (409, 'not-editable'), 'a colleague holds it')
    check('edit' not in leader.dossier(dossier)['actions'])
    equal(officer.save(dossier, 'verdict', opinion, 0).status, 404, 'it has not reached the office')
    equal(someone.save(dossier, 'verdict', opinion, 0).status, 404, 'the applicant never sees it')
    clerk.save(dossier, 'verdict', opinion, 0)
    leader.act(dossier, 'release')
    equal(clerk.save(dossier, 'verdict', {'values': {}}, 1).code, 'not-editable', 'given back')
    clerk.act(dossier, 'accept')
    equal(clerk.section(dossier, 'verdict').json['body'], opinion, 'what was written before stays')
    clerk.act(dossier, 'approve')
    equal((own(clerk, dossier), own(officer, dossier)), (set(), set()), 'it has left the unit; the office reads')
    reply = officer.save(dossier, 'verdict', opinion, 1)
    equal((reply.status, reply.code), (409, 'not-editable'))


@case('decision 4', 'a business may have returned dossiers come back to the stage that returned them')
def returning_stage(world):
    someone, clerk, officer = world.applicant(), world.staff(CLERK), world.staff(OFFICER)
    dossier = begin(someone)
    fill(someone, dossier)
    someone.act(dossier, 'submit')
    clerk.act(dossier, 'accept')
    clerk.save(dossier, 'verdict', {'values': {'opinion_text': '同意'}}, 0)
    clerk.act(dossier, 'approve')
    officer.act(dossier, 'accept')
    officer.act(dossier, 'return', opinion='请补充')
    equal(someone.dossier(dossier)['returned']['by']['role'], 'office')
    again = someone.act(dossier, 'submit')
    equal((again['stage'], again['state']), ('office', 'waiting'))
    check(dossier in {d['id'] for d in officer.get('/v1/dossiers?limit=100').json['items']})


@case('S3.3.4 decision 5', 'one open dossier a person: an ended one frees the place')
def one_open(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = begin(someone)
    reply = someone.post('/v1/dossiers', {'business': 'beekeeping', 'target': TARGET})
    equal((reply.code, reply.json['existing']), ('one-open-per-person', dossier))
    fill(someone, dossier)
    someone.act(dossier, 'submit')
    clerk.act(dossier, 'accept')
    clerk.act(dossier, 'refuse', opinion='不符合条件')
    begin(someone)


run(setup, teardown)
