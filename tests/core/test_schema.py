#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An independent validator against the check (B4): both look at the same dossiers, made and spoilt at random from
a fixed seed, and must say the same but for the codes that the schema itself calls server-only."""
import collections
import copy
import json
import multiprocessing
import os
import random
import re
import subprocess
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'support'))
from dossiers import as_lines, judged_dossiers, made_dossier  # noqa: E402
from schemas import inlined  # noqa: E402
from tap import case, check, equal, run  # noqa: E402

PROGRAM, ODD, SHIPPED = sys.argv[1:4]
EVALUATION = f'{SHIPPED}/evaluation.json'
REGISTRATION, RENAME, SEAL = (f'{SHIPPED}/unit_{name}.json' for name in ('registration', 'rename', 'seal'))
ADVICE = str(Path(ODD).with_name('advice.json'))
WHOLE, SPOILT = 240, 1000      # dossiers; and each edge of each field


def ask(arguments, lines):
    made = subprocess.run([PROGRAM, *arguments], input=as_lines(lines), capture_output=True, text=True, check=True)
    answers = made.stdout.splitlines()
    equal(len(answers), len(lines), made.stderr)
    return answers


def schema_of(path):
    text = subprocess.run([PROGRAM, path, '--schema'], capture_output=True, text=True, check=True).stdout
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return schema


# Where every code point is a character of its own both can count: nothing else excuses a length.
JOINED = re.compile('[^\x00-\x0c\x0e-\x7f\u2010-\u2027\u3000-\u3029\u4e00-\u9fff\uff00-\uff5e\U00020000-\U000323af]')
LENGTHS = {'too-long', 'too-short'}
_validator = None


def use_schema(schema):
    global _validator
    _validator = Draft202012Validator({**inlined(schema, schema), '$defs': schema.get('$defs', {})})


def judge(dossier):
    return _validator.is_valid(dossier)


def verdicts_of_schema(schema, dossiers):
    """On all processors: the validator is thorough, not fast."""
    with multiprocessing.Pool(initializer=use_schema, initargs=(schema,)) as pool:
        return pool.map(judge, dossiers, chunksize=20)


def compare(path, dossiers):
    """The tally of verdicts, and of the check's codes; raises where the two judges differ."""
    schema = schema_of(path)
    excused = set(schema['x-server-only'])
    tally, codes = {'ok': 0, 'refused': 0, 'server-only': 0}, collections.Counter()
    show = lambda dossier: json.dumps(dossier, ensure_ascii=False)[:3000]
    for dossier, answer, valid in zip(dossiers, ask([path], dossiers), verdicts_of_schema(schema, dossiers)):
        if answer.startswith('json: '):   # what no reader of ours takes at all
            continue
        told = set() if answer == 'ok' else set(answer.split())
        codes.update(told)
        if not told:
            check(valid, 'only the schema refuses', [e.message[:200] for e in Draft202012Validator(schema).iter_errors(dossier)],
                  show(dossier))
        elif valid:
            joined = JOINED.search(json.dumps(dossier, ensure_ascii=False))
            check(told <= (excused if joined else excused - LENGTHS), 'only the check refuses:', answer, show(dossier))
        tally['ok' if not told else 'server-only' if valid else 'refused'] += 1
    print('#', Path(path).name, tally, dict(codes.most_common()))
    return tally, codes


def judged(path, whole, spoilt):
    """The tallies and codes of whole dossiers, of those at the edges of fields, and of spoilt ones."""
    business = json.loads(Path(path).read_text(encoding='utf-8'))
    return [compare(path, dossiers) for dossiers in judged_dossiers(business, 20261123, whole, spoilt)]


# every way in which an answer can be wrong that the evaluation's fields can have
CODES = {'required', 'type', 'unknown-field', 'control-character', 'too-long', 'too-short', 'too-small', 'too-large', 'not-a-choice', 'date', 'month',
         'date-order', 'in-future', 'mobile', 'email', 'computed', 'not-the-same', 'too-few-entries', 'too-many-entries', 'duplicate-entry',
         'too-many-images', 'duplicate-image', 'too-many-bytes', 'too-narrow', 'too-low', 'edge-too-short',
         'too-few-working-days', 'not-over', 'calendar'}


