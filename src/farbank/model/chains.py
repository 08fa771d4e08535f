"""Who learned it how, from whom, when: the hearsay chain, never shortened."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from farbank.model.dates import When
from farbank.model.places import PlaceId
from farbank.model.text import Slug

How = Literal["took-part", "saw", "was-told", "was-told-at-meeting", "rumour", "read", "overheard", "inferred"]

Node = str
"""One end of a hop: `person:<id>`, `body:<institution node>`, `meeting:<slug>`, `document:<slug>`,
`outlet:<id>`, `desk`, `state`, or `unknown`."""

NODE = r"^((person|body|meeting|document|outlet):[A-Za-z0-9:/-]+|desk|state|unknown)\Z"


def of_kind(kind: Literal["person", "meeting", "document"], node: Node | None) -> Slug | None:
    """The id of a node of that kind, None for every other."""
    prefix = f"{kind}:"
    return node.removeprefix(prefix) if node is not None and node.startswith(prefix) else None


TOLD: frozenset[How] = frozenset(("was-told", "was-told-at-meeting", "rumour", "overheard"))
"""Ways to learn something that need somebody to learn it from."""


class Hop(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step: `who` learned it `how` from `source`; `source` is None where `who` took part, saw, read or inferred."""

    who: Node
    how: How
    source: Node | None = None
    when: When | None = None
    channel: str | None = None

    def __post_init__(self) -> None:
        if self.source is None and self.how in TOLD:
            raise ValueError(f"{self.how} needs a source; write unknown where nobody knows from whom {self.who} had it")
        for node in (self.who, self.source):
            if node is not None and re.match(NODE, node) is None:
                raise ValueError(
                    f"expected person:…, body:…, meeting:…, document:…, outlet:…, desk, state or unknown, got {node!r}"
                )


class Chain(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The hops by which something reached the desk, farthest first; the last `who` told the desk.

    `reports` are the reports it was taken down in. `place` is where this chain says it holds, if not the claim's place.
    `bearing` says whether it supports or contradicts the claims that cite it.
    """

    id: Slug
    hops: tuple[Hop, ...]
    reports: tuple[Slug, ...] = ()
    place: PlaceId | None = None
    bearing: Literal["supports", "contradicts"] = "supports"

    def __post_init__(self) -> None:
        if not self.hops:
            raise ValueError("expected at least one hop; an unknown link is written as unknown, never left out")

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of every person in the chain, farthest first, each once."""
        nodes = [of_kind("person", node) for hop in self.hops for node in (hop.source, hop.who)]
        return tuple(dict.fromkeys(person for person in nodes if person is not None))


def seen(chains: Iterable[Chain]) -> bool:
    """Whether somebody in them was there: took part, or saw it."""
    return any(hop.how in ("took-part", "saw") for chain in chains for hop in chain.hops)


class Seed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What had carried a claim to somebody before they told it: the desk's own words, a broadcast, a notice, a broker.

    Whatever `who` says of it later may come from `source`, and is never independent of it (F9, F10). `probability` is
    how likely they took it in.
    """

    claim: Slug
    who: Node
    source: Node
    when: When | None = None
    probability: float = 1.0

    def __post_init__(self) -> None:
        for node in (self.who, self.source):
            if re.match(NODE, node) is None or node == "unknown":
                raise ValueError(
                    f"expected person:…, body:…, meeting:…, document:…, outlet:…, desk or state, got {node!r}"
                )
        if not 0 <= self.probability <= 1:
            raise ValueError(f"expected a probability from 0 to 1, got {self.probability}")


class Coincidence(msgspec.Struct, frozen=True, kw_only=True):
    """How likely two chain nodes are one and the same (two “cadres of a city committee”)."""

    a: Node
    b: Node
    probability: float

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise ValueError(f"expected a probability from 0 to 1, got {self.probability}")
