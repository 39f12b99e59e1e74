#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the applicant holds a title already, which a form can ask for (account.has_title): told by what this server granted
them, as it is while they edit, as it was once they have sent (decisions 15)."""
import json
import os
import tempfile

from actors import CLERK, OFFICER, UNIT, World
from tap import case, check, equal, run

REASON = {'values': {'reason': '手艺已成'}}
DIPLOMA = {'values': {'diploma_name': '匠人'}}


def guild(name, target):
    """A form that asks whoever holds a title which it is."""
    return {
        'id': name, 'revision': 1, 'title': '行会评定', 'year_rule': 'one-open-per-person', 'target': target,
        'stages': ['unit', 'office', 'certificate'], 'resubmit': 'first-stage', 'instructions': '据实填写。',
        'sections': [
            {'id': 'wish', 'title': '申请', 'fields': [{'id': 'reason', 'type': 'text', 'label': '理由', 'required': True}]},
            {'id': 'diploma', 'title': '现有职称', 'when': {'account.has_title': ['true']},
             'fields': [{'id': 'diploma_name', 'type': 'text', 'label': '名称', 'required': True}]}]}


def setup():
    world = World()
    for name, target in (('guild', ['unit', 'level']), ('craft', ['unit', 'level']), ('club', ['unit'])):
        path = os.path.join(tempfile.mkdtemp(dir=world.server.home), 'form.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(guild(name, target), file, ensure_ascii=False)
        world.server.run('import', path)
    world.clerk, world.officer = world.staff(CLERK), world.staff(OFFICER)
    return world


def teardown(world):
    world.stop()


def begin(someone, business):
    target = {'unit': UNIT} | ({} if business == 'club' else {'level': 'junior'})
    reply = someone.post('/v1/dossiers', {'business': business, 'target': target})
    equal(reply.status, 201, reply)
    dossier = reply.json['id']
    equal(someone.save(dossier, 'wish', REASON, 0).status, 200)
    return dossier


def approve(staff, dossier):
    staff.act(dossier, 'accept')
    staff.act(dossier, 'approve')


def states(someone, dossier):
    return {section['id']: section['state'] for section in someone.dossier(dossier)['sections']}


def asked_for(reply):
    return {(problem['section'], problem.get('field')) for problem in reply.json['problems']}


def at_office(world, dossier):
    approve(world.clerk, dossier)


def refused(world, dossier):
    at_office(world, dossier)
    world.officer.act(dossier, 'accept')
    world.officer.act(dossier, 'refuse', opinion='条件不符')


def granted(world, dossier):
    at_office(world, dossier)
    approve(world.officer, dossier)
    equal(world.officer.dossier(dossier)['stage'], 'certificate')


def passed(world, dossier):
    granted(world, dossier)
    approve(world.officer, dossier)
    equal(world.officer.dossier(dossier)['state'], 'passed')


ways = [
    # what became of an earlier application of the same person → whether they hold a title
    ('nothing was applied for', None, None, False),
    ('still examined', 'guild', at_office, False),
    ('refused', 'guild', refused, False),
    ('granted, its certificate to be made', 'guild', granted, True),
    ('granted, all done', 'guild', passed, True),
    ('passed, and no title: it asks for no level', 'club', passed, False),
]


@case('S3.1.2b S3.1.3a decision 15', 'who was granted a title here is asked for it, and nobody else: shown, required, and checked when sent')
def asked(world):
    for name, business, way, holds in ways:
        someone = world.applicant()
        if way is not None:
            earlier = begin(someone, business)
            someone.act(earlier, 'submit')
            way(world, earlier)
        dossier = begin(someone, 'craft')
        told = someone.dossier(dossier)
        equal((name, told['resolved']['account.has_title']), (name, 'true' if holds else 'false'))
        equal((name, states(someone, dossier)), (name, {'wish': 'complete', 'diploma': 'empty' if holds else 'hidden'}))
        equal((name, told['sections_total']), (name, 2 if holds else 1))
        reply = someone.act_reply(dossier, 'submit')
        equal((name, reply.status), (name, 422 if holds else 200), reply)
        if holds:
            equal((name, asked_for(reply)), (name, {('diploma', 'diploma_name')}))
            equal(someone.save(dossier, 'diploma', DIPLOMA, 0).json['state'], 'complete')
            someone.act(dossier, 'submit')
        content = someone.get(f'/v1/dossiers/{dossier}/revisions/1').json['content']
        equal((name, content['account']['has_title'], 'diploma' in content['sections']), (name, holds, holds))


@case('S3.1.2b decisions 15 and 21', 'granted while another draft is under way: it is judged anew, its owner hears of it, and what was on the screen is stale')
def under_way(world):
    someone = world.applicant()
    earlier, dossier = begin(someone, 'guild'), begin(someone, 'craft')
    someone.act(earlier, 'submit')
    at_office(world, earlier)
    seen, cursor = someone.dossier(dossier), someone.get('/v1/changes').json['cursor']
    approve(world.officer, earlier)
    heard = someone.get(f'/v1/changes?since={cursor}').json['items']
    equal({item['dossier'] for item in heard}, {earlier, dossier})
    equal(states(someone, dossier), {'wish': 'complete', 'diploma': 'empty'})
    late = someone.post(f'/v1/dossiers/{dossier}/acts', {'act': 'submit', 'version': seen['version'],
                                                        'sections': {s['id']: s['version'] for s in seen['sections']}})
    equal((late.status, late.code), (409, 'stale'))
    cursor = someone.get('/v1/changes').json['cursor']
    approve(world.officer, earlier)
    heard = someone.get(f'/v1/changes?since={cursor}').json['items']
    equal({item['dossier'] for item in heard}, {earlier}, 'it was granted once')


@case('S3.1.5a S3.1.5c decision 15', 'granted after another was sent: that stays as it was sent, and is judged as things are when it comes back')
def frozen(world):
    for act in ('return', 'withdraw'):
        someone = world.applicant()
        earlier, dossier = begin(someone, 'guild'), begin(someone, 'craft')
        someone.act(earlier, 'submit')
        someone.act(dossier, 'submit')
        granted(world, earlier)
        for reader in (someone, world.clerk):
            told = reader.dossier(dossier)
            equal((told['resolved']['account.has_title'], states(reader, dossier)['diploma']), ('false', 'hidden'))
        if act == 'return':
            world.clerk.act(dossier, 'accept')
            world.clerk.act(dossier, 'return', opinion='请补充')
        else:
            someone.act(dossier, 'withdraw')
        equal(someone.dossier(dossier)['resolved']['account.has_title'], 'true')
        equal(states(someone, dossier), {'wish': 'complete', 'diploma': 'empty'})
        if act == 'return':
            equal(world.clerk.dossier(dossier)['resolved']['account.has_title'], 'false', 'staff see what was sent')
        equal(asked_for(someone.act_reply(dossier, 'submit')), {('diploma', 'diploma_name')})
        equal(someone.save(dossier, 'diploma', DIPLOMA, 0).status, 200)
        someone.act(dossier, 'submit')
        check('diploma' in someone.get(f'/v1/dossiers/{dossier}/revisions/2').json['content']['sections'])


@case('S3.1.2b domain 2.1', 'an evaluation: whoever was granted a title here cannot call it their first; anybody else says so, and is asked no further')
def evaluation(world):
    for holds, way in ((False, refused), (True, passed)):
        someone = world.applicant()
        earlier = begin(someone, 'guild')
        someone.act(earlier, 'submit')
        way(world, earlier)
        dossier = someone.new_dossier()
        first = {'values': {'filing_kind': '正常', 'first_title': '是', 'employer_relation': '在编人员', 'entrusted_evaluation': '否'}}
        equal(someone.save(dossier, 'filing_information', first, 0).json['state'], 'complete')
        equal((holds, states(someone, dossier)['current_title']), (holds, 'empty' if holds else 'hidden'))


@case('decision 15', 'a form that does not ask is told nothing of it')
def not_asked(world):
    someone = world.applicant()
    reply = someone.post('/v1/dossiers', {'business': 'unit_registration', 'target': {'office': 'office-nanning'}})
    equal(reply.status, 201, reply)
    check('account.has_title' not in reply.json['resolved'])


run(setup, teardown)
