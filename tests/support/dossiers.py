# SPDX-License-Identifier: GPL-3.0-or-later
"""Dossiers made from a business file, and spoilt, for judges who compare a schema's verdict with the check's (B4). All of it
follows from a seed.

    whole, edges, spoilt = judged_dossiers(business, seed=7, whole=480, spoilt=1000)"""
import copy
import itertools
import json
import random

NAME = '韦晓岚'   # the account's
LEVELS = ['junior', 'intermediate', 'associate-senior', 'senior']
CATALOGS = {'nations': ['汉族', '壮族', '基诺族'], 'political-statuses': ['群众', '中共党员'], 'education-levels': ['大学本科'],
            'degrees': ['学士', '无'], 'provinces': ['广西壮族自治区'], 'industries': ['制造业', '建筑业']}
GOOD = {
    'date': ['2020-02-29', '1999-12-31', '2026-11-24'], 'month': ['2001-07', '2026-11'],
    'id-number': ['11010119900307803X', '440308199901101512', '810000199408230021', 'ABC123456789012'],
    'credit-code': ['91350100M000100Y43'], 'mobile': ['13800138000', '19912345678'],
    'email': ['a.b+c@example.org', "o'neil@mail.example.co"],
}


def image(chance, n=0, **numbers):
    made = {'sha256': f'{chance.randrange(1 << 64):064x}', 'bytes': 400, 'width': 900, 'height': 900, 'name': f'图{n}.jpg'}
    return made | numbers


def entry(chance, values):
    return {'id': '018f0000-0000-7000-8000-%012x' % chance.randrange(1 << 48), 'values': values}


def text_of(chance, length):
    return ''.join(chance.choice('职称评审工作总结甲乙丙ab1，。') for _ in range(length))


# --- whole ------------------------------------------------------------------------------------------------
def good_value(chance, field):
    kind = field['type']
    if field.get('same_as'):
        return NAME
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
        return [image(chance, n) for n in range(max(1, field['images'].get('min', 0)))]
    low, high = field.get('min_length', 1), field.get('max_length', 60)
    return text_of(chance, chance.choice([low, high, chance.randint(low, high), chance.randint(low, min(high, low + 20))]))


# from the first to the last day of a notice: a week of each kind
NOTICES = [('2025-03-10', '2025-03-14'), ('2024-09-27', '2024-10-09'), ('2026-02-11', '2026-02-25'), ('2020-01-22', '2020-02-05')]


def put_in_order(chance, values, fields):
    for field in fields:
        start, end = values.get(field.get('not_before')), values.get(field['id'])
        if field.get('min_working_days') and start and end:
            values[field['not_before']], values[field['id']] = chance.choice(NOTICES)
            continue
        if start and end and end < start[:len(end)]:
            values[field['id']] = start[:len(end)] if field['type'] == 'month' else (start + '-30')[:10]


def good_values(chance, section):
    values = {field['id']: good_value(chance, field) for field in section['fields']
              if 'from' not in field and field['type'] != 'computed' and (field.get('required') or chance.random() < .8)}
    put_in_order(chance, values, section['fields'])
    return values


def made_dossier(chance, business, target, has_title):
    """Complete: what is required is there, whatever applies; the unit's sections often."""
    made = {'target': {'unit': 'u1', 'series': 's'} | target, 'account': {'has_title': has_title, 'name': NAME}}
    for section in business['sections']:
        if 'entries' in section:
            low = section['entries'].get('min', 0)
            count = chance.randint(low, min(section['entries']['max'], low + 2))
            made[section['id']] = {'entries': [entry(chance, good_values(chance, section)) for _ in range(count)]}
        elif section.get('fills') != 'unit' or chance.random() < .7:
            made[section['id']] = {'values': good_values(chance, section)}
    return made


def asked_choices(business):
    """The choices that conditions look at: [(section, field, choices)]."""
    keys = set()
    for section in business['sections']:
        for holder in [section, section.get('entries', {}), *section['fields']]:
            for member in ('when', 'unless', 'required_when', 'advised_when', 'min_when'):
                keys |= {key if not key.startswith('.') else section['id'] + key for key in holder.get(member, {})}
    return [(section['id'], field['id'], field['choices']) for section in business['sections'] if 'entries' not in section
            for field in section['fields'] if f"{section['id']}.{field['id']}" in keys and 'choices' in field]


