"""Prose with citations, and the edition it becomes."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

import msgspec

from farbank.model.dates import When
from farbank.model.picture_checks import PictureCheck
from farbank.model.pictures import Box, LookedOver, Shown
from farbank.model.places import PlaceId
from farbank.model.sightings import Sighting, ToldApart
from farbank.model.text import Language, Slug, Text

HANDLE = re.compile(r"(?<![A-Za-z0-9])@([a-z0-9]+(?:-[a-z0-9]+)*)(?![A-Za-z0-9_])")
"""A source mentioned by handle; a Korean particle may follow it directly."""

UNKNOWN = "unknown"
"""A photographer whom nobody at the desk knows; one who is left out is known, and of nobody the case speaks of."""

Status = Literal["unreleased-demo", "released"]
Role = Literal["headline", "summary", "heading", "body", "quote", "caption", "alt", "label"]


class Picture(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The record of a picture; its caption is compiled from this and never typed (F24).

    `when` and `place` are of what it shows; `vantage` where the camera stood. `stands_in` marks a drawing that stands
    for a photograph. `file` is a name inside `media/`. `photographer` is whoever took it, if that is a partner or a
    person of the case, and `audience` those who could have stood there. `cover` is filled before it is published,
    `shown` stays in sight although it seems to be a face or a plate; `looked_over` says who looked. `checks` say
    whether it fits its place and time, `seen` where it was seen before (None: nobody compared it), and `told_apart`
    what of that is another picture.
    """

    id: Slug
    file: str
    what: Text
    place: PlaceId
    when: When
    vantage: Text
    credit: Text
    stands_in: bool = False
    photographer: Slug | None = None
    audience: Slug | None = None
    cover: tuple[Box, ...] = ()
    shown: tuple[Shown, ...] = ()
    looked_over: LookedOver | None = None
    facsimile: Slug | None = None
    """The document it is a picture of, if it is of one."""
    checks: tuple[PictureCheck, ...] = ()
    seen: tuple[Sighting, ...] | None = None
    told_apart: tuple[ToldApart, ...] = ()

    @property
    def seen_before(self) -> tuple[Sighting, ...]:
        """Where it was seen before, but for what somebody has told apart from it."""
        others = {each.where for each in self.told_apart}
        return tuple(each for each in self.seen or () if each.where not in others)


class Sentence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sentence of a draft; `text` still holds `@handle` marks, citations are taken out.

    `claims` are cited ids, `sources` handles mentioned, `line` its line in the file.
    """

    text: str
    role: Role
    line: int
    claims: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = ()


class Block(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A heading, paragraph, quotation or picture; a picture names its `picture`.

    A quotation is bound to a `report`, to a `document`, or to both where somebody read it out.
    """

    kind: Literal["heading", "paragraph", "quote", "picture"]
    sentences: tuple[Sentence, ...] = ()
    report: Slug | None = None
    document: Slug | None = None
    picture: Slug | None = None
    line: int = 0


class Accepted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Exact words of the story the editor keeps although they give something away, and why.

    It holds for what is found inside these words, and no longer once they are changed. `stranger` says that they are
    of nobody behind the story; otherwise what they say is counted all the same.
    """

    words: Annotated[str, msgspec.Meta(min_length=1)]
    reason: Annotated[str, msgspec.Meta(min_length=1)]
    stranger: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A story in one language as written.

    `show` says per person which axes their description may use, `whatif` which finer facts the editor wants judged,
    `fit` who is to be described as finely as is safe, and `link` how likely readers tie this story to others about
    somebody (certain, unless it is said). `accept` are words kept although they give something away.
    """

    file: str
    language: Language
    headline: Sentence
    summary: Sentence
    close: date
    of: str | None = None
    """The revision of the master this version renders; None in the master."""
    byline: str = ""
    blocks: tuple[Block, ...] = ()
    show: dict[Slug, tuple[str, ...]] = {}
    whatif: dict[Slug, tuple[dict[str, str], ...]] = {}
    fit: tuple[Slug, ...] = ()
    link: dict[Slug, Annotated[float, msgspec.Meta(gt=0, le=1)]] = {}
    accept: tuple[Accepted, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, headline first."""
        return (self.headline, self.summary, *(s for block in self.blocks for s in block.sentences))

    @property
    def cited(self) -> tuple[Slug, ...]:
        """Every claim cited, each once, in the order of the text."""
        return tuple(dict.fromkeys(claim for sentence in self.sentences for claim in sentence.claims))


class Lint(msgspec.Struct, frozen=True, kw_only=True):
    """One finding of the story lint, printed as `file:line rule message`."""

    file: str
    line: int
    rule: str
    message: str
    blocking: bool = True


class RecordEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An event as the state's own record dates it; a story that dates it otherwise is told so."""

    id: Slug
    name: Text
    when: When
    spellings: tuple[str, ...] = ()
    """Phrases by which a sentence speaks of it, in any language."""
    note: Text = {}


class ToldBefore(msgspec.Struct, frozen=True, kw_only=True):
    """The date another story of the desk gives a claim, or an event of the record, of the same id."""

    story: Slug
    of: Slug
    when: When


class ManifestFile(msgspec.Struct, frozen=True, kw_only=True):
    """One published file and the SHA-256 of its bytes, in hexadecimal."""

    path: str
    sha256: str
    bytes: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition consists of; signed with the one desk key."""

    format: int
    edition: str
    sequence: int
    """Its number among all editions of the desk, 1 for the first; 0 where no ledger holds it."""
    status: Status
    close: date
    expires: date
    """After this day the desk should have published again: a copy that still shows this is old, or held back."""
    languages: tuple[Language, ...]
    key: str
    """The desk's Ed25519 public key, 64 hexadecimal digits."""
    files: tuple[ManifestFile, ...]
