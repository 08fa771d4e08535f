"""What earlier editions gave away of one person, folded so that checking costs the same after two or two thousand."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from farbank.model import codec
from farbank.model.people import Audience, Facts
from farbank.model.releases import Release
from farbank.model.text import Slug
from farbank.protect import counting
from farbank.protect.counting import Factor
from farbank.protect.population import Floats, Population

Ends = tuple[float, float, float]
"""A number at the low end, in the middle, at the high end."""


@dataclass(frozen=True, eq=False)
class Known:
    """What all they knew leaves of each cell of `axes`, one dimension each, in the population's order.

    `low` takes what was known in one story as unrelated to what was known in the next, so that few know both, `high` as
    nested; `apart` and `nested` are the same two for the sizes as they stand.
    """

    axes: tuple[str, ...] = ()
    low: Floats = field(default_factory=lambda: np.ones(()))
    apart: Floats = field(default_factory=lambda: np.ones(()))
    nested: Floats = field(default_factory=lambda: np.ones(()))
    high: Floats = field(default_factory=lambda: np.ones(()))

    @cached_property
    def shares(self) -> tuple[Factor, Factor, Factor]:
        """The low end, the middle (the geometric mean of both ways to put them side by side), and the high end."""
        ends = (self.low, np.sqrt(self.apart * self.nested), self.high)
        low, mid, high = (Factor(self.axes, np.asarray(end)) for end in ends)
        return low, mid, high

    def also(self, axes: tuple[str, ...], low: Floats, mid: Floats, high: Floats, order: Iterable[str]) -> Known:
        """One thing more that they knew, in shares of each cell of its own `axes`; both in the `order` of all axes."""
        every = tuple(axis for axis in order if axis in self.axes or axis in axes)
        before = (_spread(end, self.axes, every) for end in (self.low, self.apart, self.nested, self.high))
        new = (_spread(end, axes, every) for end in (low, mid, mid, high))
        ways = (np.multiply, np.multiply, np.minimum, np.minimum)
        return Known(every, *(np.asarray(way(*pair)) for way, *pair in zip(ways, before, new, strict=True)))


@dataclass(frozen=True)
class Past:
    """Everything earlier releases say of one token, as if a reader had put them side by side.

    `nodes` are the finest nodes per axis, `described` those that stood in print as a description; `known` is what is
    left of each cell by all they were known to know and by the kinds of people they must be of, `heard` and `alike` say
    which those are. `link` is the largest probability of any release being tied to the others.
    """

    releases: int = 0
    nodes: dict[str, tuple[str, ...]] | None = None
    described: dict[str, tuple[str, ...]] | None = None
    satellites: tuple[str, ...] = ()
    heard: frozenset[bytes] = frozenset()
    alike: frozenset[bytes] = frozenset()
    known: Known | None = None
    at_most: Ends | None = None
    link: float = 0.0

    @property
    def facts(self) -> tuple[Facts, ...]:
        """The nodes as facts that all hold."""
        return tuple({axis: node} for axis, nodes in (self.nodes or {}).items() for node in nodes)

    @property
    def shares(self) -> tuple[Factor, Factor, Factor] | None:
        """What is left of each cell, at the low end, in the middle, at the high end."""
        return self.known.shares if self.known else None


def fold(population: Population, token: Slug, releases: Iterable[Release], past: Past | None = None) -> Past:
    """Put the releases about one token side by side; those that nobody can link (`link` 0) stay out.

    Given a `past` it goes on from there, so that one release more costs the same however many went before. Raises
    UnknownFact.
    """
    past = past or Past()
    mine = [one for release in releases for one in release.people if one.token == token and one.link > 0]
    if not mine:
        return past
    audiences = {key(each, each.id in one.told): (each, each.id in one.told) for one in mine for each in one.audiences}
    kinds = {codec.to_json(one.alike): one.alike for one in mine if one.alike}
    known = past.known
    for id, (audience, told) in audiences.items():
        if id not in past.heard:
            known = (known or Known()).also(*_heard(population, audience, told), population.axes)
    for id, some in kinds.items():
        if id not in past.alike:
            known = (known or Known()).also(*_of_kind(population, some), population.axes)
    nodes = _joined(past.nodes, (facts for one in mine for facts in one.facts))
    return Past(
        releases=past.releases + len(mine),
        nodes={axis: finest(population, axis, some) for axis, some in nodes.items()},
        described=_joined(past.described, (one.described for one in mine)),
        satellites=tuple(dict.fromkeys((*past.satellites, *(id for one in mine for id in one.satellites)))),
        heard=past.heard | audiences.keys(),
        alike=past.alike | kinds.keys(),
        known=known,
        at_most=shorter(past.at_most, shortest(audience for audience, _ in audiences.values())),
        link=max(past.link, *(one.link for one in mine)),
    )


def key(audience: Audience, told: bool) -> bytes:
    """What makes two knowledge sets the same: an audience counts once, however often it is spoken of."""
    return codec.to_json([audience.group, audience.sure, audience.size, audience.listed, told])


def shortest(audiences: Iterable[Audience]) -> Ends | None:
    """The shortest list the state holds them on, (low, mid, high); None if it holds none."""
    listed = [audience.size for audience in audiences if audience.listed is not None and audience.size is not None]
    if not listed:
        return None
    return min(s.low for s in listed), min(s.mid for s in listed), min(s.high for s in listed)


def shorter(one: Ends | None, other: Ends | None) -> Ends | None:
    """The shorter of two lists, end by end; a list that is not held is no list."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), min(one[1], other[1]), min(one[2], other[2])


