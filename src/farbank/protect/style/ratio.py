"""How much likelier so much likeness is from one mouth than from two, and where more text could have taken that."""

from __future__ import annotations

from functools import cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from farbank.model.errors import DecodeError
from farbank.protect.style.likeness import Likeness
from farbank.protect.style.views import VIEWS

TABLE = Path(__file__).parent / "weights.json"
OWN = 0.5
"""How much of a mouth's difference from itself excuses its difference from another."""
LEAST, MOST = 25, 1000
"""Words that weights were fitted between."""
FADES = 200
"""Words below which a ratio fades to 1 in proportion: at a hundred words of an essay chance tells as much."""
HUNDRED = 100
LARGEST = 20.0
"""No ratio is beyond this or its inverse: two or three hundred pairs can vouch for no more."""


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was learned from pairs of texts of known authors; coefficients only, see scripts/train_style.py."""

    scales: dict[str, tuple[float, float]]
    """Per view the logarithm of its spread at a hundred words, and by how much that changes with log words."""
    usual: dict[str, float]
    """Per view how far one mouth differs from itself, for whom that cannot be seen."""
    centre: tuple[float, float]
    """The score that speaks for neither, at a hundred words and by log words."""
    slope: tuple[float, float]
    """By how much the log ratio rises with the score above the centre, at no words and by a thousand."""
    reach: tuple[tuple[float, float], ...]
    """By words, rising: how far, in logarithms, nine in ten ratios lay from that of the same pair at full length."""


class Ratio(NamedTuple):
    """A likelihood ratio: above 1 for one mouth, below 1 for two; of long texts it would lie between low and high."""

    low: float
    mid: float
    high: float


@cache
def shipped() -> Weights:
    """The weights that come with farbank, read once. Raises DecodeError where the file is damaged."""
    try:
        return msgspec.json.decode(TABLE.read_bytes(), type=Weights)
    except msgspec.DecodeError as error:
        raise DecodeError(str(TABLE), "", f"{error}; install farbank again or run scripts/train_style.py") from None


def score(found: Likeness, weights: Weights) -> float:
    """All views as one number: more is more alike."""
    size = _size(found.amount)
    total = 0.0
    for view, between, within in zip(VIEWS, found.between, found.within, strict=True):
        at_hundred, by_size = weights.scales[view]
        own = weights.usual[view] if np.isnan(within) else float(within)
        total += (float(between) - OWN * own) / exp(at_hundred + by_size * size)
    return total / len(VIEWS)


def log_ratio(found: Likeness, weights: Weights) -> float:
    """The natural logarithm of the likelihood ratio, 0 where there is nothing to go by."""
    if not found.between.any():
        return 0.0
    above = score(found, weights) - weights.centre[0] - weights.centre[1] * _size(found.amount)
    slope = weights.slope[0] + weights.slope[1] * min(found.amount, MOST) / MOST
    raw = slope * above * min(found.amount / FADES, 1.0)
    return float(np.clip(raw, -log(LARGEST), log(LARGEST)))


def reach(amount: float, weights: Weights) -> float:
    """How far the logarithm may be from that of long texts; never less for fewer words."""
    sizes, widths = zip(*weights.reach, strict=True)
    return float(np.interp(log(max(amount, 1)), np.log(sizes), widths))


def ratio(found: Likeness, weights: Weights) -> Ratio:
    """The ratio and its interval."""
    mid, far = log_ratio(found, weights), reach(found.amount, weights)
    return Ratio(exp(mid - far), exp(mid), exp(mid + far))


def _size(amount: float) -> float:
    return log(min(max(amount, LEAST), MOST) / HUNDRED)
