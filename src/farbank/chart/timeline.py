"""The timeline of a story: one hairline, events as sentences at their precision, promises as circles that close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

import msgspec

from farbank.chart.broken import broken
from farbank.chart.svg import INK, LEADING, QUIET, WIDTH, circle, line, noted, picture, words
from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.model.drawings import Drawing, Table

Circle = Literal["", "open", "closed"]
"""Whether an event is a promise coming due: its circle is open until it is kept or broken."""

AXIS, LANE, LANES = 9.0, 9.5, 38.0
SIZE, SMALL = 13.0, 11.5
TOP, GAP = 14.0, 12.0
LEAST = 3.0
"""Points the shortest span is long: so much is seen. Every longer one is as long as its days."""
LEAST_LINE = 160
MONTHS = 36
"""Months up to which each has its tick, and years up to which each has one where the months are more."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence at a date as exact as it is known, and in `word` how far it is established or how it came out."""

    when: When
    text: str
    word: str = ""
    circle: Circle = ""


class _Frame(NamedTuple):
    """The days drawn, numbered as the calendar numbers them, and how many points one takes."""

    first: int
    last: int
    scale: float

    def y(self, day: int) -> float:
        """Where a day begins."""
        return TOP + (day - self.first) * self.scale

    def span(self, when: When) -> tuple[float, float]:
        """From where to where a date reaches, to the edge where it is open."""
        start = when.earliest.toordinal() if when.earliest else self.first
        return self.y(start), self.y((when.latest.toordinal() if when.latest else self.last) + 1)


class _Stop(NamedTuple):
    """All that is said of one date, with its height in points."""

    when: When
    lines: tuple[tuple[str, tuple[str, ...], float], ...]
    circle: Circle
    height: float


def timeline(events: Sequence[Event], as_of: date, phrases: Phrases, note: str = "") -> Drawing:
    """Draw events in the order of their dates, the earliest first; a date open at one end runs off the line there.

    Those of one date stand under it together. The last day of the line is `as_of` or the last of an event.
    """
    ordered = sorted(events, key=lambda one: (one.when.earliest or date.min, one.when.latest or date.max, one.circle))
    table = Table(
        caption=phrases.say("chart.timeline", date=phrases.date(as_of)),
        heads=phrases.several("chart.timeline-heads"),
        rows=tuple((phrases.date(one.when), one.text, one.word) for one in ordered),
        note=note,
    )
    lanes = _lanes(ordered, as_of)
    step = min(LANE, LANES / max(1, len(set(lanes.values()))))
    left = AXIS + step * (max(lanes.values(), default=0) + 1) + 16
    groups = [(when, [*group]) for (when, _), group in groupby(ordered, key=lambda one: (one.when, one.circle))]
    stops = [_stop(when, group, left, phrases) for when, group in groups]
    frame = _frame(ordered, as_of, sum(stop.height for stop in stops))
    body, end = _body(stops, lanes, frame, step, left)
    under, end = noted(note, max(end, frame.y(frame.last + 1) + TOP))
    svg = picture(_hairline(frame, as_of) + body + under, end, table, phrases.language)
    return Drawing(shows="timeline", language=phrases.language, svg=svg, table=table)


def _frame(events: Sequence[Event], as_of: date, room: float) -> _Frame:
    ends = (day for one in events for day in (one.when.earliest, one.when.latest))
    days = [as_of.toordinal(), *(day.toordinal() for day in ends if day is not None)]
    return _Frame(min(days), max(days), max(room, LEAST_LINE) / (max(days) - min(days) + 1))


def _lanes(events: Sequence[Event], as_of: date) -> dict[When, int]:
    """Spans that overlap side by side, each as near to the hairline as it can stand; single days stand on it."""
    found: dict[When, int] = {}
    for one in events:
        if one.when.is_day or one.when in found:
            continue
        near = {lane for other, lane in found.items() if one.when.overlaps(other)}
        found[one.when] = next(lane for lane in range(1, len(near) + 2) if lane not in near)
    return found


def _stop(when: When, events: Sequence[Event], left: float, phrases: Phrases) -> _Stop:
    room = WIDTH - left - 4
    lines = [("date", broken(phrases.date(when), SMALL, room), SMALL)]
    for one in events:
        lines.append(("text", broken(one.text, SIZE, room), SIZE))
        lines += [("word", broken(one.word, SMALL, room), SMALL)] if one.word else []
    height = sum(len(text) * size * LEADING for _, text, size in lines) + GAP
    return _Stop(when, tuple(lines), events[0].circle, height)


def _hairline(frame: _Frame, as_of: date) -> str:
    """The line with a tick where each month or year begins, and a longer one at the day it was drawn up to."""
    drawn = [line([(AXIS, TOP), (AXIS, frame.y(frame.last + 1))], stroke=QUIET)]
    for day in _begin(date.fromordinal(frame.first), date.fromordinal(frame.last)):
        y = frame.y(day.toordinal())
        drawn.append(line([(AXIS - 3, y), (AXIS, y)], stroke=QUIET))
    now = frame.y(as_of.toordinal() + 1)
    return "".join([*drawn, line([(AXIS - 7, now), (AXIS + 7, now)], stroke=QUIET)])


def _begin(first: date, last: date) -> list[date]:
    years = last.year - first.year
    if years > MONTHS:
        return []
    starts = [date(first.year + n // 12, n % 12 + 1, 1) for n in range(12 * (years + 1))]
    months = [day for day in starts if first <= day <= last]
    return months if len(months) <= MONTHS else [day for day in months if day.month == 1]


def _body(stops: Sequence[_Stop], lanes: dict[When, int], frame: _Frame, step: float, left: float) -> tuple[str, float]:
    drawn, free = [], TOP
    for stop in stops:
        start, end = frame.span(stop.when)
        x = AXIS + step * lanes.get(stop.when, 0)
        y = max(free, start)
        drawn.append(line([(x, start), (left - 10, start), (left - 5, y + 2)], stroke=QUIET, width=0.7))
        drawn.append(_mark(stop, x, start, end, step))
        free = y
        for kind, text, size in stop.lines:
            ink = INK if kind == "text" else QUIET
            drawn.append(words(left, free + size * 0.8, text, size, ink, bold=kind == "date"))
            free += len(text) * size * LEADING
        free += GAP
    return "".join(drawn), free


def _mark(stop: _Stop, x: float, start: float, end: float, step: float) -> str:
    """A dot for a single day, a bar as long as its days for anything vaguer, dashed where it is marked as about.

    An arrow stands where a date has no end, or no beginning.
    """
    marks = []
    if not stop.when.is_day:
        dash = "2 2" if stop.when.approximate else ""
        end = max(end, start + LEAST)
        marks.append(line([(x, start), (x, end)], width=min(3, step * 0.7), dash=dash))
        marks += [_arrow(x, start, 6)] if stop.when.earliest is None else []
        marks += [_arrow(x, end, -6)] if stop.when.latest is None and not stop.circle else []
    elif not stop.circle:
        marks.append(circle(x, start, radius=3, closed=True))
    if stop.circle:
        marks.append(circle(x, start if stop.when.is_day else end, radius=4, closed=stop.circle == "closed"))
    return "".join(marks)


def _arrow(x: float, y: float, back: float) -> str:
    return line([(x - 4, y + back), (x, y), (x + 4, y + back)], width=1.5)
