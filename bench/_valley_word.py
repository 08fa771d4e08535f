"""Word of a thing, as it really went and as those who have it believe it went, and how it is passed on."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from math import exp
from random import Random
from typing import Literal, NamedTuple

from bench._valley_matter import Matter, heaped
from bench._valley_people import Valley
from farbank.model.chains import How

Stance = Literal["so", "near", "not"]
"""That it is so; that something like it is; that it is not."""

LONGEST = 5
"""Steps after which word is so worn that nobody troubles to pass it on."""
HELD = 3
"""Voices on one thing that a person keeps apart in memory."""
SHIFT = 0.05
"""Of tellings of something like it, how many turn it into the thing itself, and the other way round."""
SHIFT_OF_ANOTHER = 0.2
"""The same where word began with the other thing: what is near in name, time or place is soon taken for it."""
NEARER = 0.08
"""Tellings of hearsay that make the one who was told it one who saw it: a story is better so."""
LOST = 0.1
"""Tellings that leave out where it came from."""
SKIPPED = 0.08
"""Tellings that leave out a link in the middle."""
PUFFED = (0.03, 0.13)
"""Logarithm of what one telling makes of a number, mean and spread; prices are told a third as freely."""
CORRECTED = 0.5
"""How often somebody who knows better says so to whoever brings it."""


class Step(NamedTuple):
    """`who` had it `how` from whom: people by number, everything else by its node; `day` counts from the thing."""

    who: int | str
    how: How
    source: int | str | None
    day: int


class Word(NamedTuple):
    """What somebody has of it: the steps it really took and those they know of, farthest first; the number told."""

    who: int
    really: tuple[Step, ...]
    told: tuple[Step, ...]
    stance: Stance
    number: float | None = None
    part: bool = False
    said_part: bool = False

    @property
    def day(self) -> int:
        """When they had it."""
        return self.really[-1].day


Heard = list[list[Word]]
"""By the number of a person, the voices they keep."""


def can_pass(word: Word, listener: int) -> bool:
    """Whether it is not worn out, and would be news to `listener`, who is none of those it came through."""
    return len(word.really) < LONGEST and all(listener not in (step.who, step.source) for step in word.really)


def spread(valley: Valley, thing: Matter, first: list[Word], random: Random) -> Heard:
    """Who has heard what by the horizon, told on day by day, each telling its own."""
    heard: Heard = [[] for _ in valley.people]
    queue = [(word.day, order, word) for order, word in enumerate(first)]
    heapify(queue)
    order = len(queue)
    while queue:
        _, _, word = heappop(queue)
        answer = _taken(thing, heard, word, random)
        told = [answer] if answer else []
        if not answer and heard[word.who][-1:] == [word] and _tells_on(valley, heard, word, random):
            told = _tellings(valley, thing, word, random)
        for new in told:
            if new.day <= thing.horizon:
                heappush(queue, (new.day, order, new))
                order += 1
    return heard


def retold(word: Word, listener: int, how: How, day: int, thing: Matter, random: Random) -> Word:
    """What `listener` has after one telling of it."""
    step = Step(listener, how, word.who, day)
    if how == "rumour" and random.random() < 0.6:  # somebody at the next stall
        told: tuple[Step, ...] = (Step(listener, "rumour", "unknown", day),)
    else:
        told = (*_worn(word.told, random), step)
    stance, number = word.stance, word.number
    if stance != "not" and random.random() < (SHIFT_OF_ANOTHER if thing.cause == "another" else SHIFT):
        stance = "so" if stance == "near" or thing.cause == "another" else "near"
    if number is not None:
        number = _puffed(number, thing, random) if random.random() < 0.85 else None
    keeps = word.said_part and random.random() < 0.7
    return Word(listener, (*word.really, step), told[-LONGEST:], stance, number, word.part, keeps)


def _taken(thing: Matter, heard: Heard, word: Word, random: Random) -> Word | None:
    """Keep it, unless its hearer knows better or has it already; what they answer its bringer, if they answer."""
    teller = word.really[-1].source
    if word.stance == "so" and word.who in thing.knowers and len(word.really) > 1:
        if not isinstance(teller, int) or random.random() > CORRECTED * (1 - 0.5 * thing.fear):
            return None
        knows = Step(word.who, "saw", None, max(0, word.day - 1))
        steps = (knows, Step(teller, "was-told", word.who, word.day))
        return Word(teller, steps, steps, "not")
    have = heard[word.who]
    if len(have) < HELD and all(old.really[-1].source != teller or teller is None for old in have):
        have.append(word)
    return None


def _tells_on(valley: Valley, heard: Heard, word: Word, random: Random) -> bool:
    """Only the first voice is passed on, or one from a witness; and only if it is believed, or too good not to tell."""
    if word.stance == "not" and random.random() < 0.7:
        return False
    fresh = len(heard[word.who]) == 1 or len(word.really) == 2
    return fresh and (len(word.really) == 1 or random.random() < 0.25 + 0.75 * valley.people[word.who].trust)


def _tellings(valley: Valley, thing: Matter, word: Word, random: Random) -> list[Word]:
    teller = valley.people[word.who]
    eager = teller.talk * thing.heat * (1 - 0.6 * thing.fear)
    times = min(6, int(random.expovariate(1 / (1.9 * eager))))
    told = []
    for _ in range(times):
        listener, how, delay = _meets(valley, word.who, thing.fear, random)
        if can_pass(word, listener):
            told.append(retold(word, listener, how, word.day + delay, thing, random))
    return told


def _meets(valley: Valley, who: int, fear: float, random: Random) -> tuple[int, How, int]:
    """Whom they tell next, how that one hears it, and how many days later; fear keeps it in the house."""
    person = valley.people[who]
    where = random.random()
    if where < 0.3 + 0.25 * fear:
        return random.choice(valley.houses[person.house]), "was-told", random.randint(0, 1)
    if where < 0.62:
        workmates = valley.units[person.unit]
        return random.choice(workmates), "overheard" if random.random() < 0.1 else "was-told", random.randint(0, 3)
    if person.trade in ("trader", "driver") and where > 0.75:
        return random.choice(random.choice(valley.markets) or (who,)), "was-told", random.randint(1, 4)
    if who in valley.kin and where > 0.85:
        return valley.kin[who], "was-told", random.randint(1, 6)
    return random.choice(valley.markets[person.town] or (who,)), "rumour", random.randint(0, 4)


def _worn(told: tuple[Step, ...], random: Random) -> tuple[Step, ...]:
    """The way it came, as the next one is told it."""
    drawn = random.random()
    first = told[0]
    if drawn < NEARER:
        if len(told) > 1:
            second = told[1]
            return (Step(second.who, "saw", None, second.day), *told[2:])
        return (first._replace(how="saw", source=None),) if first.source == "unknown" else told
    if drawn < NEARER + LOST:
        kept = told[random.randrange(len(told)) :]
        return (kept[0]._replace(how="was-told", source="unknown"), *kept[1:])
    if drawn < NEARER + LOST + SKIPPED and len(told) > 2:
        gone = random.randrange(1, len(told) - 1)
        return (*told[:gone], told[gone + 1]._replace(source=told[gone - 1].who), *told[gone + 2 :])
    return told


def _puffed(number: float, thing: Matter, random: Random) -> float:
    priced = thing.number is not None and thing.number.unit == "KPW/kg"
    mean, wide = (each / 3 for each in PUFFED) if priced else PUFFED
    told = number * exp(random.gauss(mean, wide)) if random.random() < 0.5 else number
    return heaped(told, random)
