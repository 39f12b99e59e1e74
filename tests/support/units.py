# SPDX-License-Identifier: GPL-3.0-or-later
"""Units that register in tests: invented names, credit codes whose check character is right, what a registrar fills in."""
import itertools

from actors import Picture

OFFICE = 'office-nanning'
_serial = itertools.count(1)


def credit_code(prefix='91450100'):
    """A code that no other test has."""
    alphabet, weights = '0123456789ABCDEFGHJKLMNPQRTUWXY', (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    body = f'{prefix}TEST{next(_serial):05d}'.replace('S', 'R')
    return body + alphabet[-sum(alphabet.index(c) * w for c, w in zip(body, weights)) % 31]


def documents(session, pictures, name, code):
    return {
        'unit_profile': {'values': {
            'registered_name': name, 'social_credit_code': code, 'legal_representative': '测试乙', 'unit_rank': '无行政级别',
            'unit_nature': '民营企业', 'unit_industry': '制造业'}},
        'unit_contact': {'values': {
            'unit_address': '南宁市青秀区某路 1 号', 'unit_telephone': '0771-0000000', 'registrar_post': '人力资源部主管'}},
        'unit_papers': {'values': {'licence_pages': [pictures['licence'].value], 'registrar_portrait': [pictures['portrait'].value],
                                   'seal_imprint': [pictures['seal'].value]}},
        'unit_pledge': {'values': {'unit_pledge_consent': True, 'unit_pledge_signature': session.account['name']}},
    }


class Registration:
    """A registration on its way: by a person, to an office."""

    def __init__(self, session, name=None, code=None, office=OFFICE):
        self.session, self.code = session, code or credit_code()
        self.name = name or f'南宁测试{self.code[-6:]}有限公司'
        reply = session.post('/v1/dossiers', {'business': 'unit_registration', 'target': {'office': office}})
        assert reply.status == 201, reply
        self.id = reply.json['id']

    def fill(self):
        self.pictures = {'licence': Picture(), 'portrait': Picture(width=413, height=626), 'seal': Picture(width=400, height=400)}
        for picture in self.pictures.values():
            assert self.session.upload(self.id, picture).status == 201
        for section, document in documents(self.session, self.pictures, self.name, self.code).items():
            self.write(section, document)
        return self

    def write(self, section, document):
        version = next(s['version'] for s in self.session.dossier(self.id)['sections'] if s['id'] == section)
        reply = self.session.save(self.id, section, document, version)
        assert reply.status == 200, reply
        return reply.json

    def rename(self, **values):
        document = self.session.section(self.id, 'unit_profile').json['body']
        document['values'].update(values)
        return self.write('unit_profile', document)

    def submit(self):
        self.session.act(self.id, 'submit')
        return self

    def pass_by(self, officer):
        officer.act(self.id, 'accept')
        return officer.act(self.id, 'approve')


class Change:
    """A request to change a unit, on its way: by one of its leaders, as the person that they are."""

    def __init__(self, session, unit, business):
        self.session, self.unit, self.business = session, unit, business
        self.begun = session.post('/v1/dossiers', {'business': business, 'target': {'unit': unit}})
        self.id = self.begun.json.get('id')

    def fill(self, name=None, head=None):
        """A new name, the credit code of a new head ('': none any more), or else a new seal."""
        self.seal, self.proof, licence = Picture(width=400, height=400), Picture(), Picture()
        for picture in (self.seal, self.proof, licence):
            assert self.session.upload(self.id, picture).status == 201
        signed = self.session.account['name']
        documents = {
            'rename_request': {'renamed_to': name, 'renamed_on': '2025-03-03', 'rename_grounds': '合并重组。'},
            'rename_papers': {'rename_licence': [licence.value], 'rename_proof': [self.proof.value]},
            'rename_pledge': {'rename_consent': True, 'rename_signature': signed},
        } if name else {
            'superior_request': {'superior_since': '2025-03-03', 'superior_grounds': '合并重组。', **(
                {'stays_branch': '是总机构的分支机构', 'superior_name': '广西测试总机构有限公司', 'superior_credit_code': head}
                if head else {'stays_branch': '不再是分支机构'})},
            'superior_papers': {'superior_licence': [licence.value], 'superior_proof': [self.proof.value]},
            'superior_pledge': {'superior_consent': True, 'superior_signature': signed},
        } if head is not None else {
            'seal_request': {'seal_change_kind': '公章损坏', 'seal_in_use_since': '2025-03-03', 'seal_grounds': '旧章已上缴。'},
            'seal_papers': {'seal_new_imprint': [self.seal.value], 'seal_proof': [self.proof.value]},
            'seal_pledge': {'seal_consent': True, 'seal_signature': signed},
        }
        for section, values in documents.items():
            self.write(section, {'values': values})
        return self

    write, submit, pass_by = Registration.write, Registration.submit, Registration.pass_by
