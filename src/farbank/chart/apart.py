"""Labels moved apart, so that none is written over another."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import NamedTuple

STEP = 4.0
HALF = 9.0
"""Points a label reaches above the middle of its first line."""

_SHIFTS = sorted(
    ((STEP * x, STEP * y) for x in range(-12, 13) for y in range(-25, 26)), key=lambda by: (hypot(*by), by)
)


class Label(NamedTuple):
    """Lines of words centred at a point, with the room they take, in points; `y` is where the first is centred."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


def apart(labels: Sequence[Label], width: float, height: float) -> list[Label]:
    """The labels in order, each moved as little as lets it stand free within `width` by `height` points.

    One for which there is no room anywhere near stays where it belongs.
    """
    placed: list[Label] = []
    for label in labels:
        moved = (label._replace(x=label.x + dx, y=label.y + dy) for dx, dy in _SHIFTS)
        inside = (one for one in moved if _within(one, width, height))
        free = (one for one in inside if not any(_touch(one, other) for other in placed))
        placed.append(next(free, label))
    return placed


def _within(one: Label, width: float, height: float) -> bool:
    return one.width / 2 <= one.x <= width - one.width / 2 and 0 <= one.y - HALF <= height - one.height


def _touch(a: Label, b: Label) -> bool:
    across = abs(a.x - b.x) < (a.width + b.width) / 2
    return across and a.y < b.y + b.height and b.y < a.y + a.height
