"""What is established, as of when, and where."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from farbank.model.amounts import Amount
from farbank.model.chains import Node
from farbank.model.credence import Credence
from farbank.model.dates import When
from farbank.model.places import PlaceId
from farbank.model.statemedia import Result
from farbank.model.text import Slug, Text

Standing = Literal["unsupported", "single-origin", "corroborated", "contested", "refuted", "cannot-judge"]
Origin = Literal["partner", "desk", "state", "media", "unknown"]
"""Who an account goes back to; `media` are outlets that are not the state's."""


class Clash(msgspec.Struct, frozen=True, kw_only=True):
    """Amounts that do not fit or must not be added up, and how: `kind` says which, `chains` who tells them (F12).

    rival: two totals that exclude each other. part: one is a part of the other. sum: parts that add up to a total told.
    unit: what is counted differs. bound: a total below an “at least”, or above an “at most”.
    """

    kind: Literal["rival", "part", "sum", "unit", "bound"]
    what: Slug
    chains: tuple[Slug, ...]
    amounts: tuple[Amount, ...]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The standing of a claim as of a date; computed, never written by hand.

    `origins` is the sure lower bound of independent origins. `hops` is how many mouths stand between the event and
    the desk at the nearest (1 = the teller took part or saw it). `reported_in` are places with at least one
    origin, `confirmed_in` with two.
    """

    claim: Slug
    standing: Standing
    origins: int
    origin_kinds: tuple[Origin, ...]
    hops: int
    reported_in: tuple[PlaceId, ...]
    confirmed_in: tuple[PlaceId, ...]
    contradicted_in: tuple[PlaceId, ...]
    as_of: date
    state_media: Result
    searches: tuple[Slug, ...] = ()
    attested: bool = False
    """Whether the state-media result rests on a named reader's attested search rather than on an archive."""
    statements: tuple[Slug, ...] = ()
    seen: bool = False
    """Whether somebody in a chain was there: took part, or saw it."""
    nothing_in: tuple[PlaceId, ...] = ()
    """Where the desk asked and heard nothing."""
    unasked_in: tuple[PlaceId, ...] = ()
    """Parts of the claim's place where nobody was asked."""
    unaskable_in: tuple[PlaceId, ...] = ()
    """Where the desk could reach nobody, or who was reached would not say."""
    origins_p: tuple[float, ...] = ()
    """How likely there are 0, 1, 2, … independent origins."""
    circles: tuple[tuple[Node, ...], ...] = ()
    """Ways by which word came back to where it had been, each from there and back."""
    clashes: tuple[Clash, ...] = ()
    """What does not fit in the amounts told."""
    credence: Credence | None = None
    """None where it cannot be judged."""

    @property
    def told_in(self) -> tuple[PlaceId, ...]:
        """The places a reader may see it came from: none where the sentence for readers names none."""
        nowhere = self.origin_kinds in (("state",), ("desk",), ("media",))
        return () if nowhere or self.standing in ("unsupported", "cannot-judge", "refuted") else self.reported_in


class Sentences(msgspec.Struct, frozen=True):
    """The two sentences about a finding: the desk's, with everything, and the reader's."""

    desk: Text
    reader: Text


class Allowance(msgspec.Struct, frozen=True, kw_only=True):
    """How much a reader's sentence may show: the finest place level, and whether the number of origins may appear.

    `likelihood` lets its word appear once there is one; it moves with how many spoke, with records and with what was
    asked in vain, and so tells of them.
    """

    level: int = 1
    count: bool = False
    likelihood: bool = False


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A date to come back to: what a claim or a statement promises, when it falls due, and how it stands."""

    of: Slug
    due: When | None
    outcome: Literal["open", "met", "unmet", "unknown"]
