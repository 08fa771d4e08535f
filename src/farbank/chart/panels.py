"""The parts of a picture of days, one under the other on one axis: dips, bars, and a share.

Days are numbered from the window's first, so that nothing hangs on a clock or a time zone, and labels are worded by us.
"""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from math import ceil
from typing import Any

from farbank.country.phrases import Phrases
from farbank.country.stretches import stretches

View = dict[str, Any]

WIDTH = 312
"""Points across, without labels: with them, and with the margins of a page, what the narrowest phones in use show."""
BARS = 150
SHARE = 60
ROOM = 52
ROW = 13
"""Points for one row of words over dips."""
LETTER = 5.4
"""Points a Latin letter of such a word takes."""
SINGLE = 62
"""Days up to which each has its own bar with air around it, and a label every week."""

_INK, _FAINT, _LIGHT, _LINE, _PAPER = (
    "var(--map-ink, #222)", "var(--map-faint, #6a665e)", "var(--map-light, #b5b0a4)", "var(--map-hair, #d9d5cb)",
    "var(--map-line, #fff)",
)  # fmt: skip
HATCH = (
    '<defs><pattern id="hatch-days" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<line x1="0" y1="0" x2="0" y2="5" stroke="{_FAINT}" stroke-width="1.4"/>'
    f'<line x1="1.4" y1="0" x2="1.4" y2="5" stroke="{_PAPER}" stroke-width="1.4"/></pattern></defs>'
)
"""A dark line is seen on paper, the light one beside it on a bar: of a day not held in full there may be one."""
CONFIG: View = {
    "font": "sans-serif",  # what widths are measured in; `month` names the faces
    "view": {"stroke": None},
    "title": {"fontSize": 14, "subtitleFontSize": 12, "color": _INK, "subtitleColor": _FAINT, "fontWeight": 600},
    "axis": {
        "labelFontSize": 11, "labelColor": _FAINT, "gridColor": _LINE, "domain": False, "ticks": False, "title": None,
    },
}  # fmt: skip


class Frame:
    """The days from first to last as the horizontal axis."""

    def __init__(self, first: date, last: date, phrases: Phrases) -> None:
        self.first, self.phrases = first, phrases
        self.count = (last - first).days + 1

    def at(self, day: date) -> int:
        """The number of a day, held to the frame."""
        return min(max((day - self.first).days, 0), self.count - 1)

    def span(self, first: date, last: date) -> View:
        """From where to where days in a row reach."""
        return {"from": self.at(first), "to": self.at(last) + 1}

    def x(self, field: str, axis: View | None = None) -> View:
        """The horizontal encoding of a field."""
        scale = {"domain": [0, self.count], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    @property
    def axis(self) -> View:
        """Labels of days, the month said where it begins; of a long window the months alone."""
        days = [self.first + timedelta(number) for number in range(self.count)]
        if self.count <= SINGLE:
            ticks = {self.at(day) + 0.5: self._day(day) for day in days[:: 7 if self.count > 10 else 1]}
        else:
            names = self.phrases.several("chart.months")
            ticks = {self.at(day) + calendar.monthrange(day.year, day.month)[1] / 2: names[day.month - 1]
                     for day in days if day.day == 1}  # fmt: skip
            ticks = {at: name for at, name in ticks.items() if at <= self.count}
        labels = json.dumps({f"{at:g}": name for at, name in ticks.items()}, ensure_ascii=False)
        return {
            "values": [*ticks], "labelExpr": f"({labels})[datum.value]", "grid": False,
            "labelOverlap": False, "labelPadding": 9,
        }  # fmt: skip

    def _day(self, day: date) -> str:
        if day != self.first and day.day > 7:
            return str(day.day)
        return self.phrases.say("chart.day", day=day.day, month=self.phrases.several("chart.months")[day.month - 1])


def dips(spans: Sequence[tuple[date, date, str]], frame: Frame) -> View | None:
    """A line over each dip and the word for whose it is; words that would touch stand in different rows."""
    if not spans:
        return None
    free: list[float] = []
    values = []
    for first, last, text in spans:
        ends = frame.span(first, last)
        half = _width(text) / 2 / WIDTH * frame.count
        middle = min(max((ends["from"] + ends["to"]) / 2, half), frame.count - half)
        row = next((number for number, edge in enumerate(free) if edge <= middle - half), len(free))
        free[row : row + 1] = [middle + half]
        values.append({**ends, "text": text, "middle": middle, "line": 0, "row": ROW * row + 4})
    height = ROW * len(free) + 4
    y = {"type": "quantitative", "scale": {"domain": [0, height], "nice": False}, "axis": None}
    line = {"x": frame.x("from"), "x2": {"field": "to"}, "y": {"field": "line", **y}}
    word = {"x": frame.x("middle"), "y": {"field": "row", **y}, "text": {"field": "text"}}
    return {
        "width": WIDTH,
        "height": height,
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "rule", "stroke": _INK, "strokeWidth": 2.5}, "encoding": line},
            {"mark": {"type": "text", "fontSize": 11, "fill": _INK, "baseline": "bottom"}, "encoding": word},
        ],
    }


