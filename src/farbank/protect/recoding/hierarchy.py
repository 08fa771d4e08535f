"""How one column of a table is made vaguer, level by level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from farbank.protect.errors import NotAHierarchy, UnknownLeaf

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """The value each leaf takes at each level; make it with `hierarchy`, which checks it.

    `values` is (levels, leaves): values of a level are numbered from 0, level 0 is the leaves themselves, and leaves
    that share a value share every value above it. `name` stands in errors.
    """

    name: str
    leaves: tuple[str, ...]
    values: Ints

    @cached_property
    def others(self) -> Ints:
        """How many other leaves share each leaf's value, (levels, leaves); over `span` it is the leaf's loss."""
        return np.array([np.bincount(level)[level] - 1 for level in self.values])

    @property
    def span(self) -> int:
        """How many other leaves there are: what a value that says nothing stands for. At least 1, to divide by."""
        return max(len(self.leaves) - 1, 1)

    def codes(self, column: Iterable[str]) -> Ints:
        """The numbers of the leaves in a column. Raises UnknownLeaf."""
        numbers = {leaf: number for number, leaf in enumerate(self.leaves)}
        try:
            return np.array([numbers[leaf] for leaf in column], np.int64)
        except KeyError as unknown:
            raise UnknownLeaf(f"{self.name}: no line begins with {unknown}, which a row says") from None


def hierarchy(lines: Iterable[Sequence[str]], name: str = "hierarchy") -> Hierarchy:
    """Read a hierarchy: a line per leaf, the leaf first, then its value at each level. Raises NotAHierarchy.

    The same word at two levels is two values, the same line twice is one.
    """
    table = list(dict.fromkeys(tuple(line) for line in lines))
    if len({len(line) for line in table}) != 1 or not table[0]:
        raise NotAHierarchy(f"{name}: every line must have the same number of levels, and one at least")
    columns = list(zip(*table, strict=True))
    if len(set(columns[0])) != len(table):
        raise NotAHierarchy(f"{name}: a leaf stands on two lines that differ")
    for level, (finer, coarser) in enumerate(pairwise(columns), 1):
        if len(set(zip(finer, coarser, strict=True))) != len(set(finer)):
            raise NotAHierarchy(f"{name}: level {level} splits what the level below it had made one")
    return Hierarchy(name, columns[0], np.array([_numbered(column) for column in columns]))


def _numbered(column: Sequence[str]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in column]
