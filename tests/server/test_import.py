#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""zhichengd import into a server that runs: a tester's business is there without a restart, from its first listing to the
unit's desk; catalogue, bodies and windows likewise; what is wrong is told with its place and leaves nothing (B5, decisions 16)."""
import json
import os
import sqlite3
import tempfile
import uuid

from actors import CLERK, World, small_picture
from contract import TOP
from tap import case, check, equal, run

ODD = os.path.join(TOP, 'tests', 'data', 'businesses', 'odd.json')
TARGET = {'unit': 'unit-southern-machinery', 'level': 'junior'}


def written(world, value, name='file.json'):
    """The path of a file with this content."""
    path = os.path.join(tempfile.mkdtemp(dir=world.server.home), name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return path


def refused(world, *paths):
    """What import says when it refuses."""
    done = world.server.run('import', *paths, check=False)
    equal(done.returncode, 1, done)
    return done.stderr


@case('B5', 'imported while the server runs, it is listed and published with its schema, byte for byte')
def published(world):
    someone, process = world.applicant(), world.server.process.pid
    check('beekeeping' not in {b['id'] for b in someone.get('/v1/businesses').json['items']})
    equal(someone.get('/v1/businesses/beekeeping').status, 404)
    world.server.run('import', ODD)
    equal(world.server.process.pid, process)
    check({'id': 'beekeeping', 'revision': 7, 'title': '养蜂技艺评定', 'admits': None, 'amends': None} in someone.get('/v1/businesses').json['items'])
    with open(ODD, 'rb') as file:
        equal(someone.get('/v1/businesses/beekeeping').body, file.read())
    schema = someone.get('/v1/businesses/beekeeping/schema').json
    check({'vow', 'keeper', 'harvests'} <= set(schema['properties']), schema['properties'].keys())


# one of each type: a value that is taken, and values that are not with what is said of them
KEEPER = [
    ('called', None, [('我', 'unknown-field')]),                       # "from": nobody answers it
    ('path', '正常', [('步行', 'not-a-choice'), (1, 'type')]),
    ('farm_code', '91350100M000100Y43', [('91350100M000100Y44', 'credit-code')]),
    ('partner_paper', '11010119900307803X', [('110101199003078031', 'id-checksum'), ('12', 'id-format')]),
    ('call_at', '13800138000', [('12800138000', 'mobile'), (None, 'required')]),
    ('mail_to', 'bee@example.org', [('bee@', 'email')]),
    ('people', '壮族', [('蜂族', 'not-a-choice')]),
    ('hives', 3, [(8, 'too-large'), (-4, 'too-small'), (2.5, 'type'), ('3', 'type')]),
    ('yield', 0.5, [(0.4, 'too-small'), (99.76, 'too-large')]),
    ('wax', 3, [(3.01, 'too-large')]),
    ('since', '2020-02', [('2020-13', 'month')]),
    ('until', '2020-03-01', [('2020-02-30', 'date'), ('2019-12-31', 'date-order')]),
    ('stung', True, [('true', 'type')]),
]


def set_up_keeper(someone, dossier):
    """Its pictures, and a document with one good value of every type."""
    portraits, swarm = [small_picture(100, 200 + i) for i in range(2)], small_picture(640, 1)
    for picture in portraits + [swarm]:
        check(someone.upload(dossier, picture).status in (200, 201))
    values = {field: value for field, value, _ in KEEPER if value is not None}
    values.update(portrait=[p.value for p in portraits], swarm=[swarm.value], total=6.5)
    return values


@case('B5 S3.1.2c', 'a dossier of it: every type of value is taken where right, and told with field and code where wrong')
def each_type(world):
    someone = world.applicant()
    reply = someone.post('/v1/dossiers', {'business': 'beekeeping', 'target': TARGET})
    equal(reply.status, 201, reply)
    dossier, values, version = reply.json['id'], None, 0
    values = set_up_keeper(someone, dossier)

    def told(**changes):
        nonlocal version
        document = {'values': {k: v for k, v in dict(values, **changes).items() if v is not None}}
        reply = someone.save(dossier, 'keeper', document, version)
        if reply.status == 200:
            version = reply.json['version']
        return reply.problems

    equal(told(), set())
    for field, _, wrong in KEEPER:
        for value, code in wrong:
            check((field, code) in told(**{field: value}), field, value, told(**{field: value}))
    check(('total', 'computed') in told(total=7))
    small = small_picture(99, 200)
    someone.upload(dossier, small)
    check(('portrait', 'too-narrow') in told(portrait=[small.value] + values['portrait']))
    check(('portrait', 'too-few-images') in told(portrait=values['portrait'][:1]))
    equal(told(), set())


@case('B5 S3.1.3b', 'filled in and sent, it reaches the unit, which reads it as it was sent')
def reviewed(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.post('/v1/dossiers', {'business': 'beekeeping', 'target': TARGET}).json['id']
    equal(someone.act_reply(dossier, 'submit').code, 'incomplete')
    scales = small_picture(60, 40)
    someone.upload(dossier, scales)
    documents = {
        'vow': {'values': {'agreed': True, 'signature': '养蜂人', 'signed_on': '2026-01-05'}},
        'keeper': {'values': set_up_keeper(someone, dossier)},
        'harvests': {'entries': [{'id': str(uuid.uuid4()), 'values': {'harvest_year': '2025', 'scales': [scales.value]}}]},
    }
    for section, document in documents.items():
        reply = someone.save(dossier, section, document, 0)
        equal((reply.status, reply.json['state']), (200, 'complete'), section, reply)
    equal(someone.act(dossier, 'submit')['stage'], 'unit')
    check(dossier in {d['id'] for d in clerk.get('/v1/dossiers?business=beekeeping').json['items']})
    equal(clerk.section(dossier, 'harvests').json['body'], documents['harvests'])
    clerk.act(dossier, 'accept')
    equal(clerk.act_reply(dossier, 'approve').code, 'unit-part-incomplete')
    clerk.save(dossier, 'verdict', {'values': {'opinion_text': '情况属实'}}, 0)
    equal(clerk.act(dossier, 'approve')['stage'], 'office')


@case('decision 16', 'the same text again is nothing new; another text of that revision is refused; a new revision stands beside')
def revisions(world):
    someone = world.applicant()
    world.server.run('import', ODD)
    with open(ODD, encoding='utf-8') as file:
        text = file.read()
    said = refused(world, written(world, text.replace('养蜂技艺评定', '养蜂技艺评审')))
    check('revision 7 of beekeeping' in said and 'new revision' in said, said)
    equal(someone.get('/v1/businesses/beekeeping').json['title'], '养蜂技艺评定')
    dossier = someone.post('/v1/dossiers', {'business': 'beekeeping', 'target': TARGET}).json['id']
    newer = text.replace('"revision": 7', '"revision": 8').replace('养蜂技艺评定', '养蜂技艺评审')
    world.server.run('import', written(world, newer))
    equal(someone.get('/v1/businesses/beekeeping').json['revision'], 8)
    equal(someone.get('/v1/businesses/beekeeping?revision=7').json['title'], '养蜂技艺评定')
    equal(someone.dossier(dossier)['revision'], 7, 'a draft keeps its own')
    other = world.applicant()
    equal(other.post('/v1/dossiers', {'business': 'beekeeping', 'target': TARGET}).json['revision'], 8)


BODIES = {'bodies': [      # what is above stands below: the order in a file does not matter
    {'id': 'unit-new', 'kind': 'unit', 'name': '南宁新设设计院', 'credit_code': '91350100M000100Y43', 'region': '450100',
     'parent': 'department-new', 'office': 'office-nanning'},
    {'id': 'department-new', 'kind': 'department', 'name': '南宁市新设主管局', 'region': '450100'},
    {'id': 'committee-new', 'kind': 'committee', 'name': '新设工程系列高级评委会', 'office': 'office-nanning'},
], 'scopes': [{'committee': 'committee-new', 'series': 'engineering', 'level': 'associate-senior', 'year': 2033,
               'starts_at': '2020-01-01T00:00:00+08:00', 'ends_at': '2099-12-31T17:00:00+08:00'}]}


@case('B5 S3.1.1a', 'units, departments, committees and windows come into the running server the same way')
def bodies(world):
    someone = world.applicant()
    world.server.run('import', written(world, BODIES))
    equal([u['id'] for u in someone.get('/v1/catalog/units?q=91350100M000100Y43').json['items']], ['unit-new'])
    target = {'unit': 'unit-new', 'series': 'engineering', 'level': 'associate-senior', 'committee': 'committee-new'}
    reply = someone.post('/v1/dossiers', {'business': 'evaluation', 'target': target})
    equal((reply.status, reply.json['year']), (201, 2033), reply)
    again = json.loads(json.dumps(BODIES))
    again['bodies'][1]['name'] = '南宁市改名主管局'
    world.server.run('import', written(world, again))
    with sqlite3.connect(world.server.database, timeout=20) as database:
        equal(database.execute("SELECT name FROM body WHERE id = 'department-new'").fetchone(), ('南宁市改名主管局',))
        equal(database.execute("SELECT count (*) FROM event WHERE act = 'import'").fetchone()[0] > 0, True)


def body(**changes):
    return {'bodies': [dict(BODIES['bodies'][0], id='unit-x', credit_code=None, parent=None, **changes)]}


def scope(**changes):
    base = {'committee': 'committee-nanning-engineering-senior', 'series': 'engineering', 'level': 'senior', 'year': 2026,
            'starts_at': '2026-01-01T00:00:00+08:00', 'ends_at': '2026-03-31T17:00:00+08:00'}
    return {'scopes': [dict(base, **changes)]}


WRONG = [
    ('{"bodies": [', 'file.json: '),
    ({'cities': []}, 'cities'),
    ({'regions': [{'id': '45', 'name': ''}]}, 'regions[0].name'),
    ({'levels': [{'id': 'junior', 'name': '初级'}, {'id': 'Up', 'name': '高'}]}, 'levels[1].id'),
    ({'levels': [{'id': 'junior'}]}, 'levels[0]: '),
    ({'series': [{'id': 'bees', 'name': '蜂', 'levels': [{'id': 'moon', 'names': ['x']}]}]}, 'series[0].levels[0].id'),
    ({'series': [{'id': 'bees', 'name': '蜂', 'levels': [{'id': 'junior', 'names': []}]}]}, 'series[0].levels[0].names'),
    ({'series': [{'id': 'bees', 'name': '蜂', 'levels': [{'id': 'junior', 'names': [1]}]}]}, 'series[0].levels[0].names'),
    (body(region='999999'), 'bodies[0].region: there is no "999999"'),
    (body(office=None), 'bodies[0].office'),
    (body(office='unit-guilin-landscape'), 'bodies[0].office'),
    (body(kind='club'), 'bodies[0].kind'),
    (body(name='a\nb'), 'bodies[0].name'),
    (body(colour='red'), 'bodies[0]: '),
    ({'bodies': [dict(body()['bodies'][0], parent='nowhere')]}, 'bodies[0].parent: there is no "nowhere"'),
    ({'bodies': [dict(body()['bodies'][0], parent='unit-x')]}, 'bodies[0].parent'),
    ({'bodies': [dict(body()['bodies'][0], credit_code='91350100M000100Y44')]}, 'bodies[0].credit_code'),
    ({'bodies': [dict(body()['bodies'][0], id='office-nanning')]}, 'bodies[0].kind'),
    (scope(committee='office-nanning'), 'scopes[0].committee'),
    (scope(series='accounting', level='junior'), 'scopes[0].level: gained by the national exam'),
    (scope(level='moon'), 'scopes[0].level'),
    (scope(year=26), 'scopes[0].year'),
    (scope(starts_at='2026-01-01'), 'scopes[0].starts_at'),
    (scope(ends_at='2026-01-01T00:00:00+08:00'), 'scopes[0].ends_at'),
    ({'version': '2', 'title': '须知'}, 'text'),
]


@case('B5', 'what is wrong is refused with file and place, and nothing of any file stays')
def wrong(world):
    for value, place in WRONG:
        good, bad = written(world, {'levels': [{'id': 'left-over', 'name': '剩余'}]}, 'good.json'), written(world, value)
        said = refused(world, good, bad)
        check('file.json' in said and place in said, value, said)
    check('which files' in refused(world))
    check('no-such.json' in refused(world, '/nowhere/no-such.json'))
    with open(ODD, encoding='utf-8') as file:
        text = file.read().replace('"revision": 7', '"revision": 9')
    check('file.json' in refused(world, written(world, text.replace('"type": "mobile"', '"type": "pigeon"'))))
    check('file.json' in refused(world, written(world, text.replace('"keeper.path": ["转评"]', '"keeper.way": ["转评"]'))))
    someone = world.applicant()
    check('left-over' not in {level['id'] for level in someone.get('/v1/catalog/levels').json['items']})
    check(someone.get('/v1/businesses/beekeeping?revision=9').status == 404)


run(World, World.stop)
