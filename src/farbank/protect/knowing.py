"""Who could have known what was said: an audience as groups of people and the share of each that had heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import msgspec
import numpy as np

from farbank.model.people import Audience, Facts, Spread
from farbank.model.sizes import Size
from farbank.protect import counting
from farbank.protect.population import Floats, Population


@dataclass(frozen=True)
class Part:
    """People who fit all the `groups`, and the share of them to count on top of the other parts of the audience.

    `mid` is the share as the figures stand; `low` and `high` are shares per replicate, with the audience at its
    smallest and at its largest. A share below nothing takes people away whom another part has counted.
    """

    groups: tuple[Facts, ...]
    low: Floats
    mid: float
    high: Floats


Knowers = tuple[Part, ...]
"""One audience."""

Shares = tuple[float, float, float]
"""A share at the low end, in the middle, at the high end."""


def knowers(population: Population, audience: Audience, on: date, seed: int, *, told: bool = False) -> Knowers:
    """The audience on a day, in at most two parts: the whole group at the share of most, and those who surely heard.

    `told` asks for those who had it from one of them: whoever surely heard is then left out, since a reader who knows
    that somebody was told looks among those who had to be. Raises UnknownFact.
    """
    everyone = np.ones(counting.REPLICATES)
    if audience.size is None and audience.spread is None:
        return (Part((audience.group,), everyone, 1.0, everyone),)
    both = (audience.group, audience.sure)
    (many, many_drawn), (few, few_drawn) = _both(population, audience, seed)
    low, high = (_size(audience, end, on, few_drawn, many_drawn) for end in ("low", "high"))
    mid = _size(audience, "mid", on, few, many)
    around = Part(
        (audience.group,),
        _rest(low, few_drawn, many_drawn),
        float(_rest(mid, few, many)),
        _rest(high, few_drawn, many_drawn),
    )
    if not audience.sure:
        return (around,)
    if told:
        return (around, Part(both, -around.low, -around.mid, -around.high))
    shares = _share(low, few_drawn), float(_share(mid, few)), _share(high, few_drawn)
    return (around, Part(both, shares[0] - around.low, shares[1] - around.mid, shares[2] - around.high))


def on_day(population: Population, audience: Audience, on: date) -> Audience:
    """The audience as it was on a day: its size in figures, so that a ledger needs neither spread nor date.

    The low end is low for everything that is unsure: the rate, and how many surely heard.
    """
    if audience.spread is None:
        return audience
    (many, many_drawn), (few, few_drawn) = _both(population, audience)
    low = float(np.quantile(_size(audience, "low", on, few_drawn, many_drawn), counting.LOW))
    mid = float(_size(audience, "mid", on, few, many))
    high = float(np.quantile(_size(audience, "high", on, few_drawn, many_drawn), counting.HIGH))
    size = Size(min(low, mid), mid, max(mid, high))
    return msgspec.structs.replace(audience, size=size, spread=None)


def heard_shares(population: Population, audience: Audience) -> tuple[Shares, Shares]:
    """Of the rest of a group and of those who surely heard, the share that had: low, mid, high.

    The audience has a size. The ends are those of the size and of the figures its group rests on.
    """
    size = audience.size or Size(0, 0, 0)
    (many, many_drawn), (few, few_drawn) = _both(population, audience)
    drawn = [(size.low, few_drawn, many_drawn, counting.LOW), (size.high, few_drawn, many_drawn, counting.HIGH)]
    rest = [float(np.quantile(_rest(np.asarray(n), a, b), at)) for n, a, b, at in drawn]
    sure = [float(np.quantile(_share(np.asarray(n), a), at)) for n, a, _, at in drawn]
    middle = float(_rest(np.asarray(size.mid), few, many)), float(_share(np.asarray(size.mid), few))
    return _ordered(rest, middle[0]), _ordered(sure, middle[1])


def _ordered(ends: Sequence[float], mid: float) -> Shares:
    return min(ends[0], mid), mid, max(mid, ends[1])


def _both(
    population: Population, audience: Audience, seed: int = 0
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """The group and those of it who surely heard, each as the plain count and one per replicate."""
    group = _counted(population, (audience.group,), seed)
    if not audience.sure:
        return group, (np.array(0.0), np.zeros(counting.REPLICATES))
    return group, _counted(population, (audience.group, audience.sure), seed)


def people(population: Population, audience: Audience, on: date) -> float:
    """How many of an audience had heard by a day, as the figures stand."""
    (many, _), (few, _) = _both(population, audience)
    counted = audience.size is not None or audience.spread is not None
    return float(_size(audience, "mid", on, few, many)) if counted else float(many)


def grown(start: Floats | float, everybody: Floats | float, daily: float, days: int) -> Floats:
    """How many know after `days` if each who knows tells `daily` others a day: the logistic curve, discrete in days.

    `start` knew at first, nobody beyond `everybody` can know.
    """
    first, most = np.maximum(start, 1e-9), np.maximum(everybody, 1e-9)
    unknowing = np.maximum(most / first - 1, 0.0) * (1 + daily) ** -days
    return np.asarray(np.minimum(most / (1 + unknowing), np.maximum(most, first)))


def _size(audience: Audience, end: str, on: date, few: Floats, many: Floats) -> Floats:
    """How many had heard, at one end of what is held possible."""
    if audience.spread is None:
        return np.asarray(getattr(audience.size, end))
    spread: Spread = audience.spread
    start = few if spread.start is None else getattr(spread.start, end)
    since = spread.since.latest
    days = max(0, (on - since).days) if since else 0
    return grown(start, many, getattr(spread.daily, end), days)


def _counted(population: Population, groups: Sequence[Facts], seed: int) -> tuple[Floats, Floats]:
    """How many people fit the groups: the plain count, and one per replicate."""
    return _remembered(population, tuple(tuple(sorted(group.items())) for group in groups), seed)


@lru_cache(maxsize=128)
def _remembered(
    population: Population, groups: tuple[tuple[tuple[str, str], ...], ...], seed: int
) -> tuple[Floats, Floats]:
    left = counting.left(population, counting.narrowed(population, map(dict, groups)))
    return np.array(left.people.sum()), left.replicates(seed)


def _share(size: Floats, people: Floats) -> Floats:
    return np.minimum(1.0, size / np.maximum(people, 1e-9))


def _rest(size: Floats, few: Floats, many: Floats) -> Floats:
    """The share of the rest of the group that had heard, once those who surely heard are counted."""
    return np.where(many > few, np.clip((size - few) / np.maximum(many - few, 1e-9), 0.0, 1.0), 0.0)
