"""Die at a chosen step, as if the plug were pulled, in a process of its own or in one made for it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from sqlalchemy import Engine, event

EVERY = 1 if "FARBANK_KILLS" in os.environ else 3
"""One step in so many is died before; `make soak` tries each."""
STEPS = {"os.mkdir", "os.rename", "os.chmod", "tempfile.mkdtemp"}


def die_at(number: int) -> None:
    """Kill this process, without any clean-up, before its `number`-th database statement or change to a folder."""
    left = [number]

    def step(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    # Asked of the driver, since not every statement goes through SQLAlchemy.
    event.listen(Engine, "connect", lambda driver, _: driver.set_trace_callback(step))
    sys.addaudithook(lambda name, _: step() if name in STEPS else None)


def killed(step: int, then: Callable[[], object]) -> bool:
    """Whether another process was killed before step number `step` of `then`; False if it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            die_at(step)
            then()
        except BaseException:
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL)
    return code != 0
