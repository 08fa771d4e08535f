"""The promise calendar: a line for every month in which something falls due, and what became of it."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from itertools import groupby

import msgspec

from farbank.chart.broken import broken
from farbank.chart.svg import INK, LEADING, QUIET, WIDTH, circle, line, noted, picture, words
from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.model.drawings import Drawing, Table

LEFT, RIGHT = 8.0, WIDTH - 8.0
SIZE, SMALL = 13.0, 11.5
TOP, GAP = 6.0, 16.0

Month = tuple[int, int]


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """What was promised, when it falls due, how it came out in `word`, and whether that closes its circle."""

    due: When | None
    text: str
    word: str
    closed: bool = False


def calendar_of(promises: Sequence[Promise], as_of: date, phrases: Phrases, note: str = "") -> Drawing:
    """Draw promises under the months they fall due in, by the last day each can mean; those without a date come last.

    A day is a circle on the line of its month, anything vaguer a bar as long as its days, with the circle at its end.
    """
    ordered = sorted(promises, key=lambda one: (_last(one) or date.max, one.text))
    undated = phrases.say("chart.undated")
    table = Table(
        caption=phrases.say("chart.promises", date=phrases.date(as_of)),
        heads=phrases.several("chart.promises-heads"),
        rows=tuple((_when(one, phrases) or undated, one.text, one.word) for one in ordered),
        note=note,
    )
    drawn, y = [], TOP
    for month, group in groupby(ordered, key=_month):
        name = phrases.date(When(f"{month[0]:04}-{month[1]:02}")) if month else undated
        drawn.append(words(LEFT, y + SIZE, [name], SIZE, bold=True))
        y += SIZE * LEADING + 6
        for one in group:
            part, y = _promise(one, month, y, phrases)
            drawn.append(part)
    under, y = noted(note, y)
    svg = picture("".join([*drawn, under]), y + TOP, table, phrases.language)
    return Drawing(shows="promises", language=phrases.language, svg=svg, table=table)


def _last(one: Promise) -> date | None:
    return one.due.latest if one.due else None


def _month(one: Promise) -> Month | None:
    last = _last(one)
    return (last.year, last.month) if last else None


def _when(one: Promise, phrases: Phrases) -> str:
    return phrases.date(one.due) if one.due else ""


def _promise(one: Promise, month: Month | None, y: float, phrases: Phrases) -> tuple[str, float]:
    drawn = [_strip(one, month, y + 8)] if month else [circle(LEFT, y + 8, closed=one.closed)]
    y += 22
    for text, size, ink in ((_when(one, phrases), SMALL, QUIET), (one.text, SIZE, INK), (one.word, SMALL, QUIET)):
        if text:
            lines = broken(text, size, RIGHT - LEFT)
            drawn.append(words(LEFT, y + size * 0.8, lines, size, ink))
            y += len(lines) * size * LEADING
    return "".join(drawn), y + GAP


def _strip(one: Promise, month: Month, y: float) -> str:
    """The days of the month as one hairline with a tick a week; what began before it comes in from the left."""
    days = calendar.monthrange(*month)[1]
    first = date(*month, 1).toordinal()

    def x(day: int) -> float:
        return LEFT + (RIGHT - LEFT) * (day - first) / days

    drawn = [line([(LEFT, y), (RIGHT, y)], stroke=QUIET)]
    drawn += [line([(x(first + n), y - 3), (x(first + n), y)], stroke=QUIET) for n in range(0, days, 7)]
    due = one.due
    if due is None or due.latest is None:
        return "".join(drawn)
    if not due.is_day:
        start = max(due.earliest.toordinal(), first) if due.earliest else first
        drawn.append(line([(x(start), y), (x(due.latest.toordinal() + 1), y)], width=3))
    drawn.append(circle(x(due.latest.toordinal()) + (RIGHT - LEFT) / days / 2, y, closed=one.closed))
    return "".join(drawn)
