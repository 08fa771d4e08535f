"""What is told for a claim and what against it, each as a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from farbank.model.chains import Chain, Coincidence, Seed
from farbank.model.dates import When
from farbank.model.text import Slug
from farbank.verify.origins.count import own_word
from farbank.verify.origins.graph import Graph, graph


class Sides(NamedTuple):
    """The graph of the chains that support a claim, of those that contradict it, and of both.

    `own` are the supporting chains that may be nothing but the desk's own word come back; a denial never is.
    """

    said: Graph
    denied: Graph
    whole: Graph
    own: frozenset[Slug]


def sides(
    cited: Iterable[Chain],
    coincidences: Iterable[Coincidence] = (),
    seeds: Iterable[Seed] = (),
    told: Mapping[Slug, When] | None = None,
) -> Sides:
    """Put together the chains that bear on one claim, with its seeds; `told` is when each reached the desk, by id."""
    chains, pairs, fed = tuple(cited), tuple(coincidences), tuple(seeds)
    said, denied, whole = (
        graph([chain for chain in chains if chain.bearing in bearings], pairs, fed, told)
        for bearings in (("supports",), ("contradicts",), ("supports", "contradicts"))
    )
    return Sides(said, denied, whole, own_word(said))
