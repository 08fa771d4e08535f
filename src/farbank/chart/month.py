"""A picture of a month, or of up to a year: what is held day by day, what is not, whose a dip is, one topic's share."""

from __future__ import annotations

from datetime import date
from textwrap import wrap

import msgspec

from farbank.chart import panels
from farbank.chart.drawing import finished
from farbank.chart.vega import svg_of
from farbank.country.phrases import Phrases
from farbank.country.stretches import listed
from farbank.model.dates import When
from farbank.model.dips import Dip
from farbank.model.statemedia import Window

FONTS = "system-ui, 'Noto Sans', 'Noto Sans KR', 'Noto Sans CJK KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif"


LINE = 38
"""Letters of a title that fit side by side."""


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """What is held of one day: full texts, items by title only, and how many of both touch the topic."""

    day: date
    bodies: int
    titles: int = 0
    touching: int = 0

    @property
    def items(self) -> int:
        """All that is held of it."""
        return self.bodies + self.titles


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """What the picture shows of one outlet in one language, both in `name` as a reader knows them.

    `days` are those of which anything is held, `missing` those not held in full; without a `topic` none is drawn.
    """

    name: str
    window: Window
    days: tuple[Day, ...]
    missing: tuple[date, ...] = ()
    dips: tuple[Dip, ...] = ()
    topic: str = ""


def month(shown: Month, phrases: Phrases) -> bytes:
    """Draw it as an SVG that a phone shows whole, with all it says also in words; equal arguments give equal bytes.

    Days outside the window are not drawn.
    """
    first, last = shown.window.first, shown.window.last
    days = tuple(day for day in shown.days if first <= day.day <= last)
    missing = tuple(day for day in shown.missing if first <= day <= last)
    dips = tuple(dip for dip in shown.dips if dip.first <= last and first <= dip.last)
    frame = panels.Frame(first, last, phrases)
    over = panels.dips([(dip.first, dip.last, phrases.say(f"chart.whose-{dip.whose}")) for dip in dips], frame)
    held = panels.bars(
        [(day.day, day.bodies, day.titles) for day in days],
        missing,
        [(dip.first, dip.last, dip.usual) for dip in dips],
        frame,
    )
    views = [over, held] if over else [held]
    shares = [(day.day, day.touching / day.items) for day in days if day.items]
    if shown.topic and shares:
        views += [panels.heading(phrases.say("chart.share", topic=shown.topic)), panels.share(shares, frame)]
    window = phrases.date(When(f"{first}/{last}"))
    title = phrases.say("chart.month", name=shown.name, window=window)
    svg = svg_of(_spec(views, shown.name, [window, *_key(days, missing, dips, phrases)]))
    svg = svg.replace(' font-family="sans-serif"', "").replace("<svg ", f'<svg font-family="{FONTS}" ', 1)
    return finished(svg, "month", title, _told(days, missing, dips, shown.topic, phrases), panels.HATCH)


def _spec(views: list[panels.View], name: str, lines: list[str]) -> panels.View:
    return {
        "title": {"text": wrap(name, LINE), "subtitle": lines, "anchor": "start", "frame": "bounds", "offset": 10},
        "background": "transparent",
        "padding": {"left": 8, "right": 4, "top": 2, "bottom": 4},
        "config": panels.CONFIG,
        "vconcat": views,
        "spacing": 2,
        "bounds": "flush",
    }


def _key(days: tuple[Day, ...], missing: tuple[date, ...], dips: tuple[Dip, ...], phrases: Phrases) -> list[str]:
    """What the marks are, in words rather than in swatches; only what is drawn is explained."""
    bars = [phrases.say("chart.bars")]
    bars += [phrases.say("chart.light")] if any(day.titles for day in days) else []
    bars += [phrases.say("chart.hatched")] if missing else []
    return ["; ".join(bars), *([phrases.say("chart.dips")] if dips else [])]


def _told(days: tuple[Day, ...], missing: tuple[date, ...], dips: tuple[Dip, ...], topic: str, phrases: Phrases) -> str:
    """The picture for whoever does not see it."""
    number = phrases.number
    bodies, titles = sum(day.bodies for day in days), sum(day.titles for day in days)
    full = sum(day.bodies > 0 for day in days)
    said = [phrases.say("chart.told-held", articles=number(bodies), days=number(full), titles=number(titles))]
    said += [phrases.say("chart.told-missing", days=listed(missing, phrases))] if missing else []
    for dip in dips:
        said.append(
            phrases.say(
                "chart.told-dip",
                window=phrases.date(dip.first if dip.first == dip.last else When(f"{dip.first}/{dip.last}")),
                held=number(round(dip.held, 1)),
                usual=number(round(dip.usual, 1)),
                whose=phrases.say(f"chart.whose-{dip.whose}"),
                why=dip.why,
            )
        )
    if topic:
        touching, items = sum(day.touching for day in days), sum(day.items for day in days)
        said.append(phrases.say("chart.told-topic", topic=topic, touching=number(touching), items=number(items)))
    return " ".join(said)