def every_target(chance, business, count):
    """Whole dossiers, evenly over levels × titles × every choice that a condition looks at."""
    asked = asked_choices(business)
    ways = list(itertools.product(LEVELS, (False, True), *[choices for _, _, choices in asked]))
    for n in range(count):
        level, has_title, *chosen = ways[n % len(ways)]
        made = made_dossier(chance, business, {'level': level}, has_title)
        for (section, field, _), choice in zip(asked, chosen):
            if section in made:
                made[section]['values'][field] = choice
        yield made


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


def pick(chance, dossier):
    """A place in a dossier, the context apart: each section, each of its fields equally likely, however many images lie there."""
    path, value = [], {key: value for key, value in dossier.items() if key not in ('target', 'account')}
    while isinstance(value, (dict, list)) and value:
        deep = len(path) > (4 if 'entries' in path else 2)
        if path and chance.random() < (.4 if deep else .06):
            break
        key = chance.choice(list(value)) if isinstance(value, dict) else chance.randrange(len(value))
        path.append(key)
        value = value[key]
    return path


def spoil_anything(chance, dossier):
    *way, key = pick(chance, dossier)
    holder = dossier
    for step in way:
        holder = holder[step]
    act = chance.randrange(10)
    if act < 2 and isinstance(holder, dict):
        del holder[key]
    elif act == 2 and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    elif act == 3 and isinstance(holder, dict):
        holder[chance.choice(['stranger', 'called', 'id', 'values', 'name'])] = copy.deepcopy(chance.choice(POOL))
    elif key in ('bytes', 'width', 'height'):
        holder[key] = chance.choice(IMAGE_NUMBERS)
    else:
        holder[key] = copy.deepcopy(chance.choice(POOL))


def edges_of_images(chance, limits):
    """Lists of images on either side of each limit."""
    many = lambda n: [image(chance, i) for i in range(n)]
    one = image(chance)
    lists = [many(limits['max']), many(limits['max'] + 1), [one, copy.deepcopy(one)],
             [image(chance, bytes=limits['max_bytes'])], [image(chance, bytes=limits['max_bytes'] + 1)]]
    if limits.get('min', 0) > 1:
        lists.append(many(limits['min'] - 1))
    for side, least in (('width', limits.get('min_width')), ('height', limits.get('min_height'))):
        if least:
            lists += [[image(chance, **{side: least})], [image(chance, **{side: least - 1})]]
    if limits.get('min_long_edge'):
        edge = limits['min_long_edge']
        lists += [[image(chance, width=edge, height=20)], [image(chance, width=20, height=edge)],
                  [image(chance, width=edge - 1, height=edge - 1)]]
    return lists


def edges_of_text(chance, field):
    edges = []
    if 'max_length' in field:
        edges += [text_of(chance, field['max_length']), text_of(chance, field['max_length'] + 1),
                  'a\u0301' * field['max_length'], 'a\u0301' * (field['max_length'] + 1)]
    if field.get('min_length', 1) > 1:
        edges += [text_of(chance, field['min_length']), text_of(chance, field['min_length'] - 1)]
    return edges + ([NAME + '二'] if field.get('same_as') else [])


def edges_of(chance, field):
    """Values on either side of what a field takes."""
    kind = field['type']
    if kind == 'images':
        return edges_of_images(chance, field['images'])
    if kind in ('integer', 'decimal'):
        step = 1 if kind == 'integer' else .01
        return [field[m] + sign * step for m, sign in (('min', -1), ('min', 0), ('max', 0), ('max', 1)) if m in field] or [-1]
    if kind in ('date', 'month'):
        days = ['1999-12-31', '2026-11-24', '2026-11-25', '2026-12-01', '2199-12-31', '2026-13-01', '2026-02-30', '1000-01-01']
        if 'min_working_days' in field:
            days += [day for notice in NOTICES for day in notice]
        return [day[:7 if kind == 'month' else 10] for day in days]
    if kind == 'choice':
        return (field.get('choices') or CATALOGS[field['catalog']]) + ['别的']
    if kind == 'flag':
        return [True, False]
    if kind == 'computed':
        return [0, 7.5, 90]
    return edges_of_text(chance, field) or GOOD.get(kind, []) + ['1' * 11, 'x@', '12']


