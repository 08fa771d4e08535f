"""Calls and the stories behind them, and an adversary who knows the days of both and wants to know which is whose."""

from __future__ import annotations

import random
from datetime import date, timedelta

from farbank.model.case import Delay
from farbank.model.dates import When
from farbank.model.reports import Contact
from farbank.protect.timing import earliest

STORIES = 40
DELAY = Delay()
FAIR = 1 / (DELAY.spread + 1)
"""How often a blind guess among the days that can be meant is right."""
DESKS = range(100)


def desk(seed: int, gap: int = 1) -> tuple[list[date], list[date]]:
    """The days of forty calls and of the story behind each; a call every `gap` days."""
    draw = random.Random(seed)
    secret = draw.randbytes(32)
    calls = [date(2031, 1, 1) + timedelta(days=gap * n) for n in range(STORIES)]
    stories = [
        earliest([Contact(id="c", partner="p", when=When(str(call)), channel="call")], DELAY, secret, f"story-{n}")
        for n, call in enumerate(calls)
    ]
    return calls, [story for story in stories if story is not None]


def right(guesses: list[date], calls: list[date]) -> float:
    """The share of stories whose call was guessed."""
    return sum(guess == call for guess, call in zip(guesses, calls, strict=True)) / len(calls)


def lagged(stories: list[date], days: int) -> list[date]:
    """Every story guessed to follow its call by so many days."""
    return [story - timedelta(days=days) for story in stories]


def in_order(calls: list[date], stories: list[date]) -> list[date]:
    """The first story to the first call, and so on: the likeliest way to give every story one call."""
    ranks = {position: rank for rank, position in enumerate(sorted(range(len(stories)), key=lambda i: stories[i]))}
    return [sorted(calls)[ranks[position]] for position in range(len(stories))]


def gain(gap: int) -> float:
    """How many times better than a blind guess the best attack is, where a call comes every `gap` days."""
    desks = [desk(seed, gap) for seed in DESKS]
    lags = range(DELAY.least, DELAY.least + DELAY.spread + 1)
    attacks = [[right(lagged(stories, days), calls) for calls, stories in desks] for days in lags]
    attacks.append([right(in_order(calls, stories), calls) for calls, stories in desks])
    return max(average(hits) for hits in attacks) / FAIR


def average(values: list[float]) -> float:
    """Their mean."""
    return sum(values) / len(values)
