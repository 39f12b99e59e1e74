#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who somebody is, told to the server: every kind of document with its region, date and checksum (S1.4, domain 4), names as
they are written, and one person however the number is typed (S1.6, decisions 12)."""
import datetime
import itertools
import urllib.parse

from actors import CLERK, Person, World
from tap import case, check, equal, run

FULL = str.maketrans({c: chr(ord(c) + 0xfee0) for c in '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@.+'})
serial = itertools.count(100)


def numbered(stem):
    """17 digits with their check character."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return stem + '10X98765432'[sum(int(d) * w for d, w in zip(stem, weights)) % 11]


def with_date(date, region='450103'):
    return numbered(f'{region}{date}{next(serial) % 1000:03d}')


def register(world, person, **changes):
    return world.anyone.post('/v1/accounts', dict(world.registration(person), **changes))


def account(world, person):
    return world.sign_in(person.form['mobile'], person.form['password']).account


GOOD = [
    ('id-card', '11010119900307803X', '1990-03-07', 'male'),
    ('id-card', '440308199901101512', '1999-01-10', 'male'),
    ('id-card', numbered('65010019991231998'), '1999-12-31', 'female'),
    ('id-card', numbered('71010020000229001'), '2000-02-29', 'male'),
    ('residence-permit', '810000199408230021', '1994-08-23', 'female'),
    ('residence-permit', numbered('82000020000229001'), '2000-02-29', 'male'),
    ('residence-permit', '830000199201300022', '1992-01-30', 'female'),
    ('foreign-permanent', numbered('91184019850625001'), '1985-06-25', 'male'),
    ('foreign-permanent', numbered('93156019771105102'), '1977-11-05', 'female'),
]


@case('S1.4', 'every kind of document is taken; birth date and sex come from it; four characters at each end are shown')
def documents(world):
    for kind, number, birth, sex in GOOD:
        person = Person(id_kind=kind, id_number=number)
        equal(register(world, person).status, 201, number)
        told = account(world, person)
        equal((told['id_kind'], told['birth_date'], told['sex']), (kind, birth, sex), number)
        equal(told['id_number'], number[:4] + '*' * 10 + number[-4:])


BAD = [
    ('id-card', '110101199003078030', 'checksum'), ('id-card', '11010119900307083X', 'checksum'),
    ('id-card', '440308199901101522', 'checksum'), ('id-card', '110101900307803', 'format'), ('id-card', '', 'format'),
    ('id-card', '11010119900307803X1', 'format'), ('id-card', '1101011990030780X3', 'format'), ('id-card', '11010119900307803Y', 'format'),
    ('id-card', '１１０１０１１９９００３０７８０３Ｙ', 'format'), ('id-card', '110101-19900307-803X', 'format'),
    ('id-card', '一一〇一〇一一九九〇〇三〇七八〇三Ｘ', 'format'), ('id-card', '٠١٠١٠١١٩٩٠٠٣٠٧٨٠٣X', 'format'),
    ('id-card', numbered('99010119900307803'), 'region'), ('id-card', numbered('00010119900307803'), 'region'),
    ('id-card', numbered('81000019940823002'), 'region'), ('id-card', numbered('16010119900307803'), 'region'),
    ('id-card', with_date('19901307'), 'date'), ('id-card', with_date('19900230'), 'date'), ('id-card', with_date('19990229'), 'date'),
    ('id-card', with_date('19000229'), 'date'), ('id-card', with_date('19900300'), 'date'), ('id-card', with_date('19900431'), 'date'),
    ('id-card', with_date('18991231'), 'date'), ('id-card', with_date('21500101'), 'date'), ('id-card', with_date('00000000'), 'date'),
    ('residence-permit', '830000199201300023', 'checksum'), ('residence-permit', numbered('84000019920130002'), 'region'),
    ('residence-permit', numbered('81000119940823002'), 'region'), ('residence-permit', '11010119900307803X', 'region'),
    ('residence-permit', numbered('81000019941323002'), 'date'), ('residence-permit', 'CAN110075082301', 'format'),
    ('foreign-permanent', '11010119900307803X', 'region'), ('foreign-permanent', numbered('91184019851325001'), 'date'),
    ('foreign-permanent', 'CA1110075082301', 'format'), ('foreign-permanent', 'CAN11007508230', 'format'),
    ('foreign-permanent', 'CAN1100750823011', 'format'), ('foreign-permanent', 'ＣÄN110075082301', 'format'),
]


