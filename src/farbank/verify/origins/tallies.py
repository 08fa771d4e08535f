"""Tallies of parts that have nothing to do with each other, put together."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from farbank.verify.origins.frontier import Tally

LONG = 256
"""From this length on a product of two rows is cheaper by Fourier transform."""
NOTHING = 1e-15
"""A probability that rounding alone could have left."""


def together(tallies: Sequence[Tally]) -> NDArray[np.float64]:
    """How likely 0, 1, 2, … stand apart in all of them; where anything is counted at all, at least one does."""
    none = prod(float(tally[0]) for tally in tallies)
    apart = _product([_apart(tally) for tally in tallies])
    if len(apart) < 2:
        apart = np.append(apart, 0.0)
    apart[1] += apart[0] - none
    apart[0] = none
    return apart


def trimmed(likely: NDArray[np.float64]) -> tuple[float, ...]:
    """Probabilities that add up to one, without what rounding left at the far end."""
    clean = np.where(likely > NOTHING, likely, 0.0)
    most = np.flatnonzero(clean)
    clean = clean[: most[-1] + 1] if len(most) else np.ones(1)
    return tuple(float(each) for each in clean / clean.sum())


def _apart(tally: Tally) -> NDArray[np.float64]:
    if len(tally) == 1:
        return tally
    found = tally[1:].copy()
    found[0] += tally[0]
    return found


def _product(rows: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The convolution of all rows, halved again and again so that the long ones are few."""
    while len(rows) > 1:
        pairs = [_convolved(*rows[at : at + 2]) for at in range(0, len(rows) - 1, 2)]
        rows = pairs + rows[len(pairs) * 2 :]
    return rows[0] if rows else np.ones(1)


def _convolved(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    if min(len(one), len(other)) < LONG:
        return np.convolve(one, other)
    length = len(one) + len(other) - 1
    size = 1 << (length - 1).bit_length()
    return np.fft.irfft(np.fft.rfft(one, size) * np.fft.rfft(other, size), size)[:length].clip(min=0.0)
