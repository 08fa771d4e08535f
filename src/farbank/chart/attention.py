"""How often state media spoke of a matter month by month, and beside it, for the desk, when partners told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from farbank.chart.months import Month, bars, drawn, heading
from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.model.drawings import Drawing, Table

HEIGHT = 70


class Attention(msgspec.Struct, frozen=True, kw_only=True):
    """Passages of state media in one month, and whether all its days were looked at, some, or none."""

    month: Month
    passages: int = 0
    looked: Literal["all", "some", "none"] = "all"


def attention(months: Sequence[Attention], phrases: Phrases, reports: Mapping[Month, int] | None = None) -> Drawing:
    """Draw passages by month, hatching the months not looked at in full; `reports` are drawn for the desk alone.

    `months` are in a row, the earliest first. A month without a passage is empty only if it was looked at.
    """
    run = [one.month for one in months]
    counts = {one.month: one.passages for one in months}
    dark = [one.month for one in months if one.looked != "all"]
    top = max([1, *counts.values(), *(reports or {}).values()])
    views = [
        heading(phrases.say("chart.attention-state")),
        *([heading(phrases.say("chart.not-looked"))] if dark else []),
        bars(counts, run, phrases, top=top, height=HEIGHT, dark=dark, labels=reports is None),
    ]
    if reports is not None:
        views += [heading(phrases.say("chart.attention-partners")), bars(reports, run, phrases, top=top, height=HEIGHT)]
        views.append(heading(phrases.say("chart.desk-only"), above=24))
    heads = phrases.several("chart.attention-heads")
    table = Table(
        caption=phrases.say("chart.attention"),
        heads=heads if reports is not None else heads[:-1],
        rows=tuple(_row(one, reports, phrases) for one in months),
        note=phrases.say("chart.desk-only") if reports is not None else "",
    )
    svg = drawn(views if run else views[:1], "attention", table, phrases)
    return Drawing(shows="attention", language=phrases.language, svg=svg, table=table)


def _row(one: Attention, reports: Mapping[Month, int] | None, phrases: Phrases) -> tuple[str, ...]:
    year, month = one.month
    said = phrases.number(one.passages)
    if one.looked != "all":
        said = phrases.say(f"chart.looked-{one.looked}", passages=said)
    row = (phrases.date(When(f"{year:04}-{month:02}")), said)
    return row if reports is None else (*row, phrases.number(reports.get(one.month, 0)))