@case('S1.4', 'another region, a day that was not or is to come, a wrong check character, another form: each is named by its code')
def wrong_documents(world):
    body = world.registration(Person())
    for kind, number, code in BAD:
        reply = world.anyone.post('/v1/accounts', dict(body, id_kind=kind, id_number=number))
        equal((reply.status, reply.problems), (422, {('id_number', 'id-' + code)}), kind, number)
    for kind in ('passport', '', 'ID-CARD', 'id-card '):
        equal(world.anyone.post('/v1/accounts', dict(body, id_kind=kind)).problems, {('id_kind', 'not-a-choice')}, kind)


@case('S1.4', 'nobody is born tomorrow, by China\'s calendar')
def tomorrow(world):
    now = datetime.datetime.fromisoformat(world.anyone.get('/v1/').json['time']) + datetime.timedelta(hours=8)
    body = world.registration(Person())
    day = (now + datetime.timedelta(days=1, hours=1)).strftime('%Y%m%d')
    equal(world.anyone.post('/v1/accounts', dict(body, id_number=with_date(day))).problems, {('id_number', 'id-date')})
    day = (now - datetime.timedelta(hours=1)).strftime('%Y%m%d')
    equal(world.anyone.post('/v1/accounts', dict(body, id_number=with_date(day))).status, 201, 'a child of today is none of ours to judge')


@case('S1.4', 'with the old permit birth date and sex are asked, and must be real')
def old_permit(world):
    person = Person(id_kind='foreign-permanent', id_number='can110075082301')
    body = world.registration(person, birth_date='1975-08-23', sex='female')
    for date in ('1975-02-30', '2150-01-01', '1899-12-31', '1975-8-23', '19750823', '1975-08-23T00:00', '', '昨天', '１９７５-08-23'):
        equal(world.anyone.post('/v1/accounts', dict(body, birth_date=date)).problems, {('birth_date', 'date')}, date)
    for sex in ('', 'Male', 'f', '女', 'unknown'):
        equal(world.anyone.post('/v1/accounts', dict(body, sex=sex)).problems, {('sex', 'not-a-choice')}, sex)
    for missing in ('birth_date', 'sex'):
        reply = world.anyone.post('/v1/accounts', {k: v for k, v in body.items() if k != missing})
        equal(reply.problems, {(missing, 'required')})
    equal(world.anyone.post('/v1/accounts', body).status, 201)
    again = register(world, Person(id_kind='foreign-permanent', id_number='ＣＡＮ110075082301'), birth_date='1975-08-23', sex='female')
    equal((again.status, again.code), (409, 'id-number-taken'))


NAMES = ['𠮷田', '𠮷𠀋𪚥', '买买提·吐尔逊', '阿依古丽•买买提', '古丽‧艾合买提', 'マリア・田中', 'Ｊｏｈｎ', 'John', 'ﾏﾘｱ', '\uf9dc平', '隆平',
         'Anne-Marie O\'Neill', 'J. R. Smith', 'Jose\u0301', 'José', 'ａ·b', 'Ольга Петрова', 'محمد علي', '김민준']


@case('S1.4 decisions 12', 'names stay as they were typed, code point by code point: 𠮷, all kinds of ·, full and half width')
def names(world):
    for name in NAMES:
        person = Person(name=name)
        equal(register(world, person).status, 201, name)
        session = world.sign_in(person.form['mobile'], person.form['password'])
        equal((session.account['name'], session.get('/v1/me').json['name']), (name, name))
    equal(session.dossier(session.new_dossier())['applicant']['name'], name)
    body = world.registration(Person())
    for name in ('王', '', ' 王明', '王明 ', '王\u3000明', '王\u200b明', '王\u202e明', '王\ufe0f', '·王明', '王明·', '王··明', '王1', '王@明', '<王明>',
                 '王明😀', '王\n明', 'x' * 51, '𠮷' * 51, '\u0301\u0301王', '王\ue000'):
        equal(world.anyone.post('/v1/accounts', dict(body, name=name)).problems, {('name', 'name')}, repr(name))
    equal(register(world, Person(name='𠮷' * 50)).status, 201)


