"""The parts of a claim's graph that no uncertain link connects, so that each can be summed by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from farbank.model.chains import Node
from farbank.model.text import Slug
from farbank.verify.blocks import blocks
from farbank.verify.echoes import Link, ends
from farbank.verify.frontier import Tie
from farbank.verify.sets import Sets

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


def pieces(cluster: Cluster, certain: Collection[int]) -> list[Cluster]:
    """The cluster cut at every node that is in `certain` and connects parts that hang together nowhere else.

    Such a node is counted once in each piece, and the pieces have nothing else to do with each other.
    """
    pairs = [*((tie.a, tie.b) for tie in cluster.ties), *(pair for _, pair in cluster.carrying)]
    block = blocks(len(cluster.chains), pairs)
    whole: Sets[int] = Sets()
    first: dict[int, int] = {}
    for pair, number in zip(pairs, block, strict=True):
        whole.join((number, *(first.setdefault(node, number) for node in pair if node not in certain)))
    parts: dict[int, list[int]] = {}
    for position, number in enumerate(block):
        parts.setdefault(whole.of(number), []).append(position)
    return [_piece(cluster, pairs, positions) for positions in parts.values()] or [cluster]


def _piece(cluster: Cluster, pairs: Sequence[Pair], positions: Sequence[int]) -> Cluster:
    nodes: dict[int, int] = {}
    for position in positions:
        for node in pairs[position]:
            nodes.setdefault(node, len(nodes))
    ties = len(cluster.ties)
    return Cluster(
        tuple(cluster.chains[node] for node in nodes),
        tuple(
            Tie(nodes[tie.a], nodes[tie.b], tie.probability)
            for tie in (cluster.ties[position] for position in positions if position < ties)
        ),
        tuple(
            (link, (nodes[a], nodes[b]))
            for link, (a, b) in (cluster.carrying[position - ties] for position in positions if position >= ties)
        ),
    )
