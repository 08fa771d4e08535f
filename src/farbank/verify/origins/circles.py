"""Circular reporting: the ways by which word came back to where it had been.

The desk tells a partner and hears it again; an outlet quotes the desk, which had quoted the outlet; one tells another
who told them. Only what can be on such a way is looked at: the strongly connected parts of the graph (Tarjan,
*Depth-first search and linear graph algorithms*, 1972).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from farbank.model.chains import Node
from farbank.verify.origins.echoes import DESK, Ways, onward
from farbank.verify.origins.graph import Graph, joins, unknown

Circle = tuple[Node, ...]


def circles(claim: Graph) -> tuple[Circle, ...]:
    """Ways from a node and back to it, each named once, from the desk or else its first name; the shortest first.

    All where one told somebody who told them, and so many more that everybody to whom word came back is on one, by a
    short way there and back. Every chain ends at the desk. Seeds count that came in time; institutions and
    coincidences make no circle.
    """
    ways = _ways(claim)
    onto = {node: frozenset(others) for node, others in ways.items()}
    pairs = [(a, b) for a, others in ways.items() for b in others if a <= b and a in onto.get(b, ())]
    found = {_named([a] if a == b else [a, b]) for a, b in pairs}
    through = {node for circle in found for node in circle}
    for part in _parts(ways):
        hub = DESK if DESK in part else min(part)
        there, back = _walk(hub, ways, part), _walk(hub, _turned(ways, part), part)
        first = min((node for node in part if back[node].depth == 1), key=lambda each: (there[each].depth, each))
        found.add(_named(_path(there, first)))
        through.update(_path(there, first))
        for node in sorted(part, key=lambda each: (there[each].depth + back[each].depth, each)):
            if node not in through:
                circle = _simple(_path(there, node), _path(back, node))
                found.add(_named(circle))
                through.update(circle)
    shown = {tuple("unknown" if unknown(node) else node for node in circle) for circle in found}
    return tuple(sorted(shown, key=lambda circle: (len(circle), circle)))


def _ways(claim: Graph) -> dict[Node, list[Node]]:
    ways = onward(claim, claim.seeds)
    for path in claim.paths.values():
        teller = path[-1].who
        if teller != DESK and joins(teller):
            ways.setdefault(teller, []).append(DESK)
    return {node: sorted(set(others)) for node, others in sorted(ways.items())}


def _named(nodes: Sequence[Node]) -> Circle:
    start = nodes.index(DESK if DESK in nodes else min(nodes))
    return (*nodes[start:], *nodes[:start], nodes[start])


class _Step(NamedTuple):
    """How far a node is from where a walk began, and the node before it."""

    depth: int
    before: Node | None


def _walk(hub: Node, ways: Ways, part: Set[Node]) -> dict[Node, _Step]:
    """The last step of a shortest way from the hub to every node of its part."""
    steps = {hub: _Step(0, None)}
    waiting = [hub]
    for node in waiting:
        for other in ways.get(node, ()):
            if other in part and other not in steps:
                steps[other] = _Step(steps[node].depth + 1, node)
                waiting.append(other)
    return steps


def _path(steps: Mapping[Node, _Step], node: Node) -> list[Node]:
    path, before = [node], steps[node].before
    while before is not None:
        path.append(before)
        before = steps[before].before
    return path[::-1]


def _simple(there: Sequence[Node], back: Sequence[Node]) -> list[Node]:
    """A circle with no node twice through the end of both ways from the hub, `back` being against the way of word."""
    behind = {node: position for position, node in enumerate(back[:-1])}
    start = max(position for position, node in enumerate(there[:-1]) if node in behind)
    return [*there[start:], *reversed(back[behind[there[start]] + 1 : -1])]


def _turned(ways: Ways, part: Set[Node]) -> dict[Node, list[Node]]:
    turned: dict[Node, list[Node]] = {}
    for node in sorted(part):
        for other in ways.get(node, ()):
            turned.setdefault(other, []).append(node)
    return turned


def _parts(ways: Ways) -> Iterator[frozenset[Node]]:
    """The strongly connected parts of two nodes or more."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    held: list[Node] = []
    let_go: set[Node] = set()
    for start in ways:
        walk: list[tuple[Node, Iterator[Node]]] = []
        new: Node | None = start if start not in index else None
        while new is not None or walk:
            if new is not None:
                index[new] = low[new] = len(index)
                held.append(new)
                walk.append((new, iter(ways.get(new, ()))))
            node, others = walk[-1]
            new = None
            for other in others:
                if other not in index:
                    new = other
                    break
                if other not in let_go:
                    low[node] = min(low[node], index[other])
            if new is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == index[node]:
                    part = _popped(held, node)
                    let_go.update(part)
                    if len(part) > 1:
                        yield frozenset(part)


def _popped(held: list[Node], until: Node) -> list[Node]:
    part = [held.pop()]
    while part[-1] != until:
        part.append(held.pop())
    return part
