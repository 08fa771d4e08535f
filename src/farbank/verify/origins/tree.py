"""Who told whom: all chains of a claim as one tree, from the farthest mouths to those who told the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import msgspec

from farbank.model.chains import How, Node, Seed
from farbank.model.dates import When
from farbank.model.text import Slug
from farbank.verify.origins.graph import Edge, Graph, unknown


class Mouth(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One who passed it on: `how` they had it from the mouth above, None where a chain begins with them unexplained.

    `seeds` had carried it to them besides; `maybe` are nodes they may be one with. `shared` says that they stand in
    other branches too. `chains` are those that end here, with the desk; `own` those of them that may be nothing but the
    desk's own word; `against` those that contradict.
    """

    node: Node
    how: How | None = None
    when: When | None = None
    channel: str | None = None
    seeds: tuple[Seed, ...] = ()
    maybe: tuple[Node, ...] = ()
    shared: bool = False
    chains: tuple[Slug, ...] = ()
    own: tuple[Slug, ...] = ()
    against: tuple[Slug, ...] = ()
    told: tuple[Mouth, ...] = ()


Step = tuple[Node, How | None, When | None, str | None]


def tree(claim: Graph, own: Collection[Slug] = ()) -> tuple[Mouth, ...]:
    """The mouths at which chains begin, each with whom they told; chains are one as far as they say the same.

    `own` are the chains that may be nothing but the desk's own word.
    """
    walks = [(name, tuple(_steps(path))) for name, path in claim.paths.items()]
    places = Counter(steps[: at + 1] for _, steps in walks for at in range(len(steps)))
    lines = Counter(prefix[-1][0] for prefix in places)
    return _mouths(walks, 0, _Marks(claim, own, lines))


class _Marks(msgspec.Struct):
    claim: Graph
    own: Collection[Slug]
    lines: Counter[Node]


def _steps(path: Sequence[Edge]) -> Iterator[Step]:
    before: Node | None = None
    for edge in path:
        if edge.source is not None and edge.source != before:
            yield edge.source, None, None, None
        yield edge.who, edge.how, edge.when, edge.channel
        before = edge.who


def _mouths(walks: Sequence[tuple[Slug, tuple[Step, ...]]], depth: int, marks: _Marks) -> tuple[Mouth, ...]:
    found: dict[Step, list[tuple[Slug, tuple[Step, ...]]]] = {}
    for name, steps in walks:
        if len(steps) > depth:
            found.setdefault(steps[depth], []).append((name, steps))
    return tuple(_mouth(step, below, depth, marks) for step, below in found.items())


def _mouth(step: Step, walks: Sequence[tuple[Slug, tuple[Step, ...]]], depth: int, marks: _Marks) -> Mouth:
    node, how, when, channel = step
    ending = tuple(name for name, steps in walks if len(steps) == depth + 1)
    twins = [(pair.a, pair.b) for pair in marks.claim.twins if node in (pair.a, pair.b)]
    return Mouth(
        node=_shown(node),
        how=how,
        when=when,
        channel=channel,
        seeds=tuple(seed for seed in marks.claim.seeds if seed.who == node),
        maybe=tuple(sorted({_shown(b if a == node else a) for a, b in twins})),
        shared=marks.lines[node] > 1,
        chains=ending,
        own=tuple(name for name in ending if name in marks.own),
        against=tuple(name for name in ending if marks.claim.chains[name].bearing == "contradicts"),
        told=_mouths(walks, depth + 1, marks),
    )


def _shown(node: Node) -> Node:
    return "unknown" if unknown(node) else node
