#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""count.py JUNIT-XML EXIT-CODE: says "N passed, N failed" and exits accordingly.

The runner's word (its exit code) and its list of cases must agree: a runner that failed without
naming a failed case counts as one failure, and so does a run of no case at all."""
import sys
import xml.etree.ElementTree as ET

path, code = sys.argv[1], int(sys.argv[2])
passed = failed = 0
try:
    for case in ET.parse(path).getroot().iter('testcase'):
        if case.find('failure') is not None or case.find('error') is not None:
            failed += 1
            print('FAILED:', case.get('classname'), case.get('name'), file=sys.stderr)
        elif case.find('skipped') is None:
            passed += 1
except (OSError, ET.ParseError) as error:
    print('no list of results:', error, file=sys.stderr)
if failed == 0 and (code != 0 or passed == 0):
    failed = 1
print(f'{passed} passed, {failed} failed')
sys.exit(1 if failed else 0)
