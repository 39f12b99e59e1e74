#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saving sections: versions, what is stored and what is told (S3.1.2a, b, d; decisions 15 and 17)."""
import sqlite3
import uuid

from actors import Picture, World, complete_documents, pictures_for_documents, run_together
from tap import case, check, equal, run


def put(session, dossier, section, document, **headers):
    names = {'if_match': 'If-Match'}
    return session.request('PUT', f'/v1/dossiers/{dossier}/sections/{section}', document,
                           headers={names[k]: v for k, v in headers.items()})


@case('S3.1.2a', 'every section is there from the start, at version 0 and empty')
def from_the_start(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    for section, empty in (('basic_information', {'values': {}}), ('education_history', {'entries': []})):
        reply = someone.section(dossier, section)
        equal((reply.json['version'], reply.json['state'], reply.json['body']), (0, 'empty', empty))
        equal(reply.headers['ETag'], '"0"')
        check(reply.json['problems'], 'what is missing is told')
    equal(someone.section(dossier, 'no_such').status, 404)


@case('S3.1.2b', 'an incomplete section is stored, and what is missing is told by field')
def incomplete(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    reply = someone.save(dossier, 'basic_information', {'values': {'ethnic_group': '壮族'}}, 0)
    equal((reply.status, reply.json['version'], reply.json['state']), (200, 1, 'incomplete'))
    equal(reply.headers['ETag'], '"1"')
    missing = {p['field'] for p in reply.json['problems'] if p['code'] == 'required'}
    check({'native_place', 'contact_phone', 'identity_card_front'} <= missing and 'ethnic_group' not in missing, missing)
    check(all(p['section'] == 'basic_information' for p in reply.json['problems']))
    shown = next(s for s in someone.dossier(dossier)['sections'] if s['id'] == 'basic_information')
    equal((shown['state'], shown['version'], shown['problems']), ('incomplete', 1, len(reply.json['problems'])))


@case('S3.1.2a S3.1.2f', 'the tick comes when all is there and valid, and goes at once')
def tick(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    full = {'values': {'work_summary_text': '总结'}}
    done = someone.dossier(dossier)['sections_done']
    equal(someone.save(dossier, 'work_summary', full, 0).json['state'], 'complete')
    equal(someone.dossier(dossier)['sections_done'], done + 1)
    equal(someone.save(dossier, 'work_summary', {'values': {}}, 1).json['state'], 'empty')
    equal(someone.dossier(dossier)['sections_done'], done)


@case('P8', 'advice is told with the section and stops nothing: complete, counted as done, submitted')
def advice(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    someone.fill(dossier)
    equal(someone.section(dossier, 'current_title').json['problems'], [])
    done = someone.dossier(dossier)['sections_done']
    for section, values, advised in (('current_title', {'appointment_pages': []}, [('appointment_pages', 'required', None)]),
                                     ('continuing_education', {'general_hours': 50, 'professional_hours': 34},
                                      [('professional_hours', 'too-small', 56), ('total_hours', 'too-small', 90)]),
                                     ('annual_assessment', None, [(None, 'too-few-entries', 3)])):
        stored = someone.section(dossier, section).json
        document = stored['body']
        if values is None:
            document['entries'].pop()
        else:
            (document['entries'][0]['values'] if 'entries' in document else document['values']).update(values)
        reply = someone.save(dossier, section, document, stored['version'])
        equal((reply.status, reply.json['state']), (200, 'complete'))
        equal([(p.get('field'), p['code'], p.get('limit')) for p in reply.json['problems']], advised)
        check(all(p['advice'] for p in reply.json['problems']))
    shown = {s['id']: s['problems'] for s in someone.dossier(dossier)['sections']}
    equal((shown['annual_assessment'], someone.dossier(dossier)['sections_done']), (0, done))
    someone.act(dossier, 'submit')


@case('S3.1.2a', 'the pledge is signed with the name of the account, and with no other')
def signature(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    name = someone.person.form['name']
    pledge = lambda signed: {'values': {'pledge_consent': True, 'pledge_signature': signed, 'pledge_date': '2025-03-03'}}
    for version, (signed, state) in enumerate(((name + '甲', 'incomplete'), (f' {name}', 'complete'), (name[:-1], 'incomplete'))):
        reply = someone.save(dossier, 'pledge', pledge(signed), version)
        equal(reply.json['state'], state, signed)
        equal({p['code'] for p in reply.json['problems']}, set() if state == 'complete' else {'not-the-same'})


@case('S3.1.2b', 'no If-Match is 428, a stale one 412 with what is there, a repeat is fine')
def versions(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    one, two = ({'values': {'work_summary_text': text}} for text in ('一', '二'))
    equal(put(someone, dossier, 'work_summary', one).code, 'precondition-required')
    for tag in ('"7"', '0', '*', 'W/"0"', '"0", "1"', '"x"', '"00"', '"+0"', '"-0"', '" 0"', '"0x0"', '"18446744073709551616"', '""', '"'):
        reply = put(someone, dossier, 'work_summary', one, if_match=tag)
        equal(reply.status, 412, tag)
    equal(put(someone, dossier, 'work_summary', one, if_match='"0"').json['version'], 1)
    stale = put(someone, dossier, 'work_summary', two, if_match='"0"')
    equal((stale.status, stale.code, stale.json['current']), (412, 'precondition-failed', {'version': 1, 'body': one}))
    for tag in ('"0"', '"1"'):
        again = put(someone, dossier, 'work_summary', one, if_match=tag)
        equal((again.status, again.json['version']), (200, 1), 'the same again is no new version')
    equal(put(someone, dossier, 'work_summary', two, if_match='"1"').json['version'], 2)


BROKEN = [
    ('work_summary', {'values': {'unknown': 'x'}}, 'unknown-field'),
    ('work_summary', {'values': {'work_summary_text': 7}}, 'type'),
    ('work_summary', {'values': {'work_summary_text': '长' * 1501}}, 'too-long'),
    ('work_summary', {'values': {'work_summary_text': 'a\u0007b'}}, 'control-character'),
    ('work_summary', {'entries': []}, None),
    ('work_summary', {'values': {}, 'more': 1}, None),
    ('basic_information', {'values': {'applicant_name': '别人'}}, None),
    ('education_history', {'values': {}}, None),
    ('education_history', {'entries': [{'id': 'no-uuid', 'values': {}}]}, None),
    ('education_history', {'entries': [{'id': '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b', 'values': {}}] * 2}, 'duplicate-entry'),
    ('education_history', {'entries': [{'id': str(uuid.uuid4()), 'values': {}} for _ in range(21)]}, 'too-many-entries'),
]


@case('S3.1.2b SEC-S21', 'what breaks the structure is refused and not stored')
def structure(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    for section, document, code in BROKEN:
        reply = someone.save(dossier, section, document, 0)
        equal((reply.status, reply.code), (422, 'invalid'), document)
        check(code is None or code in {p['code'] for p in reply.json['problems']}, document, reply)
        equal(someone.section(dossier, section).json['version'], 0)
    for raw in (b'', b'[]', b'{"values":{"work_summary_text":"a","work_summary_text":"b"}}', b'{"values":{}} x',
                b'{"values":{"work_summary_text":"\xff"}}', b'{"values":' + b'[' * 100000):
        reply = someone.save(dossier, 'work_summary', raw, 0)
        check(reply.status in (400, 422), raw[:40], reply)


@case('S3.1.2d', 'entries keep their order and their ids; all that is entered can be changed and deleted')
def entries(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    ids = [str(uuid.uuid4()) for _ in range(3)]
    document = lambda order: {'entries': [{'id': ids[i], 'values': {'school_name': f'学校{i}'}} for i in order]}
    version = 0
    for order in ((0, 1, 2), (2, 0, 1), (1,), ()):
        version = someone.save(dossier, 'education_history', document(order), version).json['version']
        equal(someone.section(dossier, 'education_history').json['body'], document(order))
    reply = someone.save(dossier, 'education_history', document((0,)), version)
    check(('required', ids[0]) in {(p['code'], p.get('entry')) for p in reply.json['problems']})


@case('S3.1.2b decision 19', 'a section names only images that its owner has brought, with their real size')
def images(world):
    someone, stranger = world.applicant(), world.applicant()
    dossier, foreign = someone.new_dossier(), stranger.new_dossier()
    mine, theirs, nobodys = Picture(), Picture(), Picture()
    equal(someone.upload(dossier, mine).status, 201)
    equal(stranger.upload(foreign, theirs).status, 201)
    save = lambda image: someone.save(dossier, 'basic_information', {'values': {'identity_card_front': [image]}}, 0)
    for picture in (theirs, nobodys):
        reply = save(picture.value)
        equal((reply.status, reply.code), (422, 'invalid'))
        equal([(p['field'], p['image'], p['code']) for p in reply.json['problems']],
              [('identity_card_front', picture.sha256, 'image-missing')])
    for lie in ({'bytes': 5}, {'width': 1}, {'height': mine.height + 1}):
        reply = save(dict(mine.value, **lie))
        check('digest' in {p['code'] for p in reply.json['problems']} and reply.status == 422, lie, reply)
    equal(save(mine.value).status, 200)
    with sqlite3.connect(world.server.database) as database:
        named = lambda: database.execute('SELECT section, sha256 FROM section_image WHERE dossier = ?', (dossier,)).fetchall()
        equal(named(), [('basic_information', mine.sha256)])
        someone.save(dossier, 'basic_information', {'values': {}}, 1)
        equal(named(), [])


@case('SEC-S40', 'answers lie sealed, bound to their place')
def sealed(world):
    someone = world.applicant()
    dossiers = someone.new_dossier()
    word = '这一句话不在数据库里'
    someone.save(dossiers, 'work_summary', {'values': {'work_summary_text': word}}, 0)
    someone.save(dossiers, 'education_history', {'entries': []}, 0)
    someone.save(dossiers, 'basic_information', {'values': {'native_place': word}}, 0)
    world.server.end()
    with open(world.server.database, 'rb') as file:
        data = file.read()
    check(word.encode() not in data)
    with sqlite3.connect(world.server.database) as database:
        swap = "UPDATE section SET body = (SELECT body FROM section WHERE dossier = ? AND id = ?) WHERE dossier = ? AND id = ?"
        database.execute(swap, (dossiers, 'work_summary', dossiers, 'basic_information'))
    world.server.start()
    equal(someone.section(dossiers, 'basic_information').status, 500, 'an answer of another section does not open')
    equal(someone.section(dossiers, 'work_summary').status, 500, 'nor does one beside a broken one')


@case('S3.1.2b', 'of many saves from one version exactly one wins, the others learn what is there')
def parallel(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    replies = run_together(16, lambda i: someone.save(dossier, 'work_summary', {'values': {'work_summary_text': f'稿{i}'}}, 0))
    equal(sorted(r.status for r in replies), [200] + [412] * 15)
    stored = someone.section(dossier, 'work_summary').json['body']
    check(all(r.json['current']['body'] == stored for r in replies if r.status == 412))


@case('S3.1.2b', 'a key that is sent along keeps its answer')
def keyed(world):
    someone, key = world.applicant(), str(uuid.uuid4())
    dossier = someone.new_dossier()
    send = lambda text, version: someone.request(
        'PUT', f'/v1/dossiers/{dossier}/sections/work_summary', {'values': {'work_summary_text': text}}, key=key,
        headers={'If-Match': f'"{version}"'})
    first, again = send('一', 0), send('一', 0)
    equal((first.status, again.status, again.body), (200, 200, first.body))
    equal(send('二', 1).code, 'idempotency-key-reused')


@case('S3.1.2a', 'complete documents make a complete dossier; what nobody must fill in counts as done')
def complete(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    someone.fill(dossier)
    seen = someone.dossier(dossier)
    asked = seen['sections']
    equal((seen['sections_done'], seen['sections_total']), (len(asked), len(asked)))
    equal({s['state'] for s in asked}, {'complete', 'optional'})
    equal({s['id'] for s in asked if s['state'] == 'complete'},
          set(complete_documents(pictures_for_documents(), someone.person.form['name'])))


run(World, World.stop)
