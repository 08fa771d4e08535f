"""Release an edition: one person proposes its exact bytes, another makes the same bytes and signs with the desk's key.

Neither wrote the story, neither speaks with a source of it, and a safety officer has cleared it as it stands. The
intent is in the ledger before the edition is on the disk, and the confirmation after: whatever stops on the way, what
may be out counts as released.
"""

from __future__ import annotations

import dataclasses
import time
from datetime import UTC, date, datetime
from hashlib import blake2b
from itertools import count
from pathlib import Path

import msgspec

from farbank import vault, whole
from farbank.desk import editions, signed_site
from farbank.desk.blocked import assert_not_frozen
from farbank.desk.by_two import void
from farbank.desk.compile_edition import edition_name
from farbank.desk.compile_story import Compilation, compile_story
from farbank.desk.correct import issued, keep_issued
from farbank.desk.errors import NotYet, OtherBytes
from farbank.desk.file_case import Filed
from farbank.desk.import_case import filed as filed_in
from farbank.desk.ledger import releases
from farbank.desk.meant import begun
from farbank.desk.moments import day_of, first_moment, shown
from farbank.desk.report import Report, report
from farbank.desk.standing import Story, standing
from farbank.desk.take_step import gates
from farbank.desk.write_edition import write_edition
from farbank.desk.write_step import write_step
from farbank.model import codec
from farbank.model.steps import Event
from farbank.model.text import Slug
from farbank.publish import manifest
from farbank.publish.editions import Item, assert_allowed
from farbank.publish.errors import StepRefused
from farbank.vault import Act, case_store, keyring, sign_off
from farbank.watch.archives import Places

KIND: vault.acts.Kind = "release"


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """What proposing came to: the name of the act, None where a gate is closed, and what was found."""

    act: str | None
    report: Report


def propose_release(
    opened: vault.Vault,
    filed: Filed,
    archive: Places | None = None,
    *,
    edition: Slug | None = None,
    on: date | None = None,
    at: datetime | None = None,
    reason: str,
    now: datetime | None = None,
) -> Proposed:
    """Compile, and if every gate is open ask somebody else to agree to exactly these bytes.

    `edition` is its name, that of the one under way unless given; `on` is the first day it may go out, `at` the first
    moment, never before an embargo or a schedule ends: without either it is that, or today. `now` is the clock's unless
    given.
    Raises StepRefused unless it is cleared as it stands, what compiling raises, StoryFrozen, NoEditionName,
    AlreadyInLedger, NotAllowed, CompartmentClosed.
    """
    started, now = time.perf_counter(), now or datetime.now(UTC)
    assert_not_frozen(opened, filed.case)
    item = _cleared(opened, filed.case.name, edition, now)
    name, hour = item.id, _hour(item, at, now)
    day = on or day_of(hour or now, filed.case.desk.zone)
    compiled = _compiled(opened, filed, archive, name, day, _told(hour, filed.case.desk.zone))
    told = report(compiled, time.perf_counter() - started)
    if not compiled.releasable:
        return Proposed(act=None, report=told)
    act = sign_off.propose(
        opened,
        KIND,
        name,
        reason,
        digest=edition_digest(compiled) + body_digest(codec.to_json(compiled.release)),
        case=filed.case.name,
        on=day,
        hour=hour,
        handlers=case_store.handlers(opened, filed.case),
        authors=case_store.authors(opened, filed.case.name),
    )
    return Proposed(act=act, report=told)


def agree_release(
    opened: vault.Vault, id: str, folder: Path, archive: Places | None = None, *, now: datetime | None = None
) -> Report:
    """Compile what somebody else proposed, and if not a byte differs sign it and write it to `folder`.

    Where a gate is closed nothing is agreed to and nothing written. An agreement cut short before the intent was in the
    ledger is taken up again by whoever gave it.
    Raises FolderInUse, ActNotOpen, NotYet, NotAllowed, StoryFrozen, OtherBytes, AlreadyInLedger, StepRefused, and what
    compiling raises.
    """
    started, now = time.perf_counter(), now or datetime.now(UTC)
    whole.assert_free(folder)  # a slip of the pen must not use up an edition
    with opened.transaction():  # so that no two editions get one number
        act, filed = _waiting(opened, id, now)
        name = act.proposal.about
        _assert_new(opened, filed.case.name, name)
        day = act.proposal.on or day_of(now, filed.case.desk.zone)
        told = _told(act.proposal.hour, filed.case.desk.zone)
        compiled = _compiled(opened, filed, archive, name, day, told)
        if not compiled.releasable:
            return report(compiled, time.perf_counter() - started)
        body = codec.to_json(compiled.release)
        _assert_same(act, compiled, body)
        if act.agreed is None:
            handlers, authors = case_store.handlers(opened, filed.case), case_store.authors(opened, filed.case.name)
            sign_off.agree(opened, id, handlers=handlers, authors=authors)
        key = sign_off.signing_key(opened, id)
        files = manifest.signed(compiled.files, lambda data: key.sign(data).signature)
        _record(opened, filed, compiled, act, now)
        keep_issued(opened, filed.case.name, compiled.issued)
        intent = vault.LedgerEntry(kind="intent", edition=name, body=body)
        opened.ledger_append(intent, key)
        every = editions.keep(opened, files, filed.pack.phrases)
        signed_site.with_edition(opened, every, files, filed.case.desk, key, filed.pack.phrases)
    write_edition(files, folder, manifest.edition_dated(files))
    opened.ledger_append(vault.LedgerEntry(kind="confirmation", edition=name))
    sign_off.done(opened, id)
    return report(compiled, time.perf_counter() - started, site=str(folder))


