"""Bars by the month on one axis, drawn by the chart library: the parts that themes and attention share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from farbank.chart.drawing import finished
from farbank.chart.svg import INK, PAPER, QUIET, faces, told
from farbank.chart.vega import svg_of
from farbank.country.phrases import Phrases
from farbank.model.drawings import Table

View = dict[str, Any]
Month = tuple[int, int]
"""Year and month."""

WIDTH = 300
"""Points across, without the labels of heights: with them, what the narrowest phones in use show."""
CLOSE = 14
"""Months up to which each has its label; of more every third, of more than three years each year."""
HATCH = (
    '<defs><pattern id="hatch-months" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<path d="M0 0V6" stroke="{QUIET}" stroke-width="1.4"/>'
    f'<path d="M1.5 0V6" stroke="{PAPER}" stroke-width="1.4"/></pattern></defs>'
)
"""A dark line is seen on paper, the light one beside it on a bar: a month may have been looked at in part."""
_CONFIG: View = {
    "font": "sans-serif",  # what widths are measured in; `drawn` names the faces
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 11, "labelColor": QUIET, "gridColor": QUIET, "gridOpacity": 0.3, "domain": False,
        "ticks": False, "title": None,
    },
}  # fmt: skip


def month_of(day: date) -> Month:
    """The month a day lies in."""
    return day.year, day.month


def run(months: Sequence[Month]) -> tuple[Month, ...]:
    """Every month from the first to the last of these, none left out; empty if there is none."""
    numbers = [year * 12 + month - 1 for year, month in months]
    return tuple((n // 12, n % 12 + 1) for n in range(min(numbers), max(numbers) + 1)) if numbers else ()


def heading(text: str, above: int = 0) -> View:
    """A line of words over the bars below it, or `above` more points under the labels of those before it."""
    return {
        "width": WIDTH,
        "height": 24 + above,
        "data": {"values": [{"text": text}]},
        "mark": {"type": "text", "fontSize": 12, "fill": INK, "align": "left", "baseline": "bottom"},
        "encoding": {"x": {"value": 0}, "y": {"value": 20 + above}, "text": {"field": "text"}},
    }


def bars(
    counts: Mapping[Month, int],
    months: Sequence[Month],
    phrases: Phrases,
    *,
    top: int,
    height: int,
    dark: Sequence[Month] = (),
    labels: bool = True,
) -> View:
    """A bar for each month, `top` as the highest of all panels, hatching over the months of which nothing is known."""
    number = {month: at for at, month in enumerate(months)}
    held = [{"from": number[m] + 0.1, "to": number[m] + 0.9, "count": n} for m, n in sorted(counts.items()) if n]
    gaps = [{"from": number[m], "to": number[m] + 1} for m in dark]
    x = {
        "field": "from", "type": "quantitative", "axis": _axis(months, phrases) if labels else None,
        "scale": {"domain": [0, len(months)], "nice": False, "zero": False},
    }  # fmt: skip
    axis = {"values": sorted({0, max(1, top)}), "format": ",d"}
    y = {"field": "count", "type": "quantitative", "scale": {"domain": [0, max(1, top)], "nice": False}, "axis": axis}
    across = {"x": x, "x2": {"field": "to"}}
    return {
        "width": WIDTH,
        "height": height,
        "layer": [
            {"data": {"values": held}, "mark": {"type": "rect", "fill": INK},
             "encoding": {**across, "y": y, "y2": {"datum": 0}}},
            {"data": {"values": gaps}, "mark": {"type": "rect", "fill": "url(#hatch-months)"}, "encoding": across},
        ],
    }  # fmt: skip


def _axis(months: Sequence[Month], phrases: Phrases) -> View:
    """A name under each month for which there is room; the year stands under the first and under every January."""
    names = phrases.several("chart.months")
    every = 1 if len(months) <= CLOSE else 3 if len(months) <= 36 else 12
    spoken = {
        at: names[month - 1] if month > 1 and at else [names[month - 1], str(year)]
        for at, (year, month) in enumerate(months)
        if (month - 1) % every == 0 or at == 0
    }
    crowded = [at for at in spoken if 0 < at < every - 1]  # the first month's label and the next would touch
    ticks = {at + 0.5: name for at, name in spoken.items() if at not in crowded}
    labels = json.dumps({f"{at:g}": name for at, name in ticks.items()}, ensure_ascii=False)
    return {
        "values": [*ticks], "labelExpr": f"({labels})[datum.value]", "grid": False, "labelOverlap": False,
        "labelPadding": 6,
    }  # fmt: skip


def drawn(views: Sequence[View], name: str, table: Table, phrases: Phrases) -> bytes:
    """Panels one under the other as one image called by the table's caption and described by its rows."""
    spec = {
        "background": "transparent",
        "padding": {"left": 6, "right": 6, "top": 2, "bottom": 4},
        "config": _CONFIG,
        "vconcat": list(views),
        "spacing": 4,
        "bounds": "flush",
    }
    svg = svg_of(spec).replace(' font-family="sans-serif"', "")
    root = f'<svg lang="{phrases.language}" xml:lang="{phrases.language}" font-family="{faces(phrases.language)}" '
    return finished(svg.replace("<svg ", root, 1), name, table.caption, told(table), HATCH)
