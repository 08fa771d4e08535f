"""How many independent origins stand behind a claim: roots are counted, not voices (F10).

Two chains are independent only if no person, meeting, document, outlet or the desk stands in both, or before both. An
institution in a chain is the thing that is told about, not a witness of it, so it joins nothing: two cities that
received one order of the Central Committee are two origins, two people who heard it in one meeting are one. Two who saw
the same thing themselves are two. A chain that leads to nothing but what the desk had told is none (F9).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from farbank.model.chains import Chain, Coincidence, Node, Seed, of_kind
from farbank.model.dates import When
from farbank.model.findings import Origin
from farbank.model.text import Slug
from farbank.verify.origins.echoes import DESK, Link, echoes, ends, leaning, onward, reach, vague
from farbank.verify.origins.graph import Graph, graph, joins, nodes_of
from farbank.verify.origins.sets import Sets

Voices = Literal["one", "several"]


def witnesses(chain: Chain) -> frozenset[Node]:
    """Every node of the chain that could make two chains one: all but institutions and unknown links."""
    nodes = {node for hop in chain.hops for node in (hop.source, hop.who) if node is not None}
    return frozenset(node for node in nodes if node != "unknown" and joins(node))


def has_unknown_link(chain: Chain) -> bool:
    """Whether some link of the chain is not known, and so may be anybody."""
    return any("unknown" in (hop.source, hop.who) for hop in chain.hops)


def sure_origins(
    chains: Iterable[Chain],
    coincidences: Iterable[Coincidence] = (),
    seeds: Iterable[Seed] = (),
    told: Mapping[Slug, When] | None = None,
) -> int:
    """The number of origins that is certain; see `sure`. `told` is when each chain reached the desk, by its id."""
    return sure(graph(chains, coincidences, seeds, told))


def sure(claim: Graph, among: Collection[Slug] | None = None) -> int:
    """The number of origins that is certain, `among` some of the chains: a lower bound that merging can only lower.

    A chain with an unknown link may end in the same person as any other, so it counts only where nothing else does, and
    so does what rests on somebody who had it by such a link.
    Nodes that might coincide, with whatever probability above zero, are taken to be one, and whoever might have taken
    something in to have done so.
    """
    rests = {name: leaning(path) for name, path in claim.paths.items()}
    own, unsure = _own(claim, rests), vague(claim, rests)
    counted = [name for name in claim.paths if name not in own and (among is None or name in among)]
    one = joined(claim, (*claim.seeds, *claim.twins))
    nodes = [nodes_of(claim.paths[name]) for name in counted if name not in unsure]
    certain = {one.of(each[0]) for each in nodes if each}
    return len(certain) or min(1, len(counted))


def own_word(claim: Graph) -> frozenset[Slug]:
    """The chains that may be nothing but the desk's own word come back."""
    return _own(claim, {name: leaning(path) for name, path in claim.paths.items()})


def _own(claim: Graph, rests: Mapping[Slug, tuple[Node, ...]]) -> frozenset[Slug]:
    return echoes(rests, reach([DESK], onward(claim, (*claim.seeds, *claim.twins))))


def joined(claim: Graph, links: Iterable[Link]) -> Sets[Node]:
    """Every node with those it is of one origin with, if `links` are all as they say."""
    one: Sets[Node] = Sets()
    for path in claim.paths.values():
        one.join(nodes_of(path))
    for link in links:
        if all(map(joins, ends(link))):
            one.join(ends(link))
    return one


def voices(origins: int) -> Voices:
    """Whether a sentence may speak of several: never of “sources” unless two origins are sure (F10, E41)."""
    return "several" if origins >= 2 else "one"


def of_state(coincidences: Iterable[Coincidence]) -> frozenset[Node]:
    """The state and every node that is surely one with it: its own outlets."""
    ends = ({one.a, one.b} for one in coincidences if one.probability >= 1)
    return frozenset({"state"}.union(*(pair for pair in ends if "state" in pair)))


def origin_kind(chain: Chain, state: Collection[Node] = ("state",)) -> Origin:
    """What kind of origin a chain leads back to; what the desk, the `state` or an outlet said first is theirs (F9)."""
    nodes = [node for hop in chain.hops for node in (hop.source, hop.who) if node is not None]
    if "desk" in nodes:
        return "desk"
    if any(node in state for node in nodes):
        return "state"
    if any(node.startswith("outlet:") for node in nodes):
        return "media"
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
