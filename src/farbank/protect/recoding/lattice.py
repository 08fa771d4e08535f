"""Every way to recode a table to one level per column, what each loses, and how they lie above one another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from farbank.protect.errors import LatticeTooLarge
from farbank.protect.recoding.hierarchy import Hierarchy, Ints

Floats = NDArray[np.float64]

Node = tuple[int, ...]
"""A level per column."""

MOST = 1_000_000
"""Nodes of a lattice that can be searched: the search holds every one, once per k."""

COLUMNS = 60
"""Columns of a table that can be searched: a lattice has a dimension for each, and numpy has 64."""


class Lattice:
    """The nodes over a table of leaf numbers, (rows, columns). Raises LatticeTooLarge.

    `shape` is the number of levels per column, `losses` the mean loss over all rows and cells of each node before any
    row is left out; it never falls on the way up.
    """

    def __init__(self, table: Ints, hierarchies: Sequence[Hierarchy]) -> None:
        self.shape = tuple(len(known.values) for known in hierarchies)
        if math.prod(self.shape) > MOST or len(self.shape) > COLUMNS:
            raise LatticeTooLarge(
                f"{math.prod(self.shape):,} nodes over {len(self.shape)} columns; at most {MOST:,} over {COLUMNS} can "
                "be searched exactly: leave out columns or levels"
            )
        self.rows = len(table)
        columns = list(zip(table.T, hierarchies, strict=True))
        self._costs = [_costs(column, known, max(table.size, 1)) for column, known in columns]
        self.losses: Floats = reduce(np.add.outer, [np.array(costs, float) for costs in self._costs], np.zeros(()))
        told = [enumerate(_told(column, known)) for column, known in columns]
        self._steps = sorted((lost, column, level) for column, steps in enumerate(told) for level, lost in steps)

    def loss(self, node: Node, suppressed: int) -> Fraction:
        """The exact loss of a node that leaves out so many rows, each counted as lost whole."""
        mean = sum((costs[level] for costs, level in zip(self._costs, node, strict=True)), Fraction())
        share = Fraction(suppressed, max(self.rows, 1))
        return mean * (1 - share) + share

    def up(self, node: Node) -> list[Node]:
        """A way from a node to the top, a step in one column at a time; the steps that tell least go first."""
        here, way = list(node), [node]
        for _, column, level in self._steps:
            if level >= node[column]:
                here[column] += 1
                way.append(tuple(here))
        return way


def _costs(column: Ints, known: Hierarchy, cells: int) -> list[Fraction]:
    """What each level of a column adds to the mean loss."""
    return [Fraction(int(others[column].sum()), known.span * cells) for others in known.others]


def _told(column: Ints, known: Hierarchy) -> list[float]:
    """Per level but the last, how much a row tells by standing there rather than one level up, in bits."""
    shares = [np.bincount(level[column]) / max(len(column), 1) for level in known.values]
    bits = [float((share[share > 0] * np.log2(share[share > 0])).sum()) for share in shares]
    return np.diff(bits).tolist()
