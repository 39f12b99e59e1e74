#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may reach what, and do what with it: dossiers and images of others are not there (SEC-S19), and every act and every
write is open to the people of one table and to nobody else (SEC-S20)."""
import json
import re
import uuid

import contract
from actors import CLERK, LEADER, OFFICER, OTHER_CLERK, PASSWORD, TARGET, Picture, World
from hostile import holding
from tap import case, check, equal, run

COMMITTEE_CLERK = '13900000005'
DEPARTMENT = 'department-nanning-industry'
ACTS = ('submit', 'withdraw', 'abandon', 'accept', 'release', 'assign', 'approve', 'return', 'return-back', 'refuse')


def appoint(world, body):
    """Somebody who has registered, and acts for that body."""
    person = world.applicant().person
    world.server.run('staff', 'add', '--body', body, '--role', 'clerk', stdin=person.form['mobile'] + '\n')
    session = world.sign_in(person.form['mobile'], person.form['password'])
    session.membership = session.account['memberships'][0]['id']
    equal(session.request('PUT', '/v1/sessions/current/membership', {'membership': session.membership}).status, 200)
    return session


class Place:
    """A dossier at a stage: its owner, who may see it, and who may do what there."""

    def __init__(self, world, name, steps, sees=(), may=None):
        self.name, self.sees, self.may = name, ('owner',) + tuple(sees), may or {}
        self.owner = world.applicant()
        self.id = self.owner.new_dossier()
        self.picture = next(iter(self.owner.fill(self.id).values()))
        for who, act, more in steps:
            actor = self.owner if who == 'owner' else world.cast[who]
            if (who, act) == ('clerk', 'approve'):
                actor.attest(self.id)
            actor.act(self.id, act, **more)

    def sessions(self, world):
        return dict(world.cast, owner=self.owner)


def setup():
    world = World()
    world.cast = {
        'stranger': world.applicant(), 'clerk': world.staff(CLERK), 'leader': world.staff(LEADER), 'officer': world.staff(OFFICER),
        'committee': world.staff(COMMITTEE_CLERK), 'department': appoint(world, DEPARTMENT),
        'other unit': world.staff(OTHER_CLERK), 'other office': appoint(world, 'office-guilin'),
        'other committee': appoint(world, 'committee-guilin-engineering-intermediate'),
    }
    world.to_department = {'department': DEPARTMENT, 'person': world.cast['department'].membership}
    step = lambda who, act, **more: (who, act, more)
    submit, accepted = step('owner', 'submit'), step('clerk', 'accept')
    on, by_department = step('clerk', 'approve'), step('clerk', 'approve', to=world.to_department)
    at_unit, at_office = [submit], [submit, accepted, on]
    at_department, at_committee = [submit, accepted, by_department], at_office + [step('officer', 'accept'), step('officer', 'approve')]
    unit = ('clerk', 'leader')
    deciding, back = {'release', 'approve', 'return', 'refuse'}, {'return-back'}
    world.places = [Place(world, *row) for row in (
        ('draft', [], (), {'owner': {'submit', 'abandon'}}),
        ('withdrawn', [submit, step('owner', 'withdraw')], (), {'owner': {'submit', 'abandon'}}),
        ('returned', [submit, accepted, step('clerk', 'return', opinion='请改')], unit, {'owner': {'submit', 'abandon'}}),
        ('abandoned', [step('owner', 'abandon')], ()),
        ('unit waiting', at_unit, unit, {'owner': {'withdraw'}, 'clerk': {'accept'}, 'leader': {'accept', 'assign'}}),
        ('unit in review', at_unit + [accepted], unit, {'clerk': deciding, 'leader': {'release'}}),
        ('unit refused', at_unit + [accepted, step('clerk', 'refuse', opinion='不符合条件')], unit),
        ('department waiting', at_department, unit + ('department',), {'department': {'accept'}}),
        ('department in review', at_department + [step('department', 'accept')], unit + ('department',),
         {'department': deciding | back}),
        ('office waiting', at_office, unit + ('officer',), {'officer': {'accept'}}),
        ('office in review', at_office + [step('officer', 'accept')], unit + ('officer',), {'officer': deciding | back}),
        ('committee waiting', at_committee, unit + ('officer', 'committee'), {'committee': {'accept'}}),
        ('committee in review', at_committee + [step('committee', 'accept')], unit + ('officer', 'committee'),
         {'committee': deciding | back}),
        ('fees', at_committee + [step('committee', 'accept'), step('committee', 'approve')], unit + ('officer', 'committee')),
    )]
    return world


# --- what is not there -------------------------------------------------------------------------------------------

def bare(reply):
    """All of a reply but its date: what a stranger could compare."""
    return reply.status, reply.body, sorted((k, v) for k, v in reply.headers.items() if k != 'Date')


def operations():
    """Every operation on one dossier, and HEAD where GET is answered."""
    for path, methods in contract.DOCUMENT['paths'].items():
        if path.startswith('/v1/dossiers/{id}'):
            yield from ((method.upper(), path) for method in methods)
            if 'get' in methods and 'head' not in methods:
                yield 'HEAD', path


def ask(session, method, path, dossier, section='x', sha256='0' * 64):
    target = path.replace('{id}', dossier).replace('{section}', section).replace('{sha256}', sha256).replace('{n}', '1')
    headers, body = {'If-Match': '"0"'}, None
    if method in ('PUT', 'POST'):
        body = {'target': {'version': 1, 'target': TARGET}, 'acts': {'act': 'accept', 'version': 1},
                'form': {'version': 1}}.get(path.rsplit('/', 1)[1], {'values': {}})
    if path.endswith('{sha256}') and method == 'PUT':
        headers['Content-Type'], body = 'image/jpeg', Picture().data
    return session.request(method, target, body, key=str(uuid.uuid4()), headers=headers)


@case('SEC-S19', 'a dossier of others is not there: on every operation the answer for a missing one, to the letter')
def others(world):
    listed, tried = list(operations()), 0
    check(len(listed) > 14, listed)
    for place in world.places:
        section = place.owner.dossier(place.id)['sections'][0]['id']
        sha256 = place.picture.sha256
        before = place.owner.dossier(place.id)
        for name, session in place.sessions(world).items():
            if name in place.sees:
                continue
            for method, path in listed:
                tried += 1
                there, none = (ask(session, method, path, i, section, sha256) for i in (place.id, str(uuid.uuid4())))
                equal((there.status, bare(there)), (404, bare(none)), place.name, name, method, path)
        equal(place.owner.dossier(place.id), before, place.name)
    check(tried > 1000, tried)


@case('SEC-S19', 'who may see it, sees it: a table of places and people that is not empty on either side')
def seen(world):
    for place in world.places:
        for name, session in place.sessions(world).items():
            equal(session.get(f'/v1/dossiers/{place.id}').status, 200 if name in place.sees else 404, place.name, name)


@case('SEC-S19', 'a thousand ids at random and beside real ones: none is there')
def guesses(world):
    stranger = world.cast['stranger']
    missing = bare(stranger.get(f'/v1/dossiers/{uuid.uuid4()}'))
    ids = [str(uuid.uuid4()) for _ in range(600)]
    for place in world.places:
        for i in range(1, 17):
            ids.append(place.id[:-1] + f'{(int(place.id[-1], 16) + i) % 16:x}')
            ids.append(place.id[:9] + f'{(int(place.id[9:13], 16) + i) % 65536:04x}' + place.id[13:])
    for guess in ids:
        equal(bare(stranger.get(f'/v1/dossiers/{guess}')), missing, guess)
    check(len(ids) > 1000, len(ids))


@case('SEC-S19', 'lists and the feed tell of nothing but what one may see')
def lists(world):
    everything = {place.id for place in world.places}
    for name, session in world.cast.items():
        mine = {place.id for place in world.places if name in place.sees}
        listed = {item['id'] for item in session.get('/v1/dossiers?limit=100').json['items']}
        check(listed & everything <= mine, name, listed & everything - mine)
        cursor = session.get('/v1/changes').json['cursor'].split('.')[0] + '.0'
        told = {item['dossier'] for item in session.get(f'/v1/changes?since={cursor}').json['items']}
        withdrawn = {place.id for place in world.places if place.name == 'withdrawn' and name in ('clerk', 'leader')}
        check(told & everything <= mine | withdrawn, name, told & everything - mine)
    for place in world.places:
        equal([item['id'] for item in place.owner.get('/v1/dossiers').json['items']], [place.id])


@case('SEC-S19', 'sessions and memberships of others: the answer for missing ones')
def sessions(world):
    stranger, clerk = world.applicant(), world.cast['clerk']
    for other in (clerk.id, world.cast['other unit'].id):
        there, none = (stranger.request('DELETE', f'/v1/sessions/{i}') for i in (other, str(uuid.uuid4())))
        equal((there.status, bare(there)), (404, bare(none)))
    equal(clerk.get('/v1/me').status, 200, 'it goes on')
    for who in (stranger, clerk):
        for membership in (world.cast['officer'].membership, world.cast['other unit'].membership, str(uuid.uuid4())):
            reply = who.request('PUT', '/v1/sessions/current/membership', {'membership': membership})
            equal((reply.status, reply.code), (404, 'not-found'))
    equal(clerk.get('/v1/me').json['membership'], clerk.membership)
    ids = {item['id'] for item in stranger.get('/v1/sessions').json['items']}
    equal(ids, {stranger.id})


def naming(someone, dossier, old, new):
    """What a person would save to name another picture in the place of one: (section, document, version)."""
    section, document, images, version = holding(someone, dossier, old)
    images[:] = [new.value]
    return section, document, version


@case('SEC-S19 decisions 19', 'a digest is there for who brought it and through a dossier that the reader may see; never elsewhere')
def images(world):
    owner, stranger, clerk, officer = world.applicant(), world.applicant(), world.cast['clerk'], world.cast['officer']
    dossier, foreign = owner.new_dossier(), stranger.new_dossier()
    pictures, theirs = owner.fill(dossier), stranger.fill(foreign)
    mine, unnamed, their_own = next(iter(pictures.values())), Picture(), next(iter(theirs.values()))
    equal(owner.upload(dossier, unnamed).status, 201)

    def there(session, where, picture):
        """GET, HEAD and a GET that knows the digest as ETag agree; a 404 is that of a digest which nobody has."""
        path = f'/v1/dossiers/{where}/images/'
        replies = [session.request(method, path + picture.sha256, headers=headers)
                   for method, headers in (('GET', {}), ('HEAD', {}), ('GET', {'If-None-Match': f'"{picture.sha256}"'}))]
        none = [session.request(method, path + Picture().sha256) for method in ('GET', 'HEAD', 'GET')]
        statuses = [reply.status for reply in replies]
        if statuses == [200, 200, 304]:
            equal(replies[0].body, picture.data)
            return True
        equal([bare(reply) for reply in replies], [bare(reply) for reply in none])
        return False

    table = lambda *rows: [equal(there(*row[:3]), row[3], n) for n, row in enumerate(rows)]
    table((owner, dossier, mine, True), (owner, dossier, unnamed, True), (stranger, foreign, mine, False),
          (stranger, dossier, mine, False), (stranger, dossier, their_own, False), (clerk, dossier, mine, False),
          (owner, dossier, their_own, False), (owner, foreign, mine, False))
    section, document, version = naming(stranger, foreign, their_own, mine)
    wanted = [(reply.status, [(p['field'], p['code']) for p in reply.json['problems']]) for reply in (
        stranger.save(foreign, section, json.loads(json.dumps(document).replace(mine.sha256, sha256)), version)
        for sha256 in (mine.sha256, Picture().sha256))]
    equal(wanted[0], wanted[1], 'a digest of others is told from one that nobody has')
    equal((wanted[0][0], wanted[0][1][0][1]), (422, 'image-missing'))

    owner.act(dossier, 'submit')
    stranger.act(foreign, 'submit')
    table((clerk, dossier, mine, True), (clerk, dossier, unnamed, False), (clerk, foreign, mine, False),
          (officer, dossier, mine, False), (world.cast['other unit'], dossier, mine, False), (stranger, foreign, mine, False))
    clerk.act(dossier, 'accept')
    clerk.act(dossier, 'return', opinion='请更换')
    newer = Picture(width=mine.width, height=mine.height)
    equal(owner.upload(dossier, newer).status, 201)
    section, document, version = naming(owner, dossier, mine, newer)
    equal(owner.save(dossier, section, document, version).status, 200)
    table((clerk, dossier, mine, True), (clerk, dossier, newer, False), (owner, dossier, newer, True))
    equal(stranger.upload(foreign, mine).code, 'not-editable')
    equal(owner.act(dossier, 'submit')['state'], 'waiting')
    table((clerk, dossier, newer, True), (clerk, dossier, mine, True))


# --- who may do what ---------------------------------------------------------------------------------------------

def try_act(session, place, act, version, **more):
    body = {'act': act, 'version': version, 'opinion': '意见', **more}
    if act == 'submit':
        body['sections'] = {s['id']: s['version'] for s in place.owner.dossier(place.id)['sections']}
    return session.post(f'/v1/dossiers/{place.id}/acts', body)


@case('SEC-S20 N12', 'each act by each person at each place: granted to those of the table, refused with a code to all others; its owner is told what is refused, by the code that asking meets')
def acts(world):
    granted = 0
    for place in world.places:
        before = place.owner.dossier(place.id)
        missing = bare(ask(world.cast['stranger'], 'POST', '/v1/dossiers/{id}/acts', str(uuid.uuid4())))
        for name, session in place.sessions(world).items():
            may, refused = place.may.get(name, set()), {}
            for act in ACTS:
                # what would be granted is refused as stale, so that nothing moves; all else is refused before that
                to = {'to': {'person': world.cast['clerk'].membership}} if act == 'assign' else {}
                reply = try_act(session, place, act, before['version'] + 1, **to)
                if name not in place.sees:
                    equal(bare(reply), missing, place.name, name, act)
                    continue
                granted += act in may
                refused[act] = reply.code
                equal(reply.code == 'stale', act in may, place.name, name, act, reply)
                check(reply.status == 409 or (reply.status, reply.code) in ((403, 'forbidden'), (403, 'own-dossier')), place.name, name, act,
                      reply)
            if name in place.sees:
                told = session.dossier(place.id)
                equal(set(told['actions']) & set(ACTS), may, place.name, name, 'is told otherwise')
                equal(told['refused'], [{'action': act, 'code': refused[act]} for act in ('submit', 'withdraw')
                                        if session is place.owner and refused[act] not in ('stale', 'not-allowed')], place.name, name)
        equal(place.owner.dossier(place.id), before, place.name)
    equal(granted, sum(len(may) for place in world.places for may in place.may.values()))


@case('N12 S3.1.5b', 'at each place whence it is not to be withdrawn any more, owner and rule are told who has it now')
def holders(world):
    named = {'unit': ('already-accepted', 'unit'), 'department': ('with-department', 'department'), 'office': ('with-office', 'office'),
             'committee': ('with-committee', 'committee'), 'fees': ('examined', 'nobody')}
    late = [place for place in world.places if place.name.endswith(('waiting', 'in review')) or place.name == 'fees']
    late = [place for place in late if place.name != 'unit waiting']
    for place in late:
        code, holder = named[place.name.split()[0]]
        reply = place.owner.act_reply(place.id, 'withdraw')
        equal((reply.status, reply.code, reply.json['rule']), (409, code, {'id': 'withdraw-before-acceptance', 'lifted_by': holder}), place.name)
        equal(place.owner.dossier(place.id)['refused'], [{'action': 'withdraw', 'code': code}], place.name)
    equal({place.name.split()[0] for place in late}, set(named))


@case('SEC-S20 SEC-S21 U6', 'a department is named when it is sent on to one, by no other act')
def departments(world):
    for place in world.places:
        before = place.owner.dossier(place.id)
        for name, may in place.may.items():
            for act in may:
                sends_on = act == 'approve' and place.name.startswith(('unit', 'department'))
                nowhere = {'department': 'department-nowhere', 'person': world.to_department['person']}
                reply = try_act(place.sessions(world)[name], place, act, before['version'], to=nowhere)
                equal(reply.code, 'department' if sends_on else 'target' if act == 'approve' else 'bad-json', place.name, name, act)
                if not sends_on:
                    reply = try_act(place.sessions(world)[name], place, act, before['version'], to=world.to_department)
                    equal(reply.code, 'target' if act == 'approve' else 'bad-json', place.name, name, act)
        equal(place.owner.dossier(place.id), before, place.name)


@case('SEC-S20', 'answers, images, target and deleting: open to the owner where it is a draft, to nobody else')
def writes(world):
    for place in world.places:
        before = place.owner.dossier(place.id)
        section, document, images, _ = holding(place.owner, place.id, place.picture)
        images.pop()
        editable, fresh = place.name in ('draft', 'withdrawn', 'returned'), place.name == 'draft'   # nobody above the unit has decided
        path = f'/v1/dossiers/{place.id}'
        for name, session in place.sessions(world).items():
            send = lambda method, rest, body, headers: session.request(method, path + rest, body, key=str(uuid.uuid4()),
                                                                       headers=headers)
            tries = [(send('PUT', f'/sections/{section}', document, {'If-Match': '"99"'}), editable, 'precondition-failed'),
                     (send('PUT', f'/images/{"0" * 64}', b'', {'Content-Type': 'image/jpeg'}), editable, 'image'),
                     (send('PUT', '/target', {'version': 99, 'target': TARGET}, {}), editable, 'stale'),
                     (send('POST', '/form', {'version': 99}, {}), editable, 'form-current')]
            if not (fresh and name == 'owner'):
                tries.append((send('DELETE', '', None, {}), False, None))
            for number, (reply, open_here, code) in enumerate(tries):
                what = (place.name, name, ('answers', 'image', 'target', 'form', 'delete')[number], reply)
                if name not in place.sees:
                    equal(reply.status, 404, *what)
                elif name == 'owner' and open_here or number == 1 and (place.name, name) == ('unit in review', 'clerk'):
                    # whoever holds it keeps pictures in the unit's own sections (U5)
                    equal(reply.code, code, *what)
                else:
                    equal((reply.status, reply.code), (409, 'not-editable'), *what)
        equal(place.owner.dossier(place.id), before, place.name)
    draft = next(place for place in world.places if place.name == 'draft')
    equal(draft.owner.request('DELETE', f'/v1/dossiers/{draft.id}', key=str(uuid.uuid4())).status, 204)


@case('SEC-S20 decision 13', 'a session that acts for a body is no applicant, and one that acts for none is no staff')
def capacities(world):
    for name, session in world.cast.items():
        reply = session.post('/v1/dossiers', {'business': 'evaluation', 'target': TARGET})
        equal(reply.status, 201 if name == 'stranger' else 403, name, reply)
    clerk = world.sign_in(CLERK, PASSWORD)
    waiting = next(place for place in world.places if place.name == 'unit waiting')
    equal(clerk.get(f'/v1/dossiers/{waiting.id}').status, 404, 'before a membership was chosen')
    check(waiting.id not in clerk.get('/v1/dossiers').body.decode())
    equal(clerk.request('PUT', '/v1/sessions/current/membership', {'membership': world.cast['clerk'].membership}).status, 200)
    equal(clerk.get(f'/v1/dossiers/{waiting.id}').status, 200)
    equal(clerk.request('PUT', '/v1/sessions/current/membership', {'membership': None}).status, 200)
    equal(clerk.get(f'/v1/dossiers/{waiting.id}').status, 404, 'after it was given back')


@case('SEC-S43', 'whatever was asked in this file, nothing failed inside the server')
def no_failure(world):
    equal(re.findall(r'^.* (?:warning|error) .*$|^.* 5\d\d \d+\.\d ms$', world.server.read_log(), re.M), [])


run(setup, World.stop)
