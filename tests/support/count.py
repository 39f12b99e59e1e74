#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""count.py JUNIT-XML EXIT-CODE: says "N passed, N failed" and exits accordingly.

The runner's word (its exit code) and its list of cases must agree: a runner that failed without
naming a failed case counts as one failure, and so does a run of no case at all. What failed is told
again before the last line, each with the last words of its case: what follows a long log is read first."""
import sys
import xml.etree.ElementTree as ET

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


path, code = sys.argv[1], int(sys.argv[2])
passed = failed = 0
try:
    for suite in ET.parse(path).getroot().iter('testsuite'):
        for case in suite.iter('testcase'):
            if bad(case):
                failed += 1
                print('FAILED:', case.get('classname'), case.get('name'), file=sys.stderr)
                print(*last_words(suite.findtext('system-out'), case.get('name')), sep='\n', file=sys.stderr)
            elif case.find('skipped') is None:
                passed += 1
except (OSError, ET.ParseError) as error:
    print('no list of results:', error, file=sys.stderr)
if failed == 0 and (code != 0 or passed == 0):
    failed = 1
print(f'{passed} passed, {failed} failed')
sys.exit(1 if failed else 0)
