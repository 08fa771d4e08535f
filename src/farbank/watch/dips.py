"""Whose a dip is: did the outlet publish less, or did we read less of it?

Our own collection is ruled out first, by what its sweeps of those days say of themselves. Only what is low on days on
which everything listed was fetched is the outlet's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain, groupby
from statistics import mean, median

from farbank.country.outlets import WEEK, Publishing, Weekday, appears
from farbank.country.phrases import Phrases
from farbank.country.stretches import listed
from farbank.model.captures import Missed, Sweep
from farbank.model.dips import Counts, Dip, Whose
from farbank.model.statemedia import Window
from farbank.watch.lows import FEW, lows
from farbank.watch.swept import BROKEN, State, states

Issue = Sequence[date]
"""The days on which one issue can appear: a day of a daily, the week of a weekly."""


def dips(
    held: Counts,
    window: Window,
    phrases: Phrases,
    *,
    sweeps: Sequence[Sweep] = (),
    missed: Sequence[Missed] = (),
    others: Sequence[Counts] = (),
    publishing: Publishing = "daily",
    weekdays: tuple[Weekday, ...] = WEEK,
) -> tuple[Dip, ...]:
    """The dips of one outlet in one language within `window`, in order; of an `irregular` outlet nobody knows any.

    `sweeps` are those of its sites, `missed` what they could not read in this language; `others` is what is held of
    every other outlet and language. What takes up half of the window or more is no dip of it.
    """
    issues = [] if publishing == "irregular" else _issues(window, publishing, weekdays)
    counts = [sum(held.get(day, 0) for day in issue) for issue in issues]
    phases = [issue[0].weekday() if publishing == "daily" else 0 for issue in issues]
    found = []
    for low in lows(counts, phases):
        own = issues[low.start : low.stop]
        known = states(own, sweeps, missed)
        shares = [count / low.usual for count in counts[low.start : low.stop]]
        whose, why = _whose(own, shares, known, others, phrases)
        days = {"first": own[0][0], "last": own[-1][-1]}
        found.append(Dip(**days, usual=low.usual, held=low.held, whose=whose, why=why))
    return tuple(found)


def _issues(window: Window, publishing: Publishing, weekdays: tuple[Weekday, ...]) -> list[Issue]:
    """Every issue due; a week that the window cuts is left out, for its issue may lie outside."""
    days = map(date.fromordinal, range(window.first.toordinal(), window.last.toordinal() + 1))
    due = [day for day in days if appears(day, weekdays)]
    if publishing == "daily":
        return [(day,) for day in due]
    weeks = [tuple(week) for _, week in groupby(due, key=_week)]
    return [week for week in weeks if len(week) == len(set(weekdays))]


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _whose(
    issues: Sequence[Issue],
    shares: Sequence[float],
    known: Sequence[State],
    others: Sequence[Counts],
    phrases: Phrases,
) -> tuple[Whose, str]:
    """`shares` of the usual are held of each of the `issues`, whose state is `known`."""
    whole = [share for share, state in zip(shares, known, strict=True) if state == "whole"]
    broken = sum(state in BROKEN for state in known)
    if 2 * len(whole) >= len(issues) and mean(whole) <= FEW:
        days = _listed(issues, known, "whole", phrases)
        return "outlet", phrases.say("dips.outlet" if len(whole) == len(issues) else "dips.outlet-too", days=days)
    if 2 * broken >= len(issues) or (broken and len(whole) + broken == len(issues)):
        return "collection", phrases.join(
            phrases.say(f"dips.{state}", days=_listed(issues, known, state, phrases))
            for state in BROKEN
            if state in known
        )
    if whole or broken:
        return "unknown", phrases.say("dips.partly")
    everywhere = bool(others) and all(_is_low(other, [*chain.from_iterable(issues)]) for other in others)
    return "unknown", phrases.say("dips.everywhere" if everywhere else "dips.unswept")


def _listed(issues: Sequence[Issue], known: Sequence[State], wanted: State, phrases: Phrases) -> str:
    own = (issue for issue, state in zip(issues, known, strict=True) if state == wanted)
    return listed(chain.from_iterable(own), phrases)


def _is_low(other: Counts, days: Sequence[date]) -> bool:
    """Whether of another outlet or language less is held on these days, too."""
    around = [count for day, count in other.items() if day not in days]
    return bool(around) and mean(other.get(day, 0) for day in days) <= FEW * median(around)
