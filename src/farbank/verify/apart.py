"""Reports of different events: which chains may count together towards one claim."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from farbank.model.chains import Chain, Coincidence, Node
from farbank.model.judgements import Likeness
from farbank.model.text import Slug
from farbank.verify.origins.count import has_unknown_link, witnesses
from farbank.verify.origins.sets import Sets

MOST = 200
"""Ways to keep apart what is apart that are looked at; beyond them the best so far stands, which is still sure."""


def apart(held: Mapping[tuple[Slug, Slug], Likeness]) -> frozenset[frozenset[Slug]]:
    """Every two reports that cannot be of one event, `held` being what is held of each pair.

    What differs from a report differs from all that are of its event.
    """
    event: dict[Slug, frozenset[Slug]] = {}
    for (a, b), verdict in held.items():
        if verdict == "same":
            joined = event.get(a, frozenset((a,))) | event.get(b, frozenset((b,)))
            event |= dict.fromkeys(joined, joined)
    found: set[frozenset[Slug]] = set()
    for (a, b), verdict in held.items():
        if verdict == "different":
            ours, theirs = event.get(a, frozenset((a,))), event.get(b, frozenset((b,)))
            if ours == theirs:  # the verdicts contradict each other: only what was said of these two is kept
                ours, theirs = frozenset((a,)), frozenset((b,))
            found |= {frozenset((one, other)) for one in ours for other in theirs}
    return frozenset(found)


def left_out(
    chains: Sequence[Chain], reports: Collection[frozenset[Slug]], coincidences: Sequence[Coincidence]
) -> list[Chain]:
    """The chains to leave out so that no two `reports` that are apart count together and most origins are left.

    Where two ways leave as many, the one that keeps more chains is taken, then the one whose ids come first.
    """
    if not reports:
        return []
    origin = _origins(chains, coincidences)

    def loss(without: frozenset[Slug]) -> tuple[int, int, list[Slug]]:
        return -len({one for name, one in origin.items() if name not in without}), len(without), sorted(without)

    without = min(islice(_ways(chains, reports), MOST), key=loss)
    return [chain for chain in chains if chain.id in without]


def _origins(chains: Sequence[Chain], coincidences: Sequence[Coincidence]) -> dict[Slug, Node]:
    """Per chain that can be an origin of its own, a node that stands for all it may have in common with others."""
    one: Sets[Node] = Sets()
    for together in (*((link.a, link.b) for link in coincidences if link.probability > 0), *map(witnesses, chains)):
        one.join(together)
    known = {chain.id: witnesses(chain) for chain in chains if not has_unknown_link(chain)}
    return {name: one.of(min(nodes)) for name, nodes in known.items() if nodes}


def _ways(chains: Sequence[Chain], reports: Collection[frozenset[Slug]]) -> Iterator[frozenset[Slug]]:
    """Every smallest set of chains without which no two that are apart are left (Bron and Kerbosch 1973, pivoted)."""
    judged = frozenset[Slug]().union(*reports)
    doubtful = [chain for chain in chains if not judged.isdisjoint(chain.reports)]
    against = {
        one.id: frozenset(other.id for other in doubtful if other != one and _opposed(one, other, reports))
        for one in doubtful
    }
    every = frozenset(name for name, others in against.items() if others)
    stack = [(frozenset[Slug](), every, frozenset[Slug]())]
    while stack:
        kept, free, tried = stack.pop()
        if not free:
            if not tried:
                yield every - kept
            continue
        pivot = min(sorted(free | tried), key=lambda one: len(free & (against[one] | {one})))
        for one in sorted(free & (against[pivot] | {pivot})):
            stack.append((kept | {one}, free - against[one] - {one}, tried - against[one]))
            free, tried = free - {one}, tried | {one}


def _opposed(one: Chain, other: Chain, reports: Collection[frozenset[Slug]]) -> bool:
    return any(frozenset((a, b)) in reports for a in one.reports for b in other.reports)
