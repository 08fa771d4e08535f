"""Where a claim holds: its place part by part, as of a date (F13, F14, F15).

A part is a place of the next level below the claim's own. What comes from somewhere inside a part speaks for it; what
is said of the whole speaks for no part, so a state's “everywhere” is tested by what is heard from each. The state's own
word and the desk's are no answer from a place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from farbank.country.gazetteer import Gazetteer
from farbank.model.chains import Chain
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.inquiries import Inquiry
from farbank.model.places import PlaceId
from farbank.model.text import Slug
from farbank.verify.origins.count import origin_kind, sure
from farbank.verify.origins.graph import Graph, graph

Holds = Literal["confirmed", "reported", "contested", "contradicted", "echoed", "nothing", "unaskable", "unasked"]
"""Of one part. confirmed, reported: it holds by two origins or more, by one. contested: told and contradicted.
echoed: only what the state or the desk had said comes back. nothing: asked, and nobody knew. unaskable: nobody was
reached, or would say. unasked: nobody was asked."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """How a claim stands in one place, and everything that bears on it, outdated inquiries too.

    `nothing` says that somebody asked there and heard nothing that no later word outdates, whatever else is known.
    """

    place: PlaceId
    holds: Holds
    nothing: bool = False
    chains: tuple[Slug, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()


class Territory(msgspec.Struct, frozen=True, kw_only=True):
    """Places asked in vain, not asked and not askable, sorted: what a finding keeps of its scope."""

    nothing_in: tuple[PlaceId, ...]
    unasked_in: tuple[PlaceId, ...]
    unaskable_in: tuple[PlaceId, ...]


def in_hand(chains: Iterable[Chain], as_of: date, told: Mapping[Slug, When] | None = None) -> tuple[Chain, ...]:
    """The chains that had reached the desk by `as_of`, those of no known date among them.

    `told` is when each reached the desk, by its id; of one that is not there the last hop's date counts.
    """
    return tuple(chain for chain in chains if not _later(_when(chain, told), as_of))


def parts(
    claim: Claim,
    chains: Iterable[Chain],
    inquiries: Iterable[Inquiry],
    gazetteer: Gazetteer,
    as_of: date,
    *,
    whole: Graph | None = None,
    told: Mapping[Slug, When] | None = None,
    echoes: Collection[Slug] = (),
) -> tuple[Part, ...]:
    """How `claim` stands in every part of its place, and in any other place that was told of or asked; sorted by id.

    `chains` are those the claim cites; of them and of `inquiries`, those about other claims and those later than
    `as_of` do not count. A word from a place outdates what was asked there in vain before it; both stay in the record
    (F13). `whole` is the graph of all that says who knows whom, that of the chains alone if none is given; `told` is
    when each chain reached the desk, by its id; `echoes` are those known to bring back only what the desk had told
    first, beside those that say so in their hops.
    """
    come = in_hand(chains, as_of, told)
    joined = whole or graph(come, told=told)
    asked = [each for each in inquiries if each.claim == claim.id and not _later(each.when, as_of)]
    below = gazetteer.children(claim.place)
    spoken = {chain.place or claim.place for chain in come} | {each.place for each in asked}
    others = [place for place in spoken if not any(gazetteer.is_within(place, part) for part in below)]

    def heard(place: PlaceId, part: PlaceId) -> bool:
        return place == part or (part in below and gazetteer.is_within(place, part))

    return tuple(
        _part(
            place,
            [chain for chain in come if heard(chain.place or claim.place, place)],
            [each for each in asked if heard(each.place, place)],
            joined,
            told,
            echoes,
        )
        for place in sorted((*below, *others))
    )


def territory(parts: Iterable[Part]) -> Territory:
    """The places of `parts` where the desk heard nothing, did not ask, or could not."""
    every = tuple(parts)
    return Territory(
        nothing_in=tuple(part.place for part in every if part.nothing),
        unasked_in=tuple(part.place for part in every if part.holds == "unasked"),
        unaskable_in=tuple(part.place for part in every if part.holds == "unaskable"),
    )


def _part(
    place: PlaceId,
    chains: Sequence[Chain],
    inquiries: Sequence[Inquiry],
    whole: Graph,
    told: Mapping[Slug, When] | None,
    echoes: Collection[Slug],
) -> Part:
    answers = [chain for chain in chains if origin_kind(chain) in ("partner", "unknown") and chain.id not in echoes]
    days = [_when(chain, told) for chain in answers]
    nothing = any(each.answer == "nothing" and not any(_outdates(day, each.when) for day in days) for each in inquiries)
    return Part(
        place=place,
        holds=_holds(chains, answers, inquiries, whole),
        nothing=nothing,
        chains=tuple(sorted(chain.id for chain in chains)),
        inquiries=tuple(sorted(inquiries, key=lambda each: (each.when.earliest or date.min, repr(each)))),
    )


def _holds(chains: Sequence[Chain], answers: Sequence[Chain], inquiries: Sequence[Inquiry], whole: Graph) -> Holds:
    supporting = [chain for chain in answers if chain.bearing == "supports"]
    if len(supporting) < len(answers):
        return "contested" if supporting else "contradicted"
    if supporting:
        return "confirmed" if sure(whole, {chain.id for chain in supporting}) >= 2 else "reported"
    if any(each.answer == "nothing" for each in inquiries):
        return "nothing"
    if inquiries:
        return "unaskable"
    return "echoed" if chains else "unasked"


def _when(chain: Chain, told: Mapping[Slug, When] | None) -> When | None:
    return (told or {}).get(chain.id, chain.hops[-1].when)


def _later(when: When | None, day: date) -> bool:
    return when is not None and when.earliest is not None and when.earliest > day


def _outdates(told: When | None, asked: When) -> bool:
    """Whether a word may have come on the day somebody asked in vain, or after; one of no known date may."""
    if told is None or told.latest is None or asked.earliest is None:
        return True
    return told.latest >= asked.earliest
