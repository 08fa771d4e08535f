"""Die at a chosen step, as if the plug were pulled; for the programs that test_*_kill.py run."""

from __future__ import annotations

import os
import signal
import sys

from sqlalchemy import Engine, event

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
