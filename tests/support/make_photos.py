#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures that tests use, the same ones each time.

make_photos.py corpus TABLE DIR    the good and bad files of the table (tests/data/images.tsv)
make_photos.py photos DIR [N]      N photos as a phone makes them (default 1), scans, pages, portraits
make_photos.py samples DIR         one small picture in the eight orientations of EXIF, and odd-sized ones

A folder that is complete is left alone: its file "made" holds the digest of this script, table and count.
People, places and certificates in the pictures are invented."""
import hashlib
import io
import math
import os
import random
import struct
import subprocess
import sys
import tempfile
import zlib

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

FONTS = ('/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc',
         '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
MARKERS = {'APP0': 0xE0, 'APP1': 0xE1, 'APP2': 0xE2, 'APP14': 0xEE, 'DQT': 0xDB, 'DHT': 0xC4, 'DRI': 0xDD,
           'SOF0': 0xC0, 'SOF1': 0xC1, 'SOF2': 0xC2, 'SOF9': 0xC9, 'SOS': 0xDA, 'EOI': 0xD9}


# --- pictures -----------------------------------------------------------------------------------
def font(size):
    for path in FONTS:
        if os.path.exists(path):
            return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)


def noise(size, seed, strength):
    plain = Image.frombytes('L', size, random.Random(seed).randbytes(size[0] * size[1]))
    return plain.point(lambda value: 128 + (value - 128) * strength // 128)


def grain(picture, seed, strength):
    """As a sensor's: the same in all channels, around nought."""
    layer = noise(picture.size, seed, strength)
    return ImageChops.add(picture, Image.merge('RGB', [layer] * 3), 1, -128)


