"""How much memory a process and everything it started took at most."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY = 0.1
"""Seconds between two looks."""


@contextmanager
def watched() -> Iterator[list[float]]:
    """Append to the list it gives, at the end, the most megabytes that this process and its children held at once.

    Pages they share are counted in each.
    """
    peak: list[float] = []
    most = [0]
    done = Event()

    def look() -> None:
        while not done.wait(EVERY):
            most[0] = max(most[0], _held(os.getpid()))

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    yield peak
    done.set()
    watcher.join()
    peak.append(round(max(most[0], _held(os.getpid())) * PAGE / 2**20, 1))


def _held(pid: int) -> int:
    """Pages of a process and of all below it; one that is gone holds none."""
    process = Path("/proc") / str(pid)
    try:
        own = int((process / "statm").read_text().split()[1])
        below = [child for task in (process / "task").iterdir() for child in (task / "children").read_text().split()]
    except (OSError, ValueError):
        return 0
    return own + sum(_held(int(child)) for child in below)
