"""Days of which our own sweeps leave open whether all that was listed was read, whatever is held of them.

A whole sweep is taken to list all that came since the whole one before. So what was noticed without its day, and what a
sweep that was not whole passed over, can be of any day since then, as days are counted anywhere on earth.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from farbank.model.captures import Missed, Sweep
from farbank.watch.swept import is_whole

AHEAD, BEHIND = timedelta(hours=14), timedelta(hours=12)
"""By how much the clocks of the earth differ from UTC at most."""

GAP = timedelta(days=7)
"""Two issues of a weekly. A listing shows the newest items, so it does not reach behind a longer time with none."""

Span = tuple[date | None, date]
"""First and last day. Without a first, no whole sweep came before: it begins with the run of days held (`begun`)."""


def broken(sweeps: Iterable[Sweep]) -> Iterator[Span]:
    """The days from the last whole sweep of a site before one that was not whole to the next whole one after it.

    There are none where at least half of what each start page lists in that next one had been seen by the end of the
    last one before: what came between then stands between what was seen, and was listed too. Without a next one they
    end with the last that was not whole, for what came after it nobody tried to list.
    """
    for own in _by_site(sweeps):
        runs: list[tuple[bool, list[Sweep]]] = [(whole, [*run]) for whole, run in groupby(own, is_whole)]
        none: tuple[bool, list[Sweep]] = (True, [])
        for (_, past), (whole, run), (_, next_) in zip([none, *runs], runs, [*runs[1:], none], strict=False):
            if whole or (past and next_ and _reaches(next_[0], past[-1])):
                continue
            if not past:  # as far back as the first of them alone would doubt
                yield None, _latest(run[0].ended)
            first = past[-1] if past else run[0]
            yield _earliest(first.started), _latest(next_[0].started if next_ else run[-1].ended)


def undated(missed: Iterable[Missed], sweeps: Iterable[Sweep]) -> Iterator[Span]:
    """The days an item without a day can be of, but for that it was noticed on, where it is counted anyway.

    What was noticed on a page itself, before any sweep of its outlet, counts on that day alone: so do files that were
    handed over.
    """
    sites = _by_site(sweeps)
    whole = {own[0].site: sorted(filter(is_whole, own), key=_ended) for own in sites}
    swept = min((own[0].started for own in sites), default=None)
    for one in missed:
        if not one.site and (swept is None or one.noticed < swept):
            continue
        own = [whole.get(one.site, [])] if one.site else [*whole.values()]
        first, noticed = _since(one.noticed, own), one.noticed.date()
        if first is None or first < noticed:
            yield first, noticed - timedelta(1)
        if noticed < _latest(one.noticed):
            yield noticed + timedelta(1), _latest(one.noticed)


def begun(held: Sequence[date], last: date) -> date:
    """The first of the run of days up to `last` of which anything is held (in order), without a gap longer than GAP."""
    first = last
    for day in reversed(held[: bisect_right(held, last)]):
        if first - day > GAP:
            break
        first = day
    return first


def _since(noticed: datetime, sites: Iterable[Sequence[Sweep]]) -> date | None:
    """The day the last whole sweep before began; of several sites the earliest counts, and one without has none."""
    firsts: list[date] = []
    for own in sites:
        before = bisect_left(own, noticed, key=_ended)
        if not before:
            return None
        firsts.append(_earliest(own[before - 1].started))
    return min(firsts, default=None)


def _reaches(next_: Sweep, past: Sweep) -> bool:
    return next_.reach is not None and next_.reach <= past.ended


def _by_site(sweeps: Iterable[Sweep]) -> list[list[Sweep]]:
    """The sweeps of each site, oldest first."""
    ordered = sorted(sweeps, key=lambda sweep: (sweep.site, sweep.started))
    return [[*own] for _, own in groupby(ordered, lambda sweep: sweep.site)]


def _ended(sweep: Sweep) -> datetime:
    return sweep.ended


def _earliest(when: datetime) -> date:
    return (when - BEHIND).date()


def _latest(when: datetime) -> date:
    return (when + AHEAD).date()
