"""How likely there are none, one, two, … independent origins, where it is not sure who is who.

Every link that is not sure (a coincidence, a seed somebody may have taken in) holds or not by itself, and what is one
with one is one with all of it. Links that touch no common node are summed apart and put together by convolution; within
such a cluster every state of them is summed (`frontier`). That is exact.

An unknown link may be anybody: an origin all of whose chains have one is another's with probability `ANYBODY`, each
such origin by itself.

Where a cluster has more than `EXACT` uncertain links, of the states open at once the `WIDTH` likeliest are kept apart,
and the others go on as if all that is open in them were one. That only takes origins away; the probability moved is
given beside the result, and no probability of “so many or fewer” is off by more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from farbank.model.chains import Chain, Coincidence, Node, Seed
from farbank.model.dates import When
from farbank.model.text import Slug
from farbank.verify.origins.clusters import Cluster, clusters
from farbank.verify.origins.count import joined
from farbank.verify.origins.echoes import DESK, Link, Ways, echoes, ends, leaning, onward, reach, vague, ways_of
from farbank.verify.origins.frontier import CERTAIN, NOBODY, VAGUE, Leaning, Tally, Tie, summed
from farbank.verify.origins.graph import Graph, graph, joins, nodes_of
from farbank.verify.origins.pieces import Piece, pieces
from farbank.verify.origins.tallies import together, trimmed

ANYBODY = 0.5
"""How likely an unknown link leads to somebody in another chain of the claim; a guess, never measured."""


WIDTH = 256
EXACT = 12
"""Up to so many uncertain links in one cluster every state is kept apart."""


class Spread(NamedTuple):
    """How likely there are 0, 1, 2, … origins, and how much probability bounding the work has moved towards fewer."""

    likely: tuple[float, ...]
    moved: float


def origins_p(
    chains: Iterable[Chain],
    coincidences: Iterable[Coincidence] = (),
    seeds: Iterable[Seed] = (),
    told: Mapping[Slug, When] | None = None,
) -> tuple[float, ...]:
    """How likely there are 0, 1, 2, … independent origins; raising any probability makes fewer likelier."""
    return spread(graph(chains, coincidences, seeds, told)).likely


def spread(claim: Graph, *, width: int = WIDTH) -> Spread:
    """The number of origins of a claim as a distribution."""
    given: list[Link] = [*claim.seeds, *claim.twins]
    links = [link for link in given if all(map(joins, ends(link)))]
    certain = [link for link in links if link.probability >= 1]
    unsure = [link for link in links if link.probability < 1]
    one, ways = joined(claim, certain), onward(claim, certain)
    desk = _Desk(ways, reach([DESK], ways), {name: leaning(path) for name, path in claim.paths.items()})
    nodes = {name: nodes_of(path) for name, path in claim.paths.items()}
    unsure_roots = vague(claim, desk.rests)
    labels = {name: CERTAIN if each and name not in unsure_roots else VAGUE for name, each in nodes.items()}
    chains: dict[Node, list[Slug]] = {}
    for name, each in nodes.items():
        # Where only institutions are named, nobody said it: that is a link of its own which nobody knows.
        chains.setdefault(one.of(each[0]) if each else f"unknown:{name}", []).append(name)
    tallies: list[Tally] = []
    moved = 0.0
    twice = 0
    for cluster in clusters(chains, one, unsure, _carrying(desk, onward(claim, links), unsure)):
        cut = pieces(_labelled(cluster, labels, desk))
        twice += sum(len(piece.labels) for piece in cut) - len(cluster.chains)
        for piece in cut:
            kept = width if len(piece.ties) > EXACT else 1 << EXACT
            tally, lost = summed(piece.labels, piece.ties, anybody=ANYBODY, width=kept)
            tallies.append(tally)
            moved += lost
    return Spread(trimmed(together(tallies)[twice:]), min(1.0, moved))


class _Desk(NamedTuple):
    """The ways word went for certain, whom the desk's reached by them, and what each chain leans on."""

    ways: Ways
    reached: frozenset[Node]
    rests: Mapping[Slug, tuple[Node, ...]]


def _carrying(desk: _Desk, possible: Ways, unsure: Sequence[Link]) -> frozenset[int]:
    """Positions of the uncertain links over which the desk's word may newly reach what a chain leans on."""
    reached = reach([DESK], possible)
    fed = [
        (position, who)
        for position, link in enumerate(unsure)
        for source, who in ways_of(link)
        if source in reached and who not in desk.reached
    ]
    if not fed:
        return frozenset()
    back: dict[Node, list[Node]] = {}
    for source, onto in possible.items():
        for who in onto:
            back.setdefault(who, []).append(source)
    feeding = reach([node for nodes in desk.rests.values() for node in nodes], back)
    return frozenset(position for position, who in fed if who in feeding)


def _labelled(cluster: Cluster, labels: Mapping[Slug, int], desk: _Desk) -> Piece:
    """The cluster with what each node holds, which may depend on the links that carry the desk's word."""
    links = [link for link, _ in cluster.carrying]
    fed = [_newly(desk, links, [who for _, who in ways_of(link)]) for link in links]
    counted: list[int | Leaning] = []
    for names in cluster.chains:
        rests = {name: desk.rests[name] for name in names}
        leant = {node for nodes in rests.values() for node in nodes}
        bits = tuple(bit for bit, reached in enumerate(fed) if not leant.isdisjoint(reached))
        label = partial(_label, rests, labels, desk, links)
        worst, best = label(frozenset(bits)), label(frozenset())
        counted.append(best if worst == best else Leaning(bits, cache(label)))
    ties = (Tie(a, b, link.probability, bit) for bit, (link, (a, b)) in enumerate(cluster.carrying))
    return Piece(tuple(counted), (*cluster.ties, *ties))


def _label(
    rests: Mapping[Slug, tuple[Node, ...]],
    labels: Mapping[Slug, int],
    desk: _Desk,
    links: Sequence[Link],
    holding: frozenset[int],
) -> int:
    """The label of a node whose chains lean on `rests`, if of the links that may carry those hold."""
    held = [links[bit] for bit in sorted(holding)]
    starts = [who for link in held for source, who in ways_of(link) if source in desk.reached]
    own = echoes(rests, desk.reached | _newly(desk, held, starts) if held else desk.reached)
    return max((labels[name] for name in rests if name not in own), default=NOBODY)


def _newly(desk: _Desk, links: Sequence[Link], starts: Iterable[Node]) -> frozenset[Node]:
    """Whom word reaches from `starts` over the certain ways and `links`, and the desk's had not for certain."""
    more: dict[Node, list[Node]] = {}
    for link in links:
        for source, who in ways_of(link):
            more.setdefault(source, []).append(who)
    return reach((node for node in starts if node not in desk.reached), desk.ways, more, past=desk.reached)
