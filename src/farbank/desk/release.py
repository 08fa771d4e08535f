"""Release an edition: one person proposes its exact bytes, another makes the same bytes and signs with the desk's key.

Neither wrote the story, neither speaks with a source of it. The intent is in the ledger before the edition is on the
disk, and the confirmation after: whatever stops on the way, what may be out counts as released.
"""

from __future__ import annotations

import dataclasses
import time
from datetime import date
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
from farbank.desk.report import Report, report
from farbank.desk.write_edition import write_edition
from farbank.model import codec
from farbank.model.text import Slug
from farbank.publish import manifest
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
    reason: str,
) -> Proposed:
    """Compile, and if every gate is open ask somebody else to agree to exactly these bytes.

    `edition` is its name, that of the case unless given, `on` the first day it may go out, today unless given.
    Raises what compiling raises, StoryFrozen, NoEditionName, AlreadyInLedger, NotAllowed, CompartmentClosed.
    """
    started = time.perf_counter()
    assert_not_frozen(opened, filed.case)
    name, day = edition_name(edition or filed.case.name), on or date.today()
    compiled = _compiled(opened, filed, archive, name, day)
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
        handlers=case_store.handlers(opened, filed.case),
        authors=case_store.authors(opened, filed.case.name),
    )
    return Proposed(act=act, report=told)


def agree_release(opened: vault.Vault, id: str, folder: Path, archive: Places | None = None) -> Report:
    """Compile what somebody else proposed, and if not a byte differs sign it and write it to `folder`.

    Where a gate is closed nothing is agreed to and nothing written. An agreement cut short before the intent was in the
    ledger is taken up again by whoever gave it.
    Raises FolderInUse, ActNotOpen, NotYet, NotAllowed, StoryFrozen, OtherBytes, AlreadyInLedger, and what compiling
    raises.
    """
    started = time.perf_counter()
    whole.assert_free(folder)  # a slip of the pen must not use up an edition
    with opened.transaction():  # so that no two editions get one number
        act, filed = _waiting(opened, id)
        compiled = _compiled(opened, filed, archive, act.proposal.about, act.proposal.on or date.today())
        if not compiled.releasable:
            return report(compiled, time.perf_counter() - started)
        body = codec.to_json(compiled.release)
        _assert_same(act, compiled, body)
        if act.agreed is None:
            handlers, authors = case_store.handlers(opened, filed.case), case_store.authors(opened, filed.case.name)
            sign_off.agree(opened, id, handlers=handlers, authors=authors)
        key = sign_off.signing_key(opened, id)
        files = manifest.signed(compiled.files, lambda data: key.sign(data).signature)
        keep_issued(opened, filed.case.name, compiled.issued)
        intent = vault.LedgerEntry(kind="intent", edition=act.proposal.about, body=body)
        opened.ledger_append(intent, key)
        editions.keep(opened, files, filed.pack.phrases)
        signed_site.with_edition(opened, files, filed.case.desk, key, filed.pack.phrases)
    write_edition(files, folder)
    opened.ledger_append(vault.LedgerEntry(kind="confirmation", edition=act.proposal.about))
    sign_off.done(opened, id)
    return report(compiled, time.perf_counter() - started, site=str(folder))


def edition_digest(compiled: Compilation) -> bytes:
    """What fixes every byte of an edition but its signature: the manifest has the SHA-256 of each file."""
    return blake2b(compiled.files[manifest.MANIFEST], person=b"farbank edition", digest_size=32).digest()


def body_digest(body: bytes) -> bytes:
    """What fixes what the ledger is told of an edition."""
    return blake2b(body, person=b"farbank intent", digest_size=32).digest()


def _waiting(opened: vault.Vault, id: str) -> tuple[Act, Filed]:
    """A release that this person may carry out, and its case. Raises ActNotOpen, NotYet, NotAllowed."""
    act = sign_off.look(opened, id)
    if act.proposal.kind != KIND:
        raise vault.ActNotOpen(f"{id} is no release; agree to it with farbank desk agree")
    if act.over is not None or act.agreed not in (None, opened.person):
        raise vault.ActNotOpen(f"{id} was decided already; look with farbank desk acts")
    if act.proposal.on is None or act.proposal.on > date.today():
        raise NotYet(f"{act.proposal.about} goes out on {act.proposal.on}, which is still to come; agree to it then")
    filed = filed_in(opened, act.proposal.case)
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


def _compiled(opened: vault.Vault, filed: Filed, archive: Places | None, name: Slug, on: date) -> Compilation:
    _assert_new(opened, filed.case.name, name)
    told = releases(opened)  # another story may be out since the case was fetched
    number = 1 + sum(release.means in ("edition", "correction") for release in told)
    return compile_story(
        dataclasses.replace(filed, releases=told, issued=issued(opened, filed.case.name)),
        archive,
        desk_keys=keyring.read(opened.folder).published,
        edition=name,
        sequence=number,
        on=on,
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
