"""The population model: one count per kind of person, fitted to everything the country pack knows."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from farbank.country.census import PLACE, Axis, Marginal, PopulationData
from farbank.country.places import NOISE
from farbank.model.errors import MissingReference
from farbank.model.people import Facts
from farbank.model.sizes import Basis
from farbank.protect.errors import MarginalsDisagree, NobodyFits, UnknownFact

Floats = NDArray[np.float64]
Cube = NDArray[np.float32]

ROUNDS = 60
"""At most so many rounds of fitting; the shipped figures settle in about ten."""

SETTLED = 1e-4
"""Fitting stops once no figure is off by more than this share."""

TOLERATED = 0.01
"""Figures still off by more than this share after the last round contradict each other."""


@dataclass(frozen=True, eq=False)
class Population:
    """The fitted model. `cube` counts people per combination of leaves, one dimension per axis of `data`.

    `hash` is the SHA-256 of the data it was fitted to, in hexadecimal; it stands with every verdict.
    """

    data: PopulationData
    cube: Cube
    hash: str

    @cached_property
    def axes(self) -> dict[str, Axis]:
        """The axes by id, in the cube's order."""
        return {axis.id: axis for axis in self.data.axes}

    @cached_property
    def persons(self) -> float:
        """How many people there are."""
        return float(self.cube.sum(dtype=np.float64))

    @cached_property
    def masks(self) -> dict[str, dict[str, NDArray[np.bool_]]]:
        """Per axis and node, which leaves lie under it; a node inside a leaf stands for that leaf."""
        return {axis.id: _masks(axis) for axis in self.data.axes}

    @cached_property
    def noise(self) -> dict[str, Floats]:
        """Per axis, the standard deviation of each leaf's figure on the log scale."""
        return {axis.id: _noise(axis, self.data.marginals) for axis in self.data.axes}

    @cached_property
    def _shares(self) -> dict[str, dict[str, Floats]]:
        """The masks of nodes that leave somebody out, as ones and zeros."""
        some = {
            axis: {node: mask for node, mask in nodes.items() if not mask.all()} for axis, nodes in self.masks.items()
        }
        return {
            axis: {node: _fixed(mask.astype(float)) for node, mask in nodes.items()} for axis, nodes in some.items()
        }

    @cached_property
    def _sums(self) -> dict[tuple[str, ...], Floats | Cube]:
        return {tuple(self.axes): self.cube}

    @cached_property
    def satellites(self) -> dict[str, tuple[str, Floats]]:
        """The axis of each satellite by id, and the share of each leaf's people it fits."""
        return {
            each.id: (
                each.axis,
                _fixed(np.array([each.weights.get(leaf, 0.0) for leaf in self.axes[each.axis].leaves])),
            )
            for each in self.data.satellites
        }

    def over(self, axes: Container[str]) -> Floats | Cube:
        """The people per combination of leaves of some axes, in the cube's order; not to be changed.

        Every sum is kept, so that a fact nobody mentions is summed over once: Π(leaves + 1) figures at most, all told.
        """
        kept = tuple(axis for axis in self.axes if axis in axes)
        if kept not in self._sums:
            last = min((a for a in self.axes if a not in kept), key=lambda axis: len(self.axes[axis].leaves))
            around = (*kept, last)
            dimension = [axis for axis in self.axes if axis in around].index(last)
            self._sums[kept] = _fixed(np.asarray(self.over(around).sum(axis=dimension, dtype=np.float64)))
        return self._sums[kept]

    def modelled(self, axis: str, leaves: NDArray[np.bool_]) -> bool:
        """Whether any of those leaves rests on a modelled figure."""
        return bool((self.noise[axis][leaves] >= NOISE["modelled"]).any())

    def mask(self, axis: str, node: str) -> NDArray[np.bool_]:
        """Which leaves lie under a node. Raises UnknownFact."""
        try:
            return self.masks[axis][node]
        except KeyError:
            raise UnknownFact(
                f"the population knows no {node!r} on the axis {axis!r}; use a node of the pack"
            ) from None

    def share(self, axis: str, node: str) -> Floats | None:
        """Which leaves lie under a node, as ones and zeros not to be changed; None if all do. Raises UnknownFact."""
        self.mask(axis, node)
        return self._shares[axis].get(node)

    def meet(self, *facts: Facts) -> Facts:
        """All the facts at once: of two nodes on one axis the finer. Raises UnknownFact, NobodyFits."""
        found: Facts = {}
        for axis, node in (pair for some in facts for pair in some.items()):
            self.mask(axis, node)
            other = found.get(axis, node)
            upwards = self.axes[axis].upwards
            if other not in upwards(node) and node not in upwards(other):
                raise NobodyFits(f"nobody is both {other} and {node}; one of the two is wrong")
            found[axis] = node if other in upwards(node) else other
        return found


