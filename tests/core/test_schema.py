#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An independent validator against the check (B4): both look at the same dossiers, made and spoilt at random from
a fixed seed, and must say the same but for the codes that the schema itself calls server-only."""
import copy
import json
import os
import random
import subprocess
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'support'))
from tap import case, check, equal, run  # noqa: E402

PROGRAM, ODD, SHIPPED = sys.argv[1:4]
EVALUATION = f'{SHIPPED}/evaluation.json'
ROUNDS = 500


def ask(arguments, lines):
    text = ''.join(json.dumps(line, ensure_ascii=False) + '\n' for line in lines)
    made = subprocess.run([PROGRAM, *arguments], input=text, capture_output=True, text=True, check=True)
    answers = made.stdout.splitlines()
    equal(len(answers), len(lines), made.stderr)
    return answers


def schema_of(path):
    text = subprocess.run([PROGRAM, path, '--schema'], capture_output=True, text=True, check=True).stdout
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return schema


def image(chance, n=0, **numbers):
    made = {'sha256': f'{chance.randrange(1 << 64):064x}', 'bytes': 400, 'width': 900, 'height': 900, 'name': f'图{n}.jpg'}
    return made | numbers


def entry(chance, values):
    return {'id': '018f0000-0000-7000-8000-%012x' % chance.randrange(1 << 48), 'values': values}


# --- a whole dossier, made from the definition ------------------------------------------------------------
NATIONS = ['汉族', '壮族', '基诺族']
CATALOGS = {'nations': NATIONS, 'political-statuses': ['群众', '中共党员'], 'education-levels': ['大学本科'], 'degrees': ['学士', '无']}
GOOD = {
    'date': ['2020-02-29', '1999-12-31', '2026-11-24'], 'month': ['2001-07', '2026-11'],
    'id-number': ['11010119900307803X', '440308199901101512', '810000199408230021', 'ABC123456789012'],
    'credit-code': ['91350100M000100Y43'], 'mobile': ['13800138000', '19912345678'],
    'email': ['a.b+c@example.org', "o'neil@mail.example.co"],
}


def good_value(chance, field):
    kind = field['type']
    if kind in GOOD:
        return chance.choice(GOOD[kind])
    if kind == 'choice':
        return chance.choice(field.get('choices') or CATALOGS[field['catalog']])
    if kind == 'flag':
        return True if field.get('consent') else chance.random() < .5
    if kind in ('integer', 'decimal'):
        low, high = field.get('min', 0), field.get('max', 50)
        value = chance.uniform(low, high)
        return chance.choice([low, high, round(value)]) if kind == 'integer' else chance.choice([low, high, round(value, 2)])
    if kind == 'images':
        limits = field['images']
        return [image(chance, n) for n in range(max(1, limits.get('min', 0)))]
    length = chance.randint(field.get('min_length', 1), field.get('max_length', 60))
    return ''.join(chance.choice('职称评审工作总结甲乙丙ab1，。') for _ in range(length))


def good_values(chance, section):
    values = {field['id']: good_value(chance, field) for field in section['fields']
              if 'from' not in field and field['type'] != 'computed' and (field.get('required') or chance.random() < .8)}
    for field in section['fields']:
        start, end = values.get(field.get('not_before')), values.get(field['id'])
        if start and end and end < start[:len(end)] and chance.random() < .97:
            values[field['id']] = start[:len(end)] if field['type'] == 'month' else end
    return values


def good_dossier(chance, business):
    made = {'target': {'unit': 'u1', 'series': 's', 'level': chance.choice(['junior', 'senior', 'associate-senior'])},
            'account': {'has_title': chance.random() < .5}}
    for section in business['sections']:
        if 'entries' in section:
            low = section['entries'].get('min', 0)
            count = chance.randint(low, min(section['entries']['max'], low + 2))
            made[section['id']] = {'entries': [entry(chance, good_values(chance, section)) for _ in range(count)]}
        elif section.get('fills') != 'unit' or chance.random() < .7:
            made[section['id']] = {'values': good_values(chance, section)}
    return made


# --- and spoilt -------------------------------------------------------------------------------------------
POOL = [None, '', '  ', '\u3000', '\u200b', True, False, 0, 1, 6, 7, 8, -3, -4, 3.0, 2.5, 1e3, 1e300, '破格', '正常', '转评',
        '获奖', '发明', '合作社', '散户', '汉族', '外星族', 'senior', '甲', '甲乙', '甲乙丙丁', '甲乙丙丁戊', '字' * 20, '字' * 21,
        '字' * 1500, '字' * 1501, 'a\u0301' * 4, 'a\u0301' * 5, '👨‍👩‍👧‍👦' * 4, '👨‍👩‍👧‍👦' * 5, '🇨🇳' * 4, '𠮷' * 4, '𠮷' * 5,
        'e' + '\u0301' * 400, '一行\n二行', '一行\r\n二行', 'tab\t', '\u0007', '\u202e反', '2026-11-24', '2026-11-25', '2026-02-29',
        '2024-02-29', '1900-02-29', '2000-02-29', '2100-02-29', '2026-04-31', '1899-12-31', '2200-01-01', '2026-11', '2026-12',
        '2026-13', '2026-11\n', '2026-11-24\n', '２０２６-11', '11010119900307803X', '11010119900307803x', '110101199003078031',
        '11010120300307803X', '990101199003078031', '110101199002308031', '650101199002018031', '810000199408230021',
        '810001199408230021', 'ABC123456789012', '15digits1234567', '91350100M000100Y43', '91350100M000100Y44',
        '01350100M000100Y43', '91350100I000100Y43', '91350100m000100y43', '13800138000', '12800138000', '1380013800', '+8613800138000',
        'a@b.cn', 'a@b', 'a b@c.cn', '@c.cn', 'a..b@c.cn', 'a@-c.cn', 'a@c-.cn', 'a@c.1n', 'a@c.n1', 'a@c.n', 'x' * 65 + '@c.cn',
        'x' * 64 + '@c.cn', 'a@' + 'b.' * 126 + 'cn', 'a@' + 'b.' * 120 + 'cn', '2020', [], {}, [None], [{}], 'x' * 12 * 20 + 'y',
        1e-3, 99.75, 99.76, 0.5, 0.4999, 9007199254740991]
IMAGE_NUMBERS = [0, 1, -1, 99, 100, 199, 200, 500, 501, 639, 640, 1000, 1001, 614400, 614401, 295, 412, 413, 1.0, 1.5, '1', None, 2**31]


def places(value, path=()):
    """Every place in a dossier that can be spoilt, the context apart."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if path == () and key in ('target', 'account'):
            continue
        yield path + (key,)
        yield from places(inner, path + (key,))


