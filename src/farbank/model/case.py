"""The raw material of one story, as one value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import msgspec

from farbank.model import codec
from farbank.model.chains import Chain, Coincidence, Seed, of_kind
from farbank.model.claims import Claim, Evidence
from farbank.model.corrections import Reason
from farbank.model.documents import Document
from farbank.model.exposure import Bystanders, Decision, StandingDisclosure, Suspicion
from farbank.model.inquiries import Inquiry
from farbank.model.judgements import Judged
from farbank.model.people import Audience, Identity, Partner, Person
from farbank.model.places import Place, PlaceId
from farbank.model.reports import Contact, Report
from farbank.model.statemedia import Search, Statement
from farbank.model.story import Draft, Picture, RecordEvent
from farbank.model.text import Language, Slug, Text


class Delay(msgspec.Struct, frozen=True, kw_only=True):
    """Days between the last contact and the story: `least`, and up to `spread` more, drawn where nobody can see."""

    least: Annotated[int, msgspec.Meta(ge=1)] = 2
    spread: Annotated[int, msgspec.Meta(ge=1)] = 7


class Desk(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who publishes: the desk's name and byline per language, the anonymity threshold, and its habits.

    `delay` keeps a story away from the call behind it, `embargo` is how many days a movement of leaders, security or
    troops stays closed if the state never publishes it (F17). `zone` is where its days begin, as the time zone database
    has it (`Asia/Seoul`); no reader is told.
    """

    name: Text
    byline: Text
    threshold: Annotated[int, msgspec.Meta(ge=1000)] = 1000
    delay: Delay = Delay()
    embargo: Annotated[int, msgspec.Meta(ge=1)] = 30
    zone: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_+/-]{1,64}\Z")] = "UTC"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a case folder holds, decoded and with every reference resolved.

    `identities` is empty where the folder came without `persons.toml`. `stories` are Markdown per language,
    `media` the bytes of each picture file by name.
    """

    name: Slug
    country: str
    desk: Desk
    close: date
    languages: tuple[Language, ...]
    partners: tuple[Partner, ...]
    persons: tuple[Person, ...]
    audiences: tuple[Audience, ...]
    disclosures: tuple[StandingDisclosure, ...]
    places: tuple[Place, ...]
    record: tuple[RecordEvent, ...]
    contacts: tuple[Contact, ...]
    reports: tuple[Report, ...]
    chains: tuple[Chain, ...]
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    coincidences: tuple[Coincidence, ...]
    statements: tuple[Statement, ...]
    searches: tuple[Search, ...]
    pictures: tuple[Picture, ...]
    media: dict[str, bytes]
    stories: dict[Language, str]
    identities: tuple[Identity, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    bystanders: tuple[Bystanders, ...] = ()
    decisions: tuple[Decision, ...] = ()
    judgements: tuple[Judged, ...] = ()
    seeds: tuple[Seed, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    documents: tuple[Document, ...] = ()
    corrections: tuple[Reason, ...] = ()
    """Why each edition after the first differs from the one before."""

    @property
    def speakers(self) -> dict[Slug, Slug]:
        """Per report, the handle of the partner whose words it holds."""
        partners = {contact.id: contact.partner for contact in self.contacts}
        return {report.id: partners[report.contact] for report in self.reports}

    def brought(self, document: Slug) -> tuple[Slug, ...]:
        """Who is behind a document: who read it, and everyone by whose report it came, with the chains behind that."""
        reports = {each.report for each in self.documents if each.id == document and each.report is not None}
        chains = (chain for chain in self.chains if reports & {*chain.reports})
        people = (who for chain in chains for who in chain.people)
        return tuple(dict.fromkeys((*self.readers(document), *(self.speakers[each] for each in reports), *people)))

    def readers(self, document: Slug) -> tuple[Slug, ...]:
        """Who had a document in hand: whoever learned something from it."""
        hops = (hop for chain in self.chains for hop in chain.hops if of_kind("document", hop.source) == document)
        return tuple(dict.fromkeys(who for hop in hops if (who := of_kind("person", hop.who)) is not None))

    def documents_in(self, draft: Draft) -> tuple[Slug, ...]:
        """The documents a draft quotes, or shows in a picture, each once."""
        placed = {block.picture for block in draft.blocks}
        shown = (picture.facsimile for picture in self.pictures if picture.id in placed)
        quoted = (block.document for block in draft.blocks)
        return tuple(dict.fromkeys(id for id in (*quoted, *shown) if id is not None))

    @property
    def evident(self) -> frozenset[Slug]:
        """Ids of what a decision can rest on: reports, statements, searches, pictures."""
        return frozenset(
            each.id for kind in (self.reports, self.statements, self.searches, self.pictures) for each in kind
        )

    @property
    def spoken_places(self) -> tuple[Place, ...]:
        """The invented places named anywhere but in identities, and those around them; the rest content does not keep.

        Every text of the case is looked through, not a list of fields, so that a field added later cannot be missed.
        """
        content = msgspec.structs.replace(self, places=(), identities=(), media={})
        said = "\n".join(_texts(codec.to_builtins(content)))
        parents = {place.id: place.parent for place in self.places}
        spoken: set[PlaceId] = set()
        for name in parents:
            around: PlaceId | None = name if _named(name, said) else None
            while around in parents and around not in spoken:
                spoken.add(around)
                around = parents[around]
        return tuple(place for place in self.places if place.id in spoken)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for pair in value.items():
            yield from _texts(pair)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _named(place: PlaceId, text: str) -> bool:
    """Whether it stands there by itself, or before the `/<type>` of a kind of place; not inside a longer id."""
    return re.search(rf"(?<![A-Za-z0-9-]){re.escape(place)}(?![:-]*[A-Za-z0-9])", text) is not None
