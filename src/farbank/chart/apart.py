"""Labels moved apart, so that none is written over another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

STEP = 4.0


class Label(NamedTuple):
    """Lines of words centred at a point, with the room they take, in points; `y` is where the first is centred."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


def apart(labels: Sequence[Label], height: float) -> list[Label]:
    """The labels in order, each moved up or down as little as lets it stand free within `height` points.

    One for which there is no room anywhere above or below stays where it belongs.
    """
    placed: list[Label] = []
    for label in labels:
        shifts = sorted((STEP * n for n in range(-round(height / STEP), round(height / STEP) + 1)), key=abs)
        moved = (label._replace(y=label.y + shift) for shift in shifts)
        inside = (one for one in moved if 0 <= one.y - 9 and one.y - 9 + one.height <= height)
        free = (one for one in inside if not any(_touch(one, other) for other in placed))
        placed.append(next(free, label))
    return placed


def _touch(a: Label, b: Label) -> bool:
    across = abs(a.x - b.x) < (a.width + b.width) / 2
    return across and a.y < b.y + b.height and b.y < a.y + a.height