def edition_digest(compiled: Compilation) -> bytes:
    """What fixes every byte of an edition but its signature: the manifest has the SHA-256 of each file."""
    return blake2b(compiled.files[manifest.MANIFEST], person=b"farbank edition", digest_size=32).digest()


def body_digest(body: bytes) -> bytes:
    """What fixes what the ledger is told of an edition."""
    return blake2b(body, person=b"farbank intent", digest_size=32).digest()


def _record(opened: vault.Vault, filed: Filed, compiled: Compilation, act: Act, now: datetime) -> None:
    """Move the edition: signed and released, and the story taken back where that is what the edition says."""
    name, flags = act.proposal.about, gates(opened, filed.case, compiled)
    events: list[Event] = ["sign", "release"]
    if any(each.kind == "retraction" for each in compiled.issued.entry.corrections):
        events.append("retract")
    for event in events:
        at = standing(opened, filed.case.name)
        items = begun(at, name, now)
        _assert_follows(at, items[name])
        write_step(opened, at, items, name, event, now=now, flags=flags, reason=act.proposal.reason, act=act.id)


def _cleared(opened: vault.Vault, case: Slug, edition: str | None, now: datetime) -> Item:
    """The edition that is meant, if it may be signed. Raises NoEditionName, AlreadyInLedger, StepRefused."""
    story = standing(opened, case)
    name = edition_name(edition or next(iter(story.under_way), case))
    _assert_new(opened, case, name)
    item = begun(story, name, now)[name]
    _assert_follows(story, item)
    assert_allowed(item, "sign", now)
    return item


def _assert_follows(story: Story, item: Item) -> None:
    """Refuse an edition begun as if readers had none, on a machine that was away or by another program."""
    if story.newest not in (None, item.id, item.corrects):
        raise StepRefused(f"{item.id} does not follow {story.newest}, which readers had; kill it, and submit another")


def _told(hour: datetime | None, zone: str) -> datetime | None:
    """The hour that readers are told; None where it is when a day begins, which would tell where the desk is."""
    return None if hour is None or hour == first_moment(day_of(hour, zone), zone) else hour


def _hour(item: Item, at: datetime | None, now: datetime) -> datetime | None:
    """The moment before which nobody may use what the edition says; None where nothing holds it."""
    waits = item.waits_for
    known = [each for each in (at, waits if waits is not None and waits > now else None) if each is not None]
    return max(known, default=None)


def _waiting(opened: vault.Vault, id: str, now: datetime) -> tuple[Act, Filed]:
    """A release that this person may carry out, and its case. Raises ActNotOpen, NotYet, NotAllowed."""
    act = sign_off.look(opened, id)
    if act.proposal.kind != KIND:
        raise vault.ActNotOpen(f"{id} is no release; agree to it with farbank desk agree")
    if act.over is not None or act.agreed not in (None, opened.person):
        raise vault.ActNotOpen(f"{id} was decided already; look with farbank desk acts")
    filed = filed_in(opened, act.proposal.case)
    zone = filed.case.desk.zone
    if act.proposal.on is None:
        raise NotYet(f"{act.proposal.about} has no day to go out on; withdraw {id} and have it proposed anew")
    out = act.proposal.hour or first_moment(act.proposal.on, zone)
    if now < out:
        raise NotYet(f"{act.proposal.about} goes out on {shown(out, zone)}, which is still to come; agree to it then")
    assert_not_frozen(opened, filed.case)
    why = void(
        opened.roster,
        act,
        case_store.handlers(opened, filed.case),
        case_store.authors(opened, filed.case.name),
    )
    if why is not None:
        raise vault.NotAllowed(f"this release was {why}")
    return act, filed


def _compiled(
    opened: vault.Vault, filed: Filed, archive: Places | None, name: Slug, on: date, embargoed: datetime | None
) -> Compilation:
    told = releases(opened)  # another story may be out since the case was fetched
    number = 1 + sum(release.means in ("edition", "correction") for release in told)
    return compile_story(
        dataclasses.replace(filed, releases=told, issued=issued(opened, filed.case.name)),
        archive,
        desk_keys=keyring.read(opened.folder).published,
        edition=name,
        sequence=number,
        on=on,
        embargoed=embargoed,
    )


def _assert_same(act: Act, compiled: Compilation, body: bytes) -> None:
    proposed, told = act.proposal.digest[:32], act.proposal.digest[32:]
    for what, same in (
        ("the edition", edition_digest(compiled) == proposed),
        ("the ledger", body_digest(body) == told),
    ):
        if not same:
            raise OtherBytes(
                f"what would be in {what} is not what {act.by} proposed: the case, the archive, the ledger or farbank "
                f"itself changed since, or is another on this machine; withdraw {act.id} and have it proposed anew"
            )


def _assert_new(opened: vault.Vault, case: Slug, name: Slug) -> None:
    released = {entry.edition for entry in opened.released()}
    if name not in released:
        return
    state = "is released and is never changed"
    if name in opened.unconfirmed():
        state = "was begun and never confirmed, so it counts as released; look whether it is out"
    free = next(f"{case}-{number}" for number in count(2) if f"{case}-{number}" not in released)
    raise vault.AlreadyInLedger(f"edition {name} {state}; publish a correction as a new one: --edition {free}")
