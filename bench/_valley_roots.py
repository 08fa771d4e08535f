"""The first in the valley to have word of a thing, by what it really began with."""

from __future__ import annotations

from random import Random

from bench._valley_matter import Matter, counted
from bench._valley_people import UNITS, Valley, office
from bench._valley_word import Stance, Step, Word
from farbank.model.chains import How

RADIO = "outlet:radio"
HUSHED = 0.06
"""Incidents of which people are told at a meeting that there was none."""
WISHED = 0.07
"""True things that people also say because they hope or fear them, knowing nothing."""
PLANTED_TRUTH = 0.02
"""True things that the security service tells its informers to tell, to see where they come out."""
LIKE_IT = 0.3
"""True things beside which something like it happened that is soon told as the same."""


def begun(valley: Valley, thing: Matter, random: Random) -> list[Word]:
    """Whoever has it from nobody in the valley, some of them mistaken, sincere or not."""
    cause = thing.cause
    words: list[Word] = []
    if cause == "so":
        words += _there(valley, thing, "so", random)
    elif cause == "another":
        words += _there(valley, thing, "near", random)
    elif cause == "misread":
        words += _misread(valley, thing, random)
    elif cause == "stale":
        words += _stale(valley, thing, random)
    elif cause == "announced":
        words += _meeting(valley, thing, thing.town, random.randint(3, 8), random)
        words += _meeting(valley, thing, random.randrange(len(valley.towns)), random.randint(0, 4), random)
    if cause == "wish" or (cause == "so" and random.random() < WISHED):
        words += _wished(valley, thing, random)
    if cause == "planted" or (cause == "so" and random.random() < PLANTED_TRUTH):
        words += _planted(valley, thing, random)
    if thing.broadcast:
        words += _broadcast(valley, thing, random)
    if cause == "so" and random.random() < LIKE_IT:
        words += _there(valley, thing, "near", random)[:3]
    if thing.kind in ("event", "condition") and cause != "invented" and random.random() < HUSHED:
        words += [word._replace(stance="not", number=None) for word in _meeting(valley, thing, thing.town, 4, random)]
    return words


def _there(valley: Valley, thing: Matter, stance: Stance, random: Random) -> list[Word]:
    """Those placed to know, by kind: a meeting, a pair of eyes, a till, a ledger."""
    if thing.kind == "order":
        words = _meeting(valley, thing, thing.town, random.randint(2, 7), random, stance)
        for _ in range(random.choice((0, 0, 1, 2))):
            words.append(
                _one(random.choice(valley.towns[thing.town]), "read", "document:notice", 2, thing, stance, random)
            )
        return words
    if thing.kind == "plan":
        few = _some(valley.units[thing.unit], random.randint(1, 3), random)
        return [
            _one(who, "overheard" if random.random() < 0.5 else "took-part", None, 0, thing, stance, random)
            for who in few
        ]
    if thing.kind == "price":
        buyers = _some(valley.markets[thing.town], random.randint(3, 9), random)
        return [
            _one(who, random.choice(("took-part", "saw")), None, random.randint(0, 3), thing, stance, random)
            for who in buyers
        ]
    if thing.kind == "quantity":
        few = _some(valley.units[thing.unit], random.randint(1, 3), random)
        return [_one(who, *_by_the_ledger(random), 0, thing, stance, random) for who in few]
    near = valley.units[thing.unit] if random.random() < 0.6 else valley.towns[thing.town]
    eyes = _some(near, random.randint(1, 8), random)
    last = 0 if thing.kind == "event" else 5
    return [
        _one(
            who, "took-part" if random.random() < 0.15 else "saw", None, random.randint(0, last), thing, stance, random
        )
        for who in eyes
    ]


def _by_the_ledger(random: Random) -> tuple[How, str | None]:
    drawn = random.random()
    return ("read", "document:ledger") if drawn < 0.3 else ("took-part", None) if drawn < 0.7 else ("saw", None)


