"""What earlier editions gave away of one person, folded so that checking costs the same after two or two thousand."""

from __future__ import annotations

import functools
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from farbank.model import codec
from farbank.model.people import Audience, Facts
from farbank.model.releases import Release, Released
from farbank.model.sizes import Size, lowest
from farbank.model.text import Slug
from farbank.protect.counting import Factor, aligned
from farbank.protect.knowing import heard_shares, on_day
from farbank.protect.population import Floats, Population

Knowing = tuple[str, bool]
"""What an audience knew, by its token, and whether the person only had it from one of them."""

Counted = tuple[str, bool, bytes]
"""The same, and the group and those of it who surely heard."""


Unsure = tuple[str, bool]
"""An axis, and whether only the figures of an audience on it."""


@dataclass(frozen=True, eq=False)
class Known:
    """What all they knew leaves of each cell of `axes`, one dimension each, in the population's order.

    `low` takes what was known in one story as unrelated to what was known in the next, so that few know both, `high` as
    nested; `apart` and `nested` are the same two for the sizes as they stand. `drawn` are axes whose figures carry it:
    all of a group knew, however many they are.
    """

    axes: tuple[str, ...] = ()
    drawn: frozenset[str] = frozenset()
    low: Floats = field(default_factory=lambda: np.ones(()))
    apart: Floats = field(default_factory=lambda: np.ones(()))
    nested: Floats = field(default_factory=lambda: np.ones(()))
    high: Floats = field(default_factory=lambda: np.ones(()))

    @cached_property
    def shares(self) -> tuple[Factor, Factor, Factor]:
        """The low end, the middle (the geometric mean of both ways to put them side by side), and the high end."""
        ends = (self.low, np.sqrt(self.apart * self.nested), self.high)
        low, mid, high = (Factor(self.axes, np.asarray(end), self.drawn) for end in ends)
        return low, mid, high

    def also(self, more: Known, order: Iterable[str]) -> Known:
        """One thing more that they knew; both in the `order` of all axes."""
        every = tuple(axis for axis in order if axis in self.axes or axis in more.axes)
        ends = ("low", "apart", "nested", "high")
        before, new = ([aligned(getattr(each, end), each.axes, every) for end in ends] for each in (self, more))
        ways = (np.multiply, np.multiply, np.minimum, np.minimum)
        both = (np.asarray(way(*pair)) for way, *pair in zip(ways, before, new, strict=True))
        return Known(every, self.drawn | more.drawn, *both)


@dataclass(frozen=True)
class Past:
    """Everything earlier releases say of one token, as if a reader had put them side by side.

    `nodes` are the finest nodes per axis, `described` those that stood in print as a description; `known` is what is
    left of each cell by all they were known to know and by the kinds of people they must be of, `heard` and `alike` say
    which those are. `again` are the sets the story at hand speaks of too, each with the day it was spoken of: they are
    counted with it, not here. `link` is the largest probability of any release being tied to the others. `unsure` are
    the figures it makes counts rest on, `steps` what was known just before each release that added to them.
    """

    releases: int = 0
    nodes: dict[str, tuple[str, ...]] | None = None
    described: dict[str, tuple[str, ...]] | None = None
    satellites: tuple[str, ...] = ()
    heard: dict[Counted, Audience] = field(default_factory=dict)
    again: dict[Knowing, tuple[tuple[Audience, date], ...]] = field(default_factory=dict)
    alike: dict[bytes, tuple[Facts, ...]] = field(default_factory=dict)
    known: Known | None = None
    at_most: Size | None = None
    link: float = 0.0
    unsure: frozenset[Unsure] = frozenset()
    steps: tuple[Past, ...] = ()

    @property
    def facts(self) -> tuple[Facts, ...]:
        """The nodes as facts that all hold."""
        return tuple({axis: node} for axis, nodes in (self.nodes or {}).items() for node in nodes)

    @property
    def shares(self) -> tuple[Factor, Factor, Factor] | None:
        """What is left of each cell, at the low end, in the middle, at the high end."""
        return self.known.shares if self.known else None


def fold(
    population: Population,
    token: Slug,
    releases: Iterable[Release],
    past: Past | None = None,
    now: Container[Knowing] = (),
) -> Past:
    """Put the releases about one token side by side; what the story at hand speaks of (`now`) is set aside.

    Given a `past` it goes on from there, so that one release more costs the same however many went before. Raises
    UnknownFact.
    """
    past = past or Past()
    mine = [(one, release.published) for release in releases for one in release.people if one.token == token]
    start, known = 0, past.unsure
    for end, (one, _) in enumerate(mine):
        if not (more := _unsure(population, one)) <= known:
            past = _folded(population, past, mine[start:end], now)
            past = replace(past, unsure=known | more, steps=(*past.steps, replace(past, steps=())))
            start, known = end, known | more
    return _folded(population, past, mine[start:], now)


def _unsure(population: Population, one: Released) -> set[Unsure]:
    """The figures that are redrawn once this is known."""
    all_of = (audience.group for audience in one.audiences if audience.size is None and audience.spread is None)
    said = (pair for facts in (*one.facts, one.described, *all_of) for pair in facts.items())
    found = {(axis, False) for axis, node in said if population.share(axis, node) is not None}
    found |= {(population.satellites[id][0], False) for id in one.satellites if id in population.satellites}
    return found | {(axis, True) for each in one.audiences for axis in (*each.group, *each.sure)}


