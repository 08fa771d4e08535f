"""What the desk is told about a compiled story: one object, the same from every command."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from farbank.desk.clear_pictures import Cleared
from farbank.desk.compile_story import Compilation
from farbank.model.credence import Credence
from farbank.model.exposure import (
    Choice,
    Decision,
    Embargo,
    Exposure,
    Gate,
    Lift,
    Record,
    Repair,
    Timing,
    Verdict,
    Wording,
)
from farbank.model.findings import Sentences, Standing
from farbank.model.given_away import GivenAway
from farbank.model.people import Facts
from farbank.model.picture_checks import Checked
from farbank.model.pictures import Suggestion
from farbank.model.places import PlaceId
from farbank.model.sightings import Sighting
from farbank.model.sizes import Size
from farbank.model.statemedia import Result
from farbank.model.story import Lint
from farbank.model.text import Slug, Text
from farbank.protect.media.place_and_season import checked


class ClaimReport(msgspec.Struct, frozen=True, kw_only=True):
    """One claim: what is established, as of when, and the two sentences."""

    id: Slug
    standing: Standing
    origins: int
    credence: Credence | None
    reported_in: tuple[PlaceId, ...]
    confirmed_in: tuple[PlaceId, ...]
    as_of: date
    state_media: Result
    sentence: Sentences


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """A finer description, and what would become of it."""

    published_as: Text
    facts: Facts
    k_low: int
    k_mid: int
    k_high: int
    verdict: Verdict
    reason: str
    repairs: tuple[Repair, ...]


class PersonReport(msgspec.Struct, frozen=True, kw_only=True):
    """One person of a chain: what is published of them, and how many it fits.

    `effective` are those left for a reader who knows how descriptions are chosen, None where it is not computed.
    """

    id: Slug
    published_as: Text
    facts: Facts
    k_low: int
    k_mid: int
    k_high: int
    effective: int | None
    threshold: int
    safe: bool
    verdict: Verdict
    narrowest: str
    reason: str
    modelled: bool
    unlinked: Size | None
    link: float | None
    suspects: float | None
    spread: float | None
    coupled: float | None
    weakest: Slug | None
    odds: dict[str, float]
    bystanders: tuple[Slug, ...]
    repairs: tuple[Repair, ...]
    signed_by: str | None
    what_if: tuple[WhatIf, ...]


class CopyReport(msgspec.Struct, frozen=True, kw_only=True):
    """One published size of a picture: pixels, and bytes of the file."""

    file: str
    width: int
    height: int
    bytes: int


class PictureReport(msgspec.Struct, frozen=True, kw_only=True):
    """One picture of the story: the SHA-256 of the sealed original, and what its published copy no longer carries.

    `covered` counts the boxes filled; `suggested` are spots left that may be faces or plates, None where no detector
    is installed.
    """

    id: Slug
    file: str
    original: str
    removed: tuple[str, ...]
    notes: tuple[str, ...]
    covered: int
    suggested: tuple[Suggestion, ...] | None
    checked: Checked
    """What was found where somebody held it against its place and season; readers are not told."""
    seen: tuple[Sighting, ...] | None
    """Where it was seen before, None where nobody compared it."""
    copies: tuple[CopyReport, ...]


class Gates(msgspec.Struct, frozen=True, kw_only=True):
    """What stands between the story and its readers: every one must be open.

    `not_before` is the first day `embargo` and `timing` are both open, None if there is none; they were asked about
    the day of publication, which is that day unless another was given.
    """

    exposure: bool
    prose: bool
    """Whether all of the prose could be read, and gives nothing away that is neither declared nor accepted."""
    lint: bool
    record: bool
    """Whether somebody has written down who could be hurt, and what publishing is for (F36); a release needs it."""
    embargo: bool
    timing: bool
    not_before: date | None
    bytes: Gate
    release: str
    """How the edition is marked: `unreleased-demo`, or `released` where two people sign."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a compiled story tells the desk.

    `site` is where the edition was written, None if nothing was; `number` its number in the desk's ledger, 0 if it was
    not released.
    """

    case: Slug
    claims: tuple[ClaimReport, ...]
    places: dict[PlaceId, Text]
    persons: tuple[PersonReport, ...]
    ways: tuple[Choice, ...]
    record: Record
    gates: Gates
    embargoes: tuple[Embargo, ...]
    lifts: tuple[Lift, ...]
    void: tuple[str, ...]
    """Why what looks like a lift of an embargo is none."""
    timing: Timing
    given_away: tuple[GivenAway, ...]
    pictures: tuple[PictureReport, ...]
    lint: tuple[Lint, ...]
    conflicts: tuple[Lint, ...]
    due: tuple[dict[str, Any], ...]
    open: bool
    site: str | None
    number: int
    seconds: float


def report(compiled: Compilation, seconds: float, site: str | None = None) -> Report:
    """Put a compilation in front of the desk."""
    return Report(
        case=compiled.case,
        claims=tuple(
            ClaimReport(
                id=finding.claim,
                standing=finding.standing,
                origins=finding.origins,
                credence=finding.credence,
                reported_in=finding.reported_in,
                confirmed_in=finding.confirmed_in,
                as_of=finding.as_of,
                state_media=finding.state_media,
                sentence=compiled.sentences[finding.claim],
            )
            for finding in compiled.findings
        ),
        places=compiled.places,
        persons=tuple(person_report(wording, compiled.signed.get(wording.person)) for wording in compiled.wordings),
        ways=compiled.ways,
        record=compiled.record,
        gates=Gates(
            exposure=compiled.exposure_open,
            prose=compiled.prose_open,
            lint=compiled.lint_open,
            record=compiled.weighed,
            embargo=compiled.embargo_open,
            timing=compiled.timing_open,
            not_before=compiled.timed.not_before,
            bytes=compiled.gate,
            release=compiled.status,
        ),
        embargoes=tuple(each for each in compiled.timed.embargoes if not each.open(compiled.timed.on)),
        lifts=compiled.timed.lifts,
        void=compiled.timed.void,
        timing=compiled.timed.timing,
        given_away=compiled.given,
        pictures=tuple(map(picture_report, compiled.pictures)),
        lint=compiled.lint,
        conflicts=tuple(item for item in compiled.lint if item.rule == "state-record"),
        due=tuple(
            {"of": due.of, "due": None if due.due is None else str(due.due), "outcome": due.outcome}
            for due in compiled.dues
        ),
        open=compiled.open,
        site=site,
        number=0 if site is None else compiled.sequence,
        seconds=round(seconds, 2),
    )


def picture_report(cleared: Cleared) -> PictureReport:
    """One picture, as it is published."""
    picture, copy = cleared.picture, cleared.copy
    return PictureReport(
        id=picture.id,
        file=picture.file,
        original=copy.original,
        removed=copy.removed,
        notes=copy.notes,
        covered=len(picture.cover),
        suggested=cleared.suggested,
        checked=checked(picture, copy.original),
        seen=None if picture.seen is None else picture.seen_before,
        copies=tuple(
            CopyReport(file=each.file, width=each.width, height=each.height, bytes=len(each.data))
            for each in cleared.copies
        ),
    )


def person_report(wording: Wording, decision: Decision | None) -> PersonReport:
    """One person, and the decision that signs for them where there is one."""
    exposure = wording.exposure
    low, mid, high = _counts(exposure)
    return PersonReport(
        id=wording.person,
        published_as=wording.named,
        facts=wording.facts,
        k_low=low,
        k_mid=mid,
        k_high=high,
        effective=None if exposure.effective is None else int(exposure.effective),
        threshold=exposure.threshold,
        safe=exposure.safe,
        verdict=exposure.verdict,
        narrowest=exposure.narrowest,
        reason=exposure.reason,
        modelled=exposure.modelled,
        unlinked=exposure.unlinked,
        link=exposure.link,
        suspects=exposure.suspects,
        spread=exposure.spread,
        coupled=exposure.coupled,
        weakest=exposure.weakest,
        odds=exposure.odds,
        bystanders=exposure.bystanders,
        repairs=exposure.repairs,
        signed_by=decision.by if decision else None,
        what_if=tuple(what_if(finer) for finer in wording.finer),
    )


def what_if(exposure: Exposure) -> WhatIf:
    """A description that was only asked about."""
    low, mid, high = _counts(exposure)
    return WhatIf(
        published_as=exposure.named,
        facts=exposure.facts,
        k_low=low,
        k_mid=mid,
        k_high=high,
        verdict=exposure.verdict,
        reason=exposure.reason,
        repairs=exposure.repairs,
    )


def _counts(exposure: Exposure) -> tuple[int, int, int]:
    """Whole people, rounded down: a fraction of a person hides nobody."""
    return int(exposure.size.low), int(exposure.size.mid), int(exposure.size.high)