def fit(data: PopulationData) -> Population:
    """Fit the cube to every marginal by iterative proportional fitting; structural zeros stay zero.

    Raises MarginalsDisagree if the figures cannot all be true, MissingReference for a node no axis has.
    """
    axes = {axis.id: axis for axis in data.axes}
    total = sum(data.marginals[0].counts.values())
    targets = [_target(marginal, axes, total) for marginal in data.marginals]
    cube = _possible(data)
    for _ in range(ROUNDS):
        if max(_scale(cube, dimensions, target) for dimensions, target in targets) < SETTLED:
            break
    for marginal, (dimensions, target) in zip(data.marginals, targets, strict=True):
        if _scale(cube, dimensions, target) > TOLERATED:
            raise MarginalsDisagree(f"the figures for {' and '.join(marginal.axes)} contradict the others")
    return Population(data, cube, digest(data))


def digest(data: PopulationData) -> str:
    """SHA-256 over axes, figures, zeros, satellites and order, in hexadecimal."""
    state = hashlib.sha256()
    for line in _lines(data):
        state.update(line.encode() + b"\n")
    return state.hexdigest()


def _lines(data: PopulationData) -> Iterator[str]:
    for axis in data.axes:
        yield repr((axis.id, axis.leaves, sorted(axis.parents.items())))
    for marginal in data.marginals:
        yield repr((marginal.axes, sorted(marginal.counts.items()), sorted(marginal.basis.items()), marginal.year))
    yield from (repr(sorted(zero.items())) for zero in data.zeros)
    yield from (repr((s.id, s.axis, sorted(s.weights.items()), s.basis)) for s in data.satellites)
    yield repr((data.order, data.contacts))


def _target(marginal: Marginal, axes: dict[str, Axis], total: float) -> tuple[tuple[int, ...], Floats]:
    """The dimensions a marginal keeps, and its counts as an array, brought to the same total as the first."""
    where = [{leaf: number for number, leaf in enumerate(axes[id].leaves)} for id in marginal.axes]
    target = np.zeros([len(leaves) for leaves in where])
    for key, count in marginal.counts.items():
        target[tuple(leaves[leaf] for leaves, leaf in zip(where, key, strict=True))] = count
    order = list(axes)
    return tuple(order.index(id) for id in marginal.axes), target * (total / target.sum())


def _scale(cube: Cube, kept: Sequence[int], target: Floats) -> float:
    """Bring the cube to one marginal, in place; return how far off it was, as the largest share of a figure."""
    others = tuple(d for d in range(cube.ndim) if d not in kept)
    held: Floats | Cube = cube
    for dimension in others:  # one after the other: long runs are then added to long runs, which is twice as fast
        held = held.sum(axis=dimension, dtype=np.float64, keepdims=True)
    held = held.reshape(target.shape)
    factor = np.divide(target, held, out=np.zeros_like(target), where=held > 0)
    unreachable = bool(((held == 0) & (target > 0)).any())
    shape = [size if d in kept else 1 for d, size in enumerate(cube.shape)]
    cube *= factor.reshape(shape).astype(np.float32)
    return float("inf") if unreachable else float(np.abs(factor - 1, where=target > 0, out=np.zeros_like(target)).max())


def _possible(data: PopulationData) -> Cube:
    """One where a combination can occur, zero where it cannot."""
    cube = np.ones([len(axis.leaves) for axis in data.axes], np.float32)
    masks = {axis.id: _masks(axis) for axis in data.axes}
    for zero in data.zeros:
        if unknown := set(zero) - set(masks):
            raise MissingReference(f"the population's zeros name an axis it has not: {', '.join(sorted(unknown))}")
        never = [
            np.logical_or.reduce([masks[axis.id][node] for node in zero.get(axis.id, (axis.root,))])
            for axis in data.axes
        ]
        cube[np.ix_(*never)] = 0
    return cube


def _masks(axis: Axis) -> dict[str, NDArray[np.bool_]]:
    masks: dict[str, NDArray[np.bool_]] = {}
    for number, leaf in enumerate(axis.leaves):
        for node in axis.upwards(leaf):
            masks.setdefault(node, np.zeros(len(axis.leaves), bool))[number] = True
    for node in axis.parents:  # a place invented inside a leaf is counted as all of that leaf
        if node not in masks:
            masks[node] = next(masks[around] for around in axis.upwards(node) if around in masks)
    return masks


def _fixed(figures: Floats) -> Floats:
    """The figures, safe to hand out twice."""
    figures.flags.writeable = False
    return figures


def _noise(axis: Axis, marginals: Sequence[Marginal]) -> Floats:
    """A leaf is known as well as the worst figure it rests on; a leaf nobody counted is modelled."""
    worst: dict[str, Basis] = {}
    for marginal in marginals:
        # A table of places and posts says how well the posts are known; the places have a marginal of their own.
        if marginal.axes[-1] != axis.id or (axis.id == PLACE and len(marginal.axes) > 1):
            continue
        for key, basis in marginal.basis.items():
            known = worst.get(key[-1], basis)
            worst[key[-1]] = max(known, basis, key=NOISE.__getitem__)
    return np.array([NOISE[worst.get(leaf, "modelled")] for leaf in axis.leaves])
