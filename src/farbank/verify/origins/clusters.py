"""The parts of a claim's graph that no uncertain link connects, so that each can be summed by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from farbank.model.chains import Node
from farbank.model.text import Slug
from farbank.verify.origins.echoes import Link, ends
from farbank.verify.origins.frontier import Tie
from farbank.verify.origins.sets import Sets

Pair = tuple[int, int]


class Cluster(NamedTuple):
    """What uncertain links may make one: the chains at each node, the ties between nodes by their position.

    `carrying` are the links over which the desk's own word may have come, each with the nodes it ties.
    """

    chains: tuple[tuple[Slug, ...], ...]
    ties: tuple[Tie, ...]
    carrying: tuple[tuple[Link, Pair], ...]


def clusters(
    chains: Mapping[Node, Sequence[Slug]], one: Sets[Node], unsure: Sequence[Link], carrying: Collection[int]
) -> list[Cluster]:
    """The clusters of `chains`, which are by the node that stands for their origin in `one`.

    `carrying` are positions in `unsure`. Several ties between the same two nodes are given as one.
    """
    wide: Sets[Node] = Sets()
    tied = [(one.of(a), one.of(b)) for a, b in map(ends, unsure)]
    for both in tied:
        wide.join(both)
    nodes: dict[Node, dict[Node, int]] = {}
    for node in dict.fromkeys([*chains, *(node for pair in tied for node in pair)]):
        inside = nodes.setdefault(wide.of(node), {})
        inside[node] = len(inside)
    ties: dict[Node, dict[Pair, float]] = {}
    carried: dict[Node, list[tuple[Link, Pair]]] = {}
    for position, (link, (a, b)) in enumerate(zip(unsure, tied, strict=True)):
        group = wide.of(a)
        pair = nodes[group][a], nodes[group][b]
        low, high = sorted(pair)
        if position in carrying:
            carried.setdefault(group, []).append((link, pair))
        elif low != high:
            between = ties.setdefault(group, {})
            between[low, high] = 1 - (1 - between.get((low, high), 0.0)) * (1 - link.probability)
    return [
        Cluster(
            tuple(tuple(chains.get(node, ())) for node in inside),
            tuple(Tie(low, high, probability) for (low, high), probability in ties.get(group, {}).items()),
            tuple(carried.get(group, ())),
        )
        for group, inside in nodes.items()
    ]
