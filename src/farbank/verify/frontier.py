"""Uncertain links summed node by node: how many of what they join stand apart, and how likely.

The states of the links are not listed. Only how the nodes still open hang together is kept, so the work grows with how
many are open at once and not with how many links there are (the frontier method of network reliability: Hardy, Lucet
and Limnios, *K-terminal network reliability measures with binary decision diagrams*, 2007).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Tally = NDArray[np.float64]
"""Probabilities: at 0 that nothing is counted at all, at 1, 2, 3, … that something is, and 0, 1, 2, … stand apart."""

NOBODY, VAGUE, CERTAIN = range(3)
"""What a node holds: nothing that is counted; only what may be somebody else's; what stands apart for certain. Of
nodes that are one, the highest label is that of all."""


class Tie(NamedTuple):
    """How likely two nodes, by their positions, are one."""

    a: int
    b: int
    probability: float


class Block(NamedTuple):
    """Open nodes that are one, and their label."""

    nodes: tuple[int, ...]
    label: int


State = tuple[Block, ...]


def closed(tally: Tally, label: int, anybody: float) -> Tally:
    """The tally once a node with that label is done with; what is vague is somebody else's with chance `anybody`."""
    if label == NOBODY:
        return tally
    apart = 1 - anybody if label == VAGUE else 1.0
    found = np.zeros(len(tally) + 2)
    counted = tally[1:].copy() if len(tally) > 1 else np.zeros(1)
    counted[0] += tally[0]
    found[1 : 1 + len(counted)] += counted * (1 - apart)
    found[2 : 2 + len(counted)] += counted * apart
    return found[: len(counted) + 2]


def added(one: Tally, other: Tally) -> Tally:
    """Two tallies of different states as one."""
    short, long = sorted((one, other), key=len)
    found = long.copy()
    found[: len(short)] += short
    return found


def summed(labels: Sequence[int], ties: Sequence[Tie], *, anybody: float, width: int) -> tuple[Tally, float]:
    """The tally over all states of the ties, and the probability moved because more than `width` were open at once.

    Of more than `width` states the likeliest are kept; in the others all that is open is taken to be one, which never
    makes more stand apart.
    """
    places = _order(len(labels), ties)
    ordered = sorted(ties, key=lambda tie: sorted((places[tie.a], places[tie.b]), reverse=True))
    final = {node: position for position, tie in enumerate(ordered) for node in (tie.a, tie.b)}
    done = np.ones(1)
    for node, label in enumerate(labels):
        if node not in final:
            done = closed(done, label, anybody)
    states: dict[State, Tally] = {(): done}
    opened: set[int] = set()
    moved = 0.0
    for position, tie in enumerate(ordered):
        new = [node for node in dict.fromkeys((tie.a, tie.b)) if node not in opened]
        opened.update(new)
        over = [node for node in dict.fromkeys((tie.a, tie.b)) if final[node] == position]
        after: dict[State, Tally] = {}
        for state, tally in states.items():
            wide = (*state, *(Block((node,), labels[node]) for node in new))
            for branch, chance in _branches(wide, tie):
                blocks, kept = _without(branch, over, tally * chance, anybody)
                after[blocks] = added(after[blocks], kept) if blocks in after else kept
        states, lost = _narrowed(after, width)
        moved += lost
    return states[()], moved


def _branches(state: State, tie: Tie) -> list[tuple[State, float]]:
    a = next(block for block in state if tie.a in block.nodes)
    b = next(block for block in state if tie.b in block.nodes)
    if a == b:
        return [(state, 1.0)]
    one = _one((a, b))
    together = (*(block for block in state if block not in (a, b)), one)
    branches = [(together, tie.probability), (state, 1 - tie.probability)]
    return [(branch, chance) for branch, chance in branches if chance > 0]


def _one(blocks: Sequence[Block]) -> Block:
    nodes = sorted(node for block in blocks for node in block.nodes)
    return Block(tuple(nodes), max(block.label for block in blocks))


def _without(state: State, over: Sequence[int], tally: Tally, anybody: float) -> tuple[State, Tally]:
    """The state with the nodes that are `over` left out, and the tally with what closes with them."""
    rest: list[Block] = []
    for block in state:
        nodes = tuple(node for node in block.nodes if node not in over)
        if nodes:
            rest.append(Block(nodes, block.label))
        else:
            tally = closed(tally, block.label, anybody)
    return tuple(sorted(rest)), tally


def _narrowed(states: dict[State, Tally], width: int) -> tuple[dict[State, Tally], float]:
    if len(states) <= width:
        return states, 0.0
    ranked = sorted(states.items(), key=lambda item: (-item[1].sum(), item[0]))
    kept = dict(ranked[:width])
    moved = 0.0
    for state, tally in ranked[width:]:
        moved += float(tally.sum())
        one = (_one(state),)
        kept[one] = added(kept[one], tally) if one in kept else tally
    return kept, moved


def _order(count: int, ties: Sequence[Tie]) -> list[int]:
    """The place of every node in a walk that goes on from the last one while it can, so that few are open at once."""
    beside: list[list[int]] = [[] for _ in range(count)]
    for tie in ties:
        beside[tie.a].append(tie.b)
        beside[tie.b].append(tie.a)
    places = [-1] * count
    walked = 0
    for start in sorted(range(count), key=lambda node: len(beside[node])):
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if places[node] < 0:
                places[node] = walked
                walked += 1
                waiting += [other for other in sorted(beside[node], reverse=True) if places[other] < 0]
    return places
