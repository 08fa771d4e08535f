"""Killing the vault: writers that die at any moment, power cuts, and disks that are full or take nothing.

Each writer keeps groups of three records, each group with a line of the audit over two files, and tells each group once
the call has returned (`_dying_desk.py`). It matters because what a partner risked a call for is said once. After every
death the desk is opened, its newest records are read and its whole audit is verified; every tenth time, and after every
other fault, every page is.

Keys: kills (SIGKILL at random moments under load), power_cuts (a crash, and then the tail of the log cut, zeroed or
overwritten past what was synced, and pages torn whose new version the log holds), full_disks (no file may grow, after
a random number of bytes more), read_only (1, or null where this machine mounts nothing for us), told (writes told as
kept), lost (told and not there), unopenable (desks that are named damaged), partial (groups of which some is there, or
without their line of the audit). `--quick` kills thirty times. Held to nothing: all
three are 0.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from bench import Report
from bench._dying_desk import Desk, Found, full_disk, power_cut, read_only

DATA = "."
KILLS, QUICK = 1_000, 30
CUTS = 5
"""One power cut for so many kills, and as many full disks."""
ANEW = 25
"""Kills a desk goes through: every death leaves more to verify after each of the next."""
LONGEST = 0.4
SEED = 3


def run(data: Path, *, quick: bool = False) -> Report:
    """Measure; `data` is not used, `quick` kills less often."""
    return trials(QUICK if quick else KILLS)


def trials(kills: int, seed: int = SEED) -> Report:
    """Kill so many writers, with the other faults between."""
    chance, found = random.Random(seed), Found()
    killed = cuts = full = told = 0
    mounted = False
    while killed < kills:
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Path(folder) / "desk")
            for number in range(1, min(ANEW, kills - killed) + 1):
                killed += desk.die(chance, LONGEST)
                desk.look(found, every_page=number % 10 == 0)
                if number % CUTS == 0:
                    power_cut(desk, chance, found, Path(folder) / "cut")
                    full_disk(desk, chance, found)
                    cuts, full = cuts + 1, full + 1
            mounted = read_only(desk, found)
            told += desk.kept
    return {
        "kills": killed,
        "power_cuts": cuts,
        "full_disks": full,
        "read_only": int(mounted) or None,
        "told": told,
        "lost": found.lost,
        "unopenable": found.unopenable,
        "partial": found.partial,
    }
