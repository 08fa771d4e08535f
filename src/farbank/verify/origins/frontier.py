"""Uncertain links summed node by node: how many of what they join stand apart, and how likely.

The states of the links are not listed. Only how the nodes still open hang together is kept, so the work grows with how
many are open at once and not with how many links there are (the frontier method of network reliability: Hardy, Lucet
and Limnios, *K-terminal network reliability measures with binary decision diagrams*, 2007).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Tally = NDArray[np.float64]
"""Probabilities: at 0 that nothing is counted at all, at 1, 2, 3, … that something is, and 0, 1, 2, … stand apart."""

NOBODY, VAGUE, CERTAIN = range(3)
"""What a node holds: nothing that is counted; only what may be somebody else's; what stands apart for certain. Of
nodes that are one, the highest label is that of all."""


class Tie(NamedTuple):
    """How likely two nodes, by their positions, are one; with a `bit`, labels can depend on whether they are."""

    a: int
    b: int
    probability: float
    bit: int | None = None


class Leaning(NamedTuple):
    """A label that depends on which of some bits hold."""

    bits: tuple[int, ...]
    label: Callable[[frozenset[int]], int]


class Block(NamedTuple):
    """Open nodes that are one, and their label."""

    nodes: tuple[int, ...]
    label: int


class State(NamedTuple):
    """How the open nodes hang together, and which of the bits settled and still needed hold."""

    blocks: tuple[Block, ...]
    holding: frozenset[int]


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


def summed(labels: Sequence[int | Leaning], ties: Sequence[Tie], *, anybody: float, width: int) -> tuple[Tally, float]:
    """The tally over all states of the ties, and the probability moved because more than `width` were open at once.

    Of more than `width` states the likeliest are kept; in the others all that is open is taken to be one and every bit
    to hold, which never makes more stand apart. Every node of a label that leans has a tie.
    """
    steps = _steps(len(labels), ties)
    chances = {tie.bit: tie.probability for tie in ties if tie.bit is not None}
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for position, step in enumerate(steps):
        for bit in _needed(step, labels):
            first.setdefault(bit, position)
            last[bit] = position
    done = np.ones(1)
    tied = {node for step in steps for node in step.opened}
    for node, label in enumerate(labels):
        if node not in tied:
            done = closed(done, _label(label, frozenset()), anybody)
    states: dict[State, Tally] = {State((), frozenset()): done}
    moved = 0.0
    for position, step in enumerate(steps):
        for bit in _needed(step, labels):
            if first[bit] == position:
                states, lost = _narrowed(_settled(states, bit, chances[bit]), width)
                moved += lost
        over = frozenset(bit for bit in _needed(step, labels) if last[bit] == position)
        states, lost = _narrowed(_taken(states, step, labels, over, anybody), width)
        moved += lost
    return states[State((), frozenset())], moved


class _Step(NamedTuple):
    """A tie, the nodes first met with it, and those last met with it."""

    tie: Tie
    opened: tuple[int, ...]
    over: tuple[int, ...]


def _steps(count: int, ties: Sequence[Tie]) -> list[_Step]:
    places = _order(count, ties)
    ordered = sorted(ties, key=lambda tie: sorted((places[tie.a], places[tie.b]), reverse=True))
    final = {node: position for position, tie in enumerate(ordered) for node in (tie.a, tie.b)}
    opened: set[int] = set()
    steps = []
    for position, tie in enumerate(ordered):
        nodes = tuple(dict.fromkeys((tie.a, tie.b)))
        new = tuple(node for node in nodes if node not in opened)
        opened.update(new)
        steps.append(_Step(tie, new, tuple(node for node in nodes if final[node] == position)))
    return steps


def _needed(step: _Step, labels: Sequence[int | Leaning]) -> list[int]:
    """The bits that must be settled at a step."""
    leaning = [label.bits for label in (labels[node] for node in step.opened) if isinstance(label, Leaning)]
    own = () if step.tie.bit is None else (step.tie.bit,)
    return sorted({bit for bits in (*leaning, own) for bit in bits})


def _settled(states: Mapping[State, Tally], bit: int, chance: float) -> dict[State, Tally]:
    """Each state once with the bit holding and once without."""
    after = {state._replace(holding=state.holding | {bit}): tally * chance for state, tally in states.items()}
    return after | ({state: tally * (1 - chance) for state, tally in states.items()} if chance < 1 else {})


def _taken(
    states: Mapping[State, Tally], step: _Step, labels: Sequence[int | Leaning], bits: frozenset[int], anybody: float
) -> dict[State, Tally]:
    """The states after a step, without the bits that are not needed any more."""
    after: dict[State, Tally] = {}
    for state, tally in states.items():
        opened = (Block((node,), _label(labels[node], state.holding)) for node in step.opened)
        for blocks, chance in _branches((*state.blocks, *opened), step.tie, state.holding):
            left, kept = _without(blocks, step.over, tally * chance, anybody)
            new = State(left, state.holding - bits)
            after[new] = added(after[new], kept) if new in after else kept
    return after


def _label(label: int | Leaning, holding: frozenset[int]) -> int:
    return label.label(holding.intersection(label.bits)) if isinstance(label, Leaning) else label


def _branches(blocks: tuple[Block, ...], tie: Tie, holding: frozenset[int]) -> list[tuple[tuple[Block, ...], float]]:
    a = next(block for block in blocks if tie.a in block.nodes)
    b = next(block for block in blocks if tie.b in block.nodes)
    if a == b:
        return [(blocks, 1.0)]
    probability = tie.probability if tie.bit is None else float(tie.bit in holding)
    together = (*(block for block in blocks if block not in (a, b)), _one((a, b)))
    branches = [(together, probability), (blocks, 1 - probability)]
    return [(branch, chance) for branch, chance in branches if chance > 0]


def _one(blocks: Sequence[Block]) -> Block:
    nodes = sorted(node for block in blocks for node in block.nodes)
    return Block(tuple(nodes), max(block.label for block in blocks))


def _without(
    blocks: tuple[Block, ...], over: Sequence[int], tally: Tally, anybody: float
) -> tuple[tuple[Block, ...], Tally]:
    """The blocks with the nodes that are `over` left out, and the tally with what closes with them."""
    rest: list[Block] = []
    for block in blocks:
        nodes = tuple(node for node in block.nodes if node not in over)
        if nodes:
            rest.append(Block(nodes, block.label))
        else:
            tally = closed(tally, block.label, anybody)
    return tuple(sorted(rest)), tally


def _narrowed(states: dict[State, Tally], width: int) -> tuple[dict[State, Tally], float]:
    if len(states) <= width:
        return states, 0.0
    ranked = sorted(states.items(), key=lambda item: (-item[1].sum(), item[0].blocks, sorted(item[0].holding)))
    every = frozenset(bit for state in states for bit in state.holding)
    kept = dict(ranked[:width])
    moved = 0.0
    for state, tally in ranked[width:]:
        moved += float(tally.sum())
        one = State((_one(state.blocks),) if state.blocks else (), every)
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
