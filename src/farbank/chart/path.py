"""An order's way down the hierarchy: who gave it, through whom it came, and what nobody knows drawn as unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from farbank.chart.broken import broken
from farbank.chart.svg import INK, LEADING, QUIET, WIDTH, circle, line, noted, picture, words
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
    """The steps by which an `order` came, from the top down."""

    order: str
    steps: tuple[Step, ...]


def path(ways: Sequence[Way], phrases: Phrases, note: str = "") -> Drawing:
    """Draw ways, one under the other, each from the top down; `note` stands under all of them."""
    table = Table(
        caption=phrases.say("chart.path"),
        heads=phrases.several("chart.path-heads"),
        rows=tuple((way.order, step.rank, step.who, step.how) for way in ways for step in way.steps),
        note=note,
    )
    drawn, y = [], TOP
    for way in ways:
        part, y = _way(way, y)
        drawn.append(part)
    under, y = noted(note, y)
    svg = picture("".join([*drawn, under]), y, table, phrases.language)
    return Drawing(shows="path", language=phrases.language, svg=svg, table=table)


def _way(way: Way, y: float) -> tuple[str, float]:
    name = broken(way.order, SIZE, WIDTH - 8)
    drawn, before = [words(2, y + SIZE, name, SIZE, bold=True)], 0.0
    y += len(name) * SIZE * LEADING + GAP
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
