"""The tables of two catalogues compared, row by row."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import msgspec

Row = tuple[object, ...]


class Differs(msgspec.Struct, frozen=True):
    """A key under which two tables do not hold the same, and the row of each, None where it has none."""

    key: Row
    told: Row | None
    mine: Row | None


def differing(told: Iterable[Row], mine: Iterable[Row], width: int) -> Iterator[Differs]:
    """Where two tables differ that come in the order of their keys, the first `width` columns."""
    merged = heapq.merge(_keyed(told, 0, width), _keyed(mine, 1, width), key=itemgetter(0))
    for _, rows in groupby(merged, itemgetter(0)):
        found = {side: row for _, side, row in rows}
        if found.get(0) != found.get(1):
            yield Differs(next(iter(found.values()))[:width], found.get(0), found.get(1))


def _keyed(rows: Iterable[Row], side: int, width: int) -> Iterator[tuple[list[object], int, Row]]:
    for row in rows:
        yield [_rank(value) for value in row[:width]], side, row


def _rank(value: object) -> tuple[int, object]:
    """As SQLite sorts: nothing, numbers, texts, bytes."""
    return (0 if value is None else 1 if isinstance(value, int | float) else 2 if isinstance(value, str) else 3, value)
