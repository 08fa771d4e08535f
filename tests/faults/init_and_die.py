"""Set up a desk and die on the way; run by test_init_kill.py."""

from __future__ import annotations

import sys
from pathlib import Path

from dying import die_at

from farbank import vault
from farbank.desk.init_desk import init_desk

NAME, WORD = "Ines Okafor", "seven grey herons wade"

if __name__ == "__main__":
    people = [vault.Member(NAME, WORD, ("safety-officer",)), vault.Member("Tomas Lindqvist", WORD, ("publisher",))]
    die_at(int(sys.argv[2]))
    init_desk(Path(sys.argv[1]), people, cost=vault.Cost(passes=1, memory=8192))
