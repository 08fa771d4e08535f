"""Who could be found, and what may be said of them."""

from __future__ import annotations

from typing import Literal

import msgspec

from farbank.model.people import Facts
from farbank.model.sizes import Size
from farbank.model.text import Slug, Text


class StandingDisclosure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something every edition says about every partner: the channel line, house policy, a byline.

    `facts` are nodes it gives away; `satellite` names a soft factor of the pack (`phone`). `text` is printed as is.
    """

    id: Slug
    text: Text
    facts: Facts = {}
    satellite: str | None = None


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """One thing published about one person: a node on an axis, or a satellite, and where it was said."""

    person: Slug
    axis: str
    """An axis of the population, `satellite`, or `audience`."""
    node: str
    said_in: str


Verdict = Literal["safe", "needs-signature", "refused"]


class Exposure(msgspec.Struct, frozen=True, kw_only=True):
    """For one person: how many fit everything published; desk only.

    `size` is (k_low, k_mid, k_high); `effective` is 1/p_max under everything known, None where it is not computed.
    `narrowest` is the fact that narrows most, `reason` one sentence, `modelled` whether modelled figures carry it,
    `population` the hash of the population used; `named` is what the facts would read like, per language, once worded.
    """

    person: Slug
    facts: Facts
    size: Size
    threshold: int
    verdict: Verdict
    narrowest: str
    reason: str
    modelled: bool
    population: str
    effective: float | None = None
    named: Text = {}

    @property
    def safe(self) -> bool:
        """Whether it may be published without anybody's further signature."""
        return self.verdict == "safe"


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """What may be printed of one person: facts no finer than is safe, their verdict, and finer wordings refused.

    `named` is the description per language, filled by whoever words it; `letter` the public label, None for people
    who are only described.
    """

    person: Slug
    facts: Facts
    exposure: Exposure
    finer: tuple[Exposure, ...] = ()
    """What-ifs: each finer description with its verdict."""
    named: Text = {}
    letter: str | None = None


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """Something the byte gate stopped: in which file, by which way of hiding, and a hint that does not repeat it."""

    file: str
    kind: str
    hint: str


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """The byte gate's verdict over every rendered file; closed unless everything could be read and nothing slipped."""

    open: bool
    files: int
    slips: tuple[Slip, ...]
