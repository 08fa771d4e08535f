"""The desk's own word come back: chains that lead to nothing but what the desk itself had told (F9)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from farbank.model.chains import Coincidence, Node, Seed
from farbank.model.text import Slug
from farbank.verify.origins.graph import Edge, Graph, joins, unknown

Link = Seed | Coincidence
"""What may make two nodes one, or one the ancestor of another."""

Ways = Mapping[Node, Sequence[Node]]
"""From each node, where word went on to."""

DESK = "desk"


def leaning(path: Sequence[Edge]) -> tuple[Node, ...]:
    """The nodes a chain rests on, each of which may only repeat the desk; empty where it needs nobody's word.

    A chain rests on its first mouth, of whom it does not say how they knew; on who only inferred it; and where a link
    is unknown, on who took it from there. It rests on nobody where somebody took part, saw it or had it from an
    institution, or where the desk speaks for itself.
    """
    found: list[Node] = []
    passed: set[Node] = set()
    for edge in path:
        if edge.source is None:
            own = path[-1].who == DESK if edge.who == DESK else edge.how in ("took-part", "saw")
            if own:
                return ()
            found.append(edge.who)
        elif edge.source not in passed:
            if not joins(edge.source):
                return ()
            found.append(edge.who if unknown(edge.source) and edge.who != DESK else edge.source)
            passed.add(edge.source)
        passed.add(edge.who)
    return tuple(found)


def echoes(rests: Mapping[Slug, Sequence[Node]], reached: Container[Node]) -> frozenset[Slug]:
    """The chains that lean on nobody but whom the desk's word `reached`; `rests` is what each leans on."""
    return frozenset(name for name, nodes in rests.items() if nodes and all(node in reached for node in nodes))


def vague(claim: Graph, rests: Mapping[Slug, Sequence[Node]]) -> frozenset[Slug]:
    """The chains with an unknown link, their own or one by which some chain says that what they lean on had it."""
    ways = onward(claim, ())
    unsure = reach([node for node in ways if unknown(node)], ways)
    return frozenset(
        name
        for name, path in claim.paths.items()
        if any(unknown(node) for edge in path for node in (edge.source, edge.who) if node is not None)
        or not unsure.isdisjoint(rests[name])
    )


def onward(claim: Graph, links: Iterable[Link]) -> dict[Node, list[Node]]:
    """From each node, where word went on to: by the hops of every chain, and by `links`."""
    ways: dict[Node, list[Node]] = {}
    hops = ((edge.source, edge.who) for path in claim.paths.values() for edge in path if edge.source is not None)
    for source, who in (*hops, *(way for link in links for way in ways_of(link))):
        if joins(source) and joins(who):
            ways.setdefault(source, []).append(who)
    return ways


def ends(link: Link) -> tuple[Node, Node]:
    """The two nodes that a link makes one."""
    return (link.source, link.who) if isinstance(link, Seed) else (link.a, link.b)


def ways_of(link: Link) -> tuple[tuple[Node, Node], ...]:
    """The ways word can take over a link: from a seed's source to whom it reached; between twins both ways."""
    one, other = ends(link)
    return ((one, other),) if isinstance(link, Seed) else ((one, other), (other, one))


def reach(starts: Iterable[Node], *ways: Ways, past: Container[Node] = ()) -> frozenset[Node]:
    """Every node that can be reached from `starts`, they included, without going over those in `past`."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        node = waiting.pop()
        for onto in ways:
            for other in onto.get(node, ()):
                if other not in found and other not in past:
                    found.add(other)
                    waiting.append(other)
    return frozenset(found)
