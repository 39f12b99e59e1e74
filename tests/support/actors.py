# SPDX-License-Identifier: GPL-3.0-or-later
"""People who use a server in tests: invented applicants who register, staff of the demo, what they fill in and send.

    world = World()                        # a fresh server with demo data
    someone = world.applicant()            # registered and signed in
    dossier = someone.new_dossier()
    someone.fill(dossier)
    someone.act(dossier, 'submit')
"""
import hashlib
import http.client
import io
import itertools
import json
import os
import random
import re
import tempfile
import threading
import time
import uuid

from PIL import Image

import contract
from server import Server

PASSWORD = 'Demo-2026-zhicheng'
UNIT, SERIES, LEVEL = 'unit-southern-machinery', 'engineering', 'associate-senior'
COMMITTEE = 'committee-nanning-engineering-senior'
TARGET = {'unit': UNIT, 'series': SERIES, 'level': LEVEL, 'committee': COMMITTEE}
CLERK, LEADER, OTHER_CLERK, OFFICER = '13900000001', '13900000002', '13900000003', '13900000004'

_serial = itertools.count(1)


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The code of a refusal."""
        return self.json['type'].rsplit(':', 1)[1]

    @property
    def problems(self):
        """The places and codes of a refusal: {('id_number', 'id-checksum'), …}"""
        return {(p.get('field'), p['code']) for p in self.json.get('problems', [])}

    def __repr__(self):
        return f'<{self.status} {self.body[:600]!r}>'


class Caller:
    """One HTTP client, with or without a token; safe to use from several threads. patient: sends once more what found its
    connection closed; tests that must know of every lost answer set it to False."""
    patient = True

    def __init__(self, world, token=None):
        self.world, self.token, self._local = world, token, threading.local()

    def _connection(self):
        connection = getattr(self._local, 'connection', None)
        if connection is None:
            connection = http.client.HTTPConnection('127.0.0.1', self.world.server.port, timeout=120)
            self._local.connection = connection
        return connection

    def request(self, method, path, body=None, key=None, headers=None):
        headers = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body, ensure_ascii=False).encode()
        if body is not None:
            headers.setdefault('Content-Type', 'application/json')
        if self.token:
            headers['Authorization'] = 'Bearer ' + self.token
        if key:
            headers['Idempotency-Key'] = key
        for attempt in range(40):
            try:
                reply = self._once(method, path, body, headers)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError, ConnectionRefusedError):
                if attempt or not self.patient:    # once: an idle connection that the server had closed
                    raise
                continue
            if reply.status != 503:
                break
            time.sleep(0.2)                        # told to come again
        contract.check(method, path, headers, body, reply.status, reply.headers, reply.body)
        return reply

    def _once(self, method, path, body, headers):
        connection = self._connection()
        self._local.connection = None                  # kept only when all went well
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        reply = Reply(answer.status, answer.headers, answer.read())
        if answer.will_close:
            connection.close()
        else:
            self._local.connection = connection
        return reply

    def get(self, path):
        return self.request('GET', path)

    def post(self, path, body, key=None):
        return self.request('POST', path, body, key or str(uuid.uuid4()))


def id_number(birth='19900101', region='450101', male=True):
    number = f'{region}{birth}{next(_serial) % 100:02d}{1 if male else 2}'
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return number + '10X98765432'[sum(int(d) * w for d, w in zip(number, weights)) % 11]


def jpeg(width=900, height=700, quality=80, seed=None):
    """A JPEG of its own: no two are alike."""
    generator = random.Random(seed if seed is not None else os.urandom(8))
    image = Image.new('RGB', (width, height), tuple(generator.randrange(256) for _ in range(3)))
    image.putpixel((0, 0), tuple(generator.randrange(256) for _ in range(3)))
    for x in range(0, width, 8):
        image.putpixel((x, generator.randrange(height)), tuple(generator.randrange(256) for _ in range(3)))
    out = io.BytesIO()
    image.save(out, 'JPEG', quality=quality)
    return out.getvalue()


class Picture:
    def __init__(self, data=None, name='照片.jpg', **size):
        self.data = data if data is not None else jpeg(**size)
        self.sha256, self.name = hashlib.sha256(self.data).hexdigest(), name
        self.width, self.height = Image.open(io.BytesIO(self.data)).size

    @property
    def value(self):
        return {'sha256': self.sha256, 'bytes': len(self.data), 'width': self.width, 'height': self.height,
                'name': self.name}


def small_picture(width, height):
    """Small, and no two alike: 32 squares of light or dark."""
    image, squares = Image.new('L', (width, height), 128), int.from_bytes(os.urandom(4))
    for i in range(32):
        image.paste(255 * (squares >> i & 1), (i % 8 * 8, i // 8 * 8, i % 8 * 8 + 8, i // 8 * 8 + 8))
    out = io.BytesIO()
    image.save(out, 'JPEG', quality=5, optimize=True)
    return Picture(out.getvalue())


class Person:
    """What somebody types to register."""

    def __init__(self, **changes):
        n = next(_serial)
        # each person has a birthday of their own, so that numbers never meet
        birth = f'{1960 + n % 40}{1 + n // 40 % 12:02d}{1 + n // 480 % 28:02d}'
        self.form = {
            'name': '测试' + '甲乙丙丁戊己庚辛壬癸'[n % 10], 'id_kind': 'id-card', 'id_number': id_number(birth),
            'mobile': f'137{n:08d}', 'email': f'person{n}@example.org', 'password': 'Quiet-river-2026',
            'questions': [{'question': f'问题{i}', 'answer': f'答案{i}'} for i in range(3)],
        }
        self.form.update(changes)


class World:
    """A server with demo data, and its mail box."""

    def __init__(self, limits=None, **options):
        generous = {'code_gap_seconds': 0, 'codes_per_hour': 100000, 'codes_per_day': 100000,
                    'codes_per_peer_hour': 1000000, 'sign_in_peer_tries': 1000000, 'connections_per_address': 2000,
                    'password_memory_kib': 19456, 'password_passes': 1, 'password_queue': 1000, 'staff_second_factor': 'off'}
        generous.update(limits or {})
        self.server = Server(limits=generous, demo=True, **options)
        self.anyone = Caller(self)

    def stop(self):
        """Whatever was done here: the log has no whole ID number and no whole mobile of anybody (SEC-S38)."""
        log = self.server.read_log()
        self.server.stop()
        whole = contract.ID_NUMBER.search(log) or contract.MOBILE.search(log)
        assert not whole, f'the log tells {whole}'

    def mail(self, address):
        """The texts sent to an address, oldest first."""
        path = os.path.join(self.server.outbox, 'outbox.jsonl')
        if not os.path.exists(path):
            return []
        with open(path, encoding='utf-8') as box:
            messages = [json.loads(line) for line in box if line.endswith('\n')]
        return [m['text'] for m in messages if m['to'] == address]

    def wait_for_code(self, address, after=0):
        """The code of the newest message beyond the first ones."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            texts = self.mail(address)
            if len(texts) > after:
                return re.search(r'\d{6}', texts[-1]).group()
            time.sleep(0.005)
        raise AssertionError(f'no code came to {address}')

    def ask_code(self, purpose, channel, address):
        before = len(self.mail(address))
        reply = self.anyone.request('POST', '/v1/codes', {'purpose': purpose, 'channel': channel, 'address': address})
        assert reply.status == 202, reply
        return self.wait_for_code(address, before)

    def notice_version(self):
        return self.anyone.get('/v1/').json['notice']['version']

    def registration(self, person, **changes):
        """The whole request, with both codes."""
        body = dict(person.form, notice_version=self.notice_version(),
                    sms_code=self.ask_code('register', 'sms', person.form['mobile']),
                    email_code=self.ask_code('register', 'email', person.form['email']))
        body.update(changes)
        return body

    def register(self, person):
        reply = self.anyone.post('/v1/accounts', self.registration(person))
        assert reply.status == 201, reply
        return reply.json['id']

    def sign_in(self, identifier, password=PASSWORD, device='测试电脑'):
        reply = self.anyone.request('POST', '/v1/sessions', {
            'method': 'password', 'identifier': identifier, 'password': password, 'device': device})
        assert reply.status == 201, reply
        return Session(self, reply.json)

    def applicant(self):
        person = Person()
        self.register(person)
        session = self.sign_in(person.form['mobile'], person.form['password'])
        session.person = person
        return session

    def newer_form(self, business, change=lambda form: None):
        """The business as it is published, changed, as its next revision, into the server that runs: its number."""
        form = self.applicant().get(f'/v1/businesses/{business}').json
        form['revision'] += 1
        change(form)
        path = os.path.join(tempfile.mkdtemp(dir=self.server.home), 'form.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(form, file, ensure_ascii=False)
        self.server.run('import', path)
        return form['revision']

    def staff(self, mobile=CLERK):
        session = self.sign_in(mobile)
        membership = session.account['memberships'][0]['id']
        reply = session.request('PUT', '/v1/sessions/current/membership', {'membership': membership})
        assert reply.status == 200, reply
        session.membership = membership
        return session


class Session(Caller):
    def __init__(self, world, signed_in):
        super().__init__(world, signed_in['token'])
        self.id, self.account = signed_in['id'], signed_in['account']

    def new_dossier(self, target=None, key=None):
        reply = self.post('/v1/dossiers', {'business': 'evaluation', 'target': target or TARGET}, key)
        assert reply.status == 201, reply
        return reply.json['id']

    def dossier(self, dossier):
        reply = self.get(f'/v1/dossiers/{dossier}')
        assert reply.status == 200, reply
        return reply.json

    def section(self, dossier, section):
        return self.get(f'/v1/dossiers/{dossier}/sections/{section}')

    def upload(self, dossier, picture):
        return self.request('PUT', f'/v1/dossiers/{dossier}/images/{picture.sha256}', picture.data,
                            headers={'Content-Type': 'image/jpeg'})

    def save(self, dossier, section, document, version):
        return self.request('PUT', f'/v1/dossiers/{dossier}/sections/{section}', document,
                            headers={'If-Match': f'"{version}"'})

    def fill(self, dossier):
        """All that the evaluation asks of an applicant, complete, with pictures."""
        pictures = pictures_for_documents()
        for picture in pictures.values():
            reply = self.upload(dossier, picture)
            assert reply.status == 201, reply
        documents = complete_documents(pictures, self.account['name'])
        versions = {s['id']: s['version'] for s in self.dossier(dossier)['sections']}
        for section, document in documents.items():
            reply = self.save(dossier, section, document, versions[section])
            assert reply.status == 200 and reply.json['state'] == 'complete', reply
        return pictures

    def attest(self, dossier):
        """The unit's own sections, by the clerk who holds the dossier: without them it cannot be sent on (U5)."""
        versions = {s['id']: s['version'] for s in self.dossier(dossier)['sections']}
        for section, document in UNIT_DOCUMENTS.items():
            reply = self.save(dossier, section, document, versions[section])
            assert reply.status == 200 and reply.json['state'] == 'complete', reply

    def act_reply(self, dossier, act, key=None, **more):
        seen = self.dossier(dossier)
        body = {'act': act, 'version': seen['version']}
        if act == 'submit':
            body['sections'] = {s['id']: s['version'] for s in seen['sections']}
        body.update(more)
        return self.post(f'/v1/dossiers/{dossier}/acts', body, key)

    def act(self, dossier, act, **more):
        reply = self.act_reply(dossier, act, **more)
        assert reply.status == 200, reply
        return reply.json

    def submitted(self):
        """A dossier filled in and sent."""
        dossier = self.new_dossier()
        self.fill(dossier)
        self.act(dossier, 'submit')
        return dossier


def image_in_entry(session, dossier):
    """The place of an image in an entry of a repeating section, as a note names it."""
    for section in session.dossier(dossier)['sections']:
        for item in session.section(dossier, section['id']).json['body'].get('entries', []):
            for field, value in item['values'].items():
                if isinstance(value, list):
                    return {'section': section['id'], 'entry': item['id'], 'field': field, 'image': value[0]['sha256']}
    raise AssertionError('no entry of it has an image')


def pictures_for_documents():
    """The images that complete_documents() names, by what they show."""
    page = dict(width=800, height=260)
    pictures = {name: Picture(**page) for name in ('title', 'appointment', 'diploma', 'cover', 'contents', 'text', 'project', 'post')}
    return {'front': Picture(), 'back': Picture(), 'photo': Picture(width=413, height=626), **pictures}


def entry(**values):
    return {'id': str(uuid.uuid4()), 'values': values}


def complete_documents(pictures, name):
    """What a mechanical engineer fills in who seeks the next title: all that is required, and what is advised.
    name: the account's, signed under the pledge."""
    image = lambda key: [pictures[key].value]
    return {
        'pledge': {'values': {'pledge_consent': True, 'pledge_signature': name, 'pledge_date': '2025-03-03'}},
        'basic_information': {'values': {
            'ethnic_group': '壮族', 'native_place': '广西横州', 'political_affiliation': '群众', 'speciality': '机械设计',
            'title_sought': '高级工程师', 'employer_level': '设区市级', 'employment_nature': '国有企业人员',
            'work_started': '2012-07', 'professional_years': 14, 'archive_keeper': '南宁市人才服务中心',
            'contact_phone': '13800138000', 'contact_email': 'someone@example.org', 'contact_address': '南宁市青秀区某路 1 号',
            'identity_card_front': image('front'), 'identity_card_back': image('back'), 'bareheaded_photo': image('photo')}},
        'filing_information': {'values': {
            'filing_kind': '正常', 'first_title': '否', 'employer_relation': '合同制人员', 'entrusted_evaluation': '否'}},
        'current_title': {'values': {
            'current_title_name': '工程师', 'current_title_level': '中级', 'current_title_series': '工程技术',
            'current_title_speciality': '机械设计', 'current_title_obtained': '2017-12', 'current_title_authority': '南宁市职称改革办公室',
            'current_title_certificate': '450100201700001', 'current_title_appointed': '2018-01', 'current_title_years': 7,
            'current_title_pages': image('title'), 'appointment_pages': image('appointment')}},
        'education_history': {'entries': [entry(
            school_name='广西大学', graduated_in='2012-06', education_rank='第一学历，也是最高学历', field_of_study='机械工程',
            education_level='大学本科', degree_obtained='学士', study_years=4, diploma_number='105931201205000001',
            diploma_pages=image('diploma'))]},
        'work_experience': {'entries': [entry(
            experience_started='2012-07', experience_to_present=True, experience_place='广西南方机械有限公司',
            experience_post='设计室副主任', experience_work='矿山机械设计', experience_witness='覃国栋')]},
        'continuing_education': {'entries': [entry(training_year=2024, general_hours=30, professional_hours=66)]},
        'annual_assessment': {'entries': [entry(assessment_year=year, assessment_result='合格') for year in (2022, 2023, 2024)]},
        'publications': {'entries': [entry(
            publication_title='刮板输送机变频驱动的试验研究', publication_kind='论文', publication_role='第一作者',
            publication_is_representative='是', published_in='2023-06', publication_outlet='矿山机械 CN 41-1138/TD',
            publication_cover_pages=image('cover'), publication_contents_pages=image('contents'),
            publication_text_pages=image('text'))]},
        'achievements': {'entries': [entry(
            achievement_name='刮板输送机改进', achievement_started='2020-03', achievement_ended='2022-11', achievement_level='市（厅）级',
            achievement_content='以变频驱动代替液力耦合器。', achievement_my_role='方案提出人和主要设计人。',
            achievement_completion='经两年运行，故障率下降四成，通过市级验收。',
            achievement_project_pages=image('project'), achievement_post_pages=image('post'))]},
        'work_summary': {'values': {'work_summary_text': '本人自参加工作以来一直从事机械设计。' * 10}},
    }


# What the unit adds before it sends the dossier on (U5, U7).
UNIT_DOCUMENTS = {
    'unit_recommendation': {'values': {'unit_opinion': '该同志业务能力强，任现职以来业绩突出，同意推荐。', 'unit_responsible': '覃国栋',
                                       'unit_opinion_date': '2025-04-01'}},
    'unit_public_notice': {'values': {'unit_notice_started': '2025-03-10', 'unit_notice_ended': '2025-03-17',
                                      'unit_notice_place': '厂区公示栏', 'unit_notice_result': '无异议'}},
    'defence': {'values': {'defence_held': '否'}},
}


def run_together(count, work):
    """Runs work(i) on that many threads at the same moment; the results in order, or what one of them raised."""
    barrier, results, raised = threading.Barrier(count), [None] * count, []

    def run(i):
        barrier.wait()
        try:
            results[i] = work(i)
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]
    return results
