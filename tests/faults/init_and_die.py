"""Set up a desk and die at a chosen step, as if the plug were pulled; run by test_init_kill.py."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from farbank import vault
from farbank.desk.init_desk import init_desk

NAME, WORD = "Ines Okafor", "seven grey herons wade"
STEPS = {"os.mkdir", "os.rename", "os.chmod", "tempfile.mkdtemp"}


def die_at(number: int) -> None:
    """Kill this process, without any clean-up, before its `number`-th database statement or change to a folder."""
    left = [number]

    def step(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    sys.addaudithook(lambda name, _: step() if name in STEPS else None)


if __name__ == "__main__":
    everything: tuple[vault.Compartment, ...] = ("content", "identities", "ledger")
    die_at(int(sys.argv[2]))
    init_desk(Path(sys.argv[1]), [vault.Member(NAME, WORD, everything)], cost=vault.Cost(passes=1, memory=8192))
