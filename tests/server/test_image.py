#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images: what the server takes, and who may name and read them (S3.1.2c, P5, decisions 18 and 19)."""
import hashlib
import os

from actors import CLERK, OTHER_CLERK, Picture, World, jpeg, run_together
from tap import case, check, equal, run

TABLE = os.environ['ZC_TEST_TABLE']
CORPUS = os.environ['ZC_TEST_CORPUS']


def put(session, dossier, data, sha256=None):
    sha256 = sha256 or hashlib.sha256(data).hexdigest()
    return session.request('PUT', f'/v1/dossiers/{dossier}/images/{sha256}', data, headers={'Content-Type': 'image/jpeg'})


@case('S3.1.2c', 'a good picture is taken, and told with its size; again it is there already')
def good(world):
    someone = world.applicant()
    dossier, picture = someone.new_dossier(), Picture(width=640, height=480)
    first, again = someone.upload(dossier, picture), someone.upload(dossier, picture)
    told = {'sha256': picture.sha256, 'bytes': len(picture.data), 'width': 640, 'height': 480}
    equal((first.status, first.json, again.status, again.json), (201, told, 200, told))
    back = someone.get(f'/v1/dossiers/{dossier}/images/{picture.sha256}')
    equal((back.status, back.body), (200, picture.data))
    equal(back.headers['Content-Type'], 'image/jpeg')
    equal(back.headers['X-Content-Type-Options'], 'nosniff')
    check(back.headers['Content-Disposition'].startswith('attachment'))


@case('P5 SEC-S31 SEC-S32', 'every picture of the verdict table gets its verdict; what is refused leaves nothing')
def table(world):
    someone = world.applicant()
    dossier = someone.new_dossier()
    most = 614400
    wrong, seen = [], 0
    with open(TABLE, encoding='utf-8') as file:
        rows = [line.rstrip('\n').split('\t') for line in file if line.strip() and not line.startswith('#')]
    for name, _, verdict, *_ in rows:
        with open(os.path.join(CORPUS, name), 'rb') as file:
            data = file.read()
        if len(data) > most:
            continue
        seen += 1
        reply = put(someone, dossier, data)
        if verdict == '-':
            got = '-' if reply.status in (200, 201) else reply.code
        else:
            got = ','.join(p['code'] for p in reply.json.get('problems', [])) if reply.status == 422 else reply.status
            gone = someone.request('HEAD', f'/v1/dossiers/{dossier}/images/{hashlib.sha256(data).hexdigest()}')
            check(gone.status == 404, name, 'is there though it was refused')
        if got != verdict:
            wrong.append((name, verdict, got))
    check(seen > 20 and not wrong, f'{len(wrong)} of {seen}:', *wrong)