def _folded(population: Population, past: Past, mine: Sequence[tuple[Released, date]], now: Container[Knowing]) -> Past:
    if not mine:
        return past
    told = [(each, each.id in one.told, day) for one, day in mine for each in one.audiences]
    again = dict(past.again)
    for audience, hearsay, day in told:
        if (knowing := (key(audience), hearsay)) in now and (audience, day) not in again.get(knowing, ()):
            again[knowing] = (*again.get(knowing, ()), (audience, day))
    heard = _smallest(population, past.heard, [each for each in told if (key(each[0]), each[1]) not in now])
    alike = past.alike | {codec.to_json(one.alike): one.alike for one, _ in mine if one.alike}
    nodes = _joined(past.nodes, (facts for one, _ in mine for facts in (*one.facts, one.described)))
    return replace(
        past,
        releases=past.releases + len(mine),
        nodes={axis: finest(population, axis, some) for axis, some in nodes.items()},
        described=_joined(past.described, (one.described for one, _ in mine)),
        satellites=tuple(dict.fromkeys((*past.satellites, *(id for one, _ in mine for id in one.satellites)))),
        heard=heard,
        again=again,
        alike=alike,
        known=_known(population, past, heard, alike),
        at_most=shortest((each for one, _ in mine for each in one.audiences), past.at_most),
        link=max(past.link, *(one.link for one, _ in mine)),
    )


def _smallest(
    population: Population, heard: Mapping[Counted, Audience], told: Iterable[tuple[Audience, bool, date]]
) -> dict[Counted, Audience]:
    """What they knew, each thing once, by as few as it was ever known by: word spreads, and those few came first."""
    found = dict(heard)
    for audience, hearsay, day in told:
        there = on_day(population, audience, day)
        same = key(audience), hearsay, among(audience)
        found[same] = _fewer(found[same], there) if same in found else there
    return found


def _fewer(one: Audience, other: Audience) -> Audience:
    if one.size is None or other.size is None:
        return one if other.size is None else other
    return msgspec.structs.replace(one, size=lowest(one.size, other.size))


def _known(
    population: Population, past: Past, heard: Mapping[Counted, Audience], alike: Mapping[bytes, tuple[Facts, ...]]
) -> Known | None:
    """What all of it leaves of each cell: going on from before, or anew where something turns out known by fewer."""
    known, done = past.known, past
    if any(heard[same] != audience for same, audience in past.heard.items()):
        known, done = None, Past()
    for same, audience in heard.items():
        if same not in done.heard:
            known = (known or Known()).also(_heard(population, audience, same[1]), population.axes)
    for id, kinds in alike.items():
        if id not in done.alike:
            known = (known or Known()).also(_of_kind(population, kinds), population.axes)
    return known


def key(audience: Audience) -> str:
    """The ledger's name for what an audience knew."""
    return audience.token or audience.id


def among(audience: Audience) -> bytes:
    """The same for the same group and the same of it who surely heard."""
    return codec.to_json([audience.group, audience.sure])


def shortest(audiences: Iterable[Audience], before: Size | None = None) -> Size | None:
    """The shortest list the state holds them on, end by end, the one known `before` included; None if it holds none."""
    listed = [audience.size for audience in audiences if audience.listed is not None]
    held = [size for size in (before, *listed) if size is not None]
    return lowest(*held) if held else None


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


def _heard(population: Population, audience: Audience, told: bool) -> Known:
    """The share that had heard, of each cell of the axes an audience is told apart by."""
    apart = audience.group if audience.size is None else audience.group | audience.sure
    axes = tuple(axis for axis in population.axes if axis in apart)
    group = _mask(population, audience.group, axes).astype(float)
    if audience.size is None:
        return Known(axes, frozenset(axes), group, group, group, group)
    sure = group * _mask(population, audience.sure, axes) if audience.sure else np.zeros_like(group)
    around, certain = heard_shares(population, audience)
    low, mid, high = (
        (group - sure) * rest + sure * (0.0 if told else all_) for rest, all_ in zip(around, certain, strict=True)
    )
    return Known(axes, frozenset(), low, mid, mid, high)


def _of_kind(population: Population, kinds: Sequence[Facts]) -> Known:
    """One for every cell that is of one of the kinds, of the axes they are told apart by."""
    axes = tuple(axis for axis in population.axes if any(axis in facts for facts in kinds))
    found = np.zeros([len(population.axes[axis].leaves) for axis in axes], bool)
    for facts in kinds:
        found[np.ix_(*(population.mask(axis, facts.get(axis, population.axes[axis].root)) for axis in axes))] = True
    share = found.astype(float)
    return Known(axes, frozenset(axes), share, share, share, share)


def _mask(population: Population, facts: Facts, axes: Sequence[str]) -> NDArray[np.bool_]:
    """Which cells fit facts; a dimension of one where they say nothing. Raises UnknownFact."""
    masks = [population.mask(axis, facts[axis]) if axis in facts else np.ones(1, bool) for axis in axes]
    return np.asarray(functools.reduce(np.multiply.outer, masks, np.array(True)))
