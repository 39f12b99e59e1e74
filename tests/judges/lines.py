#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""lines.py CHECK-LINES FOLDER FILE…: what an outside judge of the schemas (B4) is given, for each business file NAME.json:
NAME.schema.json, NAME.jsonl (a dossier a line, made from a fixed seed) and NAME.verdicts (what zc_check() says of each line)."""
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'support'))
from dossiers import as_lines, judged_dossiers  # noqa: E402

SEED, WHOLE, SPOILT = 20261124, 960, 4000


def main(program, folder, *files):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for file in map(Path, files):
        business = json.loads(file.read_text(encoding='utf-8'))
        lines = ''.join(map(as_lines, judged_dossiers(business, SEED, WHOLE, SPOILT)))
        ask = lambda *arguments, **more: subprocess.run([program, file, *arguments], capture_output=True, text=True, check=True, **more)
        (folder / f'{file.stem}.schema.json').write_text(ask('--schema').stdout, encoding='utf-8')
        (folder / f'{file.stem}.jsonl').write_text(lines, encoding='utf-8')
        (folder / f'{file.stem}.verdicts').write_text(ask(input=lines).stdout, encoding='utf-8')
        print(file.stem, lines.count('\n'), 'dossiers')


main(*sys.argv[1:])
