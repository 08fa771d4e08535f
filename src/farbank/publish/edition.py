"""An edition as the public may have it: the one noun every format is made from, and all that any of them can show.

Nothing of a case reaches a format but what is named here, so that a field nobody thought of stays at the desk.
"""

from __future__ import annotations

from datetime import date

import msgspec

from farbank.model.captures import Moment
from farbank.model.claims import Kind
from farbank.model.dates import When
from farbank.model.findings import Standing
from farbank.model.places import PlaceId
from farbank.model.statemedia import Result
from farbank.model.story import Status
from farbank.model.text import Language, Slug, Text
from farbank.publish.page import Page

Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude in degrees, the first point again at the end."""

PUBLIC = "edition.json"
"""The file of an edition that holds the noun itself: every other format can be made from it again."""


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """A place the edition is about, at the printed grain; never a point."""

    id: PlaceId
    names: Text
    rings: tuple[tuple[Ring, ...], ...]
    """Polygons, each its outline and its holes."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One claim as printed; `index` is its place in the story, since the desk's own ids stay at the desk."""

    index: int
    kind: Kind
    texts: Text
    """Empty where the claim names a place more finely than an edition may."""
    standing: Standing
    standings: Text
    when: When
    areas: tuple[PlaceId, ...]
    state_media: Result


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """What state or other media said, and how it stands to what is established: never what a source said."""

    outlet: str
    said: str
    language: Language
    published: date
    restated: bool
    result: Result
    facts: tuple[int, ...]
    standings: Text


class Edition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One story in every language; dates are the story's close, never the day it was made.

    `story` names the story through all its editions, `id` this one. `sequence` is its number among all editions of the
    desk, 0 where no ledger holds it. `embargoed` is the moment, in UTC, before which nobody may use it.
    """

    id: Slug
    story: Slug
    sequence: int
    status: Status
    close: date
    master: Language
    desk: Text
    key: str
    pages: dict[Language, Page]
    facts: tuple[Fact, ...]
    areas: tuple[Area, ...]
    reviewed: tuple[Reviewed, ...]
    embargoed: Moment | None = None

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages it is in, the master first."""
        return tuple(self.pages)

    @property
    def month(self) -> str:
        """The month of its close, as YYYY-MM."""
        return f"{self.close:%Y-%m}"
