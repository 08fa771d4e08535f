"""A cluster cut where only a certain origin holds it together, so that what is left can be summed by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from farbank.verify.origins.blocks import blocks
from farbank.verify.origins.frontier import CERTAIN, Leaning, Tie
from farbank.verify.origins.sets import Sets


class Piece(NamedTuple):
    """Labels of nodes, and the ties between them by position."""

    labels: tuple[int | Leaning, ...]
    ties: tuple[Tie, ...]


def pieces(cluster: Piece) -> list[Piece]:
    """The cluster cut at every certain node that connects parts which hang together nowhere else.

    Such a node stands in each of its pieces, and is counted in each. A label stays with the bits it leans on.
    """
    block = blocks(len(cluster.labels), [(tie.a, tie.b) for tie in cluster.ties])
    one: Sets[int] = Sets()
    first: dict[int, int] = {}
    of_bit = {tie.bit: number for tie, number in zip(cluster.ties, block, strict=True) if tie.bit is not None}
    for tie, number in zip(cluster.ties, block, strict=True):
        for node in (tie.a, tie.b):
            label = cluster.labels[node]
            if label != CERTAIN:
                bits = label.bits if isinstance(label, Leaning) and node not in first else ()
                one.join((number, first.setdefault(node, number), *(of_bit[bit] for bit in bits)))
    parts: dict[int, list[Tie]] = {}
    for tie, number in zip(cluster.ties, block, strict=True):
        parts.setdefault(one.of(number), []).append(tie)
    return [_piece(cluster, ties) for ties in parts.values()] or [cluster]


def _piece(cluster: Piece, ties: Sequence[Tie]) -> Piece:
    nodes: dict[int, int] = {}
    for tie in ties:
        for node in (tie.a, tie.b):
            nodes.setdefault(node, len(nodes))
    return Piece(
        tuple(cluster.labels[node] for node in nodes),
        tuple(tie._replace(a=nodes[tie.a], b=nodes[tie.b]) for tie in ties),
    )
