"""The least lossy way to recode a whole table so that nobody stands in it alone.

Every column is made vaguer to one level for all rows (full-domain generalisation), and rows that still stand in classes
of fewer than k are left out. The loss of a node of the lattice is m(1−s)+s: m the mean over all rows and cells of
(leaves under the value − 1)/(leaves − 1), s the share of rows left out, which may not exceed a limit.

The search is exact. On the way up classes only merge: m never falls and s never rises. So the s of a node is least for
every finer one, and with their own m a bound on their loss. The search ends when every node not counted is bounded
above the limit or above the best loss found. Floats only rule out, by a margin far above their error; the choice among
what is left is made in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from farbank.protect.errors import UnknownLeaf
from farbank.protect.recoding.alike import Grouping
from farbank.protect.recoding.hierarchy import Hierarchy, Ints
from farbank.protect.recoding.lattice import Floats, Lattice, Node

MARGIN = 1e-9
"""Losses closer than this are compared in whole numbers; the sums of floats here are off by far less."""

SPREAD = 16
"""Nodes ruled out between two looks at the whole lattice: a look costs as much as counting one."""


@dataclass(frozen=True)
class Recoding:
    """A node, its loss between 0 and 1, and how many rows it leaves out."""

    node: Node
    loss: float
    suppressed: int


def recode(
    table: Ints, hierarchies: Sequence[Hierarchy], *, ks: Sequence[int], limits: Sequence[float]
) -> dict[tuple[int, float], Recoding | None]:
    """For every k and limit on the share of rows left out, the recoding of least loss, or None if none suffices.

    `table` is (rows, columns) of leaf numbers. Of equal losses the one that leaves out fewer rows is taken, then the
    one finer in the first column where they differ. Raises LatticeTooLarge, UnknownLeaf.
    """
    for column, known in zip(table.T, hierarchies, strict=True):
        if column.size and not 0 <= column.min() <= column.max() < len(known.leaves):
            raise UnknownLeaf(f"{known.name}: a row holds a number that is no leaf; make numbers with codes")
    counts = _Counts(Lattice(table, hierarchies), Grouping(table, hierarchies), sorted(set(ks)))
    # A large k is settled on coarse nodes, and what is counted for it serves the smaller ones.
    found = {(k, limit): _Question(counts, k, limit).answer() for k in counts.ks[::-1] for limit in sorted(set(limits))}
    return {(k, limit): found[k, limit] for k in ks for limit in limits}


class _Counts:
    """Rows left out, per k and node: `low` of them at least, and exactly so many where `counted`."""

    def __init__(self, lattice: Lattice, grouping: Grouping, ks: Sequence[int]) -> None:
        self.lattice = lattice
        self.grouping = grouping
        self.ks = ks
        self.sizes = np.clip(np.array(ks, np.int64), 1, lattice.rows + 1)  # what lies beyond changes nothing
        self.low = np.zeros((*lattice.shape, len(ks)), np.int64)
        self.counted = np.zeros(lattice.shape, bool)
        self.count(tuple(levels - 1 for levels in lattice.shape))

    def count(self, node: Node) -> None:
        """Count a node, if it was not; no finer one leaves out fewer rows."""
        if self.counted[node]:
            return
        self.counted[node] = True
        rows = self.grouping.at(node).smaller(self.sizes)
        finer = self.low[tuple(slice(level + 1) for level in node)]
        np.maximum(finer, rows, out=finer)


class _Question:
    """One k and one limit, and the least loss found for them so far."""

    def __init__(self, counts: _Counts, k: int, limit: float) -> None:
        self.counts = counts
        self.lattice = counts.lattice
        self.low = counts.low[..., counts.ks.index(k)]
        self.rows = max(self.lattice.rows, 1)
        self.limit = limit
        self.least = np.inf

    def answer(self) -> Recoding | None:
        """Rule out nodes until only counted ones are left, and choose."""
        if self.low.flat[-1] == self.lattice.rows > 0:  # the top leaves out everybody, so all nodes are equally bad
            everybody = Recoding((0,) * self.low.ndim, 1.0, self.lattice.rows)
            return everybody if self.limit >= 1 else None
        while True:
            bounds = self.bound(self.lattice.losses, self.low)
            self.least = float(bounds[self.counts.counted].min())
            if np.isinf(self.least):
                return None  # the top, which leaves out the fewest, leaves out too many
            likely = bounds <= self.least + MARGIN
            left = np.argwhere(likely & ~self.counts.counted)
            if not len(left):
                return self.choice(np.argwhere(likely))
            for node in left[:: -(-len(left) // SPREAD)].tolist():
                self.rule_out(tuple(node))

    def bound(self, mean: Floats, low: Ints) -> Floats:
        """The least that nodes with these m lose, leaving out so many rows or more; infinite above the limit."""
        share = low / self.rows
        return np.where(share <= self.limit, mean * (1 - share) + share, np.inf)

    def rule_out(self, node: Node) -> None:
        """Count the coarsest node on the way up that rules this one out; if none does, this one itself.

        The coarser it is the more lies below it and is ruled out with it, and the fewer classes it has to count.
        """
        if self.ruled_out(node, by=node):
            return
        way = self.lattice.up(node)
        rules, does_not = -1, len(way) - 1
        while does_not - rules > 1:
            middle = (rules + does_not) // 2
            self.counts.count(way[middle])
            if self.ruled_out(node, by=way[middle]):
                rules = middle
            else:
                does_not = middle

    def ruled_out(self, node: Node, by: Node) -> bool:
        """Whether a node loses too much even if it leaves out no more rows than `by`, itself or one above it."""
        return bool(self.bound(self.lattice.losses[node], self.low[by]) > self.least + MARGIN)

    def choice(self, nodes: Ints) -> Recoding | None:
        """The best of counted nodes whose losses are too close for floats."""
        exact = []
        for node in map(tuple, nodes.tolist()):
            rows = int(self.low[node])
            exact.append((self.lattice.loss(node, rows), rows, node))
        loss, rows, node = min(exact)
        return Recoding(node, float(loss), rows)
