"""The scales a desk speaks in, never mixed: the Admiralty pair, and a reader's word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from farbank.model.credence import Credibility, Likelihood, Reliability
from farbank.model.people import Record

V = TypeVar("V")

OUTCOMES = 50
"""So many outcomes must be known before a word is printed: fewer cannot show that words are calibrated."""

_LETTERS: tuple[tuple[float, Reliability], ...] = ((0.95, "A"), (0.8, "B"), (0.6, "C"), (0.4, "D"), (0.0, "E"))
_NUMBERS: tuple[tuple[float, Credibility], ...] = ((0.75, 2), (0.45, 3), (0.2, 4), (0.0, 5))
_WORDS: tuple[tuple[float, Likelihood], ...] = (
    (0.95, "almost-certain"), (0.8, "very-likely"), (0.55, "likely"), (0.45, "roughly-even-chance"), (0.2, "unlikely"),
    (0.05, "very-unlikely"), (0.0, "almost-no-chance"),
)  # fmt: skip

SURE = 0.001
"""No credence is nearer to 0 or 1: something the model does not know of is always possible."""
CONFIRMED = 0.95
"""From this credence on, and by two sure origins at least, an item is confirmed."""
WIDE = 0.75
"""An interval as wide as this says that it cannot be judged."""


def reliability(records: Iterable[Record]) -> Reliability:
    """The letter of the best of these records alone: the mean of a Beta(1, 1) posterior of being right (E44)."""
    known = [(each.right + 1) / (each.right + each.wrong + 2) for each in records if each.right + each.wrong]
    return _at(max(known), _LETTERS) if known else "F"


def confirmed(mid: float, sure_origins: int, *, own: float | None = None) -> bool:
    """Whether an item is: `own` is the model's credence where outcomes moved it to `mid`, and both have to be enough.

    So what a desk learns of itself can take a confirmation away and never make one.
    """
    return min(mid, mid if own is None else own) >= CONFIRMED and sure_origins >= 2


def credibility(low: float, mid: float, high: float, sure_origins: int, *, own: float | None = None) -> Credibility:
    """The number of an item alone: 1 demands confirmation by independent origins, 6 is what cannot be judged (E44)."""
    if high - low >= WIDE:
        return 6
    return 1 if confirmed(mid, sure_origins, own=own) else _at(mid, _NUMBERS)


def likelihood_word(probability: float, outcomes_known: int) -> Likelihood | None:
    """The ICD 203 word (E45), None until enough outcomes are known."""
    return _at(probability, _WORDS) if outcomes_known >= OUTCOMES else None


def _at(value: float, floors: tuple[tuple[float, V], ...]) -> V:
    return next(name for floor, name in floors if value >= floor)
