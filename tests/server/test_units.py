#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Units register and are admitted: one form, one office's decision, one unit a credit code, its registrant the first leader (U1)."""
import collections
import sqlite3
import uuid

from actors import CLERK, LEVEL, COMMITTEE, OFFICER, OTHER_CLERK, SERIES, World, run_together
from tap import case, check, equal, run
from units import Registration, credit_code

COMMITTEE_CLERK, DEPARTMENT_CLERK = '13900000005', '13900000007'


def query(world, sql, *values):
    with sqlite3.connect(world.server.database) as database:
        return database.execute(sql, values).fetchall()


def units(world, code):
    return world.anyone_signed_in.get(f'/v1/catalog/units?q={code}').json['items']


def setup():
    world = World()
    world.anyone_signed_in, world.officer = world.applicant(), world.staff(OFFICER)
    return world


def act_for(session, body):
    """The session acts for that body from now on."""
    membership = next(m for m in session.get('/v1/me').json['memberships'] if m['body']['id'] == body)
    equal(session.request('PUT', '/v1/sessions/current/membership', {'membership': membership['id']}).status, 200)
    session.membership = membership['id']
    return membership


@case('U1', 'registered, returned, mended, admitted: the unit is there, its registrant is its first leader, and people can file with it')
def whole_way(world):
    someone, officer = world.applicant(), world.officer
    form = Registration(someone).fill()
    equal(someone.dossier(form.id)['registers'], None, 'nothing was submitted')
    form.submit()
    seen = someone.dossier(form.id)
    equal((seen['stage'], seen['state'], seen['target']['office']['id']), ('office', 'waiting', 'office-nanning'))
    wanted = {'name': form.name, 'credit_code': form.code, 'head': None, 'body': None}
    listed = officer.request('POST', '/v1/searches', {'business': 'unit_registration', 'state': 'waiting', 'limit': 100}).json['items']
    equal([item['registers'] for item in listed if item['id'] == form.id], [wanted])
    for picture in form.pictures.values():
        equal(officer.get(f'/v1/dossiers/{form.id}/images/{picture.sha256}').body, picture.data)
    officer.act(form.id, 'accept')
    equal(officer.act_reply(form.id, 'return').code, 'opinion-required')
    officer.act(form.id, 'return', opinion='公章印文不清，请重新拍照。')
    equal(someone.dossier(form.id)['returned']['opinion'], '公章印文不清，请重新拍照。')
    former, form.name, form.code = form.code, '南宁测试改名有限公司', credit_code()
    form.rename(registered_name=form.name, social_credit_code=form.code)
    form.submit()
    equal(officer.dossier(form.id)['registers'], {'name': form.name, 'credit_code': form.code, 'head': None, 'body': None})
    equal((units(world, form.code), someone.get('/v1/me').json['memberships']), ([], []), 'not yet')
    equal(form.pass_by(officer)['state'], 'passed')

    body = someone.dossier(form.id)['registers']['body']
    equal(units(world, form.code), [{'id': body, 'name': form.name, 'credit_code': form.code, 'region': '450100'}])
    equal(units(world, former), [], 'the code of before is nobody\'s')
    equal(query(world, 'SELECT kind, office FROM body WHERE id = ?', body), [('unit', 'office-nanning')])
    mine = someone.get('/v1/me').json['memberships']
    equal([(m['role'], m['body']['id'], m['body']['name']) for m in mine], [('leader', body, form.name)])
    act_for(someone, body)
    employee = world.applicant()
    dossier = employee.new_dossier({'unit': body, 'series': SERIES, 'level': LEVEL, 'committee': COMMITTEE})
    employee.fill(dossier)
    employee.act(dossier, 'submit')
    equal([item['id'] for item in someone.get('/v1/dossiers').json['items']], [dossier])
    equal(someone.act(dossier, 'accept')['holder']['me'], True)


@case('U1 decisions 22', 'admission stands in the chained record: who, which body, by which dossier')
def recorded(world):
    form = Registration(world.applicant()).fill().submit()
    form.pass_by(world.officer)
    body = form.session.dossier(form.id)['registers']['body']
    equal(query(world, 'SELECT account, body, role, dossier FROM event WHERE act = ? AND subject = ?', 'body-admitted', form.id),
          [(form.session.account['id'], body, 'office', None)])
    world.server.run('verify-log')
    equal([item['act'] for item in form.session.get(f'/v1/dossiers/{form.id}/history').json['items']][-3:], ['submit', 'accept', 'approve'])


