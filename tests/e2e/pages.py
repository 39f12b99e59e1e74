# SPDX-License-Identifier: GPL-3.0-or-later
"""Scans as an office's scanner makes them: white A4 pages with a heading, lines of text and a red seal, no two alike, within
the usual limits. Drawn when they are needed; the people and works on them are invented."""
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = '/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc'
SIZE = (900, 1272)
WORDS = '本文以刮板输送机为研究对象分析变频驱动代替液力耦合器的可行性通过两年运行试验得出故障率与能耗的变化规律并提出改进措施'


def font(size):
    try:
        return ImageFont.truetype(FONT, size)
    except OSError:
        return ImageFont.load_default()


def seal(draw, chance):
    x, y = 640 + chance.randrange(40), 1010 + chance.randrange(40)
    draw.ellipse((x, y, x + 170, y + 170), outline=(200, 30, 30), width=6)
    draw.text((x + 85, y + 85), '★', font=font(60), fill=(200, 30, 30), anchor='mm')


def page(heading, number, sealed):
    chance = random.Random(f'{heading} {number}')
    image = Image.new('RGB', SIZE, (252, 251, 247))
    draw = ImageDraw.Draw(image)
    draw.text((SIZE[0] // 2, 120), heading, font=font(40), fill=(20, 20, 20), anchor='mm')
    for line in range(26):
        start = chance.randrange(len(WORDS))
        draw.text((110, 200 + line * 36), (WORDS * 2)[start:start + 27], font=font(25), fill=(45, 45, 45))
    draw.text((SIZE[0] // 2, 1230), f'— {number} —', font=font(22), fill=(90, 90, 90), anchor='mm')
    if sealed:
        seal(draw, chance)
    return image


def scans(folder, heading, count, sealed=False):
    """The paths of so many pages, in order."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f'{heading}-{number:02d}.jpg' for number in range(1, count + 1)]
    for number, path in enumerate(paths, 1):
        page(heading, number, sealed).save(path, 'JPEG', quality=72)
    return paths
