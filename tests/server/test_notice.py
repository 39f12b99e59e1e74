#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The unit's public notice: recorded in its own part, at least five working days, over before the dossier is sent on
(U5, U7, N12, decision 7)."""
import contextlib
import json
import os

from actors import CLERK, UNIT_DOCUMENTS, World
from clock import Clock
from tap import case, check, equal, run

BUREAU, BUREAU_CLERK = 'department-nanning-industry', '13900000007'
REST = [section for section in UNIT_DOCUMENTS if section != 'unit_public_notice']


def notice(start, end, result='无异议', place='厂区公示栏'):
    values = {'unit_notice_started': start, 'unit_notice_ended': end, 'unit_notice_place': place, 'unit_notice_result': result}
    return {'values': {key: value for key, value in values.items() if value is not None}}


def record(clerk, dossier, section, document):
    version = {s['id']: s['version'] for s in clerk.dossier(dossier)['sections']}[section]
    reply = clerk.save(dossier, section, document, version)
    equal(reply.status, 200, reply)
    return reply.json


def held(world):
    """A dossier that a clerk of the unit holds, all of the unit's part filled in but the notice; and the clerk."""
    clerk = world.staff(CLERK)
    dossier = world.applicant().submitted()
    clerk.act(dossier, 'accept')
    for section in REST:
        equal(record(clerk, dossier, section, UNIT_DOCUMENTS[section])['state'], 'complete')
    return dossier, clerk


def refusal(clerk, dossier, **more):
    """What an approval is answered: code, status, who lifts it, and the problems that block."""
    reply = clerk.act_reply(dossier, 'approve', **more)
    rule = reply.json.get('rule') or {}
    return (reply.code, reply.status, rule.get('id'), rule.get('lifted_by'),
            [(p.get('field'), p['code'], p.get('limit')) for p in reply.json.get('problems', []) if not p['advice']])


INCOMPLETE = ('public-notice-incomplete', 422, 'public-notice-before-sending-on', 'unit')
RUNNING = ('public-notice-running', 409, 'public-notice-before-sending-on', 'time')
MISSING = ('calendar-missing', 409, 'published-calendar', 'operator')
END = 'unit_notice_ended'
# the notice as it is recorded, and what sending on is answered
WRONG = [
    (notice(None, None, None, None), INCOMPLETE, [('unit_notice_started', 'required', None), (END, 'required', None),
                                                  ('unit_notice_place', 'required', None), ('unit_notice_result', 'required', None)]),
    (notice('2025-03-10', '2025-03-14', result=None), INCOMPLETE, [('unit_notice_result', 'required', None)]),
    (notice('2025-03-10', '2025-03-14', place=None), INCOMPLETE, [('unit_notice_place', 'required', None)]),
    (notice('2025-03-10', None), INCOMPLETE, [(END, 'required', None)]),
    (notice('2025-03-10', '2025-03-13'), INCOMPLETE, [(END, 'too-few-working-days', 5)]),
    (notice('2025-03-15', '2025-03-20'), INCOMPLETE, [(END, 'too-few-working-days', 5)]),       # begins on a Saturday
    (notice('2025-09-29', '2025-10-10'), INCOMPLETE, [(END, 'too-few-working-days', 5)]),       # National Day between them
    (notice('2025-03-14', '2025-03-10'), INCOMPLETE, [(END, 'date-order', None)]),
    (notice('2018-03-05', '2018-03-30'), MISSING, [(END, 'calendar', None)]),                   # before what is published
    (notice('2018-03-05', '2018-03-30', result=None), INCOMPLETE, [(END, 'calendar', None), ('unit_notice_result', 'required', None)]),
]


@case('U5 U7 N12', 'until the notice has run and is recorded the dossier goes neither to the office nor to a department; each refusal names rule and remedy')
def refused(world):
    dossier, clerk = held(world)
    bureau = world.staff(BUREAU_CLERK)
    to = {'department': BUREAU, 'person': bureau.membership}
    for document, why, problems in WRONG:
        equal(record(clerk, dossier, 'unit_public_notice', document)['state'] == 'complete', False, document)
        for more in ({}, {'to': to}):
            equal(refusal(clerk, dossier, **more), (*why, problems), document, more)
        equal((clerk.dossier(dossier)['stage'], clerk.dossier(dossier)['state']), ('unit', 'in-review'))
    equal(record(clerk, dossier, 'unit_public_notice', notice('2025-09-29', '2025-10-11'))['state'], 'complete', 'a worked Saturday')
    sent = clerk.act(dossier, 'approve', to=to)
    equal((sent['stage'], sent['state']), ('department', 'waiting'))
    bureau.act(dossier, 'accept')
    equal(bureau.act(dossier, 'approve')['stage'], 'office', 'no other body gives a notice of its own')


