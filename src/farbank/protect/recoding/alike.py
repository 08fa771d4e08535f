"""Which rows of a table look alike once its columns are made vaguer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from farbank.protect.recoding.hierarchy import Hierarchy, Ints
from farbank.protect.recoding.lattice import Floats, Node

SPARSE = 16
"""Keys spread over more than so many times their number are renumbered by sorting, which then beats empty cells."""

HELD = 2**24
"""Numbers held for reuse, once of classes and once of columns: 400 MB together if all are taken."""

Numbered = tuple[Ints, int]
"""Numbers below the second value, one for each row; rows with the same number say the same."""


@dataclass(frozen=True, eq=False)
class Classes:
    """Rows that look alike: `one` row of each class, and its `sizes`, whole numbers (as floats they add faster)."""

    one: Ints
    sizes: Floats

    def smaller(self, ks: Ints) -> Ints:
        """For each k, at least 1, how many rows stand in classes of fewer than k."""
        most = int(ks.max(initial=1))
        rows = np.bincount(np.minimum(self.sizes, most).astype(np.int64), self.sizes, most + 1)
        return rows.cumsum().astype(np.int64)[ks - 1]


class Grouping:
    """The classes of a table of leaf numbers, (rows, columns), at any node: each merged from those of a finer one."""

    def __init__(self, table: Ints, hierarchies: Sequence[Hierarchy]) -> None:
        columns = list(zip(table.T, hierarchies, strict=True))
        rows = Classes(np.arange(len(table)), np.ones(len(table)))
        whole = reduce(_both, [(column, len(known.leaves)) for column, known in columns], (np.zeros_like(rows.one), 1))
        finest = _merged(rows, *whole)
        # Rows that agree in everything are one from here on.
        self._levels = [known.values[:, column[finest.one]] for column, known in columns]
        self._rows = len(finest.one)
        self._nodes = np.zeros((1, len(columns)), np.int32)
        self._found = [Classes(np.arange(self._rows), finest.sizes)]
        self._said: dict[tuple[int, Node], Numbered] = {}
        self._room = HELD

    def at(self, node: Node) -> Classes:
        """The classes of a node, merged from the fewest found so far at a finer one; `one` counts distinct rows."""
        finer = np.flatnonzero((self._nodes <= node).all(1))
        source = min((self._found[number] for number in finer), key=lambda classes: len(classes.one))
        half = len(node) // 2
        (left, lefts), (right, rights) = self._say(0, node[:half]), self._say(half, node[half:])
        found = _merged(source, left.take(source.one) * rights + right.take(source.one), lefts * rights)
        # Half as many are worth holding; of more, a scan of what is held costs as much as it saves.
        if 2 * len(found.one) <= len(source.one) and len(found.one) <= self._room:
            self._room -= len(found.one)
            self._found.append(found)
            self._nodes = np.vstack([self._nodes, np.array(node, np.int32)])
        return found

    def _say(self, first: int, levels: Node) -> Numbered:
        """The distinct rows numbered by what they say in the columns from `first` on.

        Put together from halves, so that nodes which differ in one column share most of the work.
        """
        if (first, levels) in self._said:
            return self._said[first, levels]
        half = len(levels) // 2
        if half:
            found = _both(self._say(first, levels[:half]), self._say(first + half, levels[half:]))
        elif levels:
            values = self._levels[first][levels[0]]
            found = _dense(values, int(values.max(initial=0)) + 1)
        else:
            found = np.zeros(self._rows, np.int64), 1
        if len(self._said) * self._rows < HELD:
            self._said[first, levels] = found
        return found


def _both(one: Numbered, other: Numbered) -> Numbered:
    """Numbered by what two say together; two numbers below 2³¹ fit a key of 64 bits."""
    return _dense(one[0] * other[1] + other[0], one[1] * other[1])


def _dense(keys: Ints, space: int) -> Numbered:
    """Renumbered from 0 without a gap, in order."""
    if space > SPARSE * len(keys):
        known, numbers = np.unique(keys, return_inverse=True)
        return numbers, len(known)
    present = np.zeros(space, np.int64)
    present[keys] = 1
    upto = present.cumsum()
    return upto[keys] - 1, int(present.sum())


def _merged(classes: Classes, keys: Ints, space: int) -> Classes:
    """The classes, those with the same key made one."""
    if space > SPARSE * len(keys):
        keys, space = _dense(keys, space)
    sizes = np.bincount(keys, classes.sizes, space)
    one = np.empty(space, np.int64)
    one[keys] = classes.one
    found = np.flatnonzero(sizes > 0)
    return Classes(one[found], sizes[found].astype(np.float64, copy=False))
