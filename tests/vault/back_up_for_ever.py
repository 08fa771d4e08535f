"""Backs a desk up again and again until it is killed; each line it prints is a backup that was whole."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from small_desk import OFFICER, enter

from farbank.vault import backup

desk, place = map(Path, sys.argv[1:])
with enter(desk, OFFICER) as opened:
    number = 0
    while True:
        with opened.transaction():
            for _ in range(20):
                number += 1
                opened.put("content", "report", f"r{number:05}", b"said " * 500)
        backup.backup(opened, place)
        print(number, flush=True)