def _meeting(
    valley: Valley, thing: Matter, town: int, how_many: int, random: Random, stance: Stance = "so"
) -> list[Word]:
    """Some hear it at the office first, the rest at their unit's meeting within the week."""
    officials = _some(valley.units[office(town)], (how_many + 1) // 2, random)
    unit = office(town) - random.randint(1, UNITS - 1)
    others = _some(valley.units[unit], how_many - len(officials), random)
    first = [_one(who, "was-told-at-meeting", f"meeting:office{town}", 0, thing, stance, random) for who in officials]
    day = random.randint(1, 6)
    return first + [
        _one(who, "was-told-at-meeting", f"meeting:unit{unit}", day, thing, stance, random) for who in others
    ]


def _misread(valley: Valley, thing: Matter, random: Random) -> list[Word]:
    """They stood together, saw the same, and are wrong together; of papers, they read the same one wrongly."""
    eyes = _some(valley.units[thing.unit], random.randint(2, 6), random)
    if thing.kind in ("order", "plan", "quantity"):
        if random.random() < 0.5:
            return [_one(who, "read", "document:paper", 0, thing, "so", random) for who in eyes[:3]]
        return [
            _one(who, "was-told-at-meeting", f"meeting:unit{thing.unit}", 0, thing, "so", random) for who in eyes[:4]
        ]
    return [
        _one(who, "inferred" if random.random() < 0.2 else "saw", None, random.randint(0, 1), thing, "so", random)
        for who in eyes
    ]


def _stale(valley: Valley, thing: Matter, random: Random) -> list[Word]:
    words = []
    for who in _some(valley.towns[thing.town], random.randint(2, 4), random):
        word = _one(who, "saw", None, random.randint(0, 3), thing, "so", random)
        told = word.told if random.random() < 0.5 else (Step(who, "was-told", "unknown", word.day),)
        words.append(word._replace(told=told))
    return words


def _wished(valley: Valley, thing: Matter, random: Random) -> list[Word]:
    """The same hope in several mouths at once, none of which had it from the other."""
    words = []
    for who in _some(range(len(valley.people)), random.randint(2, 6), random):
        word = _one(who, "inferred", None, random.randint(0, 6), thing, "so", random)
        if random.random() < 0.75:
            word = word._replace(told=(Step(who, "rumour", "unknown", word.day),))
        words.append(word)
    return words


def _planted(valley: Valley, thing: Matter, random: Random) -> list[Word]:
    """Informers in several towns; most name somebody who is said to have been there."""
    words = []
    for who in _some(range(len(valley.people)), random.randint(2, 4), random):
        word = _one(who, "was-told", "state", random.randint(0, 3), thing, "so", random)
        told: tuple[Step, ...] = (Step(who, "was-told", "unknown", word.day),)
        if random.random() < 0.6:
            said = f"nobody:{who}"
            told = (Step(said, random.choice(("saw", "took-part")), None, 0), told[0]._replace(source=said))
        words.append(word._replace(told=told))
    return words


def _broadcast(valley: Valley, thing: Matter, random: Random) -> list[Word]:
    """Few listen, and fewer say that they did."""
    day = random.randint(2, 8) if thing.cause == "so" else 0
    words = []
    for who in _some(range(len(valley.people)), random.randint(2, 6), random):
        word = _one(who, "overheard", RADIO, day, thing, "so", random)
        if random.random() < 0.6:
            word = word._replace(told=(Step(who, "rumour", "unknown", day),))
        words.append(word)
    return words


def _one(who: int, how: How, source: str | None, day: int, thing: Matter, stance: Stance, random: Random) -> Word:
    steps = (Step(who, how, "unknown" if how == "overheard" and source is None else source, day),)
    if thing.number is None or random.random() < 0.2:
        return Word(who, steps, steps, stance)
    return Word(who, steps, steps, stance, *counted(thing.number, random))


def _some(among: tuple[int, ...] | range, how_many: int, random: Random) -> list[int]:
    return random.sample(among, min(how_many, len(among)))