@case('S1.4 U3', 'a rare character is found by the staff that search for it, as it was typed')
def rare_search(world):
    person = Person(name='𠮷野·阿力木')
    equal(register(world, person).status, 201)
    session = world.sign_in(person.form['mobile'], person.form['password'])
    dossier = session.submitted()
    clerk = world.staff(CLERK)
    for text in ('𠮷', '𠮷野', '𠮷野·', person.form['name']):
        equal([d['id'] for d in clerk.get('/v1/dossiers?text=' + urllib.parse.quote(text)).json['items']], [dossier], text)
    for text in ('吉', '野', '𠮷野•', '𠮶'):
        equal(clerk.get('/v1/dossiers?text=' + urllib.parse.quote(text)).json['items'], [], text)
    shown = clerk.dossier(dossier)
    equal((shown['applicant']['name'], shown['resolved']['account.name']), (person.form['name'], person.form['name']))


@case('S1.6 decisions 12', 'one person however it is typed: full width, small letters, +86, blanks around')
def spellings(world):
    first = Person(email='lin.yao@example.org')
    while not first.form['id_number'].endswith('X'):
        first.form['id_number'] = with_date('19800101')
    equal(register(world, first, email='Lin.Yao@Example.ORG').status, 201)
    number, mobile, email = (first.form[name] for name in ('id_number', 'mobile', 'email'))
    spelt = {'id_number': (number.lower(), number.translate(FULL), number.lower().translate(FULL), f' {number}', f'\u3000{number} '),
             'mobile': (mobile.translate(FULL), '+86' + mobile, '+86 ' + mobile, '0086' + mobile, f'{mobile[:3]} {mobile[3:7]} {mobile[7:]}',
                        f'{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}', '＋８６' + mobile, f' {mobile} '),
             'email': (email.lower(), email.upper(), email.translate(FULL), f' {email} ')}
    normal = {'id_number': number, 'mobile': mobile, 'email': email}
    for field, texts in spelt.items():
        body = world.registration(Person(**{field: normal[field]}))
        for text in texts:
            reply = world.anyone.post('/v1/accounts', dict(body, **{field: text}))
            equal((reply.status, reply.code), (409, field.replace('_', '-') + '-taken'), repr(text))
    for text in spelt['id_number'] + spelt['mobile']:
        reply = world.anyone.request('POST', '/v1/sessions', {'method': 'password', 'identifier': text,
                                                             'password': first.form['password'], 'device': '电脑'})
        equal(reply.status, 201, repr(text))


@case('S1.6 decisions 12', 'typed in full width it is stored and shown as the same number, and mail comes to the real address')
def full_width(world):
    plain = Person()
    typed = {name: plain.form[name].translate(FULL) for name in ('id_number', 'mobile', 'email')}
    for channel, field in (('sms', 'mobile'), ('email', 'email')):
        reply = world.anyone.request('POST', '/v1/codes', {'purpose': 'register', 'channel': channel, 'address': typed[field]})
        equal(reply.status, 202, reply)
        world.wait_for_code(plain.form[field])          # or it comes later than the next, and is taken for that
    body = dict(world.registration(plain), **typed)
    equal(world.anyone.post('/v1/accounts', body).status, 201)
    equal(len(world.mail(plain.form['mobile'])), 2, 'both codes came to the same number')
    told = account(world, plain)
    equal(told['id_number'], plain.form['id_number'][:4] + '*' * 10 + plain.form['id_number'][-4:])
    equal((told['mobile'], told['email']), (plain.form['mobile'][:3] + '****' + plain.form['mobile'][-4:],
                                            plain.form['email'][0] + '***@example.org'))


@case('SEC-S03', 'a password is held against the person also when they are typed in full width')
def personal_password(world):
    plain = Person()
    body = world.registration(plain)
    secret = 'Rain-' + plain.form['id_number'][6:14] + '-tin'
    for number in (plain.form['id_number'], plain.form['id_number'].translate(FULL)):
        reply = world.anyone.post('/v1/accounts', dict(body, id_number=number, password=secret))
        check(('password', 'password-personal') in reply.problems, number, reply)


run(World, World.stop)
