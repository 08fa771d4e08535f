"""What our own sweeps say of the days of an issue: whether all that was there to be read was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from farbank.model.captures import Missed, Sweep

State = Literal["failed", "unread", "no-sweep", "whole", "unswept"]
"""failed: a list could not be read, or listed nothing. unread: items listed could not be fetched. no-sweep: none was
made where one usually is. whole: everything listed was fetched. unswept: nobody swept yet. The worst comes first."""

BROKEN: tuple[State, ...] = ("failed", "unread", "no-sweep")
"""Those in which our collection may be why little is held."""

SEEN = 3
"""Days with sweeps after which the next one can be expected."""


def states(issues: Iterable[Sequence[date]], sweeps: Iterable[Sweep], missed: Iterable[Missed]) -> list[State]:
    """The state of each issue, given as the days on which it can appear; of several sites the worst counts.

    A sweep belongs to the day (UTC) it started on. An item missed without a day belongs to the day it was noticed on.
    """
    unread = {one.day or one.noticed.date() for one in missed}
    sites: dict[str, dict[date, list[Sweep]]] = {}
    for sweep in sweeps:
        sites.setdefault(sweep.site, {}).setdefault(sweep.started.date(), []).append(sweep)
    return [_worst([_unread(issue, unread), *(_of_site(issue, days) for days in sites.values())]) for issue in issues]


def is_whole(sweep: Sweep) -> bool:
    """Whether it is known what was listed: a site that lists nothing at all is not as it was."""
    return sweep.whole and sweep.listed > 0


def _worst(states: Sequence[State]) -> State:
    order: tuple[State, ...] = (*BROKEN, "whole", "unswept")
    return min(states, key=order.index)


def _unread(issue: Sequence[date], unread: set[date]) -> State:
    return "unread" if unread.intersection(issue) else "unswept"


def _of_site(issue: Sequence[date], days: dict[date, list[Sweep]]) -> State:
    known = sorted(days)
    usual = median((later - day).days for day, later in pairwise(known)) if len(known) >= SEEN else 0
    until = issue[-1] + timedelta(max(0, round(usual) - 1))  # what is swept once a week is swept within the week
    made = [sweep for day in known if issue[0] <= day <= until for sweep in days[day]]
    if not all(map(is_whole, made)):
        return "failed"
    if any(sweep.missed for sweep in made):
        return "unread"
    if made:
        return "whole"
    return "no-sweep" if usual and known[0] <= issue[0] else "unswept"
