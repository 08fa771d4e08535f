"""What a story says of each person behind it, whether or not it means to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from farbank.country.census import PLACE
from farbank.country.gazetteer import Gazetteer
from farbank.model.case import Case
from farbank.model.chains import Chain, of_kind
from farbank.model.claims import Claim
from farbank.model.documents import Document
from farbank.model.errors import MissingReference
from farbank.model.exposure import Disclosure, StandingDisclosure
from farbank.model.people import EVERYBODY, Facts, Partner
from farbank.model.places import PlaceId
from farbank.model.story import UNKNOWN, Draft, Picture, Sentence
from farbank.model.text import Slug

T = TypeVar("T")


def disclosed(
    draft: Draft,
    case: Case,
    gazetteer: Gazetteer,
    *,
    level: int = 1,
    descriptions: Mapping[Slug, Facts] | None = None,
) -> tuple[Disclosure, ...]:
    """Everything the draft gives away of anybody, each once, in the order of the text.

    A cited claim gives away, of everyone in its chains and of whoever the sentence names or quotes, the place it holds
    in (at `level`, the grain in print) and that they were among its audience, or had it from one of them where a person
    told them; a detail has the audiences of all it is part of. Whoever was told at a meeting was at it: the meeting is
    an audience of the case. A picture gives away, of whoever took it, where it was taken and that they were among those
    who could have been there. A document quoted or shown gives away, of everyone behind it, that they were among its
    holders, or had it from one of them. A standing disclosure holds of every partner, and whoever is mentioned lives in
    the country. `descriptions` adds what is printed of each person. Raises MissingReference, UnknownPlace.
    """
    told = _Told({c.id: c for c in case.claims}, {c.id: c for c in case.chains}, gazetteer, level)
    found: list[Disclosure] = []
    country = next(place.id for place in gazetteer if place.parent is None)
    for sentence, named in _named(draft, case.speakers):
        # Whoever is named stands somewhere in the country: that narrows nothing, but nobody named goes uncounted.
        where = f"{draft.file}:{sentence.line}"
        found += [Disclosure(person=id, axis=PLACE, node=country, said_in=where) for id in named]
        for cited in sentence.claims:
            found += told.of(cited, named)
            found += told.met(cited)
    pictures = {picture.id: picture for picture in case.pictures}
    for block in draft.blocks:
        if block.picture is not None:
            found += _taken(_one(pictures, block.picture, "picture"), gazetteer, level)
    for document in case.documents:
        if document.id in case.documents_in(draft):
            found += _held(document, case, country)
    for partner in case.partners:
        for always in case.disclosures:
            found += _of_partner(partner, always)
    for person, facts in (descriptions or {}).items():
        found += [Disclosure(person=person, axis=axis, node=node, said_in=draft.file) for axis, node in facts.items()]
    return tuple({(each.person, each.axis, each.node): each for each in reversed(found)}.values())[::-1]


class Said(NamedTuple):
    """What is given away of one person: facts that all hold, satellites, and the audiences they were of.

    `heard` are the ids of these, `told` of those among them they only had it from one of.
    """

    facts: tuple[Facts, ...]
    satellites: tuple[str, ...]
    heard: tuple[Slug, ...]
    told: frozenset[Slug]


def said_of(person: Slug, disclosures: Iterable[Disclosure]) -> Said:
    """Everything the disclosures say of one person, each once; other people's are passed over."""
    mine: dict[str, dict[str, None]] = {}
    for each in disclosures:
        if each.person == person:
            mine.setdefault(each.axis, {})[each.node] = None
    told = mine.pop("hearsay", {})
    heard = mine.pop("audience", {}) | told
    satellites = tuple(mine.pop("satellite", {}))
    facts = tuple({axis: node} for axis, nodes in mine.items() for node in nodes)
    return Said(facts, satellites, tuple(heard), frozenset(told))


def _named(draft: Draft, speakers: Mapping[Slug, Slug]) -> Iterator[tuple[Sentence, tuple[Slug, ...]]]:
    """Every sentence with the people it names; the line under a quotation names its speaker."""
    yield draft.headline, draft.headline.sources
    yield draft.summary, draft.summary.sources
    for block in draft.blocks:
        speaker = speakers.get(block.report or "")
        for sentence in block.sentences:
            yield sentence, (*sentence.sources, *((speaker,) if speaker else ()))


@dataclass(frozen=True)
class _Told:
    """What citing a claim gives away."""

    claims: Mapping[Slug, Claim]
    chains: Mapping[Slug, Chain]
    gazetteer: Gazetteer
    level: int

    def of(self, cited: Slug, named: Sequence[Slug]) -> Iterator[Disclosure]:
        """Where everyone behind it stands, and among whom they had it."""
        claim = _one(self.claims, cited, "claim")
        audiences = self._audiences(claim)
        for chain in self._chains(claim):
            place = self.gazetteer.at_level(chain.place or claim.place, self.level).id
            told = {of_kind("person", hop.who) for hop in chain.hops if of_kind("person", hop.source) is not None}
            for person in dict.fromkeys((*chain.people, *named)):
                yield Disclosure(person=person, axis=PLACE, node=place, said_in=cited)
                axis = "hearsay" if person in told else "audience"
                for audience in audiences:
                    yield Disclosure(person=person, axis=axis, node=audience, said_in=cited)

    def met(self, cited: Slug) -> Iterator[Disclosure]:
        """Who was at which meeting."""
        for chain in self._chains(_one(self.claims, cited, "claim")):
            for hop in chain.hops:
                who, meeting = of_kind("person", hop.who), of_kind("meeting", hop.source)
                if who is not None and meeting is not None:
                    yield Disclosure(person=who, axis="audience", node=meeting, said_in=cited)

    def _chains(self, claim: Claim) -> Iterator[Chain]:
        return (_one(self.chains, id, "chain") for id in claim.chains)

    def _audiences(self, claim: Claim) -> tuple[Slug, ...]:
        """The audiences of a claim and of all it is part of, each once: who knew the detail was among every one."""
        found: list[Slug] = []
        seen: set[Slug] = set()
        part: Claim | None = claim
        while part is not None and part.id not in seen:
            seen.add(part.id)
            if part.audience is not None and part.audience != EVERYBODY:
                found.append(part.audience)
            part = self.claims.get(part.part_of) if part.part_of else None
        return tuple(dict.fromkeys(found))


def _taken(picture: Picture, gazetteer: Gazetteer, level: int) -> Iterator[Disclosure]:
    if picture.photographer in (None, UNKNOWN):
        return
    place = gazetteer.at_level(picture.place, level).id
    yield Disclosure(person=picture.photographer, axis=PLACE, node=place, said_in=picture.id)
    if picture.audience is not None and picture.audience != EVERYBODY:
        yield Disclosure(person=picture.photographer, axis="audience", node=picture.audience, said_in=picture.id)


def _held(document: Document, case: Case, country: PlaceId) -> Iterator[Disclosure]:
    read = case.readers(document.id)
    chains = (chain for chain in case.chains if document.report in chain.reports)
    told = {of_kind("person", hop.who) for chain in chains for hop in chain.hops if of_kind("person", hop.source)}
    for person in case.brought(document.id):
        yield Disclosure(person=person, axis=PLACE, node=country, said_in=document.id)
        if document.holders is not None and document.holders != EVERYBODY:
            axis = "hearsay" if person in told and person not in read else "audience"
            yield Disclosure(person=person, axis=axis, node=document.holders, said_in=document.id)


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
