"""Intervals of amounts made as wide as the desk's own outcomes show they have to be (F11, F12)."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from farbank.model.sizes import Size
from farbank.verify.credence.estimate import NONE

IMAGINED = 20
"""So many amounts on which the model was right count besides those that became known."""


_LARGEST = 700.0
"""The logarithm of about the largest number there is: an interval that would end beyond it ends there."""


class Measured(NamedTuple):
    """The interval the model gave an amount, and what there turned out to be."""

    given: Size
    was: float


def widening(known: Iterable[Measured], share: float = 0.9) -> float:
    """By how much the logarithm of an interval is to be widened on either side of its median; never below 1.

    Per outcome it is asked how far off the median was, in units of the interval's end on that side; the factor is the
    `share` quantile of these and of `IMAGINED` more that came out as the model has it (conformal prediction, Vovk,
    Gammerman and Shafer 2005, held back by a prior). More outcomes within their intervals never raise it above 1.
    """
    off = [_off(each) for each in known]
    normal = NormalDist().inv_cdf
    end = normal((1 + share) / 2)
    imagined = [normal((1 + (number + 0.5) / IMAGINED) / 2) / end for number in range(IMAGINED)]
    return max(1.0, float(np.quantile([*off, *imagined], share)))


def widened(given: Size, factor: float) -> Size:
    """The interval with its logarithm `factor` times as far from its median at either end."""
    low, mid, high = _logs(given)
    ends = exp(mid - factor * (mid - low)), exp(min(mid + factor * (high - mid), _LARGEST))
    return Size(min(ends[0] if ends[0] > NONE else 0.0, given.low), given.mid, max(ends[1], given.high))


def _off(each: Measured) -> float:
    was = log(max(each.was, NONE))
    low, mid, high = _logs(each.given)
    reach = high - mid if was >= mid else mid - low
    return abs(was - mid) / max(reach, 1e-9)


def _logs(size: Size) -> tuple[float, float, float]:
    return log(max(size.low, NONE)), log(max(size.mid, NONE)), log(max(size.high, NONE))
