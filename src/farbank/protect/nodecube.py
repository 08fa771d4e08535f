"""The cube extended by the nodes of its hierarchies: how many people any combination of nodes holds is looked up."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from farbank.country.census import PLACE, Axis
from farbank.model.people import Facts
from farbank.protect.counting import aligned
from farbank.protect.population import Cube, Floats, Population

Rows = NDArray[np.intp]

NOBODY = -1
"""The row of a combination that cannot be."""


@dataclass(frozen=True, eq=False)
class Nodes:
    """The nodes of one axis as rows: its leaves in order, then all other sets of leaves that have a node.

    `leaves` says which leaves lie under each row, `both` which row is left of two, NOBODY where none is.
    """

    rows: Mapping[str, int]
    leaves: NDArray[np.bool_]
    both: Rows
    root: int


@dataclass(frozen=True, eq=False)
class NodeCube:
    """`people` has one dimension per axis of `axes`, along which stand the rows of its nodes.

    The axis with most leaves is last, so that the people on all its leaves lie side by side. Figures are float32, right
    to one in a million: what is searched with them is judged by the exact count.
    """

    axes: tuple[str, ...]
    nodes: Mapping[str, Nodes]
    people: Cube

    def count(self, facts: Facts) -> float:
        """How many people fit facts on axes of this cube. Raises KeyError."""
        nodes = self.nodes
        rows = [nodes[axis].rows[facts[axis]] if axis in facts else nodes[axis].root for axis in self.axes]
        return float(self.people[tuple(rows)])

    def meet(self, facts: Iterable[Facts]) -> dict[str, int] | None:
        """Per axis the row of those who fit all the facts; None if there can be nobody. Raises KeyError."""
        found = {axis: self.nodes[axis].root for axis in self.axes}
        for axis, node in (pair for some in facts for pair in some.items()):
            nodes = self.nodes[axis]
            found[axis] = int(nodes.both[found[axis], nodes.rows[node]])
            if found[axis] == NOBODY:
                return None
        return found

    def taken(self, rows: Mapping[str, Rows]) -> Floats:
        """The people of every combination of rows, one dimension per axis; nobody in the row NOBODY."""
        *first, last = (rows[axis] for axis in self.axes)
        beside = last.size > 1 and last[0] != NOBODY and bool((np.diff(last) == 1).all())
        found = self.people[..., last[0] : last[-1] + 1] if beside else self.people
        found = found[np.ix_(*first)] if beside else found[np.ix_(*first, last)]
        people: Floats = found.astype(np.float64)
        for axis in self.axes:
            if (rows[axis] == NOBODY).any():
                people *= aligned(rows[axis] != NOBODY, (axis,), self.axes)
        return people


_REMEMBERED: WeakKeyDictionary[Population, NodeCube] = WeakKeyDictionary()


def nodecube(population: Population, axes: Container[str]) -> NodeCube:
    """The node cube over the place and at least those axes: made when first asked for, wider when more is asked."""
    known = _REMEMBERED.get(population)
    before = known.axes if known is not None else (PLACE,)
    wanted = [axis for axis in population.axes if axis in axes or axis in before]
    if known is None or len(wanted) > len(before):
        known = _REMEMBERED[population] = _built(population, wanted)
    return known


def _built(population: Population, axes: list[str]) -> NodeCube:
    nodes = {axis: _nodes(population, population.axes[axis]) for axis in axes}
    order = sorted(axes, key=lambda axis: nodes[axis].leaves.shape[1])
    people = np.asarray(population.over(axes)).transpose([axes.index(axis) for axis in order]).astype(np.float32)
    for dimension in reversed(range(len(order))):
        sums = nodes[order[dimension]].leaves.astype(np.float32)
        before, after = people.shape[:dimension], people.shape[dimension + 1 :]
        # One product per combination of the axes before, all the axes after at once.
        people = np.matmul(sums, people.reshape(*before, sums.shape[1], -1)).reshape(*before, len(sums), *after)
    people.flags.writeable = False
    return NodeCube(tuple(order), nodes, people)


def _nodes(population: Population, axis: Axis) -> Nodes:
    masks = population.masks[axis.id]
    known = {masks[leaf].tobytes(): row for row, leaf in enumerate(axis.leaves)}
    rows = {node: known.setdefault(mask.tobytes(), len(known)) for node, mask in masks.items()}
    leaves = np.zeros((len(known), len(axis.leaves)), bool)
    for node, row in rows.items():
        leaves[row] = masks[node]
    shared = leaves.astype(np.intp) @ leaves.T.astype(np.intp)
    own = np.diag(shared)
    one, other = np.indices(shared.shape)
    # Of two nodes of a tree one holds the other, or they share nobody.
    both = np.where(shared == own[:, None], one, np.where(shared == own, other, NOBODY))
    return Nodes(rows, leaves, both, rows[axis.root])
