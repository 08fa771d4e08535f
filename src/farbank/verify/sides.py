"""What is told for a claim and what against it, each as a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from farbank.model.chains import Chain, Coincidence, Seed
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.text import Slug
from farbank.verify.errors import ClaimWithoutChain
from farbank.verify.graph import Graph, graph
from farbank.verify.origins import own_word


class Sides(NamedTuple):
    """The graph of the chains that support a claim, of those that contradict it, and of both.

    `own` are the chains of either side that may be nothing but the desk's own word come back.
    """

    said: Graph
    denied: Graph
    whole: Graph
    own: frozenset[Slug]


def sides(
    claim: Claim,
    chains: Mapping[str, Chain],
    coincidences: Iterable[Coincidence] = (),
    seeds: Iterable[Seed] = (),
    told: Mapping[Slug, When] | None = None,
) -> Sides:
    """Put together what bears on `claim`, from all chains of the case by id and all its seeds.

    `told` is when each chain reached the desk, by its id. Raises ClaimWithoutChain if the claim cites none.
    """
    cited = [chains[name] for name in claim.chains]
    if not cited:
        raise ClaimWithoutChain(claim.id)
    fed = [seed for seed in seeds if seed.claim == claim.id]
    pairs = tuple(coincidences)
    said, denied, whole = (
        graph([chain for chain in cited if chain.bearing in bearings], pairs, fed, told)
        for bearings in (("supports",), ("contradicts",), ("supports", "contradicts"))
    )
    return Sides(said, denied, whole, own_word(said) | own_word(denied))
