"""What word in the valley is about: whether it is so, how else there came to be word of it, and how many there were."""

from __future__ import annotations

from math import exp, log
from random import Random
from typing import Literal, NamedTuple, TypeVar

from bench._valley_people import Valley, office
from farbank.model.claims import Kind

Key = TypeVar("Key")

Cause = Literal["so", "misread", "another", "wish", "planted", "announced", "stale", "broadcast", "invented"]

KINDS: dict[Kind, float] = {
    "event": 0.28,
    "order": 0.24,
    "price": 0.14,
    "condition": 0.14,
    "quantity": 0.1,
    "plan": 0.1,
}
"""What reaches a desk that reports from such a country: incidents and orders first, prices every week."""

PRIOR: dict[Kind, float] = {
    "order": 0.8,  # read out to hundreds at once; few invent one
    "price": 0.82,  # everybody buys, and nobody gains by a wrong one
    "condition": 0.74,  # lasts, so can be looked at again, but is told of the wrong town
    "event": 0.68,  # told once, by the excited
    "quantity": 0.62,  # behind an office door
    "plan": 0.52,  # word of what is to come is half hope, and plans are dropped
}
"""How likely word of that kind is so when it first comes up: most of what reaches a desk is."""

CAUSES: dict[Cause, float] = {
    "another": 0.27,  # half true: it was so of another thing, place or measure, and shifted in the telling
    "misread": 0.24,  # everybody who was there drew the same wrong conclusion
    "wish": 0.15,  # hope or fear, in several mouths at once
    "stale": 0.1,  # it was so a year ago
    "announced": 0.09,  # promised from the platform, never done
    "planted": 0.06,  # by the security service, in several towns
    "broadcast": 0.05,  # a foreign station or another desk was wrong first
    "invented": 0.04,  # by somebody paid for each piece of news
}
"""What word of a thing that is not so began with."""

NUMBERED: dict[Kind, float] = {
    "price": 1.0,
    "quantity": 1.0,
    "event": 0.5,
    "condition": 0.45,
    "order": 0.3,
    "plan": 0.25,
}
"""How often a number is told of it; about half of all claims."""


class Number(NamedTuple):
    """How much there was; how far one count is off, and all counts of those who stood together (logarithms)."""

    what: str
    unit: str
    size: float
    error: float
    angle: float


class Matter(NamedTuple):
    """One thing there is word of. `knowers` know that it is not so; `heat` is how much people speak of it."""

    kind: Kind
    holds: bool
    cause: Cause
    town: int
    unit: int
    heat: float
    fear: float
    number: Number | None
    knowers: frozenset[int]
    horizon: int
    broadcast: bool


def matter(valley: Valley, random: Random) -> Matter:
    """A thing there will be word of, whether it is so drawn before anything else."""
    kind = picked(KINDS, random)
    holds = random.random() < PRIOR[kind]
    cause: Cause = "so" if holds else picked(CAUSES, random)
    if cause == "announced" and kind in ("order", "plan"):
        cause = "misread"  # an order announced is an order
    town = random.randrange(len(valley.towns))
    unit = office(town) if kind in ("order", "plan") else office(town) - random.randint(0, 2)
    return Matter(
        kind=kind,
        holds=holds,
        cause=cause,
        town=town,
        unit=unit,
        heat=exp(random.gauss(0.1, 0.5)),
        fear=random.betavariate(2, 3),
        number=_number(kind, random) if random.random() < NUMBERED[kind] else None,
        knowers=frozenset() if holds else _knowers(valley, kind, cause, town, unit, random),
        horizon=random.randint(8, 30),
        broadcast=cause == "broadcast" or random.random() < 0.08,  # stations pick up what is true as well
    )


def _knowers(valley: Valley, kind: Kind, cause: Cause, town: int, unit: int, random: Random) -> frozenset[int]:
    """Those placed to know that it is not so; where all who were there are mistaken there is hardly anybody."""
    if kind == "price":
        return frozenset(one for one in valley.towns[town] if random.random() < 0.25)
    near = 0.06 if cause == "misread" else 0.3
    far = 0.01 if cause in ("wish", "announced") else 0.03
    return frozenset(
        one for one in valley.towns[town] if random.random() < (near if valley.people[one].unit == unit else far)
    )


def _number(kind: Kind, random: Random) -> Number:
    if kind == "price":
        size = round(exp(random.gauss(log(5600), 0.25)), -2)
        return Number("rice", "KPW/kg", size, 0.05, random.gauss(0.0, 0.04))
    if kind == "quantity":
        what, unit, middle, error = random.choice(
            (("grain", "t", 120.0, 0.2), ("households", "households", 90.0, 0.12), ("animals", "animals", 60.0, 0.25))
        )
    else:
        what, unit, middle, error = random.choice(
            (("dead", "people", 7.0, 0.2), ("arrested", "people", 14.0, 0.3), ("houses", "houses", 40.0, 0.3))
        )
    size = float(max(1, round(exp(random.gauss(log(middle), 0.9)))))
    return Number(what, unit, size, error, random.gauss(0.0, 0.6 * error))


def counted(number: Number, random: Random) -> tuple[float, bool, bool]:
    """What one who was there counts, whether it is only a part of all, and whether they say so."""
    size = number.size * exp(number.angle + random.gauss(0.0, number.error))
    if number.unit != "KPW/kg" and size > 3 and random.random() < 0.18:
        return max(1.0, size * random.uniform(0.25, 0.85)), True, random.random() < 0.55
    return max(1.0, size), False, False


def heaped(size: float, random: Random) -> float:
    """The number as people say it: round ones, dozens, halves of round ones."""
    if size <= 12:
        exact = round(size) if random.random() < 0.85 else round(size / 5) * 5
        return float(max(1, exact))
    if size <= 30 and random.random() < 0.2:
        return round(size / 12) * 12.0
    ten = 10.0 ** int(log(size, 10))
    step = (
        random.choice((ten, ten / 2, ten / 2, ten / 10, ten / 10))
        if size >= 100
        else random.choice((10.0, 5.0, 5.0, 1.0))
    )
    return max(step, round(size / step) * step)


def picked(shares: dict[Key, float], random: Random) -> Key:
    """One key, as often as its share says."""
    return random.choices(list(shares), list(shares.values()))[0]
