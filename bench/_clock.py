"""How long something takes, on a machine that is noisy."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def median(work: Callable[[], object], runs: int, each: int = 1) -> float:
    """Median seconds of one call over so many runs of `each` calls, after one call that is not counted."""
    work()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        for _ in range(each):
            work()
        times.append((time.perf_counter() - started) / each)
    return statistics.median(times)
