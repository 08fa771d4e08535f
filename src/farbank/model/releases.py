"""What has been given away so far: the ledger's nouns, in published nodes and opaque tokens only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

import msgspec

from farbank.model import codec
from farbank.model.people import Audience, Facts
from farbank.model.text import Slug

Means = Literal["edition", "correction", "translation", "caption", "map", "price"]
"""By what it got out: whatever readers can put beside a story counts as a release."""


class Released(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one release gave away of one person.

    `facts` and the description in `described` hold all at once. `audiences` are knowledge sets by their token, as of
    the day of publication, `told` the ids of those the person only heard it from. `alike` are the kinds of people who
    would have been described so, empty if that is everybody whom `facts` fit: being vague tells that one was none of
    the others. `label` is what the public calls them; `link` how likely a reader ties this to the other releases about
    them. `near` are those whom the release shows them to have told.
    """

    token: Slug
    label: str = ""
    facts: tuple[Facts, ...] = ()
    described: Facts = {}
    alike: tuple[Facts, ...] = ()
    satellites: tuple[str, ...] = ()
    audiences: tuple[Audience, ...] = ()
    told: tuple[Slug, ...] = ()
    link: Annotated[float, msgspec.Meta(gt=0, le=1)] = 1.0
    near: tuple[Slug, ...] = ()

    def __post_init__(self) -> None:
        if unknown := set(self.told) - {audience.id for audience in self.audiences}:
            raise ValueError(f"told names audiences that are not among audiences: {', '.join(sorted(unknown))}")


class Release(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing published on one day, and everybody it says something of."""

    edition: Slug
    published: date
    means: Means = "edition"
    people: tuple[Released, ...] = ()


def prefix_hash(releases: Iterable[Release]) -> str:
    """SHA-256 in hexadecimal over releases in order, each chained to the one before; of none it is that of nothing."""
    state = hashlib.sha256().digest()
    for release in releases:
        state = hashlib.sha256(state + codec.to_json(release)).digest()
    return state.hex()
