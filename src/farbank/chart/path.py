"""An order's way down the hierarchy: who gave it, through whom it came, and what nobody knows drawn as unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from farbank.chart.broken import broken
from farbank.chart.svg import INK, LEADING, QUIET, WIDTH, circle, line, picture, words
from farbank.country.phrases import Phrases
from farbank.model.drawings import Drawing, Table

Link = Literal["first", "told", "unknown", "untold"]
"""How one comes to a step. first: it begins there. told: as somebody told the desk. unknown: nobody knows. untold: the
page does not say, whatever is known."""

AXIS, LEFT = 9.0, 30.0
SIZE, SMALL = 13.0, 11.5
TOP, GAP, HEAD = 8.0, 14.0, 26.0


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a way: the `rank` it is of, `who` stands there, and `how` it came there, in words."""

    rank: str
    who: str
    link: Link
    how: str = ""
    known: bool = True
    """Whether it is known who stands there; of an unknown the circle is broken."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """Steps from the top down, under a `name` where there are several ways."""

    steps: tuple[Step, ...]
    name: str = ""


def path(order: str, ways: Sequence[Way], phrases: Phrases) -> Drawing:
    """Draw the ways of `order`, one under the other, each from the top down."""
    heads = phrases.several("chart.path-heads")
    named = any(way.name for way in ways)
    table = Table(
        caption=phrases.say("chart.path", order=order),
        heads=heads if named else heads[1:],
        rows=tuple(
            ((way.name,) if named else ()) + (step.rank, step.who, step.how) for way in ways for step in way.steps
        ),
    )
    lines = broken(table.caption, SIZE, WIDTH - 8)
    drawn = [words(2, TOP + SIZE, lines, SIZE, bold=True)]
    y = TOP + len(lines) * SIZE * LEADING + GAP
    for way in ways:
        part, y = _way(way, y)
        drawn.append(part)
    svg = picture("".join(drawn), y, table, phrases.language)
    return Drawing(shows="path", language=phrases.language, svg=svg, table=table)


def _way(way: Way, y: float) -> tuple[str, float]:
    drawn, before = [], 0.0
    if way.name:
        drawn.append(words(2, y + SMALL, broken(way.name, SMALL, WIDTH - 8), SMALL, QUIET))
        y += len(broken(way.name, SMALL, WIDTH - 8)) * SMALL * LEADING + GAP
    for at, step in enumerate(way.steps):
        if step.how:
            how = broken(step.how, SMALL, WIDTH - LEFT - 8)
            drawn.append(words(LEFT, y + SMALL, how, SMALL, QUIET))
            y += len(how) * SMALL * LEADING + GAP / 2
        if at:
            dash = "" if step.link == "told" else "2 4" if step.link == "untold" else "5 4"
            drawn.append(line([(AXIS, before + 5), (AXIS, y + 3)], dash=dash))
        part, before, y = _step(step, y)
        drawn.append(part)
    return "".join(drawn), y + HEAD - GAP


def _step(step: Step, y: float) -> tuple[str, float, float]:
    """Its circle and words, where the circle stands, and where the next link begins."""
    middle = y + 8
    drawn = [circle(AXIS, middle, closed=step.known, dash="" if step.known else "2 2")]
    if step.rank:
        rank = broken(step.rank, SMALL, WIDTH - LEFT - 8)
        drawn.append(words(LEFT, y + SMALL, rank, SMALL, QUIET, bold=True))
        y += len(rank) * SMALL * LEADING
    who = broken(step.who, SIZE, WIDTH - LEFT - 8)
    drawn.append(words(LEFT, y + SIZE, who, SIZE, INK))
    return "".join(drawn), middle, y + len(who) * SIZE * LEADING + GAP
