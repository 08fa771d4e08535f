"""What people of the desk decided of two reports, made into which chains are counted and which are one.

Decisions lower the sure number of origins or leave it. The one exception is an “independent” that nobody doubts: it
takes away coincidences that were only feared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from farbank.model.chains import Chain, Coincidence, Node
from farbank.model.claims import Claim
from farbank.model.judgements import Judged, Likeness, Pairing, Question
from farbank.model.text import Slug
from farbank.verify.apart import apart, left_out
from farbank.verify.origins.count import witnesses

Held: TypeAlias = Mapping[tuple[Slug, Slug], Likeness]
"""What two reports, in order of their ids, are held to be to each other."""

CAREFUL: Mapping[Question, tuple[Likeness, ...]] = {
    "event": ("different", "cannot-tell", "same"),
    "origin": ("same", "cannot-tell", "different"),
}
"""From the reading that counts least to the one that counts most."""


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """The claim with the chains that count together, the coincidences to count them with, and what was left out.

    Chains left `aside` do not count, but those in them know each other all the same.
    """

    claim: Claim
    coincidences: tuple[Coincidence, ...]
    aside: tuple[Slug, ...] = ()


def held(judged: Iterable[Judged], claim: Slug, question: Question) -> dict[tuple[Slug, Slug], Likeness]:
    """What each pair of reports of a claim is held to be; where two people differ, the more careful reading counts."""
    latest: dict[tuple[Slug, Slug, str], Likeness | None] = {}
    for one in judged:
        if isinstance(one, Pairing) and (one.claim, one.question) == (claim, question):
            latest[one.a, one.b, one.by] = one.verdict
    found: dict[tuple[Slug, Slug], Likeness] = {}
    for (a, b, _), verdict in latest.items():
        if verdict is not None:
            found[a, b] = min(verdict, found.get((a, b), verdict), key=CAREFUL[question].index)
    return found


def decided(
    claim: Claim, chains: Mapping[Slug, Chain], coincidences: Sequence[Coincidence], judged: Sequence[Judged]
) -> Decided:
    """What of `claim` counts after all that was `judged`; `chains` are all chains of the case by id.

    Reports of one origin make their chains one. Reports of different events never count together: those events that
    leave fewer origins are left out, supporting and contradicting chains each for themselves, so that an event judged
    different never does away with a contradiction.
    """
    cited = [chains[name] for name in claim.chains]
    links = _adjusted(cited, coincidences, held(judged, claim.id, "origin"))
    events = apart(held(judged, claim.id, "event"))
    out = [
        chain
        for bearing in ("supports", "contradicts")
        for chain in left_out([chain for chain in cited if chain.bearing == bearing], events, links)
    ]
    if not out:
        return Decided(claim=claim, coincidences=links)
    kept = tuple(name for name in claim.chains if name not in {chain.id for chain in out})
    counted = msgspec.structs.replace(
        claim, chains=kept, amounts=tuple(amount for amount in claim.amounts if amount.chain in kept)
    )
    return Decided(claim=counted, coincidences=links, aside=tuple(chain.id for chain in out))


def _adjusted(cited: Sequence[Chain], coincidences: Sequence[Coincidence], origins: Held) -> tuple[Coincidence, ...]:
    """The coincidences without those that are denied, and with those that were found."""
    spanned = {pair: _between(cited, *pair) for pair in sorted(origins)}
    kept = [one for one in coincidences if not _denied(one, spanned, origins)]
    found = {
        (ends[0], ends[1]): None
        for pair, across in spanned.items()
        if origins[pair] == "same"
        for left, right in across
        if len(ends := sorted({*_farthest(left), *_farthest(right)})) == 2
    }
    return (*kept, *(Coincidence(a=a, b=b, probability=1.0) for a, b in found))


def _denied(
    one: Coincidence, spanned: Mapping[tuple[Slug, Slug], Sequence[tuple[Chain, Chain]]], origins: Held
) -> bool:
    """Whether it is only feared, somebody says that reports it would join are independent, and nobody doubts it."""
    if not 0 < one.probability < 1:
        return False
    said = {origins[pair] for pair, across in spanned.items() if any(_spans(one, *both) for both in across)}
    return said == {"different"}


def _spans(one: Coincidence, left: Chain, right: Chain) -> bool:
    near, far = witnesses(left), witnesses(right)
    return (one.a in near and one.b in far) or (one.b in near and one.a in far)


def _between(cited: Sequence[Chain], a: Slug, b: Slug) -> list[tuple[Chain, Chain]]:
    """Every two chains of which one was taken down in the one report, the other in the other."""
    return [
        (left, right) for left in cited if a in left.reports for right in cited if b in right.reports if left != right
    ]


def _farthest(chain: Chain) -> tuple[Node, ...]:
    """The farthest node that can make two chains one; none where every link is unknown or an institution."""
    known = witnesses(chain)
    ends = (node for hop in chain.hops for node in (hop.source, hop.who) if node in known)
    return tuple(node for node in (next(ends, None),) if node is not None)