@case('B4', 'over 2,000 whole and spoilt dossiers of the evaluation, of every target: schema and check agree')
def evaluation():
    (whole, _), (edges, at_edges), (spoilt, codes) = judged(EVALUATION, WHOLE, SPOILT)
    equal((whole['refused'], whole['server-only']), (0, 0))
    check(sum(map(sum, (whole.values(), edges.values(), spoilt.values()))) >= 2000, 'too few were judged', whole, edges, spoilt)
    for tally in (edges, spoilt):
        fifth = sum(tally.values()) / 5
        check(tally['ok'] > fifth and tally['refused'] > fifth, 'the dossiers are all alike:', tally)
    told = set(codes) | set(at_edges)
    check(CODES <= told, 'never told:', CODES - told)


@case('B4 B5', 'whole and spoilt dossiers of invented businesses with every feature: schema and check agree')
def invented():
    for path in (ODD, ADVICE):
        (whole, _), (edges, _), (spoilt, _) = judged(path, WHOLE // 2, SPOILT // 4)
        check(whole['ok'] > WHOLE / 4, 'hardly a dossier is whole:', whole)
        check(edges['refused'] > 10, 'no edge is refused:', edges)
        check(spoilt['ok'] > SPOILT / 20 and spoilt['refused'] > SPOILT / 20, 'the dossiers are all alike:', spoilt)


@case('B4', 'a field at the end of a chain is asked only while the whole chain holds')
def chains():
    chance = random.Random(1)
    business = json.loads(Path(ODD).read_text(encoding='utf-8'))
    made = []
    for path in ('正常', '破格', '转评'):
        for exception in (None, '获奖', '发明'):
            for sold in (None, False, True):
                for buyer in (None, '合作社', '散户'):
                    dossier = made_dossier(chance, business, {'level': chance.choice(['junior', 'senior', 'associate-senior'])}, chance.random() < .5)
                    dossier['keeper']['values'] |= {'path': path, 'exception': exception, 'invention': None}
                    dossier['harvests']['entries'][0]['values'] |= {'sold': sold, 'buyer': buyer, 'member': None, 'harvest_year': '2020'}
                    made.append(dossier)
    compare(ODD, made)


@case('B3 B5', 'the schema of business files and the loader agree on what a file is')
def files():
    schema = json.loads(Path(SHIPPED, 'business.schema.json').read_text(encoding='utf-8'))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    chance = random.Random(3)
    originals = [json.loads(Path(path).read_text(encoding='utf-8')) for path in (ODD, EVALUATION, ADVICE, REGISTRATION, RENAME, SEAL)]
    spoilt = []
    for _ in range(400):
        business = copy.deepcopy(chance.choice(originals))
        spoil_file(chance, business)
        spoilt.append(business)
    answers = ask(['--load'], originals + spoilt)
    equal(answers[:6], ['ok'] * 6)
    tally = {'ok': 0, 'both': 0, 'loader': 0}
    for business, answer in zip(originals + spoilt, answers):
        valid = validator.is_valid(business)
        if answer == 'ok':
            check(valid, 'only the schema refuses', [e.message[:300] for e in validator.iter_errors(business)][:2])
        tally['ok' if answer == 'ok' else 'loader' if valid else 'both'] += 1
    print('#', tally)
    check(tally['ok'] > 20 and tally['both'] > 200, tally)


def places(value, path=()):
    """Every place in a file."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield path + (key,)
        yield from places(inner, path + (key,))


def spoil_file(chance, business):
    path = chance.choice(list(places({'sections': business['sections'], **business})))
    holder = business
    for key in path[:-1]:
        holder = holder[key]
    act = chance.randrange(6)
    if act == 0 and isinstance(holder, dict):
        del holder[path[-1]]
    elif act == 1 and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[path[-1]]))
    elif act == 2 and isinstance(holder, dict):
        holder[chance.choice(['max', 'min', 'choices', 'when', 'from', 'sum', 'entries', 'fills', 'required', 'images', 'odd'])] = \
            chance.choice([1, True, ['甲'], {'.path': ['正常']}, 'account.name', 'unit', {'max': 1}])
    else:
        holder[path[-1]] = chance.choice([None, True, 0, 1, -1, 2.5, 1e9, 1e17, '', ' ', 'x', 'X', '甲', 'text', 'flag', 'date', 'images', [], {},
                                          ['甲', '甲'], ['甲', ''], {'.x': ['甲']}, {'x': ['甲']}, {'keeper.path': ['破格']},
                                          {'keeper.path': []}, 'nations', 'account.name', 'target.level', '控\u0007'])


os.environ.setdefault('LC_ALL', 'C.UTF-8')
run()
