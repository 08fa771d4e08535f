"""Dips in what is held: whether they are found, how often one is seen where none is, and whether whose is told right.

Simulated, for nobody knows of real counts which dips were whose: years of daily counts of outlets with 5 to 60 items a
day, Poisson or overdispersed (negative binomial, size 10), every other one with half the items on Sundays. Into each
year two to four dips are planted, of 1 to 21 days and none to half of the usual, at random: the outlet's own, under
four whole sweeps a day; the collection's, on four days of five of which sweeps fail, miss items or are not made, and
less is held on those only; or those of a year that was imported, without sweeps, to be called unknown. On one day in
twelve a sweep goes wrong and nothing is lost. Losses that no sweep notices are not simulated: nothing could tell them.
It matters because a desk that takes its own outage for the state's silence prints it.

Keys: detected (the share of `n` planted dips of which at least half the days are reported), false_alarms_per_year
(dips reported in which nothing was planted), attributed_right (of those found, by every report on them),
outlet_blamed (of the collection's dips found, called the outlet's: the error that does harm), and by_dip, detection per
length and depth. Held against a hundred per cent for outages of a week, and less than one false alarm in a year.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import Report, Row
from farbank import country
from farbank.model.captures import Sweep
from farbank.model.dips import Dip, Whose
from farbank.model.statemedia import Window
from farbank.watch.dips import dips

DATA = "."
FIRST = date(2031, 1, 1)
DAYS = 365
YEARS = 400
LENGTHS = (1, 3, 7, 14, 21)
KEPT = (0.0, 0.2, 0.5)
"""Shares of the usual that a planted dip leaves."""
TROUBLE = 1 / 12
DURING = 4 / 5
SEED = 4


@dataclass
class Planted:
    """A planted dip: its first day by number, how long it is, the share it leaves, and whose it is."""

    start: int
    length: int
    kept: float
    whose: Whose
    days: frozenset[int]
    """Those of its days on which less is held."""
    told: tuple[Whose, ...] = ()
    """Whose it is reported to be, by each dip reported in it; nothing if they leave out half of its days."""


def run(data: Path, *, quick: bool) -> Report:
    """Simulate and measure; the data folder is not used."""
    draw, noise = random.Random(SEED), np.random.default_rng(SEED)
    phrases = country.load("kp").desk_phrases
    window = Window(first=FIRST, last=FIRST + timedelta(DAYS - 1))
    planted: list[Planted] = []
    years, alarms = (40 if quick else YEARS), 0
    for _ in range(years):
        own = _plan(draw)
        counts = _counts(own, draw, noise)
        held = {FIRST + timedelta(day): int(count) for day, count in enumerate(counts) if count}
        reported = dips(held, window, phrases, sweeps=_sweeps(own, draw))
        alarms += _match(own, reported)
        planted += own
    found = [one for one in planted if one.told]
    ours = [one for one in found if one.whose == "collection"]
    return {
        "detected": round(len(found) / len(planted), 3),
        "false_alarms_per_year": round(alarms / years, 3),
        "attributed_right": round(sum({*one.told} == {one.whose} for one in found) / len(found), 3),
        "outlet_blamed": round(sum("outlet" in one.told for one in ours) / len(ours), 3),
        "n": len(planted),
        "by_dip": _table(planted),
    }


def _plan(draw: random.Random) -> list[Planted]:
    """Dips a month or more apart; all unknown in an imported year."""
    imported = draw.random() < 1 / 3
    starts = [start + draw.randint(0, 14) for start in draw.sample(range(15, 330, 45), draw.randint(2, 4))]
    return [_dip(start, "unknown" if imported else draw.choice(("outlet", "collection")), draw) for start in starts]


def _dip(start: int, whose: Whose, draw: random.Random) -> Planted:
    length = draw.choice(LENGTHS)
    later = [day for day in range(start + 1, start + length) if whose != "collection" or draw.random() < DURING]
    return Planted(start, length, draw.choice(KEPT), whose, frozenset((start, *later)))


def _counts(planted: Iterable[Planted], draw: random.Random, noise: np.random.Generator) -> NDArray[np.int64]:
    means = np.full(DAYS, draw.uniform(5, 60))
    if draw.random() < 0.5:
        means[np.array([(FIRST + timedelta(day)).weekday() == 6 for day in range(DAYS)])] /= 2
    if draw.random() < 0.5:
        means *= noise.gamma(10, 1 / 10, DAYS)
    for dip in planted:
        means[[*dip.days]] *= dip.kept
    return noise.poisson(means)


def _sweeps(planted: Sequence[Planted], draw: random.Random) -> list[Sweep]:
    """Four a day; on a day of trouble none, or one of them fails or misses items."""
    if any(dip.whose == "unknown" for dip in planted):
        return []
    trouble = {day: draw.choice(("lists", "items", "none")) for day in range(DAYS) if draw.random() < TROUBLE}
    for dip in planted:
        kind = draw.choice(("lists", "items", "none"))
        if dip.whose == "collection":
            trouble |= dict.fromkeys(dip.days, kind)
    return [
        _sweep(day, hour, trouble.get(day, "") if hour == 6 else "")
        for day in range(DAYS)
        for hour in (0, 6, 12, 18)
        if trouble.get(day) != "none"
    ]


def _sweep(day: int, hour: int, trouble: str) -> Sweep:
    started = datetime.combine(FIRST + timedelta(day), time(hour), UTC)
    missed = 3 if trouble == "items" else 0
    return Sweep(
        site="s", outlet="o", started=started, ended=started, listed=90, fetched=20, unchanged=70 - missed,
        missed=missed, whole=trouble != "lists",
    )  # fmt: skip


def _match(planted: Iterable[Planted], reported: Iterable[Dip]) -> int:
    """Marks what was found; returns how many reports have nothing planted in them."""
    spans = [(dip, {*range((dip.first - FIRST).days, (dip.last - FIRST).days + 1)}) for dip in reported]
    meant: set[Dip] = set()
    for one in planted:
        own = [(dip, days & one.days) for dip, days in spans if days & one.days]
        meant.update(dip for dip, _ in own)
        if 2 * sum(len(days) for _, days in own) >= len(one.days):
            one.told = tuple(dip.whose for dip, _ in own)
    return len(spans) - len(meant)


def _table(planted: Sequence[Planted]) -> list[Row]:
    rows: list[Row] = []
    for length in LENGTHS:
        row: Row = {"days": length}
        for kept in KEPT:
            own = [bool(one.told) for one in planted if (one.length, one.kept) == (length, kept)]
            row[f"kept_{kept}"] = round(sum(own) / len(own), 2) if own else None
        rows.append(row)
    return rows