def spoil(chance, dossier, business):
    path = chance.choice(list(places(dossier)))
    holder = dossier
    for key in path[:-1]:
        holder = holder[key]
    key = path[-1]
    act = chance.randrange(10)
    if act < 2 and isinstance(holder, dict):
        del holder[key]
    elif act == 2 and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    elif act == 3 and isinstance(holder, dict):
        holder[chance.choice(['stranger', 'called', 'id', 'values', 'name'])] = copy.deepcopy(chance.choice(POOL))
    elif act == 4 and isinstance(holder[key], list) and holder[key] and 'sha256' in str(holder[key][0]):
        holder[key].extend(image(chance, n) for n in range(chance.randint(1, 3)))
    elif key in ('bytes', 'width', 'height'):
        holder[key] = chance.choice(IMAGE_NUMBERS)
    else:
        holder[key] = copy.deepcopy(chance.choice(POOL))


def compare(path, dossiers):
    schema = schema_of(path)
    excused = set(schema['x-server-only'])
    validator = Draft202012Validator(schema)
    tally = {'ok': 0, 'refused': 0, 'server-only': 0}
    for dossier, answer in zip(dossiers, ask([path], dossiers)):
        valid = validator.is_valid(dossier)
        if answer.startswith('json: '):   # what no reader of ours takes at all
            continue
        if answer == 'ok':
            check(valid, 'only the schema refuses', [e.message[:200] for e in validator.iter_errors(dossier)],
                  json.dumps(dossier, ensure_ascii=False)[:3000])
            tally['ok'] += 1
        elif valid:
            check(set(answer.split()) <= excused, 'only the check refuses:', answer, json.dumps(dossier, ensure_ascii=False)[:3000])
            tally['server-only'] += 1
        else:
            tally['refused'] += 1
    print('#', Path(path).name, tally)
    return tally


def dossiers_of(path, seed):
    chance = random.Random(seed)
    business = json.loads(Path(path).read_text(encoding='utf-8'))
    made = [good_dossier(chance, business) for _ in range(ROUNDS // 3)]
    spoilt = []
    for _ in range(ROUNDS):
        dossier = copy.deepcopy(chance.choice(made))
        for _ in range(chance.choice([1, 1, 1, 2, 4])):
            spoil(chance, dossier, business)
        spoilt.append(dossier)
    return made, spoilt


@case('B4', 'whole and spoilt dossiers of the evaluation: schema and check agree')
def evaluation():
    made, spoilt = dossiers_of(EVALUATION, 20261123)
    equal(compare(EVALUATION, made)['refused'], 0)
    tally = compare(EVALUATION, spoilt)
    check(tally['ok'] > 50 and tally['refused'] > 200, 'the dossiers are all alike:', tally)


@case('B4 B5', 'whole and spoilt dossiers of an invented business with every feature: schema and check agree')
def odd():
    made, spoilt = dossiers_of(ODD, 7)
    tally = compare(ODD, made)
    check(tally['ok'] > 50, 'hardly a dossier is whole:', tally)
    tally = compare(ODD, spoilt)
    check(tally['ok'] > 30 and tally['refused'] > 200, 'the dossiers are all alike:', tally)


@case('B4', 'a field at the end of a chain is asked only while the whole chain holds')
def chains():
    chance = random.Random(1)
    business = json.loads(Path(ODD).read_text(encoding='utf-8'))
    made = []
    for path in ('正常', '破格', '转评'):
        for exception in (None, '获奖', '发明'):
            for sold in (None, False, True):
                for buyer in (None, '合作社', '散户'):
                    dossier = good_dossier(chance, business)
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
    originals = [json.loads(Path(path).read_text(encoding='utf-8')) for path in (ODD, EVALUATION)]
    spoilt = []
    for _ in range(400):
        business = copy.deepcopy(chance.choice(originals))
        spoil_file(chance, business)
        spoilt.append(business)
    answers = ask(['--load'], originals + spoilt)
    equal(answers[:2], ['ok', 'ok'])
    tally = {'ok': 0, 'both': 0, 'loader': 0}
    for business, answer in zip(originals + spoilt, answers):
        valid = validator.is_valid(business)
        if answer == 'ok':
            check(valid, 'only the schema refuses', [e.message[:300] for e in validator.iter_errors(business)][:2])
        tally['ok' if answer == 'ok' else 'loader' if valid else 'both'] += 1
    print('#', tally)
    check(tally['ok'] > 20 and tally['both'] > 200, tally)


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
