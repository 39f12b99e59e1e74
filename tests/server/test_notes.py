#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a reviewer says at places of a dossier, and the usual phrases of a body (P9)."""
import itertools
import os
import sqlite3
import uuid

from actors import CLERK, LEADER, OFFICER, OTHER_CLERK, TARGET, World, image_in_entry
from tap import case, check, equal, run

PLAIN, FIELD, IMAGES = 'basic_information', 'native_place', 'identity_card_front'
CODES = ('missing', 'unclear', 'wrong', 'inconsistent', 'unproven', 'unsigned', 'expired', 'ineligible', 'other')
MOST_NOTES, MOST_PHRASES, MOST_CHARACTERS = 200, 100, 500


def in_review(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    clerk.act(dossier, 'accept')
    return someone, clerk, dossier


def front(session, dossier):
    return session.section(dossier, PLAIN).json['body']['values'][IMAGES][0]['sha256']


@case('P9', 'a note at every kind of place comes to the applicant as it was written, with its code, and stays in the history')
def every_place(world):
    someone, clerk, dossier = in_review(world)
    pinned = image_in_entry(clerk, dossier)
    notes = [{'section': PLAIN, 'text': '整栏请核对'}, {'section': PLAIN, 'field': FIELD, 'text': '写到县', 'code': 'wrong'},
             {'section': PLAIN, 'field': IMAGES, 'text': '', 'code': 'expired'},
             {'section': PLAIN, 'field': IMAGES, 'image': front(clerk, dossier), 'text': '看不清', 'code': 'unclear'},
             {'section': pinned['section'], 'entry': pinned['entry'], 'text': '与证书不一致', 'code': 'inconsistent'},
             {**pinned, 'text': '缺骑缝章', 'code': 'unsigned'}]
    clerk.act(dossier, 'return', opinion='请按标注逐条修改', code='missing', notes=notes)
    returned = someone.dossier(dossier)['returned']
    equal((returned['notes'], returned['code'], returned['revision']), (notes, 'missing', 1))
    last = someone.get(f'/v1/dossiers/{dossier}/history').json['items'][-1]
    equal((last['act'], last['notes'], last['code']), ('return', notes, 'missing'))
    summary = next(d for d in someone.get('/v1/dossiers?limit=100').json['items'] if d['id'] == dossier)
    equal(summary['returned'], returned)


@case('P9 SEC-S21', 'a place that the dossier does not have is refused, and so are unknown codes, too much text, and saying nothing')
def places(world):
    someone, clerk, dossier = in_review(world)
    pinned, picture = image_in_entry(clerk, dossier), front(clerk, dossier)
    repeating, entry = pinned['section'], pinned['entry']
    text_field = next(k for e in clerk.section(dossier, repeating).json['body']['entries'] for k, v in e['values'].items()
                      if isinstance(v, str))
    unit = next(s['id'] for s in clerk.dossier(dossier)['sections'] if s['own'])
    bad = [{'section': 'nowhere'}, {'section': PLAIN, 'field': 'nothing'}, {'section': PLAIN, 'entry': entry},
           {'section': PLAIN, 'entry': str(uuid.uuid4()), 'field': FIELD}, {'section': repeating, 'entry': str(uuid.uuid4())},
           {'section': repeating, 'field': text_field}, {'section': repeating, 'entry': entry, 'field': FIELD},
           {'section': PLAIN, 'image': picture}, {'section': PLAIN, 'field': FIELD, 'image': picture},
           {'section': PLAIN, 'field': IMAGES, 'image': '0' * 64}, {'section': PLAIN, 'field': IMAGES, 'image': pinned['image']},
           {**pinned, 'image': picture}, {'section': unit, 'entry': entry}]
    bad = [dict(note, text='请改') for note in bad]
    bad += [{'section': PLAIN, 'text': ''}, {'section': PLAIN, 'text': ' \n\u3000'}, {'section': PLAIN},
            {'section': PLAIN, 'text': '请改', 'code': 'no-such'}, {'section': PLAIN, 'text': '请改', 'code': ''},
            {'section': PLAIN, 'text': '字' * (MOST_CHARACTERS + 1)}, {'section': PLAIN, 'text': 'x\u0007'},
            {'section': PLAIN, 'text': '请改', 'rectangle': [0, 0, 1, 1]}]
    good = {'section': PLAIN, 'field': FIELD, 'text': '字' * MOST_CHARACTERS}
    for note in bad:
        reply = clerk.act_reply(dossier, 'return', opinion='请改', notes=[good, note])
        equal((reply.status, reply.code), (400, 'bad-json'), note)
    equal(clerk.act_reply(dossier, 'return', opinion='请改', notes=[good] * (MOST_NOTES + 1)).code, 'bad-json')
    equal(clerk.act_reply(dossier, 'return', opinion='请改', code='no-such').code, 'bad-json')
    for act, more in (('approve', {'notes': [good]}), ('release', {'notes': [good]}), ('approve', {'code': 'missing'})):
        equal(clerk.act_reply(dossier, act, **more).code, 'bad-json', act)
    equal(clerk.dossier(dossier)['state'], 'in-review', 'nothing happened')
    clerk.act(dossier, 'return', opinion='请改', notes=[good] * MOST_NOTES)
    equal(len(someone.dossier(dossier)['returned']['notes']), MOST_NOTES)


@case('P9', 'every published code is taken, and the document lists those of the source')
def codes(world):
    someone, clerk, dossier = in_review(world)
    clerk.act(dossier, 'return', opinion='请改', notes=[{'section': PLAIN, 'text': '', 'code': code} for code in CODES])
    equal([n['code'] for n in someone.dossier(dossier)['returned']['notes']], list(CODES))
    top = os.path.join(os.path.dirname(__file__), '..', '..')
    with open(os.path.join(top, 'src', 'core', 'zc-reason.c'), encoding='utf-8') as file:
        source = file.read()
    check(all(f'= "{code}"' in source for code in CODES) and source.count('[ZC_REASON_') - source.count('[ZC_REASON_LAST') == len(CODES))


@case('P9', 'submitted again, staff see what was asked for and of which submission; both submissions are there to compare')
def again(world):
    someone, clerk, dossier = in_review(world)
    equal(clerk.dossier(dossier)['last_return'], None)
    note = {'section': PLAIN, 'field': FIELD, 'text': '写到县', 'code': 'wrong'}
    clerk.act(dossier, 'return', opinion='请改籍贯', code='wrong', notes=[note])
    told = clerk.dossier(dossier)
    equal((told['returned']['notes'], told['last_return']), ([note], None), 'it is with the applicant')
    body = someone.section(dossier, PLAIN).json
    values = dict(body['body']['values'], **{FIELD: '广西横州市'})
    equal(someone.save(dossier, PLAIN, {'values': values}, body['version']).status, 200)
    someone.act(dossier, 'submit')
    equal((someone.dossier(dossier)['returned'], someone.dossier(dossier)['last_return']), (None, None), 'it is for staff')
    told = clerk.dossier(dossier)
    equal((told['returned'], told['submissions']), (None, 2))
    last = told['last_return']
    equal((last['notes'], last['opinion'], last['code'], last['revision'], last['by']['role']),
          ([note], '请改籍贯', 'wrong', 1, 'unit'))
    native = [clerk.get(f'/v1/dossiers/{dossier}/revisions/{n}').json['content']['sections'][PLAIN]['values'][FIELD] for n in (1, 2)]
    equal(native, ['广西横州', '广西横州市'])
    someone.act(dossier, 'withdraw')
    someone.act(dossier, 'submit')
    equal(clerk.dossier(dossier)['last_return']['revision'], 1, 'what was withdrawn was not returned')
    clerk.act(dossier, 'accept')
    clerk.act(dossier, 'return', opinion='再改')
    equal(someone.dossier(dossier)['returned']['revision'], 3)


@case('P9 S3.1.3b', 'a body is told of no return of a submission that it has not seen')
def unseen(world):
    someone, clerk, dossier = in_review(world)
    officer = world.staff(OFFICER)
    clerk.attest(dossier)
    clerk.act(dossier, 'approve')
    officer.act(dossier, 'accept')
    officer.act(dossier, 'return', opinion='职改办退回')
    someone.act(dossier, 'submit')
    clerk.act(dossier, 'accept')
    clerk.act(dossier, 'return', opinion='单位退回', notes=[{'section': PLAIN, 'text': '只有单位见过'}])
    someone.act(dossier, 'submit')
    told = [(s.dossier(dossier)['last_return']['opinion'], s.dossier(dossier)['last_return']['revision']) for s in (clerk, officer)]
    equal(told, [('单位退回', 2), ('职改办退回', 1)])


@case('P9 U6', 'one stage back, whoever has it again sees the notes at their own sections too')
def back(world):
    someone, clerk, dossier = in_review(world)
    officer = world.staff(OFFICER)
    clerk.attest(dossier)
    clerk.act(dossier, 'approve')
    officer.act(dossier, 'accept')
    note = {'section': 'unit_recommendation', 'field': 'unit_opinion', 'text': '请写明推荐意见', 'code': 'unclear'}
    officer.act(dossier, 'return-back', opinion='请补充', notes=[note])
    last = clerk.dossier(dossier)['last_return']
    equal((last['notes'], last['revision'], last['by']['role']), ([note], 1, 'office'))
    equal(someone.dossier(dossier)['last_return'], None)


@case('P9 U6 N12', "what the applicant is told stands nowhere in the unit's own part, which they do not see: refused, and nothing happened; back a stage it goes, told to staff alone")
def where_seen(world):
    someone, clerk, dossier = in_review(world)
    officer, unseen = world.staff(OFFICER), {'section': 'unit_recommendation', 'field': 'unit_opinion', 'text': '只给单位看', 'code': 'unclear'}
    seen = {'section': PLAIN, 'field': FIELD, 'text': '写到县', 'code': 'wrong'}

    def refuse_all(staff):
        for act, note in itertools.product(('return', 'refuse'), (unseen, {'section': 'unit_recommendation', 'text': '整栏'})):
            reply = staff.act_reply(dossier, act, opinion='请改', notes=[seen, note])
            equal((reply.status, reply.code, reply.json['rule']), (422, 'notes-unseen', {'id': 'notes-where-they-are-seen', 'lifted_by': 'body'}))
        equal(staff.dossier(dossier)['state'], 'in-review', 'nothing happened')
    refuse_all(clerk)
    clerk.attest(dossier)
    clerk.act(dossier, 'approve')
    officer.act(dossier, 'accept')
    refuse_all(officer)
    officer.act(dossier, 'return-back', opinion='请补充', notes=[unseen, seen])
    last = lambda session: session.get(f'/v1/dossiers/{dossier}/history').json['items'][-1]
    equal([last(s)['notes'] for s in (clerk, officer, someone)], [[unseen, seen], [unseen, seen], [seen]])
    equal((last(someone)['opinion'], clerk.dossier(dossier)['last_return']['notes']), ('请补充', [unseen, seen]))
    clerk.act(dossier, 'accept')
    clerk.act(dossier, 'return', opinion='请改', notes=[seen])
    equal(someone.dossier(dossier)['returned']['notes'], [seen])
    for path in (f'/v1/dossiers/{dossier}', f'/v1/dossiers/{dossier}/history', '/v1/dossiers?limit=100'):
        check('只给单位看' not in someone.get(path).body.decode(), path)


@case('P9 decision 4', "a unit that had it before knows nothing of the notes at the sections of the unit after it")
def former_unit(world):
    someone, clerk, dossier = in_review(world)
    clerk.act(dossier, 'return', opinion='请改单位')
    reply = someone.request('PUT', f'/v1/dossiers/{dossier}/target', {
        'version': someone.dossier(dossier)['version'], 'target': dict(TARGET, unit='unit-guilin-landscape')}, key=str(uuid.uuid4()))
    equal(reply.status, 200, reply)
    someone.act(dossier, 'submit')
    other, officer = world.staff(OTHER_CLERK), world.staff(OFFICER)
    other.act(dossier, 'accept')
    other.attest(dossier)
    other.act(dossier, 'approve')
    officer.act(dossier, 'accept')
    note = {'section': 'unit_recommendation', 'text': '只给后一单位看'}
    officer.act(dossier, 'return-back', opinion='请补充', notes=[note])
    told = [s.get(f'/v1/dossiers/{dossier}/history').json['items'][-1]['notes'] for s in (other, clerk)]
    equal(told, [[note], []])


@case('P9 U6', 'a refusal tells its places and its code as well')
def refused(world):
    someone, clerk, dossier = in_review(world)
    notes = [{'section': PLAIN, 'field': FIELD, 'text': '不属本地受理', 'code': 'ineligible'}]
    clerk.act(dossier, 'refuse', opinion='不符合条件', code='ineligible', notes=notes)
    for session in (someone, clerk):
        last = session.get(f'/v1/dossiers/{dossier}/history').json['items'][-1]
        equal((last['act'], last['code'], last['notes']), ('refuse', 'ineligible', notes))


@case('P9 SEC-S40', 'what notes and opinions say lies sealed')
def sealed(world):
    someone, clerk, dossier = in_review(world)
    words = '某某某的籍贯有误'
    clerk.act(dossier, 'return', opinion=words, notes=[{'section': PLAIN, 'text': words}])
    folder = os.path.dirname(world.server.database)
    for name in os.listdir(folder):
        if name.startswith(os.path.basename(world.server.database)):
            with open(os.path.join(folder, name), 'rb') as file:
                check(words.encode() not in file.read(), name)


@case('P9', 'usual phrases are of a body: all its staff read, add and take away, the same words once; others see none of them')
def phrases(world):
    clerk, leader, other, someone = world.staff(CLERK), world.staff(LEADER), world.staff(OTHER_CLERK), world.applicant()
    texts = lambda session: [p['text'] for p in session.get('/v1/phrases').json['items']]
    equal(texts(clerk), [])
    first = clerk.post('/v1/phrases', {'text': '请上传原件的照片', 'code': 'unclear'})
    equal((first.status, first.json['text'], first.json['code']), (201, '请上传原件的照片', 'unclear'))
    same = leader.post('/v1/phrases', {'text': '请上传原件的照片'})
    equal((same.status, same.json), (200, first.json))
    leader.post('/v1/phrases', {'text': '请盖章\n再上传'})
    equal(texts(clerk), ['请上传原件的照片', '请盖章\n再上传'])
    equal(texts(other), [])
    theirs = other.post('/v1/phrases', {'text': '请上传原件的照片', 'code': 'missing'})
    equal((theirs.status, theirs.json['code'], theirs.json['id'] == first.json['id']), (201, 'missing', False), 'the same words, theirs')
    equal((clerk.get('/v1/phrases').json['items'][0], texts(other)), (first.json, ['请上传原件的照片']))
    equal([someone.get('/v1/phrases').status, someone.post('/v1/phrases', {'text': 'x'}).status], [403, 403])
    gone = f"/v1/phrases/{first.json['id']}"
    equal(other.request('DELETE', gone).status, 404)
    equal([leader.request('DELETE', gone).status, leader.request('DELETE', gone).status], [204, 404])
    equal((texts(clerk), texts(other)), (['请盖章\n再上传'], ['请上传原件的照片']))
    for phrase in clerk.get('/v1/phrases').json['items']:
        clerk.request('DELETE', f"/v1/phrases/{phrase['id']}")


@case('P9 SEC-S21', 'phrases have limits: not blank, no control characters, not too long, not too many')
def phrase_limits(world):
    clerk = world.staff(CLERK)
    for text, code in (('', 'required'), (' \n', 'required'), ('x\u0007', 'control-character'), ('字' * (MOST_CHARACTERS + 1), 'too-long')):
        reply = clerk.post('/v1/phrases', {'text': text})
        equal((reply.status, reply.code, reply.json['problems'][0]['code']), (422, 'invalid', code), repr(text[:9]))
    equal(clerk.post('/v1/phrases', {'text': 'x', 'code': 'no-such'}).code, 'bad-json')
    for n in range(MOST_PHRASES):
        equal(clerk.post('/v1/phrases', {'text': f'用语 {n}'}).status, 201)
    reply = clerk.post('/v1/phrases', {'text': '又一条'})
    equal((reply.code, reply.json['problems'][0]['code'], reply.json['problems'][0]['limit']), ('invalid', 'too-many-entries', MOST_PHRASES))
    equal(clerk.post('/v1/phrases', {'text': '用语 0'}).status, 200)
    equal(world.staff(OTHER_CLERK).post('/v1/phrases', {'text': '又一条'}).status, 201, 'another body has room of its own')


run(World, World.stop)