@case('U5 N12', 'the unit\'s other sections likewise, by a rule of their own; the notice is named first')
def other_sections(world):
    someone, clerk = world.applicant(), world.staff(CLERK)
    dossier = someone.submitted()
    clerk.act(dossier, 'accept')
    equal(refusal(clerk, dossier)[:4], INCOMPLETE)
    record(clerk, dossier, 'unit_public_notice', notice('2025-03-10', '2025-03-14'))
    told = refusal(clerk, dossier)
    equal(told[:4], ('unit-part-incomplete', 422, 'unit-part-before-sending-on', 'unit'))
    check(('unit_opinion', 'required', None) in told[4], told)
    equal(clerk.act(dossier, 'return', opinion='请补充')['state'], 'returned', 'giving it back waits for no notice')


@contextlib.contextmanager
def clocked(start):
    clock = Clock(start)
    try:
        yield clock
    finally:
        clock.stop()


@case('U7 decision 7', 'by the server\'s clock: over National Day, to the last second of the last day; nobody sees to it that it ends')
def runs_out(_):
    with clocked('2026-09-28T10:00:00') as clock:
        dossier, clerk = held(clock.world)
        record(clerk, dossier, 'unit_public_notice', notice('2026-09-28', '2026-10-08'))
        equal(refusal(clerk, dossier)[:4], INCOMPLETE, 'short: told before it is over')
        record(clerk, dossier, 'unit_public_notice', notice('2026-09-28', '2026-10-09'))
        for moment in ('2026-09-28T11:00:00', '2026-10-09T10:00:00', '2026-10-09T23:58:00'):
            clock.set_to(moment)
            clerk = clock.world.staff(CLERK)                       # the session was idle, and so was the claim
            if clerk.dossier(dossier)['state'] == 'waiting':
                clerk.act(dossier, 'accept')
            equal(refusal(clerk, dossier), (*RUNNING, [(END, 'not-over', None)]), moment)
        clock.set_to('2026-10-10T00:00:00')
        equal(clerk.act(dossier, 'approve')['stage'], 'office')


@case('U7 decision 7', 'a year whose calendar is not published is not guessed at')
def next_year(_):
    with clocked('2027-02-01T10:00:00') as clock:
        dossier, clerk = held(clock.world)
        record(clerk, dossier, 'unit_public_notice', notice('2026-12-28', '2027-01-29'))
        equal(refusal(clerk, dossier), (*MISSING, [(END, 'calendar', None)]))


def import_calendar(world, layer, check=True):
    path = os.path.join(world.server.home, 'calendar.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(layer, file, ensure_ascii=False)
    return world.server.run('import', path, check=check)


@case('U7 U18 decision 7', 'a calendar that is imported counts at the next request: a year more, a region\'s days off, a year corrected; a faulty one changes nothing')
def imported(world):
    dossier, clerk = held(world)
    record(clerk, dossier, 'unit_public_notice', notice('2018-03-05', '2018-03-09'))
    equal(refusal(clerk, dossier)[:4], MISSING)
    day = lambda date, off: {'name': '某日', 'date': date, 'isOffDay': off}
    for faulty in ({'year': 2018, 'days': [day('2018-02-30', True)]}, {'year': 2018, 'days': [], 'colour': 1}, {'year': 18, 'days': []},
                   {'year': 2018, 'region': ' ', 'days': []}):
        equal(import_calendar(world, faulty, check=False).returncode, 1, faulty)
    equal(refusal(clerk, dossier)[:4], MISSING)
    year = {'year': 2018, 'papers': ['某通知'], 'days': [day('2018-03-07', True), day('2018-03-10', True)]}
    import_calendar(world, year)
    equal(refusal(clerk, dossier), (*INCOMPLETE, [(END, 'too-few-working-days', 5)]))
    import_calendar(world, {'year': 2018, 'region': '450000', 'days': [day('2018-03-10', False)]})
    equal(record(clerk, dossier, 'unit_public_notice', notice('2018-03-05', '2018-03-10'))['state'], 'complete', 'the region has the word')
    equal([layer.get('region') for layer in clerk.get('/v1/catalog/calendar').json['layers']], [None, '450000'])
    import_calendar(world, {'year': 2018, 'region': '450000', 'days': []})
    equal(refusal(clerk, dossier), (*INCOMPLETE, [(END, 'too-few-working-days', 5)]), 'imported again: the former is gone')
    import_calendar(world, dict(year, days=[]))
    equal(clerk.get('/v1/catalog/calendar').json['layers'][0], {'year': 2018, 'papers': ['某通知'], 'days': []})
    equal(clerk.act(dossier, 'approve')['stage'], 'office')


@case('U7 B3', 'how many days is the business\'s to say: another number counts for new dossiers, those begun before keep theirs')
def configurable(world):
    before, clerk = held(world)
    three = notice('2025-03-10', '2025-03-12')

    def shorten(form):
        field, = [f for s in form['sections'] for f in s['fields'] if f['id'] == END]
        equal(field['min_working_days'], 5)
        field['min_working_days'] = 3
    world.newer_form('evaluation', shorten)
    after, clerk = held(world)
    record(clerk, after, 'unit_public_notice', three)
    equal(clerk.act(after, 'approve')['stage'], 'office')
    record(clerk, before, 'unit_public_notice', three)
    equal(refusal(clerk, before), (*INCOMPLETE, [(END, 'too-few-working-days', 5)]))


run(World, World.stop)
