# SPDX-License-Identifier: GPL-3.0-or-later
"""What programs take of the machine: all their processes together."""
import glob
import os
import re


def find_tree(first):
    """The process and all that descend from it or are of the session it leads."""
    parents, members = {}, {first}
    for path in glob.glob('/proc/[0-9]*/stat'):
        try:
            with open(path, encoding='utf-8', errors='replace') as file:
                parts = file.read().rsplit(') ', 1)[1].split()
        except OSError:
            continue
        pid = int(path.split('/')[2])
        parents[pid] = int(parts[1])
        if int(parts[3]) == first:
            members.add(pid)
    grown = True
    while grown:
        below = {pid for pid, parent in parents.items() if parent in members}
        grown = not below <= members
        members |= below
    return members - {os.getpid()}


def pss(first):
    """KiB: of every process of the tree its own pages, and its share of those that others hold as well."""
    total = 0
    for pid in find_tree(first):
        try:
            with open(f'/proc/{pid}/smaps_rollup', encoding='ascii') as file:
                total += int(re.search(r'^Pss:\s+(\d+)', file.read(), re.M)[1])
        except (OSError, TypeError):        # it has ended, or is about to
            continue
    return total


def work(first):
    """ms of the processor that the tree has used."""
    ticks = 0
    for pid in find_tree(first):
        try:
            with open(f'/proc/{pid}/stat', encoding='utf-8', errors='replace') as file:
                ticks += sum(map(int, file.read().rsplit(') ', 1)[1].split()[11:13]))
        except OSError:
            continue
    return ticks * 1000 / os.sysconf('SC_CLK_TCK')
