"""What earlier editions gave away of one person, folded so that checking costs the same after two or two thousand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from farbank.model import codec
from farbank.model.people import Audience, Facts
from farbank.model.releases import Release
from farbank.model.text import Slug
from farbank.protect import counting
from farbank.protect.counting import Factor
from farbank.protect.population import Floats, Population

Shares = tuple[Floats, Floats, Floats]


@dataclass(frozen=True)
class Past:
    """Everything earlier releases say of one token, as if a reader had put them side by side.

    `nodes` are the finest nodes per axis, `described` those that stood in print as a description; `shares` is what is
    left of each cell by all they were known to know. `link` is the largest probability of any release being tied to
    the others.
    """

    releases: int = 0
    nodes: dict[str, tuple[str, ...]] | None = None
    described: dict[str, tuple[str, ...]] | None = None
    satellites: tuple[str, ...] = ()
    heard: frozenset[bytes] = frozenset()
    shares: tuple[Factor, Factor, Factor] | None = None
    at_most: tuple[float, float, float] | None = None
    link: float = 0.0

    @property
    def facts(self) -> tuple[Facts, ...]:
        """The nodes as facts that all hold."""
        return tuple({axis: node} for axis, nodes in (self.nodes or {}).items() for node in nodes)


def fold(population: Population, token: Slug, releases: Iterable[Release]) -> Past:
    """Put the releases about one token side by side; those that nobody can link (`link` 0) stay out.

    What somebody knew is taken as unrelated from one story to the next at the low end (so few know two things), as
    nested at the high end, and half-way between (the geometric mean) in the middle. Raises UnknownFact.
    """
    count, link = 0, 0.0
    nodes: dict[str, dict[str, None]] = {}
    described: dict[str, dict[str, None]] = {}
    satellites: dict[str, None] = {}
    audiences: dict[bytes, tuple[Audience, bool]] = {}
    alike: dict[bytes, tuple[Facts, ...]] = {}
    for release in releases:
        for one in release.people:
            if one.token != token or one.link <= 0:
                continue
            count, link = count + 1, max(link, one.link)
            for where, said in ((nodes, one.facts), (described, (one.described,))):
                for axis, node in (pair for facts in said for pair in facts.items()):
                    where.setdefault(axis, {})[node] = None
            satellites |= dict.fromkeys(one.satellites)
            audiences |= {key(each, each.id in one.told): (each, each.id in one.told) for each in one.audiences}
            alike |= {codec.to_json(one.alike): one.alike} if one.alike else {}
    if not count:
        return Past()
    known = tuple(audiences.values())
    return Past(
        releases=count,
        nodes={axis: finest(population, axis, tuple(some)) for axis, some in nodes.items()},
        described={axis: tuple(some) for axis, some in described.items()},
        satellites=tuple(satellites),
        heard=frozenset(audiences),
        shares=_shares(population, known, tuple(alike.values())),
        at_most=shortest(audience for audience, _ in known),
        link=link,
    )


def key(audience: Audience, told: bool) -> bytes:
    """What makes two knowledge sets the same: an audience counts once, however often it is spoken of."""
    return codec.to_json([audience.group, audience.sure, audience.size, audience.listed, told])


def shortest(audiences: Iterable[Audience]) -> tuple[float, float, float] | None:
    """The shortest list the state holds them on, (low, mid, high); None if it holds none."""
    listed = [audience.size for audience in audiences if audience.listed is not None and audience.size is not None]
    if not listed:
        return None
    return min(s.low for s in listed), min(s.mid for s in listed), min(s.high for s in listed)


def finest(population: Population, axis: str, nodes: Sequence[str]) -> tuple[str, ...]:
    """The nodes that lie above no other. Raises UnknownFact: what was published cannot be forgotten."""
    for node in nodes:
        population.mask(axis, node)
    upwards = population.axes[axis].upwards
    above = {around for node in nodes for around in upwards(node)[1:]}
    return tuple(node for node in nodes if node not in above)


def _shares(
    population: Population, known: Sequence[tuple[Audience, bool]], alike: Sequence[tuple[Facts, ...]]
) -> tuple[Factor, Factor, Factor] | None:
    """What is left of each cell by all that was known, and by being of a kind that would have been described so."""
    said = {axis for audience, _ in known for axis in (*audience.group, *audience.sure)}
    said |= {axis for kinds in alike for facts in kinds for axis in facts}
    axes = tuple(axis for axis in population.axes if axis in said)
    if not axes:
        return None
    each = [_of(population, audience, told, axes) for audience, told in known]
    each += [(kinds, kinds, kinds) for kinds in (_any(population, some, axes) for some in alike)]
    apart = [math.prod(ends) for ends in zip(*each, strict=True)]
    nested = [np.minimum.reduce(ends) for ends in zip(*each, strict=True)]
    middle = np.sqrt(apart[1] * nested[1])
    return Factor(axes, apart[0]), Factor(axes, middle), Factor(axes, nested[2])


def _any(population: Population, kinds: Sequence[Facts], axes: Sequence[str]) -> Floats:
    """One for every cell that is of one of the kinds."""
    return np.asarray(np.maximum.reduce([_mask(population, facts, axes) for facts in kinds]))


def _of(population: Population, audience: Audience, told: bool, axes: Sequence[str]) -> Shares:
    """The share of each cell of `axes` that had heard, at the low end, in the middle, at the high end."""
    group = _mask(population, audience.group, axes)
    if audience.size is None:
        return (group, group, group)
    sure = group * _mask(population, audience.sure, axes) if audience.sure else np.zeros_like(group)
    many = counting.count(population, counting.narrowed(population, (audience.group,)))
    both = (audience.group, audience.sure)
    few = counting.count(population, counting.narrowed(population, both)) if audience.sure else 0.0
    ends = []
    for size in (audience.size.low, audience.size.mid, audience.size.high):
        rest = min(max((size - few) / max(many - few, 1e-9), 0.0), 1.0)
        certain = 0.0 if told else min(1.0, size / max(few, 1e-9))
        ends.append((group - sure) * rest + sure * certain)
    return (ends[0], ends[1], ends[2])


def _mask(population: Population, facts: Facts, axes: Sequence[str]) -> Floats:
    found = np.ones([len(population.axes[axis].leaves) for axis in axes])
    for dimension, axis in enumerate(axes):
        if axis in facts:
            shape = [-1 if d == dimension else 1 for d in range(len(axes))]
            found = found * population.mask(axis, facts[axis]).astype(float).reshape(shape)
    return found
