"""Leave no memory behind: no core dump, and nobody of the same account reads a process that has a desk open."""

from __future__ import annotations

import ctypes
import resource
import sys

_SET_DUMPABLE = 4
"""PR_SET_DUMPABLE, prctl(2)."""


def no_dumps() -> None:
    """Have this process dump no core, neither to a file nor to whatever the system pipes cores to.

    On Linux it also closes /proc/PID/mem and ptrace to everybody but the superuser. What it starts is not covered.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
