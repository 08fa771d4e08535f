"""What the days of releases tell by themselves: a burst, a lag that is always the same, a silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import comb
from statistics import median

BURST = 3
"""Releases that make a burst: two may be a story and its correction, three are somebody who talks."""
BURST_DAYS = 14
"""The stretch a burst falls in: one spell of calls explains all three stories, whatever was drawn for each."""
LAGS = range(31)
"""Days from a contact to a release that are looked at; beyond a month something else is behind a story."""
SLACKS = (0, 1)
"""Days by which a lag may differ and still read as the same: a page goes out before or after midnight."""
LAG_LEAST = 4
"""Releases needed to speak of a lag: of three drawn from eight days a tenth lie within a day of each other, of four a
fortieth."""
LAG_SHARE = 0.8
"""The part of the releases a lag must explain; the rest may be stories nobody called for."""
LAG_DOUBT = 0.05
"""How likely chance may be to explain so many with any lag that was looked at; who calls every day hides every lag."""
STEADY_GAPS = 3
"""Gaps needed to speak of a rhythm."""
STEADY = 2.0
"""A rhythm is steady if no gap is longer than so many median gaps."""
SILENCE = 3
"""Median gaps after which silence is news: in a steady rhythm no gap before it came near."""


def burst(days: Iterable[date], on: date) -> int:
    """How many releases fall in the stretch that ends on `on`, one on that day included; 0 if they make no burst."""
    first = on - timedelta(days=BURST_DAYS - 1)
    count = sum(first <= day <= on for day in days) + 1
    return count if count >= BURST else 0


def lag(contacts: Collection[date], releases: Sequence[date]) -> int | None:
    """The days by which releases follow contacts, if that is nearly always the same and hardly by chance."""
    if len(releases) < LAG_LEAST or not contacts:
        return None
    chance, days = min(_lags(frozenset(contacts), releases), default=(1.0, 0))
    return days if chance * len(LAGS) * len(SLACKS) < LAG_DOUBT else None


def silence(days: Iterable[date], on: date) -> int:
    """How many days nothing had come out by `on` after a steady rhythm; 0 if that is nothing unusual."""
    known = sorted({day for day in days if day < on})
    gaps = [(later - earlier).days for earlier, later in pairwise(known)]
    if len(gaps) < STEADY_GAPS:
        return 0
    usual = median(gaps)
    since = (on - known[-1]).days
    return since if max(gaps) <= STEADY * usual and since > SILENCE * usual else 0


def usual_gap(days: Iterable[date]) -> int | None:
    """The days that usually lie between two releases, None for fewer than two of them."""
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(set(days)))]
    return round(median(gaps)) if gaps else None


def missed_from(days: Iterable[date]) -> date | None:
    """The first day on which having published nothing since would be news; None where there is no steady rhythm."""
    known = sorted(set(days))
    gaps = [(later - earlier).days for earlier, later in pairwise(known)]
    if len(gaps) < STEADY_GAPS or max(gaps) > STEADY * median(gaps):
        return None
    return known[-1] + timedelta(days=int(SILENCE * median(gaps)) + 1)


def _lags(contacts: frozenset[date], releases: Sequence[date]) -> Iterator[tuple[float, int]]:
    """Every lag that explains enough releases, behind how likely a lag picked blindly would explain as many."""
    span = (max(contacts) - min(contacts)).days + 1
    for slack in SLACKS:
        reached = {contact + timedelta(days=more) for contact in contacts for more in range(slack + 1)}
        share = len(reached) / (span + slack)
        for days in LAGS:
            hits = sum(release - timedelta(days=days) in reached for release in releases)
            if hits >= LAG_SHARE * len(releases):
                yield _at_least(hits, len(releases), share), days


def _at_least(hits: int, tries: int, chance: float) -> float:
    """The chance of `hits` or more in so many tries."""
    return sum(comb(tries, k) * chance**k * (1 - chance) ** (tries - k) for k in range(hits, tries + 1))
