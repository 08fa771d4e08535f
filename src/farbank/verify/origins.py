"""How many independent origins stand behind a claim: roots are counted, not voices (F10).

Two chains are independent only if no person, meeting, document, outlet or the desk stands in both. An institution in
a chain is the thing that is told about, not a witness of it, so it joins nothing: two cities that received one order
of the Central Committee are two origins, two people who heard it in one meeting are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from farbank.model.chains import Chain, Coincidence, Node, of_kind
from farbank.model.findings import Origin


def witnesses(chain: Chain) -> frozenset[Node]:
    """Every node of the chain that could make two chains one: all but institutions and unknown links."""
    nodes = {node for hop in chain.hops for node in (hop.source, hop.who) if node is not None}
    return frozenset(node for node in nodes if node != "unknown" and not node.startswith("body:"))


def has_unknown_link(chain: Chain) -> bool:
    """Whether some link of the chain is not known, and so may be anybody."""
    return any("unknown" in (hop.source, hop.who) for hop in chain.hops)


def sure_origins(chains: Sequence[Chain], coincidences: Iterable[Coincidence] = ()) -> int:
    """The number of origins that is certain: a lower bound that merging can only lower.

    A chain with an unknown link may end in the same person as any other, so it counts only where nothing else does.
    Nodes that might coincide, with whatever probability above zero, are taken to be one.
    """
    known = [witnesses(chain) for chain in chains if not has_unknown_link(chain) and witnesses(chain)]
    if not known:
        return 1 if chains else 0
    links = [frozenset((pair.a, pair.b)) for pair in coincidences if pair.probability > 0]
    return _components(known, links)


def _components(groups: Sequence[frozenset[Node]], links: Sequence[frozenset[Node]]) -> int:
    merged: list[set[Node]] = []
    counted: list[bool] = []
    for group, counts in [(g, True) for g in groups] + [(link, False) for link in links]:
        joined, joined_counts = set(group), counts
        rest: list[set[Node]] = []
        rest_counts: list[bool] = []
        for other, other_counts in zip(merged, counted, strict=True):
            if joined & other:
                joined |= other
                joined_counts = joined_counts or other_counts
            else:
                rest.append(other)
                rest_counts.append(other_counts)
        merged, counted = [*rest, joined], [*rest_counts, joined_counts]
    return sum(counted)


def origin_kind(chain: Chain) -> Origin:
    """What kind of origin a chain leads back to; something the desk or the state said first stays theirs (F9)."""
    nodes = [node for hop in chain.hops for node in (hop.source, hop.who) if node is not None]
    if "desk" in nodes:
        return "desk"
    if any(node == "state" or node.startswith("outlet:") for node in nodes):
        return "state"
    return "unknown" if chain.hops[-1].who == "unknown" else "partner"


def mouths(chain: Chain) -> int:
    """How many people it passed through before the desk, the teller included: 1 is first-hand, 2 second-hand.

    An unknown link counts as one more person; institutions do not speak and are not counted.
    """
    told: Node | None = None  # who the hop before ended with: where this one goes on from there, they are one mouth
    passed: list[Node | None] = []
    for position, hop in enumerate(chain.hops):
        passed += [hop.who] if position and hop.source == told else [hop.source, hop.who]
        told = hop.who
    return sum(node == "unknown" or of_kind("person", node) is not None for node in passed)
