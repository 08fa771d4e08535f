"""The people a report passes through, kept no finer than the desk needs."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from farbank.model.dates import When
from farbank.model.sizes import Size
from farbank.model.text import Language, Slug, Text

EVERYBODY = "everybody"
"""The audience of what anybody in the country could have known; a claim says so, it is never assumed."""

StateList = Literal["attendance", "meeting-roster", "checkpoint", "quarantine", "unit-register", "phone-cell"]
"""A list of people the state is assumed to hold by name."""

Facts = dict[str, str]
"""What is known or said of somebody: axis (`place`, `organisation`, `sex`, …) -> node of that axis's hierarchy."""


def without(facts: Facts, axis: str) -> Facts:
    """The facts with nothing said on one axis."""
    return {other: node for other, node in facts.items() if other != axis}


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody in a hearsay chain, as content may know them: a code word and a block.

    `id` is an opaque code word chosen by the desk. `block` is the exact profile reduced at filing to nodes
    shared by at least a threshold of people; it is None until the profile has been reduced or if none is held.
    `token` is the ledger's name for them, the same in every case; where there is none the code word serves.
    """

    id: Slug
    block: Facts | None = None
    token: Slug | None = None


class Identity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The exact profile of a person; it lives in the `identities` compartment and nowhere else."""

    id: Slug
    profile: Facts
    spellings: tuple[str, ...] = ()
    """Names, nicknames and anything else that must never be printed; places of the profile are added by themselves."""
    token: Slug | None = None
    """What the ledger calls them in every case they appear in."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """How often what somebody told the desk turned out right, and how often wrong, as far as it became known."""

    right: Annotated[int, msgspec.Meta(ge=0)] = 0
    wrong: Annotated[int, msgspec.Meta(ge=0)] = 0


class Partner(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A reporting partner: a handle and what the desk may do with it; `handle` is also a `Person.id`.

    `lost` is when a phone the desk reached them on was lost or taken: whoever holds it reads the days of every
    contact. `record` counts what became known before this case.
    """

    handle: Slug
    language: Language
    state: Literal["active", "silent", "overdue", "burned"] = "active"
    witting: bool = True
    consent: tuple[Literal["text", "voice", "photo"], ...] = ("text",)
    record: Record = Record()
    lost: When | None = None


class Spread(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How word travels: from the last day of `since` on whoever knows tells `daily` others a day, until all know.

    `start` is how many knew on that day; left out, they are the audience's `sure`.
    """

    since: When
    daily: Size
    start: Size | None = None


class Audience(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Those who could have known something by the time it was told: a knowledge set.

    `group` gives the node per axis they all fit; `size` how many of that group had heard, None meaning all of it.
    `sure` gives the nodes of those in the group who had all heard (the cadres an order was addressed to), empty if
    there is nobody of whom that is known; with `spread`, the size grows from them by the day. `listed` says that the
    state holds their names, so that nobody of them can ever hide among more than `size`. `within` is the next wider
    knowledge set (attended, told, same body, public), to which a story can move by saying less. `token` is the ledger's
    name for what they knew: known once, it counts once.
    """

    id: Slug
    name: Text
    group: Facts
    size: Size | None = None
    sure: Facts = {}
    spread: Spread | None = None
    listed: StateList | None = None
    within: Slug | None = None
    token: Slug | None = None

    def __post_init__(self) -> None:
        if self.id == EVERYBODY:
            raise ValueError(f"{EVERYBODY!r} is everybody already; choose another id")
        if self.spread is not None and self.size is not None:
            raise ValueError("spread takes the place of size; give the one or the other")
        if self.spread is not None and (self.spread.start is None) != bool(self.sure):
            raise ValueError("spread begins with those sure to have heard, or with a start; give one of the two")
        if self.listed is not None and self.size is None:
            raise ValueError("a list the state holds has a size; say how many stand on it")