def set_edge(chance, section, values):
    field = chance.choice([f for f in section['fields'] if 'from' not in f])
    if chance.random() < .2:
        values.pop(field['id'], None)
    else:
        values[field['id']] = chance.choice(edges_of(chance, field))


def change_entries(chance, section, document):
    limits, entries = section['entries'], document['entries']
    act = chance.randrange(4)
    if act == 0:
        entries.clear()
    elif act == 1 and entries:
        entries.append(copy.deepcopy(entries[0]))
    else:
        count = limits['max'] + chance.randrange(2) if act == 2 else max(limits.get('min', 0) - 1, 0)
        template = entries[0].get('values') if entries and isinstance(entries[0], dict) else good_values(chance, section)
        document['entries'] = [entry(chance, copy.deepcopy(template)) for _ in range(count)]


def spoil_edge(chance, dossier, business):
    """One field, or the number of entries, moved to the edge of what its definition allows, or over it."""
    section = chance.choice([s for s in business['sections'] if s['id'] in dossier])
    document = dossier[section['id']]
    if not isinstance(document, dict) or not document:
        return
    if 'entries' not in section:
        if isinstance(document.get('values'), dict):
            set_edge(chance, section, document['values'])
    elif isinstance(document.get('entries'), list) and (not document['entries'] or chance.random() < .3):
        change_entries(chance, section, document)
    elif isinstance(document.get('entries'), list):
        one = chance.choice(document['entries'])
        if isinstance(one, dict) and isinstance(one.get('values'), dict):
            set_edge(chance, section, one['values'])


def spoil_context(chance, dossier, business):
    """Another level, title or answer that conditions look at: what is asked changes under what is there."""
    act, asked = chance.randrange(4), asked_choices(business)
    if act == 0:
        dossier['target']['level'] = chance.choice(LEVELS)
    elif act == 1:
        dossier['account']['has_title'] = not dossier['account']['has_title']
    elif act == 2 and asked:
        section, field, choices = chance.choice(asked)
        if isinstance(dossier.get(section), dict) and isinstance(dossier[section].get('values'), dict):
            dossier[section]['values'][field] = chance.choice(choices)
    else:
        dossier.pop(chance.choice([s['id'] for s in business['sections']]), None)


def spoil(chance, dossier, business):
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        way = chance.random()
        if way < .4:
            spoil_edge(chance, dossier, business)
        elif way < .55:
            spoil_context(chance, dossier, business)
        else:
            spoil_anything(chance, dossier)


def values_of(section, dossier):
    """The values of a section, of its first entry where it repeats; None: nothing is there."""
    document = dossier.get(section['id'])
    if document is None or 'entries' not in section:
        return document and document['values']
    return document['entries'][0]['values'] if document['entries'] else None


def edge_dossiers(chance, business, whole):
    """Each edge of each field once, in a dossier that is whole but for that; and the edges of each number of entries."""
    for section in business['sections']:
        holders = [dossier for dossier in whole if values_of(section, dossier) is not None]
        for field in section['fields']:
            if 'from' in field:
                continue
            for edge in edges_of(chance, field) + [None]:
                dossier = copy.deepcopy(chance.choice(holders))
                values_of(section, dossier)[field['id']] = edge
                yield dossier
        for _ in range(4 if 'entries' in section else 0):
            dossier = copy.deepcopy(chance.choice(holders))
            change_entries(chance, section, dossier[section['id']])
            yield dossier


def judged_dossiers(business, seed, whole, spoilt):
    """(whole ones, those at edges, those spoilt at random): lists, the same for the same seed."""
    chance = random.Random(seed)
    made = list(every_target(chance, business, whole))
    return made, list(edge_dossiers(chance, business, made)), list(spoilt_dossiers(chance, business, made, spoilt))


def spoilt_dossiers(chance, business, whole, count):
    for n in range(count):
        dossier = copy.deepcopy(whole[n % len(whole)])
        spoil(chance, dossier, business)
        yield dossier


def as_lines(dossiers):
    return ''.join(json.dumps(dossier, ensure_ascii=False) + '\n' for dossier in dossiers)
