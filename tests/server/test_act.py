#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending, withdrawing, accepting, returning, approving: who may do what and when, and what is kept (S3.1.3 to S3.1.6,
S3.5.4, S3.5.5, U4, U6, B1, B2)."""
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import time
import uuid

from actors import CLERK, COMMITTEE, LEADER, OFFICER, OTHER_CLERK, PASSWORD, TARGET, Picture, World
from receipt_digest import digest
from tap import case, check, equal, run

BUREAU, BUREAU_CLERK, BUREAU_LEADER = 'department-nanning-industry', '13900000007', '13900000008'
MINISTRY, MINISTRY_CLERK = 'department-region-industry', '13900000009'


def acts(session, dossier):
    return {a for a in session.dossier(dossier)['actions'] if a not in ('edit', 'view', 'progress', 'retarget', 'delete')}


@case('S3.1.3a', 'the whole dossier is checked anew, and each fault named by section and field')
def incomplete(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    check('submit' in someone.dossier(dossier)['actions'], 'it is offered, and says what is missing')
    reply = someone.act_reply(dossier, 'submit')
    equal((reply.status, reply.code), (422, 'incomplete'))
    places = {(p['section'], p.get('field'), p['code']) for p in reply.json['problems']}
    check({('work_summary', 'work_summary_text', 'required'), ('basic_information', 'identity_card_front', 'required')}
          <= places, places)
    check(any(p['section'] == 'education_history' and p['code'] == 'too-few-entries' for p in reply.json['problems']))
    someone.fill(dossier)
    with sqlite3.connect(world.server.database, timeout=20) as database:    # a state that lies helps nobody
        database.execute("UPDATE section SET state = 'complete', problems = 0 WHERE dossier = ?", (dossier,))
    someone.save(dossier, 'work_summary', {'values': {}}, 1)
    with sqlite3.connect(world.server.database, timeout=20) as database:
        database.execute("UPDATE section SET state = 'complete', problems = 0 WHERE dossier = ?", (dossier,))
    reply = someone.act_reply(dossier, 'submit')
    equal([(p['section'], p['code']) for p in reply.json['problems']], [('work_summary', 'required')])
    equal(someone.dossier(dossier)['state'], 'draft')


@case('S3.1.3a decision 2', 'only what was on the screen is sent: another version of a section or of the dossier is told')
def on_the_screen(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    someone.fill(dossier)
    seen = someone.dossier(dossier)
    versions = {s['id']: s['version'] for s in seen['sections']}
    submit = lambda version, sections: someone.post(
        f'/v1/dossiers/{dossier}/acts', {'act': 'submit', 'version': version, 'sections': sections})
    for version, sections in ((seen['version'] + 1, versions), (seen['version'], dict(versions, work_summary=0)),
                              (seen['version'], {k: v for k, v in versions.items() if k != 'work_summary'})):
        reply = submit(version, sections)
        equal((reply.status, reply.code), (409, 'stale'))
        equal(reply.json['current']['id'], dossier)
    equal(someone.post(f'/v1/dossiers/{dossier}/acts', {'act': 'submit', 'version': seen['version']}).code, 'bad-json')
    equal(submit(seen['version'], versions).status, 200)


@case('S3.1.3b', 'before it is sent the unit sees nothing of it; then it waits there, and no other body sees it')
def reaches(world):
    someone = world.applicant()
    clerk, other, officer = world.staff(CLERK), world.staff(OTHER_CLERK), world.staff(OFFICER)
    dossier = someone.new_dossier()
    someone.fill(dossier)
    listed = lambda session: dossier in {d['id'] for d in session.get('/v1/dossiers?limit=100').json['items']}
    check(not listed(clerk))
    equal(clerk.get(f'/v1/dossiers/{dossier}').status, 404)
    sent = someone.act(dossier, 'submit')
    equal((sent['stage'], sent['state']), ('unit', 'waiting'))
    check(listed(clerk) and not listed(other) and not listed(officer))
    equal([s.get(f'/v1/dossiers/{dossier}').status for s in (clerk, other, officer)], [200, 404, 404])
    someone.act(dossier, 'withdraw')
    check(not listed(clerk))
    equal(clerk.get(f'/v1/dossiers/{dossier}').status, 404, 'withdrawn: nothing to see any more')


@case('S3.1.4 S3.5.2', 'once sent it is read-only for everybody: 409')
def read_only(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    document = {'values': {'work_summary_text': '改过'}}
    for who in (someone, clerk):
        reply = who.save(dossier, 'work_summary', document, 1)
        equal((reply.status, reply.code), (409, 'not-editable'))
        check('edit' not in who.dossier(dossier)['actions'] and 'view' in who.dossier(dossier)['actions'])
    equal(someone.section(dossier, 'work_summary').json['version'], 1)


@case('S3.1.5a', 'withdrawn before the unit accepts it is a draft again, and the history keeps it')
def withdraw(world):
    someone = world.applicant()
    dossier = someone.submitted()
    back = someone.act(dossier, 'withdraw')
    equal((back['stage'], back['state']), ('applicant', 'withdrawn'))
    check({'edit', 'submit'} <= set(back['actions']))
    equal(someone.save(dossier, 'work_summary', {'values': {'work_summary_text': '改过'}}, 1).status, 200)
    someone.act(dossier, 'submit')
    equal([i['act'] for i in someone.get(f'/v1/dossiers/{dossier}/history').json['items']], ['submit', 'withdraw', 'submit'])


@case('S3.1.5b U4', 'once accepted it cannot be withdrawn: an answer of its own that says who can; a release allows it again')
def too_late(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    clerk.act(dossier, 'accept')
    reply = someone.act_reply(dossier, 'withdraw')
    equal((reply.status, reply.code, reply.json['rule']['lifted_by']), (409, 'already-accepted', 'unit'))
    seen = someone.dossier(dossier)
    check('withdraw' not in seen['actions'])
    equal(seen['refused'], [{'action': 'withdraw', 'code': 'already-accepted'}])
    clerk.act(dossier, 'release')
    seen = someone.dossier(dossier)
    check('withdraw' in seen['actions'] and seen['refused'] == [])
    someone.act(dossier, 'withdraw')


@case('S3.1.5c S3.5.4', 'returned twice in a row: the opinion on top, the answers editable, both submissions kept')
def twice(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    for turn in (1, 2):
        clerk.act(dossier, 'accept')
        note = {'section': 'basic_information', 'field': 'identity_card_front', 'text': f'第 {turn} 次：看不清'}
        clerk.act(dossier, 'return', opinion=f'请更换照片（{turn}）', notes=[note])
        seen = someone.dossier(dossier)
        equal((seen['stage'], seen['state'], seen['submissions']), ('applicant', 'returned', turn))
        equal((seen['returned']['opinion'], seen['returned']['notes'], seen['returned']['stage']),
              (f'请更换照片（{turn}）', [note], 'unit'))
        equal(seen['returned']['by'], {'role': 'unit', 'body': '广西南方机械有限公司'})
        check({'edit', 'submit'} <= set(seen['actions']))
        version = someone.section(dossier, 'work_summary').json['version']
        someone.save(dossier, 'work_summary', {'values': {'work_summary_text': f'改过 {turn} 次'}}, version)
        equal(clerk.section(dossier, 'work_summary').json['body']['values']['work_summary_text'][:2],
              '本人' if turn == 1 else '改过', 'staff see what was sent, not what is being typed')
        check(f'改过 {turn} 次' not in clerk.section(dossier, 'work_summary').body.decode())
        someone.act(dossier, 'submit')
        equal(someone.dossier(dossier)['returned'], None)
    history = someone.get(f'/v1/dossiers/{dossier}/history').json
    equal([i['act'] for i in history['items']], ['submit', 'accept', 'return', 'submit', 'accept', 'return', 'submit'])
    numbers = [i['receipt'] for i in history['items'] if i['act'] == 'submit']
    equal(len(set(numbers)), 3)
    for n, number in enumerate(numbers, 1):
        equal(someone.get(f'/v1/dossiers/{dossier}/revisions/{n}').json['number'], number)
    equal(someone.get(f'/v1/dossiers/{dossier}/revisions/4').status, 404)


@case('S3.1.6 S3.5.4', 'progress: the stages with where it stands, each hop with time, role and opinion, no staff names for applicants')
def progress(world):
    someone, clerk, officer = world.applicant(), world.staff(CLERK), world.staff(OFFICER)
    dossier = someone.submitted()
    stages = lambda: {s['id']: s['status'] for s in someone.get(f'/v1/dossiers/{dossier}/history').json['stages']}
    equal((stages()['applicant'], stages()['unit'], stages()['office']), ('done', 'current', 'ahead'))
    clerk.act(dossier, 'accept')
    clerk.attest(dossier)
    passed = clerk.act(dossier, 'approve', opinion='同意推荐')
    equal((passed['stage'], passed['state']), ('office', 'waiting'))
    now = stages()
    equal((now['unit'], now['department'], now['office'], now['committee']), ('done', 'skipped', 'current', 'ahead'))
    equal(list(now)[:4], ['applicant', 'unit', 'department', 'office'])
    items = someone.get(f'/v1/dossiers/{dossier}/history').json['items']
    equal([(i['act'], i['by']['role'], i['opinion']) for i in items],
          [('submit', 'applicant', None), ('accept', 'unit', None), ('approve', 'unit', '同意推荐')])
    check(all(i['by']['name'] is None for i in items if i['by']['role'] == 'unit'))
    colleague = world.staff(LEADER).get(f'/v1/dossiers/{dossier}/history').json['items']
    equal(colleague[1]['by']['name'], '韦晓岚')
    check(officer.get(f'/v1/dossiers/{dossier}/history').json['items'][1]['by']['name'] is None)
    check(dossier in {d['id'] for d in officer.get('/v1/dossiers?limit=100').json['items']})
    check(dossier not in {d['id'] for d in clerk.get('/v1/dossiers?limit=100').json['items']})


@case('S3.5.5', 'in full: staff read every section and image as sent')
def in_full(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.new_dossier()
    pictures = someone.fill(dossier)
    mine = {s: someone.section(dossier, s).json['body'] for s in ('basic_information', 'education_history', 'work_summary')}
    someone.act(dossier, 'submit')
    for section, body in mine.items():
        shown = clerk.section(dossier, section).json
        equal((shown['body'], shown['state'], shown['problems']), (body, 'complete', []))
    for picture in pictures.values():
        equal(clerk.get(f'/v1/dossiers/{dossier}/images/{picture.sha256}').body, picture.data)
    seen = clerk.dossier(dossier)
    equal(seen['resolved']['account.name'], someone.person.form['name'])
    check('*' in seen['resolved']['account.id_number'] and '*' in seen['applicant']['id_number'])


@case('U4', 'accepting makes the holder: colleagues see who, only the holder decides, a leader may release; reading locks nothing')
def holder(world):
    someone, clerk, leader = world.applicant(), world.staff(CLERK), world.staff(LEADER)
    dossier = someone.submitted()
    leader.dossier(dossier), clerk.dossier(dossier)
    check('withdraw' in acts(someone, dossier), 'reading locks nothing')
    equal(clerk.act_reply(dossier, 'approve').code, 'not-accepted-yet')
    equal(clerk.act(dossier, 'accept')['holder'], {'name': '韦晓岚', 'me': True})
    equal(leader.dossier(dossier)['holder'], {'name': '韦晓岚', 'me': False})
    equal(someone.dossier(dossier)['holder'], None)
    for act in ('accept', 'approve', 'return', 'refuse'):
        equal(leader.act_reply(dossier, act, opinion='好').code, 'held-by-other', act)
    check(leader.act(dossier, 'release')['holder'] is None)
    leader.act(dossier, 'accept')
    equal(clerk.act_reply(dossier, 'release').code, 'held-by-other', 'a clerk releases only their own')


@case('U6', 'returning and refusing need an opinion; blanks are none')
def opinions(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    clerk.act(dossier, 'accept')
    for act in ('return', 'refuse'):
        for opinion in (None, '', ' \n\t', '\u3000'):
            reply = clerk.act_reply(dossier, act, **({} if opinion is None else {'opinion': opinion}))
            equal((reply.status, reply.code), (422, 'opinion-required'), act, repr(opinion))
    equal(clerk.dossier(dossier)['state'], 'in-review')
    for note in ({'section': 'no_such', 'text': 'x'}, {'section': 'work_summary', 'field': 'no_such', 'text': 'x'},
                 {'section': 'work_summary'}, {'section': 'work_summary', 'text': 'x' * 501}):
        equal(clerk.act_reply(dossier, 'return', opinion='请改', notes=[note]).code, 'bad-json', note)
    refused = clerk.act(dossier, 'refuse', opinion='不符合申报条件')
    equal((refused['stage'], refused['state']), ('unit', 'refused'))
    equal(someone.act_reply(dossier, 'submit').code, 'not-allowed')
    equal(someone.post('/v1/dossiers', {'business': 'evaluation', 'target': TARGET}).code, 'one-series-per-year')


def departments(session, query=''):
    return session.get('/v1/catalog/departments' + query).json['items']


def find_person(session, department, name):
    people = next(d for d in departments(session) if d['id'] == department)['people']
    return next(p['id'] for p in people if p['name'] == name)


@case('U6', 'departments are listed for staff: the own superior first, never the own body, with who may act there, by name only')
def list_departments(world):
    clerk, bureau, someone = world.staff(CLERK), world.staff(BUREAU_CLERK), world.applicant()
    items = departments(clerk)
    equal([(d['id'], d['superior']) for d in items][0], (BUREAU, True))
    equal([d['superior'] for d in items[1:]], [False] * 2)
    equal([(p['name'], p['role']) for p in items[0]['people']], [('农秀兰', 'leader'), ('卢思远', 'clerk')])
    equal(set(items[0]['people'][0]), {'id', 'name', 'role'})
    equal([d['id'] for d in departments(bureau)], [MINISTRY, 'department-liuzhou-education'])
    from urllib.parse import quote
    equal([d['id'] for d in departments(clerk, '?q=' + quote('教育'))], ['department-liuzhou-education'])
    equal(departments(clerk, '?q=' + quote('%')), [])
    page = clerk.get('/v1/catalog/departments?limit=2').json
    equal([d['id'] for d in departments(clerk, f"?cursor={page['next']}")], [d['id'] for d in items[2:]])
    equal(someone.get('/v1/catalog/departments').code, 'forbidden')
    with sqlite3.connect(world.server.database, timeout=20) as database:
        database.execute("UPDATE membership SET until_at = 1 WHERE body = ? AND role = 'leader'", (BUREAU,))
        database.commit()
        equal([p['name'] for p in departments(clerk)[0]['people']], ['卢思远'], 'whose time is over is not offered')
        equal(clerk.get('/v1/catalog/departments').status, 200)
        database.execute('UPDATE membership SET until_at = NULL WHERE body = ?', (BUREAU,))


@case('U6', 'the unit sends it to a department and a person there; another body, another person or a stranger is refused')
def department(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    clerk.act(dossier, 'accept')
    clerk.attest(dossier)
    person, other = find_person(clerk, BUREAU, '卢思远'), find_person(clerk, MINISTRY, '滕海波')
    for to in ({'department': 'office-nanning', 'person': person}, {'department': BUREAU, 'person': other},
               {'department': 'nowhere', 'person': person}, {'department': BUREAU, 'person': str(uuid.uuid4())},
               {'department': BUREAU, 'person': clerk.membership}):
        reply = clerk.act_reply(dossier, 'approve', to=to)
        equal((reply.status, reply.code), (422, 'department'), to)
    for to in ({'department': BUREAU}, {'person': person}, {}, {'department': BUREAU, 'person': person, 'x': 1}):
        equal(clerk.act_reply(dossier, 'approve', to=to).code, 'bad-json', to)
    to = {'department': BUREAU, 'person': person}
    equal(clerk.act_reply(dossier, 'return', opinion='请改', to=to).code, 'bad-json', 'only an approval goes to a department')
    moved = clerk.act(dossier, 'approve', to=to)
    equal((moved['stage'], moved['state'], moved['assigned']), ('department', 'waiting', None))
    stages = {s['id']: s['status'] for s in someone.get(f'/v1/dossiers/{dossier}/history').json['stages']}
    equal((stages['department'], stages['office']), ('current', 'ahead'))
    equal(someone.dossier(dossier)['assigned'], None, 'the applicant is not told names')


@case('U6', 'the person asked sees it in the queue as theirs; a colleague may still accept it; it goes on to the office')
def assigned(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    asked, leader = world.staff(BUREAU_CLERK), world.staff(BUREAU_LEADER)
    dossier = someone.submitted()
    clerk.act(dossier, 'accept')
    clerk.attest(dossier)
    clerk.act(dossier, 'approve', to={'department': BUREAU, 'person': asked.membership})
    queued = lambda session: next(d for d in session.get('/v1/dossiers?limit=100').json['items'] if d['id'] == dossier)
    equal(queued(asked)['assigned'], {'name': '卢思远', 'me': True})
    equal(queued(leader)['assigned'], {'name': '卢思远', 'me': False})
    check('accept' in leader.dossier(dossier)['actions'], 'asking somebody locks nothing')
    leader.act(dossier, 'accept')
    equal(asked.act_reply(dossier, 'approve').code, 'held-by-other')
    equal(leader.act_reply(dossier, 'approve', to={'department': BUREAU, 'person': asked.membership}).code, 'department',
          'not to oneself')
    equal(leader.act(dossier, 'approve')['stage'], 'office')
    equal(world.staff(OFFICER).dossier(dossier)['assigned'], None)


@case('P10 U4', 'a leader asks a colleague to take up what waits: told to the body, binding nobody; no stranger, not what somebody holds')
def assign(world):
    someone, clerk, leader, other = world.applicant(), world.staff(CLERK), world.staff(LEADER), world.staff(OTHER_CLERK)
    equal([(p['name'], p['role']) for p in clerk.get('/v1/catalog/colleagues').json['items']], [('覃国栋', 'leader'), ('韦晓岚', 'clerk')])
    equal(someone.get('/v1/catalog/colleagues').code, 'forbidden')
    dossier = someone.submitted()
    to = lambda person: {'to': {'person': person}}
    check('assign' in acts(leader, dossier) and 'assign' not in acts(clerk, dossier) | acts(someone, dossier))
    equal(clerk.act_reply(dossier, 'assign', **to(clerk.membership)).code, 'forbidden')
    for person in (other.membership, str(uuid.uuid4()), ''):
        reply = leader.act_reply(dossier, 'assign', **to(person))
        equal((reply.status, reply.code, reply.json['rule']['lifted_by']), (422, 'colleague', 'body'), person)
    for wrong in ({}, {'to': {'person': clerk.membership, 'department': BUREAU}}, {'to': {}}):
        equal(leader.act_reply(dossier, 'assign', **wrong).code, 'bad-json', wrong)
    for asked in (leader, clerk):
        seen = leader.act(dossier, 'assign', **to(asked.membership))
        equal((seen['stage'], seen['state'], seen['holder'], seen['assigned']['me']), ('unit', 'waiting', None, asked is leader))
        equal(asked.dossier(dossier)['assigned']['me'], True)
    equal(someone.dossier(dossier)['assigned'], None)
    told = lambda session: [i['act'] for i in session.get(f'/v1/dossiers/{dossier}/history').json['items']]
    equal((told(someone), told(clerk)), (['submit'], ['submit', 'assign', 'assign']))
    check('withdraw' in acts(someone, dossier), 'asking is no acceptance')
    leader.act(dossier, 'accept')
    equal(leader.act(dossier, 'release')['assigned']['name'], '韦晓岚', 'still asked')
    clerk.act(dossier, 'accept')
    equal(leader.act_reply(dossier, 'assign', **to(leader.membership)).code, 'held-by-other')
    leader.act(dossier, 'release')
    equal(leader.act(dossier, 'assign', **to(leader.membership))['assigned'], {'name': '覃国栋', 'me': True})


@case('P10 decision 13', 'nobody is asked to take up their own dossier, nor who no longer acts for the body')
def assign_nobody(world):
    owner, leader = world.sign_in(CLERK), world.staff(LEADER)
    dossier = owner.submitted()
    person = world.staff(CLERK).membership
    equal(leader.act_reply(dossier, 'assign', to={'person': person}).code, 'colleague')
    owner.act(dossier, 'withdraw')
    owner.act(dossier, 'abandon')
    dossier = world.applicant().submitted()
    with sqlite3.connect(world.server.database, timeout=20) as database:
        database.execute('UPDATE membership SET until_at = 1 WHERE id = ?', (person,))
        database.commit()
        equal(leader.act_reply(dossier, 'assign', to={'person': person}).code, 'colleague')
        equal([p['name'] for p in leader.get('/v1/catalog/colleagues').json['items']], ['覃国栋'])
        database.execute('UPDATE membership SET until_at = NULL WHERE id = ?', (person,))


@case('U6 SEC-S14', 'who no longer acts is neither sent a dossier nor asked when it comes back; enabled again they are')
def gone(world):
    clerk, bureau, officer = world.staff(CLERK), world.staff(BUREAU_CLERK), world.staff(OFFICER)
    person, to = bureau.membership, {'department': BUREAU, 'person': bureau.membership}
    of_bureau = ('--body', BUREAU, '--role', 'clerk')
    operator = lambda verb, *arguments: world.server.run('staff', verb, *arguments, stdin=BUREAU_CLERK + '\n')
    for out, back_in, arguments in (('disable', 'enable', of_bureau), ('suspend', 'resume', ())):
        dossier = world.applicant().submitted()
        clerk.act(dossier, 'accept')
        clerk.attest(dossier)
        operator(out, *arguments)
        equal(clerk.act_reply(dossier, 'approve', to=to).code, 'department', out)
        operator(back_in, *arguments)
        clerk.act(dossier, 'approve', to=to)
        bureau = world.staff(BUREAU_CLERK)
        equal(bureau.membership, person)
        for asked in (None, {'name': '卢思远', 'me': False}):
            bureau.act(dossier, 'accept')
            bureau.act(dossier, 'approve')
            officer.act(dossier, 'accept')
            if asked is None:
                operator(out, *arguments)
            officer.act(dossier, 'return-back', opinion='请补充')
            equal(world.staff(BUREAU_LEADER).dossier(dossier)['assigned'], asked, out)
            if asked is None:
                operator(back_in, *arguments)
                bureau = world.staff(BUREAU_CLERK)


@case('U6', 'one stage back goes to who sent it, also through several departments, and asks the person who did')
def one_back(world):
    someone, clerk, officer = world.applicant(), world.staff(CLERK), world.staff(OFFICER)
    bureau, ministry = world.staff(BUREAU_CLERK), world.staff(MINISTRY_CLERK)
    dossier = someone.submitted()
    clerk.act(dossier, 'accept')
    check('return-back' not in clerk.dossier(dossier)['actions'], 'nobody is before the unit but the applicant')
    clerk.attest(dossier)
    clerk.act(dossier, 'approve', to={'department': BUREAU, 'person': bureau.membership})
    bureau.act(dossier, 'accept')
    bureau.act(dossier, 'approve', to={'department': MINISTRY, 'person': ministry.membership})
    ministry.act(dossier, 'accept')
    ministry.act(dossier, 'approve')
    path = [(officer, MINISTRY, ministry), (ministry, BUREAU, bureau), (bureau, 'unit-southern-machinery', clerk)]
    for sender, body, receiver in path:
        sender.act(dossier, 'accept')
        check('return-back' in sender.dossier(dossier)['actions'])
        equal(sender.act_reply(dossier, 'return-back').code, 'opinion-required')
        sender.act(dossier, 'return-back', opinion='请核实')
        seen = receiver.dossier(dossier)
        equal((seen['state'], seen['assigned']['me']), ('waiting', True), body)
        check(dossier in {d['id'] for d in receiver.get('/v1/dossiers?limit=100').json['items']})
        check(dossier not in {d['id'] for d in sender.get('/v1/dossiers?limit=100').json['items']})
    clerk.act(dossier, 'accept')
    equal(clerk.act(dossier, 'approve')['stage'], 'office', 'straight on this time')
    officer.act(dossier, 'accept')
    officer.act(dossier, 'return-back', opinion='请再核实')
    equal(clerk.dossier(dossier)['stage'], 'unit', 'and straight back')


@case('U6 decision 13', 'who is the applicant cannot be the person asked')
def not_the_applicant(world):
    owner = world.sign_in(BUREAU_CLERK)
    dossier = owner.submitted()
    clerk, bureau = world.staff(CLERK), world.staff(BUREAU_CLERK)
    clerk.act(dossier, 'accept')
    clerk.attest(dossier)
    equal(clerk.act_reply(dossier, 'approve', to={'department': BUREAU, 'person': bureau.membership}).code, 'department')
    clerk.act(dossier, 'refuse', opinion='不符合条件')


@case('decision 13', 'nobody acts on their own dossier; a session for a body is not the owner')
def own(world):
    owner = world.sign_in(CLERK)
    dossier = owner.submitted()
    clerk = world.staff(CLERK)
    seen = clerk.dossier(dossier)
    equal(set(seen['actions']), {'view', 'progress'})
    for act in ('accept', 'withdraw', 'approve'):
        reply = clerk.act_reply(dossier, act)
        equal((reply.status, reply.code), (403, 'own-dossier'), act)
    owner.act(dossier, 'withdraw')
    owner.act(dossier, 'abandon')


@case('B1', 'the receipt: number, time, and a digest that somebody else recomputes from the published revision')
def receipt(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.new_dossier()
    pictures = someone.fill(dossier)
    told = someone.act(dossier, 'submit')['receipt']
    revision = someone.get(f'/v1/dossiers/{dossier}/revisions/1')
    published = revision.json
    equal((published['number'], published['revision'], published['submitted_at'], published['digest']),
          (told['number'], told['revision'], told['submitted_at'], told['digest']))
    equal(digest(published['content']), told['digest'])
    content = published['content']
    equal((content['dossier'], content['number'], content['target'], content['account']['id_number']),
          (dossier, told['number'], dict(TARGET, office='office-nanning'), someone.person.form['id_number'].upper()))
    equal(content['sections']['basic_information']['values']['identity_card_front'][0]['sha256'], pictures['front'].sha256)
    equal(clerk.get(f'/v1/dossiers/{dossier}/revisions/1').json, published)
    script = os.path.join(os.path.dirname(__file__), '..', 'support', 'receipt_digest.py')
    path = os.path.join(world.server.home, 'revision.json')
    image = os.path.join(world.server.home, 'image.jpg')
    for text, data, status in ((revision.body, pictures['front'].data, 0), (revision.body.replace('机械设计'.encode(), '机械制造'.encode()), pictures['front'].data, 1),
                               (revision.body, pictures['front'].data + b'x', 1)):
        with open(path, 'wb') as file:
            file.write(text)
        with open(image, 'wb') as file:
            file.write(data)
        equal(subprocess.run([sys.executable, script, path, image]).returncode, status)


@case('B2', 'actions are exactly what works: each one offered is granted, each one not offered is refused')
def actions(world):
    every = ('submit', 'withdraw', 'abandon', 'accept', 'release', 'approve', 'return', 'return-back', 'refuse')
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.new_dossier()
    someone.fill(dossier)
    places = [('draft', None), ('waiting', lambda: someone.act(dossier, 'submit')),
              ('in-review', lambda: clerk.act(dossier, 'accept')),
              ('returned', lambda: clerk.act(dossier, 'return', opinion='请改')),
              ('waiting', lambda: someone.act(dossier, 'submit'))]
    for state, step in places:
        if step:
            step()
        for who in (someone, clerk):
            reply = who.get(f'/v1/dossiers/{dossier}')
            if reply.status == 404:
                continue
            equal(reply.json['state'], state)
            offered = acts(who, dossier)
            for act in every:
                if act not in offered:
                    refused = who.act_reply(dossier, act, opinion='理由')
                    check(refused.status in (403, 409), state, act, refused)
            equal(who.dossier(dossier)['version'], reply.json['version'], 'a refused act changed something')


@case('B2 S3.5.1 S3.5.2', 'what is no act likewise: edit, retarget and delete work exactly where they are offered')
def other_actions(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.new_dossier()
    someone.fill(dossier)
    seen = lambda: someone.dossier(dossier)
    section = lambda: someone.section(dossier, 'work_summary').json
    tries = {
        'edit': lambda: someone.save(dossier, 'work_summary', section()['body'], section()['version']),
        'retarget': lambda: someone.request('PUT', f'/v1/dossiers/{dossier}/target',
                                            {'version': seen()['version'], 'target': TARGET}, key=str(uuid.uuid4())),
        'delete': lambda: someone.request('DELETE', f'/v1/dossiers/{dossier}', key=str(uuid.uuid4())),
    }
    steps = [('draft', None, {'edit', 'retarget', 'delete'}), ('waiting', lambda: someone.act(dossier, 'submit'), set()),
             ('withdrawn', lambda: someone.act(dossier, 'withdraw'), {'edit', 'retarget'}),
             ('waiting', lambda: someone.act(dossier, 'submit'), set()),
             ('in-review', lambda: clerk.act(dossier, 'accept'), set()),
             ('returned', lambda: clerk.act(dossier, 'return', opinion='请改'), {'edit', 'retarget'}),
             ('abandoned', lambda: someone.act(dossier, 'abandon'), set())]
    for state, step, wanted in steps:
        if step:
            step()
        equal((seen()['state'], set(seen()['actions']) & set(tries)), (state, wanted))
        for action, attempt in tries.items():
            if action not in wanted:
                equal(attempt().status, 409, state, action)
            elif action != 'delete':                 # it would be gone
                equal(attempt().status, 200, state, action)


@case('B2 S3.1.5b', 'an act on an older version is told the present state; the same key never acts twice')
def stale(world):
    someone, clerk, key = world.applicant(), world.staff(CLERK), str(uuid.uuid4())
    dossier = someone.submitted()
    old = clerk.dossier(dossier)['version']
    clerk.act(dossier, 'accept'), clerk.act(dossier, 'release')
    reply = clerk.post(f'/v1/dossiers/{dossier}/acts', {'act': 'accept', 'version': old})
    equal((reply.status, reply.code, reply.json['current']['version']), (409, 'stale', old + 2))
    body = {'act': 'accept', 'version': old + 2}
    first = clerk.post(f'/v1/dossiers/{dossier}/acts', body, key)
    again = clerk.post(f'/v1/dossiers/{dossier}/acts', body, key)
    equal((first.status, again.status, again.body), (200, 200, first.body))
    equal([i['act'] for i in clerk.get(f'/v1/dossiers/{dossier}/history').json['items']].count('accept'), 2)
    equal(clerk.request('POST', f'/v1/dossiers/{dossier}/acts', body).code, 'idempotency-key-required')


@case('P14 decision 6', 'the window closes to the millisecond, by the clock of the server at the moment of the request')
def window(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    someone.fill(dossier)

    def close_at(moment):
        with sqlite3.connect(world.server.database, timeout=20) as database:
            database.execute('UPDATE committee_scope SET ends_at = ? WHERE committee = ?', (moment, COMMITTEE))

    with sqlite3.connect(world.server.database) as database:
        end, = database.execute('SELECT DISTINCT ends_at FROM committee_scope WHERE committee = ?', (COMMITTEE,)).fetchone()
    try:
        close_at(int(time.time() * 1000))
        seen = someone.dossier(dossier)
        check('submit' not in seen['actions'])
        equal(seen['refused'], [{'action': 'submit', 'code': 'window-closed'}])
        reply = someone.act_reply(dossier, 'submit')
        equal((reply.status, reply.code), (409, 'window-closed'))
        equal(world.applicant().post('/v1/dossiers', {'business': 'evaluation', 'target': TARGET}).code, 'window-closed')
        close_at(int(time.time() * 1000) + 60000)
        someone.act(dossier, 'submit')
    finally:
        close_at(end)


@case('U4 decision 3', 'an idle claim returns by itself: the applicant may withdraw, a colleague may accept')
def idle_claim(world):
    someone, clerk, leader = world.applicant(), world.staff(CLERK), world.staff(LEADER)
    dossier = someone.submitted()
    clerk.act(dossier, 'accept')
    with sqlite3.connect(world.server.database, timeout=20) as database:
        database.execute('UPDATE dossier SET held_at = held_at - ? WHERE id = ?', (7 * 86400000, dossier))
    seen = leader.dossier(dossier)
    equal((seen['state'], seen['holder']), ('waiting', None))
    check('accept' in seen['actions'] and 'withdraw' in someone.dossier(dossier)['actions'])
    equal(clerk.act_reply(dossier, 'approve').code, 'not-accepted-yet')
    equal(leader.act(dossier, 'accept')['holder'], {'name': '覃国栋', 'me': True})


@case('SEC-S18', 'staff are people who registered and were named by whoever runs the server; there are no default accounts')
def named_staff(world):
    someone = world.applicant()
    mobile = someone.person.form['mobile']
    for arguments, mobile_line in ((('add', '--body', 'office-guilin', '--role', 'king'), mobile),
                                   (('add', '--body', 'no-such', '--role', 'clerk'), mobile),
                                   (('add', '--body', 'office-guilin', '--role', 'clerk'), '13599998888'),
                                   (('add', '--body', 'office-guilin'), mobile), ((), mobile)):
        equal(world.server.run('staff', *arguments, check=False, stdin=mobile_line + '\n').returncode, 1, arguments)
    world.server.run('staff', 'add', '--body', 'office-guilin', '--role', 'clerk', stdin=mobile + '\n')
    memberships = someone.get('/v1/me').json['memberships']
    equal([(m['role'], m['body']['name']) for m in memberships], [('clerk', '桂林市职称改革办公室')])
    check(world.server.run('demo', check=False).returncode == 1, 'a demo never mixes with real people')


@case('U3 S3.1.3b', 'the queue: order, pages, filters by state, name and ID number')
def queue(world):
    clerk = world.staff(OTHER_CLERK)
    target = dict(TARGET, unit='unit-guilin-landscape')
    people = [world.applicant() for _ in range(5)]
    dossiers = []
    for someone in people:
        dossier = someone.new_dossier(target)
        someone.fill(dossier)
        someone.act(dossier, 'submit')
        dossiers.append(dossier)
    clerk.act(dossiers[2], 'accept')
    ids = lambda query: [d['id'] for d in clerk.get('/v1/dossiers?' + query).json['items']]
    equal(ids(''), dossiers)
    equal(ids('sort=-submitted_at'), dossiers[::-1])
    equal(ids('state=waiting'), dossiers[:2] + dossiers[3:])
    equal(ids('state=in-review'), [dossiers[2]])
    equal(ids('state=all-open&level=senior'), [])
    equal(ids('business=evaluation&stage=unit&level=associate-senior'), dossiers)
    search = lambda **body: [d['id'] for d in clerk.request('POST', '/v1/searches', body).json['items']]
    equal(search(text=people[3].person.form['id_number']), [dossiers[3]])
    equal(search(text='110101199003078031'), [])
    equal(search(own_first=True), [dossiers[2], *dossiers[:2], *dossiers[3:]])
    from urllib.parse import quote
    name = people[1].person.form['name']
    equal(ids('text=' + quote(name)), [d for d, p in zip(dossiers, people) if p.person.form['name'] == name])
    equal(len(ids('text=' + quote('测'))), 5)
    pages, cursor = [], ''
    while cursor is not None:
        page = clerk.get(f'/v1/dossiers?limit=2{cursor and "&cursor=" + cursor}').json
        pages.append([d['id'] for d in page['items']])
        cursor = page['next']
    equal(pages, [dossiers[:2], dossiers[2:4], dossiers[4:]])
    equal(clerk.get('/v1/dossiers').json['total'], 5)
    for query in ('state=refused', 'sort=moon', 'year=x', 'stage=moon', 'limit=0', 'cursor=zzz', 'state=waiting&state=waiting'):
        equal(clerk.get('/v1/dossiers?' + query).code, 'bad-request', query)
    for query in ('SELECT d.id FROM dossier d WHERE d.at_body = ? ORDER BY d.submitted_at, d.id LIMIT 50',
                  "SELECT d.id FROM dossier d WHERE d.at_body = ? AND d.state = 'waiting' ORDER BY d.submitted_at, d.id LIMIT 50"):
        with sqlite3.connect(world.server.database) as database:
            plan = ' '.join(row[3] for row in database.execute('EXPLAIN QUERY PLAN ' + query, ('x',)))
        check('SCAN' not in plan and 'TEMP B-TREE' not in plan, plan)


@case('P15 U20 decision 22', 'the record: chained, append-only, and every reading by staff is noted')
def record(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    clerk.dossier(dossier), clerk.section(dossier, 'work_summary')
    world.server.end()
    with sqlite3.connect(world.server.database) as database:
        read = database.execute('SELECT DISTINCT body FROM reading WHERE dossier = ?', (dossier,)).fetchall()     # one row an hour
        equal(read, [('unit-southern-machinery',)])
        for statement in ("UPDATE event SET act = 'x'", 'DELETE FROM event', "UPDATE submission SET digest = 'x'",
                          'UPDATE event_payload SET content = x\'00\'', 'UPDATE reading SET at = 0', 'DELETE FROM reading'):
            try:
                database.execute(statement)
                check(False, statement)
            except sqlite3.IntegrityError:
                pass
        database.rollback()
        told = world.server.run('verify-log')
        check('events, each fits the one before it' in told, told)
        database.execute('DROP TRIGGER event_no_update')
        database.commit()
        seq, act = database.execute("SELECT seq, act FROM event WHERE act = 'submit' LIMIT 1").fetchone()
        change = lambda word: (database.execute('UPDATE event SET act = ? WHERE seq = ?', (word, seq)), database.commit())
        change('withdraw')
        found = world.server.run('verify-log', check=False)
        check(found.returncode == 1 and f'event {seq} ' in found.stderr, found)
        change(act)
        check('请更换照片'.encode() not in database.serialize(), 'an opinion lies there in clear')
    world.server.start()


@case('S3.1.3b', 'the feed tells owner and body what moved, and wakes who waits')
def feed(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    start, queue_start = someone.get('/v1/changes').json['cursor'], clerk.get('/v1/changes').json['cursor']
    dossier = someone.submitted()
    mine = someone.get(f'/v1/changes?since={start}&wait=5').json
    equal([(i['dossier'], i['gone']) for i in mine['items']], [(dossier, False)])
    theirs = clerk.get(f'/v1/changes?since={queue_start}&wait=5').json
    equal([(i['dossier'], i['version'], i['gone']) for i in theirs['items']], [(dossier, 2, False)])
    someone.act(dossier, 'withdraw')
    gone = clerk.get(f"/v1/changes?since={theirs['cursor']}&wait=5").json['items']
    equal([(i['dossier'], i['gone']) for i in gone], [(dossier, True)])
    check(someone.get('/v1/changes?since=abcd.1').status in (400, 410))


run(World, World.stop)