@case('U1 S3.1.3a', 'what is missing or wrong is told by field, and nothing is submitted')
def incomplete(world):
    someone = world.applicant()
    form = Registration(someone)
    reply = someone.act_reply(form.id, 'submit')
    told = {(p['section'], p['field']) for p in reply.json['problems']}
    equal((reply.status, reply.code), (422, 'incomplete'))
    for place in (('unit_profile', 'registered_name'), ('unit_profile', 'social_credit_code'), ('unit_papers', 'licence_pages'),
                  ('unit_papers', 'registrar_portrait'), ('unit_papers', 'seal_imprint'), ('unit_pledge', 'unit_pledge_consent')):
        check(place in told, place, told)
    form.fill()
    for code in ('91350100M000100Y44', '91350100m000100y43', '9135010000', '９１３５０１００Ｍ０００１００Ｙ４３', "' OR 1=1 --"):
        form.rename(social_credit_code=code)
        reply = someone.act_reply(form.id, 'submit')
        equal((reply.code, [(p['field'], p['code']) for p in reply.json['problems']]),
              ('incomplete', [('social_credit_code', 'credit-code')]), code)
    form.rename(social_credit_code=form.code, unit_industry='占卜业')
    equal([p['code'] for p in someone.act_reply(form.id, 'submit').json['problems']], ['not-a-choice'])
    equal(query(world, 'SELECT count (*) FROM registration WHERE dossier = ?', form.id), [(0,)])


@case('U1 SEC-S23', 'names are kept to the letter')
def names(world):
    for name in ("'; DROP TABLE body; --有限公司", '广西𠮷祥（集团）·%_有限公司'):
        form = Registration(world.applicant(), name=name).fill().submit()
        form.pass_by(world.officer)
        equal([unit['name'] for unit in units(world, form.code)], [name])


@case('U1', 'one open registration a person, told which; a second unit after the first is done with')
def one_open(world):
    someone = world.applicant()
    first = Registration(someone)
    reply = someone.post('/v1/dossiers', {'business': 'unit_registration', 'target': {'office': 'office-guilin'}})
    equal((reply.status, reply.code, reply.json['existing']), (409, 'one-open-per-person', first.id))
    someone.new_dossier()                     # what one applies for oneself is another matter
    first.fill().submit().pass_by(world.officer)
    second = Registration(someone).fill().submit()
    world.officer.act(second.id, 'accept')
    world.officer.act(second.id, 'refuse', opinion='证照已注销。')
    equal((someone.dossier(second.id)['state'], units(world, second.code)), ('refused', []))
    Registration(someone)


@case('U1', 'a credit code that is a unit\'s already is refused when it is submitted, and the registration stays a draft')
def taken(world):
    form = Registration(world.applicant(), code='91450100DEMA00001P').fill()
    reply = form.session.act_reply(form.id, 'submit')
    equal((reply.status, reply.code, reply.json['rule']['lifted_by']), (409, 'credit-code-taken', 'unit'))
    seen = form.session.dossier(form.id)
    equal((seen['state'], seen['submissions'], seen['registers']), ('draft', 0, None))
    form.rename(social_credit_code=form.code.replace('P', 'Q'))
    equal(form.session.act_reply(form.id, 'submit').code, 'incomplete')
    form.rename(social_credit_code=credit_code())
    form.submit()


@case('U1', 'two of one credit code, both under review: the one passed first is the unit, the other is told and can only be returned')
def second(world):
    code = credit_code()
    one, two = (Registration(world.applicant(), name=f'南宁测试同码{i}有限公司', code=code).fill().submit() for i in '甲乙')
    world.officer.act(two.id, 'accept')
    one.pass_by(world.officer)
    before = world.officer.dossier(two.id)
    reply = world.officer.act_reply(two.id, 'approve')
    equal((reply.status, reply.code), (409, 'credit-code-taken'))
    equal(world.officer.dossier(two.id), before)
    equal((two.session.get('/v1/me').json['memberships'], [unit['name'] for unit in units(world, code)]), ([], [one.name]))
    world.officer.act(two.id, 'return', opinion='该代码的单位已经注册。')
    equal(two.session.dossier(two.id)['state'], 'returned')


