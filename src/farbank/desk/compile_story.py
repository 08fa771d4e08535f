"""A filed case made into the files of an edition, and everything that may stand in their way."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import partial

import msgspec
from nacl.signing import SigningKey

from farbank.desk import draw
from farbank.desk.clear_pictures import Cleared, clear_pictures, picture_lint
from farbank.desk.correct import correct
from farbank.desk.drafts import drafts_of
from farbank.desk.establish import Established, establish
from farbank.desk.file_case import Filed
from farbank.desk.lint_story import lint_story
from farbank.desk.read_prose import account
from farbank.desk.record import record
from farbank.desk.shield import release, shield
from farbank.desk.timed import Timed, timed
from farbank.model import codec
from farbank.model.case import Case
from farbank.model.corrections import Issued
from farbank.model.desk_keys import DeskKeys
from farbank.model.drawings import Drawing
from farbank.model.exposure import Choice, Decision, Disclosure, Gate, Record, Wording
from farbank.model.findings import Due, Finding, Sentences
from farbank.model.given_away import GivenAway
from farbank.model.places import PlaceId
from farbank.model.releases import Release
from farbank.model.story import Draft, Lint, Status
from farbank.model.text import Language, Slug, Text
from farbank.protect import gate
from farbank.protect.decide import settled, signatures
from farbank.protect.unaccounted import unaccounted
from farbank.publish import desk_keys as listed_keys
from farbank.publish import letters, manifest, public, render, versions
from farbank.publish.edition import Edition
from farbank.publish.grain import printable
from farbank.publish.page import Material, assemble
from farbank.publish.renditions import Rendition, renditions
from farbank.verify.dues import dues
from farbank.watch.archives import Places


class Compilation(msgspec.Struct, frozen=True, kw_only=True):
    """The files of an edition (path -> bytes), what is known, who is exposed how far, and the state of every gate."""

    case: Slug
    close: date
    languages: tuple[Language, ...]
    findings: tuple[Finding, ...]
    sentences: dict[str, Sentences]
    wordings: tuple[Wording, ...]
    disclosures: tuple[Disclosure, ...]
    ways: tuple[Choice, ...]
    given: tuple[GivenAway, ...]
    """What the prose gives away of whom, and how that stands to what is declared."""
    signed: dict[Slug, Decision]
    """Per person whose exposure asks for a signature, the decision that gives it."""
    record: Record
    release: Release
    """What the ledger is to keep of it."""
    pictures: tuple[Cleared, ...]
    """What is published of each picture placed, and what was taken out of it."""
    lint: tuple[Lint, ...]
    dues: tuple[Due, ...]
    gate: Gate
    weighed: bool
    """Whether a harm-and-benefit record lies with the case."""
    timed: Timed
    """Embargoes, timing, and the day they were asked about."""
    files: dict[str, bytes]
    """Every file; an edition to be released lacks the signature, which takes a second person."""
    status: Status
    sequence: int
    """Its number among all editions of the desk; 0 where it is to be in no ledger."""
    issued: Issued
    """What is kept of it once it is out, to hold the next edition against."""
    places: dict[PlaceId, Text]
    """The printed name of every place a finding speaks of."""

    @property
    def exposure_open(self) -> bool:
        """Whether nobody of any cited chain is exposed beyond the threshold, or somebody has signed for it."""
        return settled(self.wordings, self.signed)

    @property
    def lint_open(self) -> bool:
        """Whether no rule of the lint blocks."""
        return not any(item.blocking for item in self.lint)

    @property
    def prose_open(self) -> bool:
        """Whether all of the prose could be read, and says no more of anybody than is declared or accepted."""
        return not any(each.blocking for each in self.given)

    @property
    def open(self) -> bool:
        """Whether every gate is open."""
        return all(
            (self.exposure_open, self.prose_open, self.lint_open, self.embargo_open, self.timing_open, self.gate.open)
        )

    @property
    def releasable(self) -> bool:
        """Whether every gate is open and a harm-and-benefit record lies with the case (F36)."""
        return self.open and self.weighed

    @property
    def embargo_open(self) -> bool:
        """Whether every movement cited may be told of on the day of publication."""
        return all(embargo.open(self.timed.on) for embargo in self.timed.embargoes)

    @property
    def timing_open(self) -> bool:
        """Whether the day of publication is far enough from the contacts behind the story."""
        return self.timed.timing.open(self.timed.on)


def compile_story(
    filed: Filed,
    archive: Places | None = None,
    *,
    desk_keys: DeskKeys | None = None,
    edition: Slug | None = None,
    sequence: int = 0,
    on: date | None = None,
    embargoed: datetime | None = None,
) -> Compilation:
    """Run the whole flow: findings, drafts, exposure, pages, lint, signature, byte gate; nothing is written.

    `desk_keys` are those the root certified, published with it: the edition is then marked released, and what is
    missing is the signature with the last of them alone, so that two people who compile the same make the same bytes.
    Without them it is marked unreleased and signed with a key made for the occasion. `edition` is its name, that of the
    case unless given;
    `sequence` its number in the ledger, 0 if it is in none. `on` is the day of publication, the first that embargoes
    and timing allow unless given, `embargoed` the moment before which nobody may use it, where one was named. The gate
    comes last and sees every byte there is, manifest included.

    Raises DecodeError or MissingReference with file and line for what the story cites wrongly, NotMedia or NotAPicture
    for a picture that is none, MediaTooHeavy for one that breaks its reader, ClaimWithoutChain, NoArchive.
    """
    case, pack, name = filed.case, filed.pack, edition or filed.case.name
    established = establish(filed, archive)
    drafts = drafts_of(case)
    shielded = shield(filed, drafts)
    status: Status = "unreleased-demo" if desk_keys is None else "released"
    cleared = clear_pictures(case, drafts.values())
    placed = {each.picture.id: renditions(each.copies) for each in cleared}
    drawings = {language: draw.for_readers(filed, draft, established) for language, draft in drafts.items()}
    material = _material(case, established, drafts.values(), shielded.wordings, placed, drawings, status)
    pages = {language: assemble(draft, material, pack) for language, draft in drafts.items()}
    when = timed(filed, drafts.values(), established, name, on)
    day = when.on or case.close
    own = SigningKey.generate()
    key = bytes(own.verify_key).hex() if desk_keys is None else desk_keys.keys[-1].key
    published = {} if desk_keys is None else {listed_keys.FILE: listed_keys.encode(desk_keys)}
    corrected = correct(filed, drafts, pages, name, day)
    made = public.edition(
        corrected.pages, drafts, material, pack, id=name, story=case.name, sequence=sequence, close=case.close, key=key,
        embargoed=embargoed,
    )  # fmt: skip
    pictures = {file.path: data for files in placed.values() for file, data in files.items()}
    files = _listed({**render.files(made), **pictures, **published, **corrected.files}, made, day)
    if desk_keys is None:
        files = manifest.signed(files, lambda data: own.sign(data).signature)
    named = {manifest.expiry(day), *(desk_keys.days if desk_keys else ()), *corrected.days}
    said = () if embargoed is None else (embargoed.isoformat(), codec.to_json(embargoed).decode().strip('"'))
    known = account(filed, drafts.values(), shielded.wordings, established.searches, named, said)
    return Compilation(
        case=case.name,
        close=case.close,
        languages=case.languages,
        findings=established.findings,
        sentences=established.sentences,
        wordings=shielded.wordings,
        disclosures=shielded.disclosures,
        ways=shielded.ways,
        given=shielded.given,
        signed=signatures(shielded.wordings, case.decisions, day),
        record=record(filed, shielded),
        release=release(filed, shielded, drafts, name, day),
        pictures=cleared,
        lint=(
            *lint_story(filed, established, drafts, material.wordings, drawings),
            *versions.check(drafts, pack),
            *corrected.lint,
            *picture_lint(cleared),
        ),
        dues=tuple(material.dues),
        gate=gate.check(
            files,
            filed.forbidden,
            mentions=partial(pack.gazetteer.mentions, wary=True),
            allowed=printable(pack.gazetteer),
            unaccounted=partial(unaccounted, known=known),
        ),
        weighed=bool(case.decisions),
        timed=when,
        files=files,
        status=status,
        sequence=sequence,
        issued=corrected.issued,
        places={
            place: pack.gazetteer.place(place).names
            for finding in established.findings
            for place in (*finding.reported_in, *finding.confirmed_in, *finding.contradicted_in)
        },
    )


def _listed(files: Mapping[str, bytes], edition: Edition, on: date) -> dict[str, bytes]:
    listed = manifest.build(
        files,
        edition=edition.id,
        sequence=edition.sequence,
        close=edition.close,
        expires=manifest.expiry(on),
        languages=edition.languages,
        key=edition.key,
        status=edition.status,
    )
    return manifest.with_manifest(files, listed)


def _material(
    case: Case,
    established: Established,
    drafts: Collection[Draft],
    wordings: tuple[Wording, ...],
    placed: Mapping[Slug, Mapping[Rendition, bytes]],
    drawings: Mapping[Language, Sequence[Drawing]],
    status: Status,
) -> Material:
    speakers = case.speakers
    return Material(
        desk=case.desk,
        claims={claim.id: claim for claim in case.claims},
        findings={finding.claim: finding for finding in established.findings},
        sentences=established.sentences,
        wordings={wording.person: wording for wording in wordings},
        letters=letters.assign(drafts, {partner.handle for partner in case.partners}, speakers),
        speakers=speakers,
        told_in={report.id: report.language for report in case.reports},
        searches={search.id: search for search in established.searches},
        search_sentences=established.search_sentences,
        statements={statement.id: statement for statement in case.statements},
        pictures={picture.id: picture for picture in case.pictures},
        renditions={id: tuple(files) for id, files in placed.items()},
        record=case.record,
        dues=dues(case.claims, case.statements, case.judgements),
        disclosures=case.disclosures,
        drawings=drawings,
        status=status,
    )
