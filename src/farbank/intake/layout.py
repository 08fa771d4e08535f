"""Which file of a case folder holds what: the tables each one may have, in the order they are written."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

import msgspec

from farbank.model.case import Desk
from farbank.model.chains import Chain, Coincidence, Seed
from farbank.model.claims import Claim, Evidence
from farbank.model.corrections import Reason
from farbank.model.documents import Document
from farbank.model.exposure import Bystanders, Decision, StandingDisclosure, Suspicion
from farbank.model.inquiries import Inquiry
from farbank.model.judgements import Judged
from farbank.model.people import Audience, Identity, Partner, Person
from farbank.model.places import Place
from farbank.model.story import RecordEvent
from farbank.model.text import Language, Slug

CASE, CLAIMS, PERSONS, EXPECTED = "case.toml", "claims.toml", "persons.toml", "expected.toml"
JUDGEMENTS, DOCUMENTS, CORRECTIONS = "judgements.toml", "documents.toml", "corrections.toml"
CONTACTS, REPORTS, STATEMENTS, SEARCHES, MEDIA = "contacts", "reports", "statements", "searches", "media"
SUBFOLDERS = frozenset({CONTACTS, REPORTS, STATEMENTS, SEARCHES, MEDIA})

STORY = re.compile(r"story\.([A-Za-z0-9-]+)\.md")
"""A story's file name; the group is its language."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """`[case]`: what it is, in which format it is written, and when its story closes."""

    format: Literal[1]
    name: Slug
    country: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]{1,16}\Z")]
    """The id of a country pack, never a path."""
    close: date
    languages: tuple[Language, ...]


class CaseFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`case.toml`. Places are tables by id there, so that one cannot be declared twice."""

    case: Head
    desk: Desk
    partners: tuple[Partner, ...] = ()
    persons: tuple[Person, ...] = ()
    audiences: tuple[Audience, ...] = ()
    disclosures: tuple[StandingDisclosure, ...] = ()
    record: tuple[RecordEvent, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    bystanders: tuple[Bystanders, ...] = ()
    decisions: tuple[Decision, ...] = ()
    places: tuple[Place, ...] = ()


class ClaimsFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`claims.toml`."""

    claims: tuple[Claim, ...] = ()
    chains: tuple[Chain, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    coincidences: tuple[Coincidence, ...] = ()
    seeds: tuple[Seed, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()


class JudgementsFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`judgements.toml`: what people of the desk decided on reading, in the order they did; lines are only added."""

    judgements: tuple[Judged, ...] = ()


class DocumentsFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`documents.toml`: documents from inside, as far as the desk knows them."""

    documents: tuple[Document, ...] = ()


class CorrectionsFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`corrections.toml`: why each edition after the first differs from the one before."""

    corrections: tuple[Reason, ...] = ()


class PersonsFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`persons.toml`, the one file that may say who somebody is."""

    identities: tuple[Identity, ...] = ()
