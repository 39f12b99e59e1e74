#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Units that change: a new name, a new seal, asked for by a leader, decided by the office, on record for good; branches under their
head company; how long a registration waits (U1, U2)."""
import json
import os
import sqlite3
import uuid

from actors import CLERK, COMMITTEE, LEVEL, OFFICER, SERIES, World
from clock import Clock
from tap import case, check, equal, run
from units import Change, Registration, credit_code

LEADER_OF_SOUTHERN, OTHER_OFFICER = '13900000002', '13900000006'


def query(world, sql, *values):
    with sqlite3.connect(world.server.database) as database:
        return database.execute(sql, values).fetchall()


def admitted(world, **values):
    """A unit that has just been admitted: its registration, and the id of the unit."""
    form = Registration(world.applicant()).fill()
    if values:
        form.rename(**values)
    form.submit().pass_by(world.officer)
    return form, form.session.dossier(form.id)['registers']['body']


def act_for(session, body):
    """Another session of the same person, which acts for that body."""
    other = session.world.sign_in(session.person.form['mobile'], session.person.form['password'])
    membership = next(m for m in other.account['memberships'] if m['body']['id'] == body)
    equal(other.request('PUT', '/v1/sessions/current/membership', {'membership': membership['id']}).status, 200)
    return other


def log(session, body):
    """What changed, the latest first: what, from, to, who asked, who decided."""
    reply = session.get(f'/v1/bodies/{body}')
    equal(reply.status, 200, reply)
    return [(c['what'], c['from'], c['to'], c['requested_by'], c['decided_by']['name'], c['decided_by']['body'], c['dossier'])
            for c in reply.json['changes']]


def setup():
    world = World()
    world.officer = world.staff(OFFICER)
    return world


OFFICE_NAME = '南宁市职称改革办公室'


@case('U2 S3.1.4', 'a leader files a new name, the office passes it: the unit bears it at once, what was submitted before keeps the old')
def rename(world):
    form, unit = admitted(world)
    old, new, boss = form.name, '广西测试更名集团有限公司', form.session
    employee = world.applicant()
    dossier = employee.new_dossier({'unit': unit, 'series': SERIES, 'level': LEVEL, 'committee': COMMITTEE})
    employee.fill(dossier)
    employee.act(dossier, 'submit')

    change = Change(boss, unit, 'unit_rename').fill(name=new)
    equal(boss.dossier(change.id)['resolved']['target.unit'], old)
    change.submit()
    seen = world.officer.dossier(change.id)
    equal((seen['stage'], seen['state'], seen['target']['office']['id'], seen['target']['unit']['name'], seen['registers']),
          ('office', 'waiting', 'office-nanning', old, None))
    equal(world.officer.get(f'/v1/dossiers/{change.id}/images/{change.proof.sha256}').body, change.proof.data)
    name = lambda: [item['name'] for item in boss.get(f'/v1/catalog/units?q={form.code}').json['items']]
    equal(name(), [old], 'not yet')
    equal(change.pass_by(world.officer)['state'], 'passed')
    equal(name(), [new])
    equal([m['body']['name'] for m in boss.get('/v1/me').json['memberships']], [new])
    equal(employee.dossier(dossier)['target']['unit']['name'], new, 'where it lies is told by its present name')
    for session, which in ((employee, dossier), (boss, change.id)):
        equal(session.dossier(which)['resolved']['target.unit'], old, 'what was submitted stays as submitted')
        equal(session.get(f'/v1/dossiers/{which}/revisions/1').json['content']['target_names']['unit'], old)
    later = world.applicant()
    begun = later.new_dossier({'unit': unit, 'series': SERIES, 'level': LEVEL, 'committee': COMMITTEE})
    equal(later.dossier(begun)['resolved']['target.unit'], new)


@case('U2 P15 decision 22', 'the log tells who, when, from what to what, to the leader and to the office; the chain holds the same')
def logged(world):
    form, unit = admitted(world)
    seal, boss = form.pictures['seal'], form.session
    name = Change(boss, unit, 'unit_rename').fill(name='广西测试改制有限公司').submit()
    name.pass_by(world.officer)
    stamp = Change(boss, unit, 'unit_seal').fill().submit()
    stamp.pass_by(world.officer)
    who, officer = boss.account['name'], world.officer.account['name']
    wanted = [('seal', seal.sha256, stamp.seal.sha256, who, officer, OFFICE_NAME, stamp.id),
              ('name', form.name, '广西测试改制有限公司', who, officer, OFFICE_NAME, name.id),
              ('name', None, form.name, who, officer, OFFICE_NAME, form.id), ('seal', None, seal.sha256, who, officer, OFFICE_NAME, form.id)]
    equal(log(world.officer, unit), wanted)
    leader = act_for(boss, unit)
    equal(log(leader, unit), [(*row[:4], None, *row[5:]) for row in wanted], 'which officer it was is the office\'s to know')
    for picture in (seal, stamp.seal):
        for session in (leader, world.officer):
            equal(session.get(f'/v1/bodies/{unit}/seals/{picture.sha256}').body, picture.data)
    equal(query(world, "SELECT act, account, role, subject FROM event WHERE body = ? AND act LIKE 'body-%' ORDER BY seq", unit),
          [('body-admitted', boss.account['id'], 'office', form.id), ('body-changed', world.officer.account['id'], 'office', name.id),
           ('body-changed', world.officer.account['id'], 'office', stamp.id)])
    equal(query(world, 'SELECT count (*) FROM event e JOIN event_payload p ON p.seq = e.seq WHERE e.body = ? AND e.payload IS NOT NULL'
                       " AND e.act LIKE 'body-%'", unit), [(3,)], 'old and new are under the chain')
    world.server.run('verify-log')
    with sqlite3.connect(world.server.database) as database:
        for spoil in ("UPDATE body_change SET became = 'x'", 'DELETE FROM body_change'):
            try:
                database.execute(spoil)
            except sqlite3.IntegrityError:
                continue
            raise AssertionError(spoil)


@case('U2', 'an imported unit has no log: its first new name is told with the one it was imported with')
def imported(world):
    unit, boss = 'unit-southern-machinery', world.sign_in(LEADER_OF_SOUTHERN)
    old = next(m['body']['name'] for m in boss.account['memberships'] if m['body']['id'] == unit)
    equal(world.officer.get(f'/v1/bodies/{unit}').json['changes'], [])
    stamp = Change(boss, unit, 'unit_seal').fill().submit()
    stamp.pass_by(world.officer)
    name = Change(boss, unit, 'unit_rename').fill(name=old + '（测试）').submit()
    name.pass_by(world.officer)
    equal([row[:3] for row in log(world.officer, unit)], [('name', old, old + '（测试）'), ('seal', None, stamp.seal.sha256)])


@case('U3 U2', "a queue finds a dossier by the name that its unit bears now, wherever it lay when that changed; a registration by the name it asks for")
def found_by_name(world):
    form = Registration(world.applicant()).fill().submit()
    found = lambda session, name: {d['id'] for d in session.request('POST', '/v1/searches', {'unit_name': name}).json['items']}
    equal((found(world.officer, form.name), found(world.officer, form.name[1:])), ({form.id}, set()))
    form.pass_by(world.officer)
    unit, old, new, newest = form.session.dossier(form.id)['registers']['body'], form.name, '广西测试易名有限公司', '广西测试再易名有限公司'
    leader, stamp = act_for(form.session, unit), Change(form.session, unit, 'unit_seal').fill().submit()
    people = [world.applicant(), world.applicant()]
    dossiers = [p.new_dossier({'unit': unit, 'series': SERIES, 'level': LEVEL, 'committee': COMMITTEE}) for p in people]
    for someone, dossier in zip(people, dossiers):
        someone.fill(dossier)
        someone.act(dossier, 'submit')
    equal((found(leader, old), found(world.officer, old)), (set(dossiers), {stamp.id}))
    leader.act(dossiers[1], 'accept')
    leader.act(dossiers[1], 'return', opinion='请补充。')
    Change(form.session, unit, 'unit_rename').fill(name=new).submit().pass_by(world.officer)
    equal((found(leader, new), found(world.officer, new)), ({dossiers[0]}, {stamp.id}))
    equal((found(leader, old), found(world.officer, old)), (set(), set()))
    people[1].act(dossiers[1], 'submit')
    equal(found(leader, new), set(dossiers), 'it came back under the new name')
    path = os.path.join(world.server.home, 'renamed.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'bodies': [{'id': unit, 'kind': 'unit', 'name': newest, 'credit_code': form.code, 'region': '450100',
                               'office': 'office-nanning'}]}, file)
    world.server.run('import', path)
    equal((found(leader, newest), found(leader, new), found(world.officer, newest)), (set(dossiers), set(), {stamp.id}))
    equal({d['target']['unit']['name'] for d in leader.get('/v1/dossiers').json['items']}, {newest}, 'as the queue shows it')


@case('U2', 'returned with a reason, mended, refused: nothing changes but by passing')
def undecided(world):
    form, unit = admitted(world)
    change = Change(form.session, unit, 'unit_rename').fill(name='广西测试未定有限公司').submit()
    world.officer.act(change.id, 'accept')
    equal(world.officer.act_reply(change.id, 'return').code, 'opinion-required')
    world.officer.act(change.id, 'return', opinion='批复文号不清。')
    equal(form.session.dossier(change.id)['returned']['opinion'], '批复文号不清。')
    change.submit()
    world.officer.act(change.id, 'accept')
    world.officer.act(change.id, 'refuse', opinion='登记机关未予核准。')
    equal([row[:3] for row in log(world.officer, unit)][:1], [('name', None, form.name)])
    Change(form.session, unit, 'unit_rename').fill(name='广西测试再来有限公司').submit().pass_by(world.officer)
    equal(world.officer.get(f'/v1/bodies/{unit}').json['name'], '广西测试再来有限公司')


@case('U2 SEC-S20', 'only a leader of that very unit asks: when it is begun, addressed, submitted, and still when it passes')
def leaders_only(world):
    form, unit = admitted(world)
    other, other_unit = admitted(world)
    clerk = world.sign_in(CLERK)
    begin = lambda session, target: Change(session, target, 'unit_rename').begun
    for session, target in ((world.applicant(), unit), (other.session, unit), (clerk, 'unit-southern-machinery'), (form.session, other_unit)):
        equal((begin(session, target).status, begin(session, target).code), (403, 'not-a-leader'), target)
    equal(begin(form.session, 'unit-nowhere').code, 'target')
    change = Change(form.session, unit, 'unit_rename').fill(name='广西测试负责有限公司')
    version = form.session.dossier(change.id)['version']
    reply = form.session.request('PUT', f'/v1/dossiers/{change.id}/target', {'version': version, 'target': {'unit': other_unit}}, key=str(uuid.uuid4()))
    equal(reply.code, 'not-a-leader')

    def set_until(when):
        with sqlite3.connect(world.server.database) as database:
            database.execute('UPDATE membership SET until_at = ? WHERE body = ?', (when, unit))
    set_until(1)
    reply = form.session.act_reply(change.id, 'submit')
    equal((reply.status, reply.code, reply.json['rule']['lifted_by']), (403, 'not-a-leader', 'unit'))
    equal(form.session.dossier(change.id)['state'], 'draft')
    set_until(None)
    change.submit()
    world.officer.act(change.id, 'accept')
    set_until(1)
    equal(world.officer.act_reply(change.id, 'approve').code, 'not-a-leader')
    equal((world.officer.dossier(change.id)['state'], world.officer.get(f'/v1/bodies/{unit}').json['name']), ('in-review', form.name))
    world.officer.act(change.id, 'return', opinion='申请人已不是负责人。')


@case('U2', 'an office lists the units that report to it, a leader those that they lead: of those each may see the log, or ask for a change')
def lists(world):
    form, unit = admitted(world)
    other = Registration(world.applicant(), office='office-guilin').fill().submit()
    found = lambda session, which, text: [u['name'] for u in session.get(f'/v1/catalog/{which}?q={text}').json['items']]
    equal(found(world.officer, 'reporting-units', form.code), [form.name])
    equal(found(form.session, 'led-units', ''), [form.name])
    equal(found(act_for(form.session, unit), 'led-units', ''), [form.name])
    equal(found(world.applicant(), 'led-units', ''), [])
    clerk = world.staff(CLERK)
    equal((found(clerk, 'led-units', ''), found(clerk, 'reporting-units', '')), ([], []), 'a clerk of a unit')
    with sqlite3.connect(world.server.database) as database:
        database.execute("UPDATE body SET office = 'office-guilin' WHERE id = ?", (unit,))
    equal((found(world.officer, 'reporting-units', form.code), world.officer.get(f'/v1/bodies/{unit}').code), ([], 'not-found'))
    equal(world.officer.get(f'/v1/dossiers/{other.id}').code, 'not-found')
    equal(world.applicant().get('/v1/catalog/reporting-units').code, 'forbidden')


@case('U2 SEC-S19', 'a body, its log and its seals are there for its leaders and its office, and for nobody else')
def others(world):
    form, unit = admitted(world)
    other, other_unit = admitted(world)
    seal = form.pictures['seal'].sha256
    paths = f'/v1/bodies/{unit}', f'/v1/bodies/{unit}/seals/{seal}'
    for session in (world.staff(CLERK), world.staff(LEADER_OF_SOUTHERN), act_for(other.session, other_unit)):
        for path in paths:
            equal(session.get(path).code, 'not-found', path)
    equal([form.session.get(path).code for path in paths], ['forbidden'] * 2, 'as oneself one acts for no body')
    equal(world.officer.get(f'/v1/bodies/{unit}/seals/{other.pictures["seal"].sha256}').code, 'not-found', 'of another unit')
    equal(world.officer.get(f'/v1/bodies/{unit}/seals/{form.pictures["licence"].sha256}').code, 'not-found', 'no seal')
    equal(world.officer.get(f'/v1/bodies/{other_unit}').status, 200)


@case('U2', 'a branch registers under its head: told to the office, on the page of both, and its dossiers are its own to review')
def branch(world):
    head, head_unit = admitted(world)
    form = Registration(world.applicant()).fill()
    form.rename(is_branch=True)
    equal([p['code'] for p in form.session.act_reply(form.id, 'submit').json['problems']], ['required'])
    form.rename(head_credit_code=head.code)
    form.submit()
    told = {'name': head.name, 'credit_code': head.code}
    listed = world.officer.request('POST', '/v1/searches', {'business': 'unit_registration', 'limit': 100}).json['items']
    equal([item['registers']['head'] for item in listed if item['id'] == form.id], [told])
    form.pass_by(world.officer)
    unit = form.session.dossier(form.id)['registers']['body']
    equal(world.officer.get(f'/v1/bodies/{unit}').json['head'], {'id': head_unit, **told})
    equal(act_for(head.session, head_unit).get(f'/v1/bodies/{head_unit}').json['branches'],
          [{'id': unit, 'name': form.name, 'credit_code': form.code}])
    equal(act_for(head.session, head_unit).get(f'/v1/bodies/{unit}').code, 'not-found', 'its log is not the head\'s')
    employee = world.applicant()
    dossier = employee.new_dossier({'unit': unit, 'series': SERIES, 'level': LEVEL, 'committee': COMMITTEE})
    employee.fill(dossier)
    employee.act(dossier, 'submit')
    equal(act_for(form.session, unit).act(dossier, 'accept')['holder']['me'], True)
    equal(act_for(head.session, head_unit).get(f'/v1/dossiers/{dossier}').code, 'not-found')


@case('U2 P15', 'a leader asks for another head, or none any more: it counts once it passes, for both heads, and stands in the log')
def superior(world):
    (first, first_unit), (second, second_unit), (form, unit) = admitted(world), admitted(world), admitted(world, is_branch=False)
    head = lambda: world.officer.get(f'/v1/bodies/{unit}').json['head']
    branches = lambda body: [b['id'] for b in world.officer.get(f'/v1/bodies/{body}').json['branches']]
    equal(head(), None)
    for code, name, became in ((first.code, first.name, first_unit), (second.code, second.name, second_unit), ('', None, None)):
        before = head()
        change = Change(form.session, unit, 'unit_superior').fill(head=code).submit()
        equal(head(), before, 'not yet')
        change.pass_by(world.officer)
        equal((head() or {}).get('id'), became)
        equal(log(world.officer, unit)[0], ('head', before and before['name'], name, form.session.account['name'], world.officer.account['name'],
                                            OFFICE_NAME, change.id))
        equal((branches(first_unit), branches(second_unit)), ([unit] * (became == first_unit), [unit] * (became == second_unit)))
    equal([row[:3] for row in log(world.officer, unit)[3:]], [('name', None, form.name), ('seal', None, form.pictures['seal'].sha256)])
    equal(query(world, "SELECT count (*) FROM event WHERE body = ? AND act = 'body-changed' AND payload IS NOT NULL", unit), [(3,)])
    world.server.run('verify-log')


@case('U2', 'no circle: a unit is no head of itself, nor is what lies below it, however far; told at submission, and still when it passes')
def no_circle(world):
    top, top_unit = admitted(world)
    middle, middle_unit = admitted(world, is_branch=True, head_credit_code=top.code)
    low, _ = admitted(world, is_branch=True, head_credit_code=middle.code)
    equal(log(world.officer, middle_unit)[0][:3], ('head', None, top.name), 'the first head is in the log as well')
    other, other_unit = admitted(world)
    change = Change(top.session, top_unit, 'unit_superior')
    for code, wanted in ((top.code, 'head-below'), (middle.code, 'head-below'), (low.code, 'head-below'), (credit_code(), 'head-unknown')):
        change.fill(head=code)
        reply = top.session.act_reply(change.id, 'submit')
        equal((reply.status, reply.code), (422, wanted), code)
        equal(top.session.dossier(change.id)['state'], 'draft')
    change.fill(head=other.code).submit()
    Change(other.session, other_unit, 'unit_superior').fill(head=low.code).submit().pass_by(world.officer)
    world.officer.act(change.id, 'accept')
    equal(world.officer.act_reply(change.id, 'approve').code, 'head-below', 'which it was not when it was submitted')
    equal(world.officer.get(f'/v1/bodies/{top_unit}').json['head'], None)
    world.officer.act(change.id, 'return', opinion='总机构已成为本单位的下属机构。')


@case('U2', 'no head that is no unit: unknown, the branch itself, another kind of body; told at submission, and it stays a draft')
def no_head(world):
    form = Registration(world.applicant()).fill()
    office_code = credit_code()
    with sqlite3.connect(world.server.database) as database:
        database.execute("UPDATE body SET credit_code = ? WHERE id = 'office-guilin'", (office_code,))
    for code in (credit_code(), form.code, office_code):
        form.rename(is_branch=True, head_credit_code=code)
        reply = form.session.act_reply(form.id, 'submit')
        equal((reply.status, reply.code), (422, 'head-unknown'), code)
        equal(form.session.dossier(form.id)['state'], 'draft')
    form.rename(is_branch=False)
    form.submit().pass_by(world.officer)
    unit = form.session.dossier(form.id)['registers']['body']
    equal(world.officer.get(f'/v1/bodies/{unit}').json['head'], None, 'what does not apply is not submitted')


@case('U2 S0.1', 'the list of businesses says which of them change a unit')
def businesses(world):
    told = {item['id']: (item['admits'], item['amends']) for item in world.applicant().get('/v1/businesses').json['items']}
    equal([told[f'unit_{name}'] for name in ('registration', 'rename', 'seal', 'superior')], [('unit', None), *[(None, 'unit')] * 3])
    equal(told['evaluation'], (None, None))


# when it is looked at, after having been submitted on Tuesday 29 September 2026 at 23:30: the working days since
AGES = [('2026-09-29T23:59:59', 0), ('2026-09-30T00:00:01', 1), ('2026-10-07T12:00:00', 1), ('2026-10-08T09:00:00', 2),
        ('2026-10-09T09:00:00', 3), ('2026-10-10T09:00:00', 4), ('2026-10-12T09:00:00', 5), ('2027-01-04T09:00:00', None)]


@case('U1 decision 7', 'how long a registration waits is told in working days by the national calendar, in the queue and in the dossier')
def age(_):
    clock = Clock('2026-09-29T23:30:00', applicant_idle_days=365)
    world = clock.world
    try:
        form = Registration(world.applicant()).fill()
        equal(form.session.dossier(form.id)['waiting'], None, 'a draft waits for nobody')
        form.submit()
        for instant, days in AGES:
            clock.set_to(instant)
            officer = world.staff(OFFICER)
            wanted = {'working_days': days, 'within': 3}
            equal(officer.dossier(form.id)['waiting'], wanted, instant)
            listed = officer.request('POST', '/v1/searches', {'business': 'unit_registration'}).json['items']
            equal([item['waiting'] for item in listed], [wanted], instant)
        clock.set_to('2026-10-08T10:00:00')
        officer = world.staff(OFFICER)
        equal(officer.act(form.id, 'accept')['waiting'], {'working_days': 2, 'within': 3}, 'whoever has it in hand is still waited for')
        equal(officer.act(form.id, 'approve')['waiting'], None)
        equal(json.dumps(form.session.dossier(form.id)['waiting']), 'null')
    finally:
        clock.stop()


run(setup, World.stop)
