#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""count.py (JUNIT-XML EXIT-CODE)...: says "N passed, N failed" of one or several runs and exits accordingly.

The runner's word (its exit code) and its list of cases must agree: a runner that failed without
naming a failed case counts as one failure, and so does a run of no case at all. What failed is told
again before the last line, each with the last words of its case: what follows a long log is read first."""
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

WORDS = 6            # lines told of a failed case


def bad(case):
    return case.find('failure') is not None or case.find('error') is not None


def last_words(output, name):
    """What a case of that name ("3 - its title") said after its "not ok"."""
    _, found, rest = (output or '').partition(f'not ok {name}')
    said = []
    for line in rest.splitlines()[1:]:
        if not line.startswith('#'):
            break
        said.append(line[:400])
    return said[-WORDS:]


def tell(path, suite, case):
    name = case.get('name')
    print('FAILED:', Path(path).parts[-3], case.get('classname'), name, file=sys.stderr)
    print(*last_words(suite.findtext('system-out'), name), sep='\n', file=sys.stderr)


def count(path, code):
    """(passed, failed) of one run."""
    passed = failed = 0
    try:
        for suite in ET.parse(path).getroot().iter('testsuite'):
            for case in suite.iter('testcase'):
                if bad(case):
                    failed += 1
                    tell(path, suite, case)
                elif case.find('skipped') is None:
                    passed += 1
    except (OSError, ET.ParseError) as error:
        print('no list of results:', error, file=sys.stderr)
    return passed, failed or int(code != '0' or passed == 0)


runs = [count(path, code) for path, code in zip(sys.argv[1::2], sys.argv[2::2])]
passed, failed = (sum(run[i] for run in runs) for i in (0, 1))
print(f'{passed} passed, {failed} failed')
sys.exit(1 if failed or not runs else 0)
