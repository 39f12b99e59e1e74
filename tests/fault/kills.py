# SPDX-License-Identifier: GPL-3.0-or-later
"""How often and when: ZC_KILLS kills (20, or as many as told) at moments drawn from one seed, which is printed;
ZC_KILL_SEED repeats a run."""
import os
import random


def count(otherwise=20):
    return int(os.environ.get('ZC_KILLS', otherwise))


def dice():
    seed = int(os.environ.get('ZC_KILL_SEED', random.SystemRandom().randrange(1 << 31)))
    print(f'# ZC_KILL_SEED={seed}', flush=True)
    return random.Random(seed)
