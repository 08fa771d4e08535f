"""What was told, as it might have been told otherwise: what an influence is held against."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from farbank.model.chains import Chain, Hop, Node
from farbank.verify.credence.paths import UNKNOWN, paths
from farbank.verify.credence.testimony import Told


def at_origins(told: Told) -> Told:
    """As if the desk had heard whoever began each chain."""
    return told._replace(chains=tuple(_first(chain) for chain in told.chains))


def apart(told: Told) -> Told:
    """As if no two chains had anybody in common."""
    chains, records, echoes = [], dict(told.records), dict(told.echoes)
    for chain in told.chains:
        chains.append(_renamed(chain, lambda node, chain=chain: _own(node, chain)))  # type: ignore[misc]
        for node in {hop.who for hop in chain.hops} | {hop.source for hop in chain.hops if hop.source}:
            if node in told.echoes:
                echoes[_own(node, chain)] = told.echoes[node]
            person = node.removeprefix("person:")
            if person in told.records and person != node:
                records[_own(node, chain).removeprefix("person:")] = told.records[person]
    same = all(new == old for new, old in zip(chains, told.chains, strict=True))
    return told if same else Told(tuple(chains), (), records, echoes)


def known(told: Told) -> Told:
    """As if every unknown link were somebody known, with no record."""
    return told._replace(
        chains=tuple(
            _renamed(chain, lambda node, chain=chain: f"person:unknown/{chain.id}" if node == UNKNOWN else node)  # type: ignore[misc]
            for chain in told.chains
        )
    )


def _first(chain: Chain) -> Chain:
    first = paths([chain])[0].stations[0]
    hop = chain.hops[0]
    if first.node != hop.who:
        hop = Hop(who=first.node, how="was-told", source=first.node)
    return msgspec.structs.replace(chain, hops=(hop,))


def _renamed(chain: Chain, name: Callable[[Node], Node]) -> Chain:
    hops = tuple(
        msgspec.structs.replace(hop, who=name(hop.who), source=name(hop.source) if hop.source else None)
        for hop in chain.hops
    )
    return msgspec.structs.replace(chain, hops=hops)


def _own(node: Node, chain: Chain) -> Node:
    return f"{node}/{chain.id}" if ":" in node and not node.startswith("body:") else node
