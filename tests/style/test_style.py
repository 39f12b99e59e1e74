#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house that a script can check: layers, licences, translations, words that must not occur."""
import json
import re
import subprocess
import sys
from pathlib import Path

top = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(top / 'tests/support'))
from tap import case, check, run  # noqa: E402

SOURCES = sorted(p for room in ('src', 'tests') for p in (top / room).rglob('*.[ch]'))


def text(path):
    return path.read_text(encoding='utf-8')


def none(found, what):
    check(not found, what + ':', '; '.join(map(str, list(found)[:12])))


def name(path):
    return str(path.relative_to(top))


@case('style', 'every source file names its licence')
def licences():
    files = SOURCES + sorted((top / 'tests').rglob('*.py'))
    none([name(p) for p in files if 'SPDX-License-Identifier: GPL-3.0-or-later' not in text(p)[:200]], 'no SPDX line')


LAYERS = {
    'core': r'gtk/|adwaita|libsoup|libsecret|sqlite3|microhttpd|sodium|gnutls|nettle|curl',
    'server': r'gtk/|adwaita|libsoup|libsecret|gdk',
    'api': r'gtk/|adwaita|gdk|microhttpd|sodium',
    'app': r'libsoup|libsecret|sqlite3|microhttpd|sodium',
}


@case('style', 'no include points the wrong way')
def layers():
    wrong = []
    for room, banned in LAYERS.items():
        rooms = {'core': 'api|app|server', 'server': 'api|app', 'api': 'app|server', 'app': 'server'}[room]
        for path in (top / 'src' / room).glob('*.[ch]'):
            for include in re.findall(r'#\s*include\s*([<"][^>"]*[>"])', text(path)):
                if re.search(banned, include) or re.match(r'"(\.\./)*(%s)/' % rooms, include):
                    wrong.append(f'{name(path)} {include}')
    none(wrong, 'wrong layer')


@case('B5', 'no section or field id of a business occurs in the sources')
def no_ids():
    ids = set()
    for path in (top / 'data/businesses').glob('*.json'):
        if path.name.endswith('.schema.json'):
            continue
        for section in json.loads(text(path))['sections']:
            ids.add(section['id'])
            ids.update(field['id'] for field in section['fields'])
    check(ids, 'no ids were read')
    found = []
    for path in (top / 'src').rglob('*.[ch]'):
        for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', text(path)):
            # names that the wire or the account has of its own right are no section's or field's
            if literal in ids and literal not in WIRE_WORDS:
                found.append(f'{name(path)} "{literal}"')
    none(found, 'ids of a business')


# words of the contract (account, catalogue, certificate …) that a business may use as an id as well
WIRE_WORDS = {'name', 'mobile', 'email', 'id_number', 'sex', 'birth_date', 'series', 'level', 'year', 'unit',
              'committee', 'office', 'region', 'title', 'role', 'kind', 'date', 'photo'}


@case('style', 'no marker of unfinished work')
def unfinished():
    marker = re.compile(r'\b(TO' r'DO|FIX' r'ME|XX' r'X|HA' r'CK)\b')
    files = subprocess.run(['find', 'src', 'tests', 'data', 'ui', 'dev', '-type', 'f', '-size', '-200k'], cwd=top,
                           capture_output=True, text=True, check=True).stdout.split()
    found = []
    for file in files:
        try:
            body = text(top / file)
        except UnicodeDecodeError:
            continue
        if marker.search(body):
            found.append(file)
    none(found, 'unfinished')


@case('style', 'files stay one thing: none over 1,000 lines')
def long_files():
    none([f'{name(p)} {text(p).count(chr(10))}' for p in SOURCES if text(p).count('\n') > 1000], 'too long')


@case('P22', 'every file with words for people is in POTFILES')
def potfiles():
    listed = set(text(top / 'po/POTFILES').split())
    with_words = [name(p) for p in (top / 'src').rglob('*.c') if re.search(r'\b(_|N_|C_|ngettext|g_dngettext)\s*\("', text(p))]
    with_words += [name(p) for p in (top / 'ui').glob('*.ui') if 'translatable="' in text(p)]
    none(sorted(set(with_words) - listed), 'not in POTFILES')
    none([f for f in listed if not f.startswith('#') and not (top / f).exists()], 'listed, but gone')


@case('P22', 'the Chinese translation is whole')
def translation():
    made = subprocess.run(['xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
                           '--keyword=ngettext:1,2', '--add-comments', '-f', 'po/POTFILES', '-o', '-'],
                          cwd=top, capture_output=True)
    check(made.returncode == 0, made.stderr.decode())
    merged = subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', '-o', '-', 'po/zh_CN.po', '/dev/stdin'],
                            cwd=top, input=made.stdout, capture_output=True)
    check(merged.returncode == 0, merged.stderr.decode())
    left = subprocess.run(['msgattrib', '--untranslated', '--no-obsolete', '--no-wrap', '-'], input=merged.stdout, capture_output=True)
    fuzzy = subprocess.run(['msgattrib', '--only-fuzzy', '--no-obsolete', '--no-wrap', '-'], input=merged.stdout, capture_output=True)
    missing = re.findall(r'^msgid "(.+)"$', (left.stdout + fuzzy.stdout).decode(), re.M)
    none(missing, 'not translated')


@case('P22', 'no user text is hard-coded in the user interface files')
def ui_text():
    found = []
    for path in (top / 'ui').glob('*.ui'):
        for attributes, body in re.findall(r'<property name="(?:label|title|subtitle|description|tooltip-text|placeholder-text)"([^>]*)>([^<]+)<', text(path)):
            if 'translatable' not in attributes and re.search(r'[A-Za-z一-鿿]', body):
                found.append(f'{path.name}: {body.strip()}')
    none(found, 'without translatable')


if __name__ == '__main__':
    run()
