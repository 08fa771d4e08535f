"""What partners told of, by theme and area over time: one small panel for each, all to one scale. The desk's only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from farbank.chart.months import Month, View, bars, drawn, heading, run
from farbank.country.pack import Pack
from farbank.model.claims import Kind
from farbank.model.dates import When
from farbank.model.drawings import Drawing, Table
from farbank.model.places import PlaceId
from farbank.model.text import Language

HEIGHT = 34


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One report that told something of a theme from an area, in the month it came in, if that is known."""

    theme: Kind
    area: PlaceId
    month: Month | None


def themes(reports: Sequence[Report], pack: Pack, language: Language) -> Drawing:
    """Draw how many reports came in a month, for each area the themes told of from there.

    A report that tells of two themes is counted in both. Those of no known month stand in the table alone, and in words
    over their panel.
    """
    phrases = pack.phrases[language]
    counts = Counter((pack.gazetteer.at_level(one.area, 1).id, one.theme, one.month) for one in reports)
    panels = sorted({(area, theme) for area, theme, _ in counts})
    months = run([month for *_, month in counts if month is not None])
    rows, views = [], []
    top = max((n for (*_, month), n in counts.items() if month is not None), default=1)
    for area, theme in panels:
        own = {month: counts[area, theme, month] for month in months if counts[area, theme, month]}
        lost = counts[area, theme, None]
        names = pack.gazetteer.name(area, language), phrases.say(f"chart.theme-{theme}")
        rows += [(*names, _month(month, pack, language), phrases.number(count)) for month, count in own.items()]
        rows += [(*names, phrases.say("chart.undated"), phrases.number(lost))] if lost else []
        views += _panel(names, own, lost, months, top, pack, language, labels=(area, theme) == panels[-1])
    table = Table(
        caption=phrases.say("chart.themes"),
        heads=phrases.several("chart.themes-heads"),
        rows=tuple(rows),
        note=phrases.say("chart.desk-only"),
    )
    last = [heading(table.note, above=24)]
    svg = drawn([*(views or [heading(phrases.say("chart.no-reports"))]), *last], "themes", table, phrases)
    return Drawing(shows="themes", language=language, svg=svg, table=table)


def _panel(
    names: tuple[str, str],
    own: dict[Month, int],
    lost: int,
    months: Sequence[Month],
    top: int,
    pack: Pack,
    language: Language,
    *,
    labels: bool,
) -> list[View]:
    phrases = pack.phrases[language]
    text = phrases.say("chart.theme-in", area=names[0], theme=names[1])
    if lost:
        text = phrases.say("chart.theme-undated", theme=text, count=phrases.number(lost))
    over = [heading(text)]
    return [*over, bars(own, months, phrases, top=top, height=HEIGHT, labels=labels)] if months else over


def _month(month: Month, pack: Pack, language: Language) -> str:
    return pack.phrases[language].date(When(f"{month[0]:04}-{month[1]:02}"))
