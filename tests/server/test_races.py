#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Races: exactly one wins each time, and the others get an answer of their own (S1.6, S3.1.1b, S3.1.5b)."""
import collections
import os
import uuid

from actors import CLERK, LEADER, TARGET, Caller, Person, World, run_together
from tap import case, check, equal, run

ROUNDS = int(os.environ.get('ZC_RACE_ROUNDS', '500'))
PARALLEL = int(os.environ.get('ZC_RACE_PARALLEL', '100'))


@case('S3.1.5b', f'{ROUNDS} rounds of withdrawing against accepting: exactly one each time')
def withdraw_or_accept(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    winners = collections.Counter()
    for number in range(ROUNDS):
        version = clerk.dossier(dossier)['version']
        order = [(someone, 'withdraw'), (clerk, 'accept')]
        if number % 2:
            order.reverse()
        replies = dict(zip((act for _, act in order), run_together(2, lambda i: order[i][0].post(
            f'/v1/dossiers/{dossier}/acts', {'act': order[i][1], 'version': version}))))
        statuses = {act: reply.status for act, reply in replies.items()}
        equal(sorted(statuses.values())[0], 200, statuses)
        if statuses['withdraw'] == 200:
            equal(replies['accept'].status, 404, 'what was withdrawn is not there')
            winners['withdraw'] += 1
            someone.act(dossier, 'submit')
        else:
            equal((replies['withdraw'].status, replies['withdraw'].code), (409, 'already-accepted'))
            winners['accept'] += 1
            clerk.act(dossier, 'release')
    equal(sum(winners.values()), ROUNDS)
    told = [i['act'] for i in someone.get(f'/v1/dossiers/{dossier}/history').json['items']]
    equal((told.count('withdraw'), told.count('accept')), (winners['withdraw'], winners['accept']))
    print('#', dict(winners))


@case('S1.6 SEC-S36', f'{PARALLEL} register the same person at once: one account')
def registrations(world):
    person = Person()
    body = world.registration(person)
    replies = run_together(PARALLEL, lambda i: Caller(world).post('/v1/accounts', body))
    counts = collections.Counter((r.status, None if r.status == 201 else r.code) for r in replies)
    equal(counts, {(201, None): 1, (409, 'id-number-taken'): PARALLEL - 1})


@case('S1.6', 'the same mobile with other numbers, the same number with other mobiles: one account each')
def one_equal(world):
    for field in ('mobile', 'email', 'id_number'):
        shared = Person().form[field]
        bodies = [world.registration(Person(**{field: shared})) for _ in range(8)]
        code_field = {'mobile': 'sms_code', 'email': 'email_code'}.get(field)
        for body in bodies:
            if code_field:                             # the newest code is the one that counts
                body[code_field] = bodies[-1][code_field]
        replies = run_together(len(bodies), lambda i: Caller(world).post('/v1/accounts', bodies[i]))
        equal([r.status for r in replies].count(201), 1, field)
        equal({r.code for r in replies if r.status != 201}, {field.replace('_', '-') + '-taken'})


@case('S3.1.1b SEC-S36', f'{PARALLEL} begin a dossier of the year at once: one dossier, the others told which')
def second_dossiers(world):
    someone = world.applicant()
    body = {'business': 'evaluation', 'target': TARGET}
    replies = run_together(PARALLEL, lambda i: someone.post('/v1/dossiers', body, str(uuid.uuid4())))
    won = [r for r in replies if r.status == 201]
    equal(len(won), 1)
    check(all((r.status, r.code, r.json['existing']) == (409, 'one-series-per-year', won[0].json['id'])
              for r in replies if r.status != 201))
    equal(len(someone.get('/v1/dossiers').json['items']), 1)


@case('S3.1.1c', f'{PARALLEL} times the same key at once: one dossier, one answer')
def same_key(world):
    someone, key = world.applicant(), str(uuid.uuid4())
    body = {'business': 'evaluation', 'target': TARGET}
    replies = run_together(PARALLEL, lambda i: someone.post('/v1/dossiers', body, key))
    made = {r.body for r in replies if r.status == 201}
    equal(len(made), 1)
    check(all(r.status == 201 or r.code == 'idempotency-key-running' for r in replies),
          collections.Counter(r.status for r in replies))
    equal(len(someone.get('/v1/dossiers').json['items']), 1)


@case('S3.1.3a', 'sending while another window saves: what was sent is what was on the screen')
def submit_or_save(world):
    for number in range(max(1, ROUNDS // 20)):
        someone = world.applicant()
        dossier = someone.new_dossier()
        someone.fill(dossier)
        seen = someone.dossier(dossier)
        sections = {s['id']: s['version'] for s in seen['sections']}
        work = [lambda: someone.post(f'/v1/dossiers/{dossier}/acts',
                                     {'act': 'submit', 'version': seen['version'], 'sections': sections}),
                lambda: someone.save(dossier, 'work_summary', {'values': {'work_summary_text': '另一个窗口'}}, 1)]
        submit, save = run_together(2, lambda i: work[i]())
        check((submit.status, save.status) in ((200, 409), (409, 200)), submit, save)
        if submit.status == 200:
            sent = someone.get(f'/v1/dossiers/{dossier}/revisions/1').json['content']['sections']['work_summary']
            check('另一个窗口' not in sent['values']['work_summary_text'])
        else:
            equal(submit.code, 'stale')


@case('P10 P11 U4', 'two people act on the same frozen choice at once: each dossier goes to one of them, the other is told; nothing is forced')
def batches(world):
    clerk, leader = world.staff(CLERK), world.staff(LEADER)
    mine = [world.applicant().submitted() for _ in range(8)]
    frozen = {d['id']: d['version'] for d in clerk.request('POST', '/v1/searches', {'limit': 1000, 'state': 'waiting'}).json['items']
              if d['id'] in mine}
    late = world.applicant().submitted()
    equal(set(frozen), set(mine))
    accept = lambda who, dossier: who.post(f'/v1/dossiers/{dossier}/acts', {'act': 'accept', 'version': frozen[dossier]})
    replies = run_together(16, lambda i: accept((clerk, leader)[i % 2], mine[i // 2]))
    for i, dossier in enumerate(mine):
        pair = replies[2 * i:2 * i + 2]
        equal(sorted(r.status for r in pair), [200, 409], dossier)
        check(next(r for r in pair if r.status == 409).code in ('stale', 'held-by-other'), pair)
        equal(clerk.dossier(dossier)['holder']['me'], pair[0].status == 200)
    for dossier in mine:                            # once more with what was frozen: told, and nothing moves
        before = clerk.dossier(dossier)
        holder = clerk if before['holder']['me'] else leader
        check(accept(clerk, dossier).code in ('held-by-other', 'not-allowed'))
        equal(holder.post(f'/v1/dossiers/{dossier}/acts', {'act': 'release', 'version': frozen[dossier]}).code, 'stale')
        equal(clerk.dossier(dossier)['version'], before['version'])
    equal(clerk.dossier(late)['state'], 'waiting')


run(World, World.stop)
