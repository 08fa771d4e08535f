"""The people a report passes through, kept no finer than the desk needs."""

from __future__ import annotations

from typing import Literal

import msgspec

from farbank.model.sizes import Size
from farbank.model.text import Language, Slug, Text

Facts = dict[str, str]
"""What is known or said of somebody: axis (`place`, `organisation`, `sex`, …) -> node of that axis's hierarchy."""


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody in a hearsay chain, as content may know them: a code word and a block.

    `id` is an opaque code word chosen by the desk. `block` is the exact profile reduced at filing to nodes
    shared by at least a threshold of people; it is None until the profile has been reduced or if none is held.
    """

    id: Slug
    block: Facts | None = None


class Identity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The exact profile of a person; it lives in the `identities` compartment and nowhere else."""

    id: Slug
    profile: Facts
    spellings: tuple[str, ...] = ()
    """Names, nicknames and anything else that must never be printed; places of the profile are added by themselves."""


class Partner(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A reporting partner: a handle and what the desk may do with it; `handle` is also a `Person.id`."""

    handle: Slug
    language: Language
    state: Literal["active", "silent", "overdue", "burned"] = "active"
    witting: bool = True
    consent: tuple[Literal["text", "voice", "photo"], ...] = ("text",)


class Audience(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Those who could have known something by the time it was told.

    `group` gives the node per axis they all fit; `size` how many of that group had heard, None meaning all of it.
    `sure` gives the nodes of those in the group who had all heard (the cadres an order was addressed to), empty if
    there is nobody of whom that is known.
    """

    id: Slug
    name: Text
    group: Facts
    size: Size | None = None
    sure: Facts = {}
