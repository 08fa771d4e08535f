"""Counting origins at scale: how long a graph of so many reports takes, and whether that grows in step with it.

Measured on invented hearsay (`_retold.py`: chains of one to five people, copying, shared meetings and notices,
broadcasts and doubles that are likely to some degree, what the desk had told). From the chains to the sure number, the
distribution and the circles, in one process; the garbage collector rests while the clock runs, as in `timeit`. Beside
it the count this took the place of, which compares every chain with every set found so far and knows neither seeds nor
likelihood; it is run where that can be borne.

Keys: 1000, 10000, 100000 (reports: seconds for everything; 10,000 are held to 1); growth (seconds a report at the
largest size over that at the smallest; n log n allows 5/3); broadcast_s (10,000 reports, every fifth of whom may have
heard one and the same broadcast: the worst a cluster gets) and broadcast_moved; `sizes` (reports; graph_s, sure_s,
spread_s, circles_s; sure and expected origins; moved, the probability that bounding the work moved towards fewer;
circles; peer_pairwise_s and ratio_pairwise, over what the graph and the sure number take).
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bench import Report, Row
from bench._retold import Hearsay, hearsay
from farbank.model.chains import Node
from farbank.verify.origins.circles import circles
from farbank.verify.origins.count import sure, witnesses
from farbank.verify.origins.graph import graph
from farbank.verify.origins.spread import spread

DATA = "."
SIZES = (1_000, 10_000, 100_000)
BORNE = 10_000
"""Up to this many reports the peer is run."""
SEED = 5
R = TypeVar("R")


def run(data: Path, *, quick: bool = False) -> Report:
    """Measure; `data` is not used, `quick` repeats less often."""
    runs = 1 if quick else 3
    rows = [_row(hearsay(size, SEED), size, runs) for size in SIZES]
    seconds = {size: sum(row[f"{part}_s"] for part in PARTS) for size, row in zip(SIZES, rows, strict=True)}
    heard = _row(hearsay(BORNE, SEED, reached=BORNE), 0, runs)
    return {
        **{str(size): round(each, 3) for size, each in seconds.items()},
        "growth": round(seconds[SIZES[-1]] / SIZES[-1] / (seconds[SIZES[0]] / SIZES[0]), 2),
        "broadcast_s": round(sum(heard[f"{part}_s"] for part in PARTS), 3),
        "broadcast_moved": heard["moved"],
        "sizes": [Row(row) for row in rows],
    }


PARTS = ("graph", "sure", "spread", "circles")


def _row(made: Hearsay, size: int, runs: int) -> dict[str, float]:
    graph_s, claim = _timed(lambda: graph(*made), runs)
    sure_s, number = _timed(lambda: sure(claim), runs)
    spread_s, found = _timed(lambda: spread(claim), runs)
    circles_s, ways = _timed(lambda: circles(claim), runs)
    row: dict[str, float] = {
        "reports": size,
        "graph_s": round(graph_s, 4),
        "sure_s": round(sure_s, 4),
        "spread_s": round(spread_s, 4),
        "circles_s": round(circles_s, 4),
        "sure": number,
        "expected": round(sum(count * chance for count, chance in enumerate(found.likely)), 1),
        "moved": round(found.moved, 6),
        "circles": len(ways),
    }
    if 0 < size <= BORNE:
        pairwise_s, _ = _timed(lambda: _pairwise(made), 1)
        row |= {
            "peer_pairwise_s": round(pairwise_s, 3),
            "ratio_pairwise": round(pairwise_s / (graph_s + sure_s), 1),
        }
    return row


def _timed(work: Callable[[], R], runs: int) -> tuple[float, R]:
    """The least seconds over so many runs, and what came of it."""
    times = []
    for _ in range(runs):
        gc.collect()
        gc.disable()
        started = time.perf_counter()
        found = work()
        times.append(time.perf_counter() - started)
        gc.enable()
    return min(times), found


def _pairwise(made: Hearsay) -> int:
    """The sets of chains that share a node, each chain compared with every set found so far."""
    links = [frozenset((pair.a, pair.b)) for pair in made.coincidences]
    merged: list[tuple[set[Node], bool]] = []
    for group, counts in [*((witnesses(chain), True) for chain in made.chains), *((link, False) for link in links)]:
        joined, counted = set(group), counts
        rest: list[tuple[set[Node], bool]] = []
        for other, other_counts in merged:
            if joined & other:
                joined |= other
                counted = counted or other_counts
            else:
                rest.append((other, other_counts))
        merged = [*rest, (joined, counted)]
    return sum(counted for _, counted in merged)
