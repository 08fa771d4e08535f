"""What a story says of each person behind it, whether or not it means to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from farbank.country.census import PLACE
from farbank.country.gazetteer import Gazetteer
from farbank.model.chains import Chain
from farbank.model.claims import Claim
from farbank.model.errors import MissingReference
from farbank.model.exposure import Disclosure, StandingDisclosure
from farbank.model.people import Facts, Partner
from farbank.model.story import Draft, Sentence
from farbank.model.text import Slug

T = TypeVar("T")


def disclosed(
    draft: Draft,
    *,
    claims: Sequence[Claim],
    chains: Sequence[Chain],
    standing: Sequence[StandingDisclosure],
    partners: Sequence[Partner],
    gazetteer: Gazetteer,
    level: int = 1,
    descriptions: Mapping[Slug, Facts] | None = None,
    speakers: Mapping[Slug, Slug] | None = None,
) -> tuple[Disclosure, ...]:
    """Everything the draft gives away of anybody, each once, in the order of the text.

    A cited claim gives away, of everyone in its chains and of whoever the sentence names or quotes, the place it holds
    in (at `level`, the grain in print) and that they were among its audience; a detail has the audiences of all it is
    part of. A standing disclosure holds of every partner, and whoever is mentioned lives in the country.
    `descriptions` adds what is printed of each person, `speakers` says per report whose words it holds.
    Raises MissingReference, UnknownPlace.
    """
    known = {claim.id: claim for claim in claims}
    routes = {chain.id: chain for chain in chains}
    found: list[Disclosure] = []
    country = next(place.id for place in gazetteer if place.parent is None)
    for sentence, named in _named(draft, speakers or {}):
        # Whoever is named stands somewhere in the country: that narrows nothing, but nobody named goes uncounted.
        where = f"{draft.file}:{sentence.line}"
        found += [Disclosure(person=id, axis=PLACE, node=country, said_in=where) for id in named]
        for cited in sentence.claims:
            found += _of_claim(cited, named, known, routes, gazetteer, level)
    for partner in partners:
        for always in standing:
            found += _of_partner(partner, always)
    for person, facts in (descriptions or {}).items():
        found += [Disclosure(person=person, axis=axis, node=node, said_in=draft.file) for axis, node in facts.items()]
    return tuple({(each.person, each.axis, each.node): each for each in reversed(found)}.values())[::-1]


def _named(draft: Draft, speakers: Mapping[Slug, Slug]) -> Iterator[tuple[Sentence, tuple[Slug, ...]]]:
    """Every sentence with the people it names; the line under a quotation names its speaker."""
    yield draft.headline, draft.headline.sources
    yield draft.summary, draft.summary.sources
    for block in draft.blocks:
        speaker = speakers.get(block.report or "")
        for sentence in block.sentences:
            yield sentence, (*sentence.sources, *((speaker,) if speaker else ()))


def _of_claim(
    cited: Slug,
    named: Sequence[Slug],
    claims: Mapping[Slug, Claim],
    chains: Mapping[Slug, Chain],
    gazetteer: Gazetteer,
    level: int,
) -> Iterator[Disclosure]:
    claim = _one(claims, cited, "claim")
    audiences = _audiences(claim, claims)
    for chain in (_one(chains, id, "chain") for id in claim.chains):
        place = gazetteer.at_level(chain.place or claim.place, level).id
        for person in (*chain.people, *named):
            yield Disclosure(person=person, axis=PLACE, node=place, said_in=cited)
            for audience in audiences:
                yield Disclosure(person=person, axis="audience", node=audience, said_in=cited)


def _audiences(claim: Claim, claims: Mapping[Slug, Claim]) -> tuple[Slug, ...]:
    """The audiences of a claim and of all it is part of, each once: whoever knew the detail was among every one."""
    found: list[Slug] = []
    seen: set[Slug] = set()
    part: Claim | None = claim
    while part is not None and part.id not in seen:
        seen.add(part.id)
        if part.audience is not None:
            found.append(part.audience)
        part = claims.get(part.part_of) if part.part_of else None
    return tuple(dict.fromkeys(found))


def _of_partner(partner: Partner, always: StandingDisclosure) -> Iterator[Disclosure]:
    for axis, node in always.facts.items():
        yield Disclosure(person=partner.handle, axis=axis, node=node, said_in=always.id)
    if always.satellite is not None:
        yield Disclosure(person=partner.handle, axis="satellite", node=always.satellite, said_in=always.id)


def _one(known: Mapping[Slug, T], id: Slug, kind: str) -> T:
    try:
        return known[id]
    except KeyError:
        raise MissingReference(f"the story cites the {kind} {id!r}, which the case has not") from None