def seal(draw, centre, radius):
    """A round stamp with a star, as bodies have."""
    red, (x, y) = (196, 38, 38), centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=max(2, radius // 16))
    points = [(x + r * math.sin(i * math.pi / 5), y - radius / 6 - r * math.cos(i * math.pi / 5))
              for i, r in enumerate([radius * .45, radius * .18] * 5)]
    draw.polygon(points, fill=red)
    draw.text((x, y + radius * 6 // 11), '样本专用章', fill=red, font=font(max(6, radius // 4)), anchor='mm')


PAPER = (250, 248, 241)
INK = (42, 42, 48)


def sheet(size, frame=(168, 52, 44)):
    width, height = size
    picture = Image.new('RGB', size, PAPER)
    edge = min(size) // 22
    for inset, thick in ((edge, max(1, width // 260)), (edge * 5 // 4 + 2, 1)):
        ImageDraw.Draw(picture).rectangle((inset, inset, width - inset, height - inset), outline=frame, width=thick)
    return picture


def page(size, title, lines):
    """A certificate on paper: title, text, stamp, date; upright."""
    width, height = size
    picture = sheet(size)
    draw = ImageDraw.Draw(picture)
    unit = min(width, height * 5 // 7)
    draw.text((width // 2, height // 6), title, fill=(150, 36, 32), font=font(max(8, unit // 11)), anchor='mm')
    for i, line in enumerate(lines):
        draw.text((width // 7, height * (33 + 6 * i) // 100), line, fill=INK, font=font(max(6, unit // 27)))
    draw.text((width * 6 // 7, height * 84 // 100), '二〇一九年六月十八日', fill=INK, font=font(max(6, unit // 32)), anchor='rm')
    seal(draw, (width * 7 // 10, height * 77 // 100), unit // 9)
    return picture


def table(size, title, rows=14):
    """A form of an office: a grid with a word here and there."""
    width, height = size
    picture = Image.new('RGB', size, (252, 252, 250))
    draw = ImageDraw.Draw(picture)
    left, top, step = width // 10, height // 7, height * 3 // 4 // rows
    words = ['姓名', '黄志明', '部门', '设计室', '岗位', '工程师', '年度', '二〇二五', '自评', '称职', '主管意见', '优秀', '单位意见', '同意']
    draw.text((width // 2, height // 11), title, fill=INK, font=font(height // 28), anchor='mm')
    for row in range(rows + 1):
        draw.line((left, top + row * step, width - left, top + row * step), fill=INK, width=max(1, width // 800))
    for column in range(5):
        x = left + column * (width - 2 * left) // 4
        draw.line((x, top, x, top + rows * step), fill=INK, width=max(1, width // 800))
        for row in range(rows):
            if column < 4 and (row < 4 or column == 0):
                draw.text((x + (width - 2 * left) // 8, top + row * step + step // 2), words[(row * 4 + column) % len(words)],
                          fill=INK, font=font(step // 3), anchor='mm')
    return picture


def card(front):
    """An identity card, plainly a sample: 85.6 × 54 mm at 300 dots an inch."""
    size = (1012, 638)
    picture = Image.merge('RGB', [Image.linear_gradient('L').resize(size).point(lambda v, t=t: t + v // 12) for t in (222, 232, 240)])
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((3, 3, 1008, 634), 36, outline=(150, 170, 190), width=4)
    if front:
        for i, (label, value) in enumerate((('姓名', '黄志明'), ('性别', '男    民族  壮'), ('出生', '1990 年 3 月 7 日'),
                                            ('住址', '示例省示例市样本路 1 号'), ('号码', '样本，不含真实号码'))):
            draw.text((70, 90 + 100 * i), label, fill=(60, 110, 160), font=font(34))
            draw.text((190, 86 + 100 * i), value, fill=INK, font=font(40))
        picture.paste(portrait((240, 320)), (710, 110))
    else:
        draw.text((506, 170), '居民身份证', fill=INK, font=font(78), anchor='mm')
        draw.ellipse((70, 70, 230, 230), fill=(196, 38, 38))
        for i, line in enumerate(('签发机关  示例市公安局（样本）', '有效期限  2020.01.01 – 2040.01.01')):
            draw.text((250, 400 + 90 * i), line, fill=INK, font=font(38))
    return picture


LINES = ['黄志明  男  一九九〇年三月生', '经评审委员会评审通过，', '具备工程师专业技术资格。', '专业  机械设计', '编号  ZC-2019-000123',
         '（测试所制，人物与机构均为虚构）']
DIPLOMA = ['学生 黄志明，性别 男，于二〇〇八年九月至', '二〇一二年六月在本校机械工程专业', '四年制本科学习，修完规定课程，', '成绩合格，准予毕业。',
           '示例理工学院（虚构）']


def certificate(size, seed=0):
    """A certificate on a wooden table, as photographed: a little askew, darker to the edges."""
    grain_lines = Image.frombytes('L', (1, size[1] // 8), random.Random(seed).randbytes(size[1] // 8))
    wood = grain_lines.resize((size[0], size[1])).filter(ImageFilter.GaussianBlur(size[1] // 160 + 1))
    picture = Image.merge('RGB', [wood.point(lambda v, t=t: t + (v - 128) // 5) for t in (142, 104, 70)])
    inner = page((size[0] * 5 // 6, size[1] * 5 // 6), ('资格证书', '荣誉证书', '继续教育证书')[seed % 3], LINES)
    paper = inner.convert('RGBA').rotate(1.5 - seed % 4, Image.BICUBIC, expand=True)
    shadow = Image.new('RGBA', paper.size, (20, 12, 6, 0))
    shadow.putalpha(paper.getchannel('A').point(lambda v: v * 2 // 5))
    shadow = shadow.filter(ImageFilter.GaussianBlur(size[0] // 120 + 1))
    corner = ((size[0] - paper.width) // 2, (size[1] - paper.height) // 2)
    picture.paste(shadow, (corner[0] + size[0] // 100, corner[1] + size[0] // 80), shadow)
    picture.paste(paper, corner, paper)
    shade = Image.radial_gradient('L').resize(size).point(lambda v: 255 - v // 4)
    return ImageChops.multiply(picture, Image.merge('RGB', [shade] * 3))


def portrait(size=(413, 579), seed=0):
    """A likeness of nobody, before blue."""
    w, h = size
    picture = Image.new('RGB', (2 * w, 2 * h), (86, 142, 208))
    draw = ImageDraw.Draw(picture)
    skin, hair, coat = (232, 196, 168), ((38, 32, 30), (58, 44, 36))[seed % 2], ((48, 54, 72), (70, 66, 62))[seed % 2]
    draw.ellipse((w // 5, h * 27 // 20, w * 9 // 5, h * 13 // 5), fill=coat)
    draw.polygon(((w * 3 // 4, h * 7 // 5), (w, h * 9 // 5), (w * 5 // 4, h * 7 // 5)), fill=(244, 244, 246))
    draw.rounded_rectangle((w * 17 // 20, h * 6 // 5, w * 23 // 20, h * 3 // 2), w // 10, fill=(220, 182, 154))
    draw.ellipse((w * 11 // 20, h * 2 // 5, w * 29 // 20, h * 27 // 20), fill=hair)
    draw.ellipse((w * 12 // 20, h * 11 // 20, w * 28 // 20, h * 27 // 20), fill=skin)
    draw.pieslice((w * 12 // 20 - 4, h * 9 // 20, w * 28 // 20 + 4, h * 21 // 20), 185, 355, fill=hair)
    for x in (w * 17 // 20, w * 23 // 20):
        draw.ellipse((x - w // 40, h * 19 // 20, x + w // 40, h * 19 // 20 + w // 20), fill=(44, 34, 32))
    draw.arc((w * 18 // 20, h * 21 // 20, w * 22 // 20, h * 23 // 20), 20, 160, fill=(176, 104, 96), width=max(1, w // 50))
    return grain(picture.resize(size, Image.LANCZOS), seed, 6)


def scene(size, seed=0):
    """Colours and edges, different in each corner: tells every orientation from every other."""
    picture = Image.new('RGB', size, (235, 235, 235))
    draw = ImageDraw.Draw(picture)
    w, h = size
    draw.rectangle((0, 0, w // 3, h // 4), fill=(200, 40, 40))
    draw.rectangle((w * 2 // 3, 0, w, h // 4), fill=(40, 160, 60))
    draw.ellipse((0, h // 2, w // 2, h), fill=(40, 60, 190))
    draw.line((w // 3, h // 3, w, h), fill=(20, 20, 20), width=max(2, w // 60))
    draw.text((w // 4, h // 4), f'正{seed}', fill=(10, 10, 10), font=font(h // 6))
    return picture.filter(ImageFilter.GaussianBlur(1))


def encode(picture, kind='JPEG', **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def tool(command, data):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout


def ppm(picture):
    return encode(picture, 'PPM')


# --- metadata -----------------------------------------------------------------------------------
def exif(orientation, order='<', gps=True, note=0):
    """An APP1 segment: orientation, camera, place, maker's note, written in either byte order."""
    data = Image.Exif()
    data.endian = order
    data[0x010F], data[0x0110], data[0x0112] = 'Zhicheng', 'Test 12', orientation
    data[0x0132] = '2026:11:23 08:15:30'
    if note:
        data.get_ifd(0x8769)[0x927C] = random.Random(orientation).randbytes(note)
    if gps:
        place = data.get_ifd(0x8825)
        place[1], place[2], place[3], place[4] = 'N', (22.0, 49.0, 3.0), 'E', (108.0, 19.0, 12.0)
    return segment(0xE1, data.tobytes() if data.tobytes().startswith(b'Exif') else b'Exif\0\0' + data.tobytes())


def segment(marker, payload):
    return struct.pack('>BBH', 0xFF, marker, len(payload) + 2) + payload


def xmp(text='MotionPhoto="1"'):
    return segment(0xE1, b'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">' + text.encode()
                   + b'</x:xmpmeta>')


def motion_video(size, seed):
    head = struct.pack('>I4s4sI4s4s', 24, b'ftyp', b'mp42', 0, b'isom', b'mp42')
    return head + struct.pack('>I4s', size + 8, b'mdat') + random.Random(seed).randbytes(size)


def after_start(data, *segments):
    return data[:2] + b''.join(segments) + data[2:]


# --- photos -------------------------------------------------------------------------------------
def phone_photo(seed):
    """12 megapixels, about 5 MB, held upright: sensor landscape, orientation 6, GPS, maker's note,
    a second picture announced (MPF) and present, a motion video behind the end."""
    upright = grain(certificate((3024, 4032), seed), seed, 14)
    stored = encode(upright.transpose(Image.ROTATE_90), quality=92, subsampling='4:2:0')
    second = encode(upright.resize((756, 1008)).transpose(Image.ROTATE_90), quality=80)
    thumbnail_and_place = exif(6, '>' if seed % 2 else '<', note=20000)
    mpf = segment(0xE2, b'MPF\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0')
    photo = after_start(stored, thumbnail_and_place, xmp(), mpf)
    return photo + second + motion_video(900_000, seed) + b'SEFT'


def vary(data, number):
    """Another picture, of no work: some entries of the first quantization table are one more."""
    start = next(s[1] for s in segments(data) if s[0] == MARKERS['DQT']) + 5
    table = bytearray(data[start:start + 64])
    for bit in range(8):
        table[3 + bit] += number >> bit & 1
    return data[:start] + bytes(table) + data[start + 64:]


def write(path, data):
    with open(path, 'wb') as out:
        out.write(data)


def make_photos(folder, count):
    first = phone_photo(1)
    write(f'{folder}/phone-01.jpg', first)
    for i in range(2, min(count, 4) + 1):
        write(f'{folder}/phone-{i:02}.jpg', phone_photo(i))
    for i in range(5, count + 1):
        with open(f'{folder}/phone-{i % 4 + 1:02}.jpg', 'rb') as like:
            write(f'{folder}/phone-{i:02}.jpg', vary(like.read(), i // 4))
    write(f'{folder}/scan-a4-300dpi.jpg', encode(grain(page((2480, 3508), '毕业证书', DIPLOMA), 7, 6), quality=95,
                                                 subsampling='4:4:4', dpi=(300, 300)))
    write(f'{folder}/scan-grey.jpg', encode(table((1654, 2339), '年度考核登记表').convert('L'), quality=90))
    write(f'{folder}/page-small.jpg', encode(page((900, 1272), '学士学位证书', DIPLOMA), quality=92))
    write(f'{folder}/id-front.jpg', encode(card(True), quality=88))
    write(f'{folder}/id-back.jpg', encode(card(False), quality=88))
    for i in (1, 2):
        write(f'{folder}/portrait-{i}.jpg', encode(portrait(seed=i), quality=90))
    write(f'{folder}/portrait-tiny.jpg', encode(portrait((120, 168)), quality=90))
    write(f'{folder}/certificate.png', encode(certificate((1600, 1200), 2), 'PNG'))
    write(f'{folder}/certificate-alpha.png', encode(certificate((1200, 900)).convert('RGBA'), 'PNG'))
    write(f'{folder}/certificate-16bit.png', encode(certificate((1200, 900)).convert('I;16'), 'PNG'))
    write(f'{folder}/scan.tiff', encode(table((1654, 2339), '聘任登记表'), 'TIFF', compression='tiff_lzw'))
    write(f'{folder}/print-cmyk.jpg', encode(certificate((2000, 1500)).convert('CMYK'), quality=92))
    write(f'{folder}/camera-108mp.jpg', encode(certificate((3000, 2250)).resize((12000, 9000)), quality=60))


# --- the eight orientations -----------------------------------------------------------------------
# What a camera held so has stored: the transformation that undoes the one of the tag.
STORED = {1: [], 2: ['-flip', 'horizontal'], 3: ['-rotate', '180'], 4: ['-flip', 'vertical'], 5: ['-transpose'],
          6: ['-rotate', '270'], 7: ['-transverse'], 8: ['-rotate', '90']}
TURNS = {1: None, 2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE,
         6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270}


def make_samples(folder):
    even = encode(scene((480, 640)), quality=90, subsampling='4:2:0')
    odd = scene((477, 635))
    write(f'{folder}/upright.jpg', even)
    write(f'{folder}/odd-upright.jpg', encode(odd, quality=95))
    for tag in range(1, 9):
        turned = tool(['jpegtran', '-perfect', *STORED[tag]], even)
        write(f'{folder}/even-{tag}.jpg', after_start(turned, exif(tag, '<>'[tag % 2])))
        stored = odd if TURNS[tag] is None else odd.transpose(TURNS[tag])
        write(f'{folder}/odd-{tag}.jpg', after_start(encode(stored, quality=95), exif(tag, '><'[tag % 2])))


# --- the corpus: a base and steps ------------------------------------------------------------------
def profile():
    from PIL import ImageCms
    return ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes()


SIZE = (320, 240)
BASES = {
    'colour': lambda: encode(scene(SIZE), quality=80),
    'grey': lambda: encode(scene(SIZE).convert('L'), quality=80),
    'full': lambda: encode(scene(SIZE), quality=80, subsampling='4:4:4'),
    'tiny': lambda: encode(scene((24, 16)), quality=60),
    'dot': lambda: encode(scene((8, 8)).resize((1, 1)), quality=60),
    'optimised': lambda: encode(scene(SIZE), quality=80, optimize=True),
    'progressive': lambda: encode(scene(SIZE), quality=80, progressive=True),
    'icc': lambda: encode(scene(SIZE), quality=80, icc_profile=profile()),
    'rgb': lambda: tool(['cjpeg', '-rgb', '-quality', '80'], ppm(scene(SIZE))),
    'restart': lambda: tool(['cjpeg', '-restart', '2B'], ppm(scene(SIZE))),
    'split': lambda: scanned('0;1;2;'),   # sequential, each component in a scan of its own
    'scans100': lambda: many_scans(29),
    'scans101': lambda: many_scans(30),
    'arithmetic': lambda: tool(['cjpeg', '-arithmetic'], ppm(scene(SIZE))),
    'coarse': lambda: tool(['cjpeg', '-quality', '1'], ppm(scene(SIZE))),
    'cmyk': lambda: encode(scene(SIZE).convert('CMYK'), quality=80),
    'png': lambda: encode(scene(SIZE), 'PNG'),
    'gif': lambda: encode(scene(SIZE), 'GIF'),
    'bmp': lambda: encode(scene(SIZE), 'BMP'),
    'tiff': lambda: encode(scene(SIZE), 'TIFF'),
    'webp': lambda: b'RIFF\x24\0\0\0WEBPVP8 ' + bytes(24),
    'pdf': lambda: b'%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n',
    'svg': lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>',
    'heic': lambda: b'\0\0\0\x18ftypheic\0\0\0\0mif1heic' + bytes(64),
    'pngbomb': lambda: encode(scene(SIZE), 'PNG')[:16] + b'\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0' + png_check(65535),
    'html': lambda: b'<!DOCTYPE html><script>alert(1)</script>',
    'nothing': lambda: b'',
    'start': lambda: b'\xff\xd8\xff',
    'phone': lambda: after_start(encode(scene(SIZE), quality=80), exif(6, note=300), xmp()) + motion_video(500, 1),
}


def png_check(edge):
    return zlib.crc32(b'IHDR' + struct.pack('>IIBBBBB', edge, edge, 8, 2, 0, 0, 0)).to_bytes(4, 'big') + bytes(64)


def scanned(text):
    with tempfile.NamedTemporaryFile('w') as script:
        script.write(text)
        script.flush()
        return tool(['cjpeg', '-scans', script.name], ppm(scene(SIZE)))


def many_scans(n):
    """Progressive, whole, of 71 + n scans: cjpeg makes no more than 100, so the last comes from another file of the same picture."""
    alone = ''.join(f'0: {k}-{k}, 0, 0;' for k in range(1, 64)) + ''.join(f'1: {k}-{k}, 0, 0;' for k in range(1, n + 1))
    start, rest = '0,1,2: 0-0, 0, 0;', f'1: {n + 1}-63, 0, 0;'
    two = '2: 1-1, 0, 0; 2: 2-2, 0, 0; 2: 3-3, 0, 0; 2: 4-4, 0, 0; 2: 5-5, 0, 0;'
    most, whole = scanned(start + alone + rest + two), scanned(f'{start} 0: 1-63, 0, 0; 1: 1-63, 0, 0; {two} 2: 6-63, 0, 0;')
    return most[:-2] + whole[[at for marker, at, _ in segments(whole) if marker == MARKERS['DHT']][-1]:]


def segments(data):
    """(marker, start, end) up to the first scan; then the scan's data and what follows, by looking for markers."""
    at = 2
    while at + 4 <= len(data) or data[at:] == b'\xff\xd9':
        while data[at + 1] == 0xFF:   # fill bytes
            at += 1
        if data[at + 1] == 0xD9:
            yield 0xD9, at, at + 2
            return
        marker, length = data[at + 1], struct.unpack('>H', data[at + 2:at + 4])[0]
        yield marker, at, at + 2 + length
        at += 2 + length
        if marker == 0xDA:
            while not (data[at] == 0xFF and data[at + 1] not in (0, *range(0xD0, 0xD8))):
                at += 1


def find(data, name):
    """NAME or NAME#N: where the Nth segment of that marker starts and ends."""
    name, _, nth = name.partition('#')
    found = [s for s in segments(data) if s[0] == MARKERS[name]]
    return found[int(nth or 0)][1:]


def place(data, where):
    """An offset: a number, or NAME+N within a segment (0: its 0xFF)."""
    name, plus, n = where.partition('+')
    return int(name) if name.lstrip('-').isdigit() else find(data, name)[0] + int(n if plus else 0)


def blob(text):
    """HEX, or HEXxN: repeated."""
    hexes, _, times = text.partition('x')
    return bytes.fromhex(hexes) * int(times or 1)


def step_keep(data, n):
    return data[:int(n)]


def step_append(data, text):
    return data + blob(text)


def step_set(data, where, text):
    at, new = place(data, where), blob(text)
    return data[:at] + new + data[at + len(new):]


def step_insert(data, where, text):
    at = place(data, where)
    return data[:at] + blob(text) + data[at:]


def step_segment(data, where, marker, text):
    at = place(data, where)
    return data[:at] + segment(int(marker, 16), blob(text)) + data[at:]


def step_drop(data, name):
    start, end = find(data, name)
    return data[:start] + data[end:]


def step_repeat(data, name, times='1'):
    start, end = find(data, name)
    return data[:end] + data[start:end] * int(times) + data[end:]


def step_scan(data, name, text):
    """Replaces the coded data behind a start of scan."""
    end = find(data, name)[1]
    after = end
    while not (data[after] == 0xFF and data[after + 1] not in (0, *range(0xD0, 0xD8))):
        after += 1
    return data[:end] + blob(text) + data[after:]


def step_unscan(data, name):
    """Takes a scan away, header and coded data."""
    return step_drop(step_scan(data, name, ''), name)


def step_swap(data, old, new):
    """The first place with these bytes gets others."""
    assert blob(old) in data, old
    return data.replace(blob(old), blob(new), 1)


def step_exif(data, orientation, order='<'):
    return after_start(data, exif(int(orientation), order))


def step_xmp(data):
    return after_start(data, xmp())


def step_video(data):
    return data + motion_video(400, 2)


def step_second(data):
    return data + data


def recipe(text):
    base, *steps = text.split()
    data = BASES[base]()
    for step in steps:
        name, _, arguments = step.partition('=')
        data = globals()['step_' + name](data, *(arguments.split(',') if arguments else []))
    return data


def rows(table):
    with open(table, encoding='utf-8') as lines:
        for line in lines:
            if line.strip() and not line.startswith('#'):
                yield line.rstrip('\n').split('\t')


def make_corpus(table, folder):
    for name, text, *_ in rows(table):
        try:
            write(f'{folder}/{name}', recipe(text))
        except (AssertionError, IndexError, KeyError) as error:
            sys.exit(f'{name}: {text}: {error!r}')


# --- main ----------------------------------------------------------------------------------------
def digest(*parts):
    with open(__file__, 'rb') as script:
        whole = script.read() + '\n'.join(parts).encode()
    for part in parts:
        if os.path.isfile(part):
            with open(part, 'rb') as file:
                whole += file.read()
    return hashlib.sha256(whole).hexdigest()


def main(kind, *arguments):
    table = arguments[0] if kind == 'corpus' else None
    folder = arguments[1] if table else arguments[0]
    count = int(arguments[1]) if kind == 'photos' and len(arguments) > 1 else 1
    mark, stamp = f'{folder}/made', digest(kind, table or '', str(count))
    os.makedirs(folder, exist_ok=True)
    if os.path.exists(mark):
        with open(mark, encoding='ascii') as old:
            if old.read() == stamp:
                return
    if kind == 'corpus':
        make_corpus(table, folder)
    elif kind == 'photos':
        make_photos(folder, count)
    elif kind == 'samples':
        make_samples(folder)
    else:
        sys.exit(__doc__)
    write(mark, stamp.encode())


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