def _width(text: str) -> float:
    """About how many points a label takes, and a little air; a Korean or Chinese letter is as wide as it is high."""
    return sum(LETTER if letter.isascii() else 1.8 * LETTER for letter in text) + LETTER


def bars(
    days: Sequence[tuple[date, int, int]],
    missing: Iterable[date],
    usual: Sequence[tuple[date, date, float]],
    frame: Frame,
) -> View:
    """Full texts dark, titles lighter, days not held in full hatched, and what would be usual dashed over a dip."""
    top = max([bodies + titles for _, bodies, titles in days] + [level for *_, level in usual], default=0) or 1
    scale = {"domain": [0, top], "nice": 3}
    y = {"type": "quantitative", "scale": scale, "axis": {"tickCount": min(3, ceil(top)), "format": ",d"}}
    air = 0.12 if frame.count <= SINGLE else -0.3  # bars that only touch show stripes that mean nothing
    held = [
        {"from": frame.at(day) + air, "to": frame.at(day) + 1 - air, "bodies": bodies, "all": bodies + titles}
        for day, bodies, titles in days
    ]
    gaps = [frame.span(*stretch) for stretch in stretches(missing)]
    levels = [{**frame.span(first, last), "usual": level} for first, last, level in usual]
    across = {"x": frame.x("from", frame.axis), "x2": {"field": "to"}}
    return {
        "width": WIDTH,
        "height": BARS,
        "layer": [
            _bar(held, "bodies", "all", _LIGHT, across, y),
            _bar(held, None, "bodies", _INK, across, y),
            {"data": {"values": gaps}, "mark": {"type": "rect", "fill": "url(#hatch-days)"}, "encoding": across},
            {
                "data": {"values": levels},
                "mark": {"type": "rule", "stroke": _INK, "strokeWidth": 1, "strokeDash": [3, 2]},
                "encoding": {**across, "y": {"field": "usual", **y}},
            },
        ],
    }


def share(days: Sequence[tuple[date, float]], frame: Frame) -> View:
    """A share per day as a line that breaks where there is no day; at least one day."""
    known = sorted(days)
    runs = groupby(enumerate(known), key=lambda one: one[1][0].toordinal() - one[0])
    values = [
        {"at": frame.at(day) + 0.5, "share": share, "run": run}
        for run, (_, own) in enumerate(runs)
        for _, (day, share) in own
    ]
    top = max(0.1, *(share for _, share in known))
    axis = {"tickCount": 2, "format": ".0%"}
    point = {"size": 9 if frame.count <= SINGLE else 2, "fill": _INK, "stroke": None}  # a day between holes has no line
    y = {"field": "share", "type": "quantitative", "scale": {"domain": [0, top], "nice": 2}, "axis": axis}
    return {
        "width": WIDTH,
        "height": SHARE,
        "data": {"values": values},
        "mark": {
            "type": "line",
            "stroke": _INK,
            "strokeJoin": "round",
            "strokeWidth": 1.4 if frame.count <= SINGLE else 0.8,
            "point": point,
        },
        "encoding": {"x": frame.x("at", {**frame.axis, "labels": False}), "y": y, "detail": {"field": "run"}},
    }


def _bar(values: Sequence[View], low: str | None, high: str, fill: str, across: View, y: View) -> View:
    bottom = {"datum": 0} if low is None else {"field": low}
    return {
        "data": {"values": list(values)},
        "mark": {"type": "rect", "fill": fill},
        "encoding": {**across, "y": {"field": high, **y}, "y2": bottom},
    }


def heading(text: str) -> View:
    """A line of words under the labels of the panel above."""
    return {
        "width": WIDTH,
        "height": ROOM,
        "data": {"values": [{"text": text}]},
        "mark": {"type": "text", "fontSize": 12, "fill": _FAINT, "align": "left", "baseline": "bottom"},
        "encoding": {"x": {"value": 0}, "y": {"value": ROOM - 4}, "text": {"field": "text"}},
    }