@case('U1 SEC-S36', 'six of one credit code are passed at the same moment: one unit, one leader, and each of the others told')
def race(world):
    for _ in range(3):
        code = credit_code()
        forms = [Registration(world.applicant(), code=code).fill().submit() for _ in range(6)]
        for form in forms:
            world.officer.act(form.id, 'accept')
        versions = [world.officer.dossier(form.id)['version'] for form in forms]
        replies = run_together(6, lambda i: world.officer.post(f'/v1/dossiers/{forms[i].id}/acts',
                                                               {'act': 'approve', 'version': versions[i]}))
        equal(collections.Counter(r.status if r.status == 200 else r.code for r in replies), {200: 1, 'credit-code-taken': 5})
        won = next(form for form, reply in zip(forms, replies) if reply.status == 200)
        body = won.session.dossier(won.id)['registers']['body']
        equal(query(world, 'SELECT id FROM body WHERE credit_code = ?', code), [(body,)])
        equal(query(world, 'SELECT account FROM membership WHERE body = ?', body), [(won.session.account['id'],)])
        states = collections.Counter(form.session.dossier(form.id)['state'] for form in forms)
        equal(states, {'passed': 1, 'in-review': 5})
    world.server.run('verify-log')


@case('U1 decisions 20', 'the same decision sent ten times at once with one key: one unit')
def same_key(world):
    form = Registration(world.applicant()).fill().submit()
    world.officer.act(form.id, 'accept')
    key, body = str(uuid.uuid4()), {'act': 'approve', 'version': world.officer.dossier(form.id)['version']}
    replies = run_together(10, lambda _: world.officer.post(f'/v1/dossiers/{form.id}/acts', body, key))
    check(all(r.status == 200 or r.code == 'idempotency-key-running' for r in replies), replies)
    equal(len(query(world, 'SELECT id FROM body WHERE credit_code = ?', form.code)), 1)


@case('U1 decision 13', 'nobody of an office admits the unit that they registered themselves')
def own(world):
    registrar = world.sign_in(OFFICER)
    form = Registration(registrar).fill().submit()
    equal(world.officer.act_reply(form.id, 'accept').code, 'own-dossier')
    check('accept' not in world.officer.dossier(form.id)['actions'])
    equal(registrar.act(form.id, 'withdraw')['state'], 'withdrawn')


@case('U1 SEC-S19', 'a registration is there for its registrant and the office it went to, and for nobody else')
def others(world):
    form = Registration(world.applicant()).fill().submit()
    form.pass_by(world.officer)
    picture = form.pictures['seal'].sha256
    for mobile in (CLERK, OTHER_CLERK, COMMITTEE_CLERK, DEPARTMENT_CLERK, None):
        other = world.staff(mobile) if mobile else world.applicant()
        for rest in ('', '/history', '/revisions/1', '/sections/unit_profile', f'/images/{picture}'):
            equal(other.get(f'/v1/dossiers/{form.id}{rest}').code, 'not-found', mobile, rest)
        equal(other.post(f'/v1/dossiers/{form.id}/acts', {'act': 'accept', 'version': 1}).code, 'not-found')


@case('U1 SEC-S20 SEC-S21', 'passing is the office\'s alone: no office, another kind of body, a state or a body sent along')
def no_shortcut(world):
    someone = world.applicant()
    begin = lambda target, **more: someone.post('/v1/dossiers', {'business': 'unit_registration', 'target': target, **more})
    for target in ({'office': 'office-nowhere'}, {'office': 'unit-southern-machinery'}, {'office': 'committee-nanning-engineering-senior'}):
        equal(begin(target).code, 'target', target)
    for target in ({}, {'office': 'office-nanning', 'unit': 'unit-southern-machinery'}, {'office': None}):
        equal(begin(target).code, 'bad-json', target)
    equal(begin({'office': 'office-nanning'}, state='passed').code, 'bad-json')
    form = Registration(someone).fill()
    for act in ('approve', 'accept'):
        equal(someone.act_reply(form.id, act).code, 'forbidden')
    form.submit()
    for more in ({'body': 'unit-southern-machinery'}, {'registers': {}}, {'credit_code': form.code}):
        equal(world.officer.act_reply(form.id, 'accept', **more).code, 'bad-json', more)
    equal(world.officer.act_reply(form.id, 'approve').code, 'not-accepted-yet')


@case('U1 S0.1', 'the list of businesses says which of them takes in a unit')
def businesses(world):
    told = {item['id']: item['admits'] for item in world.anyone_signed_in.get('/v1/businesses').json['items']}
    equal((told['unit_registration'], told['evaluation']), ('unit', None))


run(setup, World.stop)