@case('S3.1.2c', 'a PNG named .jpg, an empty file, a cut one, one with bytes behind its end, 64k by 64k: each has a code of its own')
def each(world):
    someone = world.applicant()
    dossier, whole = someone.new_dossier(), jpeg()
    flood = (b'\xff\xd8\xff\xdb\x00\x43\x00' + b'\x01' * 64 + b'\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00'
             + b'\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00' + b'\x00' * 40 + b'\xff\xd9')
    cases = [(b'', 'image-empty'), (b'\x89PNG\r\n\x1a\n' + bytes(100), 'not-jpeg'), (b'%PDF-1.7\n' + bytes(99), 'not-jpeg'),
             (whole[:len(whole) // 2], 'image-truncated'), (whole + b'PK\x03\x04', 'trailing-bytes'),
             (whole[:2] + b'\xff\xe1\x00\x0eExif\x00\x00MM\x00\x2a\x00\x00' + whole[2:], 'metadata'), (flood, 'too-many-pixels')]
    for data, code in cases:
        spent = world.server.processor_seconds()
        reply = put(someone, dossier, data)
        equal((reply.status, reply.code, [p['code'] for p in reply.json['problems']]), (422, 'image', [code]), data[:20])
        check(world.server.processor_seconds() - spent < 1)


@case('S3.1.2c', 'bytes that are not the digest named; a digest that is none')
def digest(world):
    someone = world.applicant()
    dossier, picture = someone.new_dossier(), Picture()
    reply = put(someone, dossier, picture.data, '0' * 64)
    equal((reply.status, [p['code'] for p in reply.json['problems']]), (422, ['digest']))
    for name in ('abc', picture.sha256.upper(), '..%2f..%2fetc%2fpasswd', '0' * 63 + 'g'):
        check(put(someone, dossier, picture.data, name).status in (400, 404), name)


@case('S3.1.2c', 'one byte too many, too few pixels, one image too many: the field\'s own limits')
def limits(world):
    someone = world.applicant()
    dossier = someone.new_dossier()

    def sized(size, **shape):
        data = jpeg(**shape)
        room = size - len(data)                       # ICC segments are kept: fill up to the byte
        segments = b''
        while room > 0:
            length = min(room, 65000)
            if 0 < room - length < 40:
                length -= 40
            segments += b'\xff\xe2' + (length - 2).to_bytes(2, 'big') + (b'ICC_PROFILE\x00\x01\x01' + bytes(length))[:length - 4]
            room -= length
        return Picture(data[:2] + segments + data[2:])

    fits, over = sized(512000), sized(512001)
    small, photo = Picture(width=294, height=413), [Picture(width=295, height=413) for _ in range(3)]
    short, low = Picture(width=799, height=500), Picture(width=295, height=412)
    for picture in (fits, over, small, short, low, *photo):
        equal(someone.upload(dossier, picture).status, 201, len(picture.data))
    save = lambda field, *pictures: someone.save(dossier, 'basic_information',
                                                 {'values': {field: [p.value for p in pictures]}},
                                                 someone.section(dossier, 'basic_information').json['version'])
    for field, pictures, code, limit in (
            ('identity_card_front', [over], 'too-many-bytes', 512000), ('bareheaded_photo', [small], 'too-narrow', 295),
            ('bareheaded_photo', [low], 'too-low', 413), ('bareheaded_photo', photo, 'too-many-images', 2),
            ('employment_proof', [short], 'edge-too-short', 800), ('employment_proof', [fits, fits], 'duplicate-image', None)):
        reply = save(field, *pictures)
        told = [(p['field'], p['code'], p.get('limit')) for p in reply.json['problems']]
        check(reply.status == 422 and (field, code, limit) in told, field, code, reply)
    for field, pictures in (('identity_card_front', [fits]), ('bareheaded_photo', photo[:2])):
        equal(save(field, *pictures).status, 200, field)
    huge = sized(614401)
    reply = someone.upload(dossier, huge)
    equal((reply.status, reply.code, reply.json['limit']), (413, 'too-large', 614400), 'more than any field takes')


@case('decision 19', 'an image is there for who brought it and for who may see a dossier that names it, for nobody else')
def owners(world):
    someone, stranger = world.applicant(), world.applicant()
    clerk, other = world.staff(CLERK), world.staff(OTHER_CLERK)
    dossier, foreign = someone.new_dossier(), stranger.new_dossier()
    pictures = someone.fill(dossier)
    extra = Picture()
    someone.upload(dossier, extra)
    path = lambda picture, where=dossier: f'/v1/dossiers/{where}/images/{picture.sha256}'
    for method in ('GET', 'HEAD'):
        equal(someone.request(method, path(pictures['front'])).status, 200)
        for who, where in ((stranger, foreign), (stranger, dossier), (clerk, dossier), (other, dossier)):
            equal(who.request(method, path(pictures['front'], where)).status, 404)
    equal(stranger.upload(foreign, pictures['front']).status, 201, 'as new as any: nothing tells that the bytes are there')
    someone.act(dossier, 'submit')
    equal(clerk.get(path(pictures['front'])).body, pictures['front'].data)
    equal(clerk.get(path(extra)).status, 404, 'not part of what was sent')
    equal(other.get(path(pictures['front'])).status, 404)
    equal(someone.upload(dossier, Picture()).code, 'not-editable')


@case('P5 SEC-S30', 'twenty at once of one picture make one file')
def together(world):
    someone = world.applicant()
    dossier, picture = someone.new_dossier(), Picture()
    replies = run_together(20, lambda i: someone.upload(dossier, picture))
    check({r.status for r in replies} <= {200, 201} and any(r.status == 201 for r in replies), replies)
    files = [name for _, _, names in os.walk(world.server.images) for name in names if picture.sha256 in name]
    equal(len(files), 1)
    left = [name for _, _, names in os.walk(world.server.images) for name in names if len(name) != 64]
    equal([n for n in left if not n.endswith('.jpg')], [], 'temporary files stay behind')


@case('SEC-S35', 'of one person only so many lie there that nothing names; naming one makes room, and others have theirs')
def quota(_):
    world = World(limits={'images_unnamed': 3})
    try:
        someone, other = world.applicant(), world.applicant()
        dossier, foreign = someone.new_dossier(), other.new_dossier()
        pictures = [Picture() for _ in range(5)]
        equal([someone.upload(dossier, picture).status for picture in pictures[:3]], [201] * 3)
        reply = someone.upload(dossier, pictures[3])
        equal((reply.status, reply.code, reply.json['rule']['lifted_by']), (429, 'images-unnamed', 'time'))
        check(not any(pictures[3].sha256 in names for _, _, names in os.walk(world.server.images)), 'kept all the same')
        equal(other.upload(foreign, pictures[3]).status, 201)
        section, field = 'basic_information', 'identity_card_front'
        equal(someone.save(dossier, section, {'values': {field: [pictures[0].value]}}, 0).status, 200)
        equal([someone.upload(dossier, picture).status for picture in pictures[3:]], [201, 429])
    finally:
        world.stop()


@case('S3.1.2c', 'another media type is refused')
def media_type(world):
    someone = world.applicant()
    dossier, picture = someone.new_dossier(), Picture()
    for kind in ('image/png', 'application/octet-stream', 'application/json'):
        reply = someone.request('PUT', f'/v1/dossiers/{dossier}/images/{picture.sha256}', picture.data,
                                headers={'Content-Type': kind})
        equal((reply.status, reply.code), (415, 'media-type'), kind)


run(World, World.stop)
