"""Who could be found, and what may be said of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

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
    """An axis of the population, `satellite`, `audience` (was among them), or `hearsay` (had it from one of them)."""
    node: str
    said_in: str


Verdict = Literal["safe", "needs-signature", "refused"]


class Suspicion(msgspec.Struct, frozen=True, kw_only=True):
    """People the state looks at first: a `share` of those who fit `group`, each `odds` times likelier than others."""

    id: Slug
    name: Text
    group: Facts
    share: Annotated[float, msgspec.Meta(gt=0, le=1)]
    odds: Annotated[float, msgspec.Meta(ge=1)]


class Bystanders(msgspec.Struct, frozen=True, kw_only=True):
    """People who are held or suspected already, whom a story could be pinned on (F25)."""

    id: Slug
    name: Text
    group: Facts


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a named person of the desk decided and why: the harm-and-benefit record of a release (F36).

    It signs for the people in `signs` down to `low` people, no further; without them it is the record alone. `hurt`
    says who could be hurt and how, `consent` who in the chain never gave any, `protects` what publishing protects,
    `removed` what was taken out; `review` is when to look again.
    """

    id: Slug
    by: str
    reason: str
    hurt: str
    consent: str
    protects: str
    removed: str
    review: date
    signs: tuple[Slug, ...] = ()
    low: Annotated[float, msgspec.Meta(ge=100)] = 1000


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """One change that would help, and what it would leave: `low` people at the low end, and the verdict then.

    `kind` is what to do, `what` with which axis, satellite or audience; `until` is the day after which hearing it
    again would be safe, where it is to wait.
    """

    kind: Literal["say-less", "drop", "widen", "not-from-whom", "wait"]
    what: str
    low: float
    verdict: Verdict
    until: date | None = None


class Exposure(msgspec.Struct, frozen=True, kw_only=True):
    """For one person: how many fit everything ever published of them, this included; desk only.

    `size` is (k_low, k_mid, k_high) with every earlier edition linked, `unlinked` without them, `link` how likely some
    reader links them at the most. `effective` is, at the low end, how many
    are left to a reader who knows how descriptions are chosen, `suspects` one over the largest posterior, `spread` the
    effective size (Σp)²/Σp², each None where it is not computed. `coupled` is what is left if the neighbour in the
    chain who is easiest to find (`weakest`) is found first. `odds` gives k_low should place and post go together less
    than modelled, by odds ratio. `narrowest` is the fact that narrows most, `reason` one sentence, `modelled` whether
    modelled figures carry it, `population` the hash of the population used; `named` is what the facts would read like.
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
    unlinked: Size | None = None
    link: float | None = None
    effective: float | None = None
    suspects: float | None = None
    spread: float | None = None
    coupled: float | None = None
    weakest: Slug | None = None
    odds: dict[str, float] = {}
    repairs: tuple[Repair, ...] = ()
    bystanders: tuple[Slug, ...] = ()
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
    alike: tuple[Facts, ...] = ()
    """Every kind of person who would have been described so, where that is not everybody whom the facts fit."""
    named: Text = {}
    letter: str | None = None


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for one person: the facts said, the interval, the verdict."""

    person: Slug
    facts: Facts
    size: Size
    verdict: Verdict


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a verdict rests on, each by its SHA-256, so that anybody who holds the same can find the same again.

    `ledger` is the hash over the first `releases` entries of the ledger, `disclosures` over all that the story gives
    away. `seed` drew the replicates; `on` is the day for which audiences were counted.
    """

    case: Slug
    on: date
    seed: int
    threshold: int
    population: str
    ledger: str
    releases: int
    disclosures: str
    persons: tuple[Counted, ...]


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One way to word a whole story: the places its claims say for everybody (`shared`), and what it says of each.

    `loss` is how much it leaves unsaid (0 nothing, 1 all), `low` the fewest people anybody in it hides among.
    """

    shared: tuple[str, ...]
    said: dict[Slug, Facts]
    loss: float
    low: float
    verdict: Verdict


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


class Embargo(msgspec.Struct, frozen=True, kw_only=True):
    """A cited claim that shows a movement, or is part of one, and the first day it may be told of (F17); desk only.

    `open_from` is None where no day can be named, and then it stays closed. `reason` is one sentence.
    """

    claim: Slug
    open_from: date | None
    reason: str

    def open(self, on: date | None) -> bool:
        """Whether it may be told of on that day."""
        return _reached(self.open_from, on)


class Lift(msgspec.Struct, frozen=True, kw_only=True):
    """That two people of the desk let a movement be told of early, from a day on, and why; desk only."""

    claim: Slug
    day: date
    reason: str


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """The first day a story may follow the contacts behind it, and what its day would tell anyway; desk only.

    `not_before` is None where no day can be named, and then it stays closed. `reason` and each of `warnings` are
    sentences; a warning closes nothing.
    """

    not_before: date | None
    reason: str
    warnings: tuple[str, ...] = ()

    def open(self, on: date | None) -> bool:
        """Whether the story may go out on that day."""
        return _reached(self.not_before, on)


def _reached(first: date | None, on: date | None) -> bool:
    """Whether a day is that or later; a day nobody can name never comes."""
    return first is not None and on is not None and on >= first