def finest(population: Population, axis: str, nodes: Sequence[str]) -> tuple[str, ...]:
    """The nodes that lie above no other. Raises UnknownFact: what was published cannot be forgotten."""
    for node in nodes:
        population.mask(axis, node)
    upwards = population.axes[axis].upwards
    above = {around for node in nodes for around in upwards(node)[1:]}
    return tuple(node for node in nodes if node not in above)


def _joined(before: Mapping[str, tuple[str, ...]] | None, said: Iterable[Facts]) -> dict[str, tuple[str, ...]]:
    """Every node ever said per axis, each once, in order."""
    found = {axis: dict.fromkeys(nodes) for axis, nodes in (before or {}).items()}
    for axis, node in (pair for facts in said for pair in facts.items()):
        found.setdefault(axis, {})[node] = None
    return {axis: tuple(nodes) for axis, nodes in found.items()}


def _heard(population: Population, audience: Audience, told: bool) -> tuple[tuple[str, ...], Floats, Floats, Floats]:
    """The axes an audience is told apart by, and the share of each cell that had heard, at three ends."""
    apart = audience.group if audience.size is None else audience.group | audience.sure
    axes = tuple(axis for axis in population.axes if axis in apart)
    group = _mask(population, audience.group, axes).astype(float)
    if audience.size is None:
        return axes, group, group, group
    sure = group * _mask(population, audience.sure, axes) if audience.sure else np.zeros_like(group)
    many = counting.count(population, counting.narrowed(population, (audience.group,)))
    both = (audience.group, audience.sure)
    few = counting.count(population, counting.narrowed(population, both)) if audience.sure else 0.0
    ends = []
    for size in (audience.size.low, audience.size.mid, audience.size.high):
        rest = min(max((size - few) / max(many - few, 1e-9), 0.0), 1.0)
        certain = 0.0 if told else min(1.0, size / max(few, 1e-9))
        ends.append((group - sure) * rest + sure * certain)
    return axes, ends[0], ends[1], ends[2]


def _of_kind(population: Population, kinds: Sequence[Facts]) -> tuple[tuple[str, ...], Floats, Floats, Floats]:
    """The axes kinds of people are told apart by, and one for every cell that is of one of them, at three ends."""
    axes = tuple(axis for axis in population.axes if any(axis in facts for facts in kinds))
    found = np.zeros([len(population.axes[axis].leaves) for axis in axes], bool)
    for facts in kinds:
        found[np.ix_(*(population.mask(axis, facts.get(axis, population.axes[axis].root)) for axis in axes))] = True
    share = found.astype(float)
    return axes, share, share, share


def _mask(population: Population, facts: Facts, axes: Sequence[str]) -> NDArray[np.bool_]:
    """Which cells fit facts; a dimension of one where they say nothing. Raises UnknownFact."""
    masks = [population.mask(axis, facts[axis]) if axis in facts else np.ones(1, bool) for axis in axes]
    return np.asarray(functools.reduce(np.multiply.outer, masks, np.array(True)))


def _spread(shares: Floats, axes: Sequence[str], every: Sequence[str]) -> Floats:
    """The shares with a dimension for every axis, of one where they do not differ along it."""
    size = dict(zip(axes, shares.shape, strict=True))
    return shares.reshape([size.get(axis, 1) for axis in every])
