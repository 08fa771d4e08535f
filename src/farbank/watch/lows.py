"""Which stretches of a series of counts are too low for chance.

Change points are PELT's (Killick, Fearnhead and Eckley 2012) on the logarithm of the counts, so that a level is a
ratio of the usual one and never falls below nothing. A segment between two of them is low only if it also fails a test
on the counts themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

LEAST = 10
"""Counts without which nobody knows what is usual."""

ROUNDS = 4
"""Counts of each phase (weeks, for days of the week) without which no rhythm is taken out."""

PENALTY = 2.0
"""What a change point costs, times the variance and log(n): Schwarz's criterion for its place and its new level."""

FEW = 2 / 3
"""A dip holds at most this share of the usual."""

CHANCE = 1e-3
"""How rarely as few may come by chance, in counts that vary as these do; see `bench coverage` for what it comes to."""

Floats = NDArray[np.float64]


class Low(msgspec.Struct, frozen=True, kw_only=True):
    """The counts from `start` up to `stop` (exclusive), `usual` and `held` per count."""

    start: int
    stop: int
    usual: float
    held: float


def lows(counts: Sequence[int], phases: Sequence[int]) -> tuple[Low, ...]:
    """The low stretches of `counts`, in order; `phases` numbers each count's place in a rhythm (its day of the week).

    Usual is the median, so what takes up half of the series or more is never low. A phase that usually has none is
    passed over. Nothing is low among fewer than `LEAST` counts, or where there usually is none.
    """
    usual = _usual(np.asarray(counts, float), np.asarray(phases))
    kept = np.flatnonzero(usual)
    if len(kept) < LEAST:
        return ()
    held, usual = np.asarray(counts, float)[kept], usual[kept]
    levels = np.log1p(held) - np.log1p(usual)
    variance = _variance(levels, usual)
    found = [each for each in _segments(levels, variance) if _is_low(held[slice(*each)], usual[slice(*each)], variance)]
    return tuple(
        Low(
            start=int(kept[start]),
            stop=int(kept[stop - 1]) + 1,
            usual=float(usual[start:stop].mean()),
            held=float(held[start:stop].mean()),
        )
        for start, stop in _joined(found)
    )


def _usual(counts: Floats, phases: NDArray[np.int64]) -> Floats:
    """What is usual for each count: the median, of its phase where each phase was seen often enough."""
    if len(counts) < LEAST:
        return np.zeros(len(counts))
    each = {phase: counts[phases == phase] for phase in np.unique(phases)}
    if min(map(len, each.values())) < ROUNDS:
        return np.full(len(counts), np.median(counts))
    medians = {phase: np.median(own) for phase, own in each.items()}
    return np.array([medians[phase] for phase in phases])


def _variance(levels: Floats, usual: Floats) -> float:
    """Of the log counts around their level, from one to the next, so that no change of level counts.

    At least what counts of that size vary by when events come one by one (Poisson): few numbers alike by luck are no
    proof of a steady outlet.
    """
    steps = np.abs(np.diff(levels))
    spread = 1.4826 * float(np.median(steps)) / np.sqrt(2)
    return max(float(spread) ** 2, float(np.median(usual / (usual + 1) ** 2)))


def _segments(levels: Floats, variance: float) -> list[tuple[int, int]]:
    import ruptures  # here, because it comes with an extra

    # With a linear kernel this is PELT on squared deviations, as `ruptures.Pelt(model="l2")`, but compiled.
    search = ruptures.KernelCPD(kernel="linear", min_size=1).fit(levels)
    ends: list[int] = search.predict(pen=PENALTY * variance * np.log(len(levels)))
    return list(zip([0, *ends[:-1]], ends, strict=True))


def _joined(segments: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Segments that touch as one: two levels of low are one dip."""
    found: list[tuple[int, int]] = []
    for start, stop in segments:
        if found and found[-1][1] == start:
            start, _ = found.pop()
        found.append((start, stop))
    return found


def _is_low(held: Floats, usual: Floats, variance: float) -> bool:
    return bool(held.sum() <= FEW * usual.sum()) and _chance(held, usual, variance) < CHANCE


def _chance(held: Floats, usual: Floats, variance: float) -> float:
    """The chance of so few in all: negative binomial, its overdispersion that of the log counts."""
    from scipy.special import betainc  # type: ignore[import-untyped]  # it comes with ruptures

    level = float(np.median(usual))
    excess = max((variance * (level + 1) ** 2 - level) / level**2, 1e-9)
    size = len(held) / excess
    return float(betainc(size, held.sum() + 1, size / (size + usual.sum())))
