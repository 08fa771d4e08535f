"""The graph of one claim: who had it from whom, over all its chains, and what else had carried it to them before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

import msgspec

from farbank.model.chains import Chain, Coincidence, How, Node, Seed
from farbank.model.dates import When
from farbank.model.text import Slug

UNKNOWN = "unknown:"
"""How the graph's name of an unknown link begins: each is somebody of its own until more is known."""


class Edge(NamedTuple):
    """One hop of a chain: `who` learned it `how` from `source`, None where they took part, saw or inferred it."""

    source: Node | None
    who: Node
    how: How
    when: When | None
    channel: str | None


class Graph(msgspec.Struct, frozen=True):
    """Chains by id, each as its edges, and what may make two of them one.

    `seeds` are those that came no later than the telling; `twins` the coincidences above zero, one a pair, and one for
    each unknown link where one end is unknown. `last` is the last day on which each node can have told it.
    """

    chains: dict[Slug, Chain]
    paths: dict[Slug, tuple[Edge, ...]]
    seeds: tuple[Seed, ...]
    twins: tuple[Coincidence, ...]
    last: dict[Node, date]


def graph(
    chains: Iterable[Chain],
    coincidences: Iterable[Coincidence] = (),
    seeds: Iterable[Seed] = (),
    told: Mapping[Slug, When] | None = None,
) -> Graph:
    """Put the chains of one claim together.

    `seeds` are those of the claim. `told` is when each chain reached the desk, by its id. A seed counts unless it is
    sure to be later than everything its `who` told; an unknown date is never sure, and “about” is taken at its word.
    """
    by_id = {chain.id: chain for chain in sorted(chains, key=lambda chain: chain.id)}
    paths = {name: _edges(chain) for name, chain in by_id.items()}
    nodes = {node for path in paths.values() for edge in path for node in (edge.source, edge.who) if node is not None}
    twins = _twins(coincidences, sorted(node for node in nodes if unknown(node)))
    last = _last_told(paths, told or {})
    taken = sorted(seeds, key=lambda seed: (seed.who, seed.source, seed.when or "", seed.probability))
    counting = _in_time([seed for seed in taken if seed.probability > 0], twins, last)
    return Graph(by_id, paths, counting, twins, last)


def unknown(node: Node) -> bool:
    """Whether the node stands for a link that nobody knows."""
    return node.startswith(UNKNOWN)


def joins(node: Node) -> bool:
    """Whether standing in two chains, the node makes them one: all but institutions, which are what is told about."""
    return not node.startswith("body:")


def nodes_of(path: Iterable[Edge]) -> list[Node]:
    """The nodes of a path that can join it to another, farthest first, each once."""
    nodes = [node for edge in path for node in (edge.source, edge.who) if node is not None]
    return [node for node in dict.fromkeys(nodes) if joins(node)]


def _edges(chain: Chain) -> tuple[Edge, ...]:
    found: list[Edge] = []
    before: Node | None = None  # an unknown who tells on is the same unknown
    for position, hop in enumerate(chain.hops):
        source, who = hop.source, hop.who
        if source == "unknown":
            known = before is not None and unknown(before)
            source = before if known else f"{UNKNOWN}{chain.id}:{position}-from"
        if who == "unknown":
            who = f"{UNKNOWN}{chain.id}:{position}"
        found.append(Edge(source, who, hop.how, hop.when, hop.channel))
        before = who
    return tuple(found)


def _twins(coincidences: Iterable[Coincidence], anybody: list[Node]) -> tuple[Coincidence, ...]:
    """One for each pair, by its nodes; who two people think may be one, each for a reason, are so for either."""
    apart: dict[tuple[Node, Node], float] = {}
    for pair in sorted(coincidences, key=lambda each: each.probability):
        if pair.probability > 0:
            firsts = anybody if pair.a == "unknown" else [pair.a]
            seconds = anybody if pair.b == "unknown" else [pair.b]
            for a, b in ((min(a, b), max(a, b)) for a in firsts for b in seconds if a != b):
                apart[a, b] = apart.get((a, b), 1.0) * (1 - pair.probability)
    return tuple(Coincidence(a=a, b=b, probability=1 - chance) for (a, b), chance in sorted(apart.items()))


def _last_told(paths: Mapping[Slug, tuple[Edge, ...]], told: Mapping[Slug, When]) -> dict[Node, date]:
    last: dict[Node, date] = {}
    for name, path in paths.items():
        day = _latest(told.get(name))
        for edge in reversed(path):
            last[edge.who] = max(day, last.get(edge.who, day))
            day = min(day, _latest(edge.when))
            if edge.source is not None:
                last[edge.source] = max(day, last.get(edge.source, day))
    return last


def _in_time(seeds: list[Seed], twins: Iterable[Coincidence], last: dict[Node, date]) -> tuple[Seed, ...]:
    """The seeds that can be in what was told; `last` is carried on to whom they came from and who may be the same."""
    if not seeds:
        return ()
    into: dict[Node, list[tuple[Node, date, date]]] = {}
    for seed in seeds:
        into.setdefault(seed.who, []).append((seed.source, _earliest(seed.when), _latest(seed.when)))
    for pair in twins:
        into.setdefault(pair.a, []).append((pair.b, date.min, date.max))
        into.setdefault(pair.b, []).append((pair.a, date.min, date.max))
    queue = [(-last[node].toordinal(), node) for node in into if node in last]
    heapify(queue)
    while queue:
        ordinal, node = heappop(queue)
        if -ordinal < last[node].toordinal():
            continue
        for source, first, until in into.get(node, ()):
            day = min(last[node], until)
            if first <= last[node] and last.get(source, date.min) < day:
                last[source] = day
                heappush(queue, (-day.toordinal(), source))
    return tuple(seed for seed in seeds if seed.who in last and _earliest(seed.when) <= last[seed.who])


def _earliest(when: When | None) -> date:
    return (when.padded[0] if when is not None else None) or date.min


def _latest(when: When | None) -> date:
    return (when.padded[1] if when is not None else None) or date.max


def ties(chains: Iterable[Chain]) -> tuple[Coincidence, ...]:
    """What chains that do not count say all the same: that those in one are of one origin."""
    return tuple(
        Coincidence(a=a, b=b, probability=1.0)
        for chain in chains
        for a, b in pairwise(sorted(node for node in nodes_of(_edges(chain)) if not unknown(node)))
    )
