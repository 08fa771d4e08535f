"""What came in and what state media said of it, counted by the month."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from farbank.chart.attention import Attention
from farbank.chart.months import Month, month_of, run
from farbank.chart.themes import Report
from farbank.country.gazetteer import Gazetteer
from farbank.model.case import Case
from farbank.model.dates import When
from farbank.model.statemedia import Search
from farbank.model.text import Slug

_SPOKE = ("said", "half-said", "contradicted")
"""Results of a passage that speaks of the matter; one that speaks of another place or time is not counted."""


def reports(case: Case, gazetteer: Gazetteer) -> list[Report]:
    """Every report once for each theme it tells of and each area it tells it from; one that no claim rests on is none.

    The theme is the kind of claim.
    """
    came = _came(case)
    found = {
        (report, claim.kind, gazetteer.at_level(chain.place or claim.place, 1).id)
        for chain in case.chains
        for claim in case.claims
        if chain.id in claim.chains
        for report in chain.reports
    }
    return [Report(theme=kind, area=area, month=came.get(report)) for report, kind, area in sorted(found)]


def reports_by_month(case: Case) -> dict[Month, int]:
    """How many reports came in each month; those of no known month are left out."""
    return dict(Counter(month for month in _came(case).values() if month is not None))


def attention(
    case: Case, searches: Sequence[Search], claims: Collection[Slug], months: Collection[Month] = ()
) -> list[Attention]:
    """Passages that spoke of the claims, by month, over every month searched and every one of `months`, in a row.

    A passage found twice is counted once. A day counts as looked at if some search held it for all it searched.
    """
    own = [search for search in searches if {*search.claims} & {*claims}]
    spoke = Counter(month for month in _passages(own, case).values() if month is not None)
    windows = [month_of(day) for search in own for day in (search.window.first, search.window.last)]
    held = {day for search in own for day in _held(search)}
    return [
        Attention(month=month, passages=spoke[month], looked=_looked(month, held))
        for month in run([*windows, *spoke, *months])
    ]


def _came(case: Case) -> dict[Slug, Month | None]:
    contacts = {contact.id: contact.when for contact in case.contacts}
    return {report.id: _one_month(contacts[report.contact]) for report in case.reports}


def _one_month(when: When) -> Month | None:
    first, last = when.earliest, when.latest
    if first is None or last is None or when.approximate or month_of(first) != month_of(last):
        return None
    return month_of(first)


def _passages(searches: Sequence[Search], case: Case) -> dict[tuple[str, ...], Month | None]:
    statements = {statement.id: statement for statement in case.statements}
    found: dict[tuple[str, ...], Month | None] = {
        (passage.outlet, passage.article, passage.text): month_of(passage.date)
        for search in searches
        for passage in search.passages
        if passage.result in _SPOKE
    }
    read = {id for search in searches if search.result in _SPOKE for id in search.statements}
    return found | {("statement", id): _one_month(statements[id].published) for id in sorted(read)}


def _held(search: Search) -> Iterator[date]:
    missing = {day for held in search.coverage for day in held.days_missing}
    for n in range((search.window.last - search.window.first).days + 1):
        day = search.window.first + timedelta(n)
        if day not in missing:
            yield day


def _looked(month: Month, held: Collection[date]) -> Literal["all", "some", "none"]:
    days = [date(*month, n) for n in range(1, calendar.monthrange(*month)[1] + 1)]
    seen = sum(day in held for day in days)
    return "all" if seen == len(days) else "some" if seen else "none"
