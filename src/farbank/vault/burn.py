"""Forgetting: content is spiked first and can be brought back; what is burned no key opens again, anywhere.

Burning drops the key of each record, and of each log and profile, and then the traces of it: the write-ahead log, free
pages, and what SQLite leaves in pages when it moves rows about. The ledger, the audit and its acts stay: they know
tokens, code words and names of cases, never whom.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial

from nacl.utils import random
from sqlalchemy import delete, select

from farbank.model import codec
from farbank.model.text import Slug
from farbank.vault import identities, retention, search, upsert
from farbank.vault.case_store import (
    AUTHORS,
    CASE,
    FORBIDDEN,
    HANDLERS,
    ISSUED,
    JUDGEMENTS,
    MEDIA,
    ORIGINALS,
    POINTER,
    PRIVATE,
    SEALED,
    SPIKED,
    STEPS,
    People,
    partner_scope,
)
from farbank.vault.compartments import Compartment
from farbank.vault.errors import NoSuchRecord, NotSpiked, SpikedBefore, VaultBusy
from farbank.vault.fingerprints import FINGERPRINTS
from farbank.vault.schema import meta, record
from farbank.vault.schema import scope as scope_table
from farbank.vault.scopes import DESK
from farbank.vault.store import LOG_KEY, Address, Vault
from farbank.vault.veil import beginning

PARTNER, PAYMENT = "partner", "payment"
_UNPURGED = "unpurged"
_BESIDE = (CASE, FORBIDDEN, ORIGINALS, FINGERPRINTS)
"""Kinds of which a case has one record each, beside its pictures."""
_PEOPLE: tuple[Compartment, ...] = ("identities", "audit")
"""Where profiles lie, and the keys to them."""


def spike(opened: Vault, kind: str, id: str, reason: str) -> None:
    """Take a case, all of a partner's, or one record out of the desk's sight; `unspike` brings it back.

    Raises NoSuchRecord, UnderHold, NotAssigned.
    """
    with opened.transaction():
        opened.scope_key("content", DESK)
        found = _live(opened, kind, id)
        if not found:
            raise NoSuchRecord(f"there is no {kind} “{id}” to spike; check the spelling")
        for address, scope in found:
            retention.assert_free(opened, address, scope)
            opened.put("content", SPIKED, f"{address[1]}/{address[2]}", opened.get(*address), scope=scope)
            opened.delete(*address)
        opened.note("spiked", about=f"{kind}/{id}", note=reason)


def unspike(opened: Vault, kind: str, id: str) -> None:
    """Bring back what was spiked. Raises NoSuchRecord, SpikedBefore if there is another in its place by now."""
    with opened.transaction():
        found = _spiked(opened, kind, id)
        if not found:
            raise NoSuchRecord(f"no {kind} “{id}” was spiked; check the spelling")
        for name, scope in found:
            kind_of, _, id_of = name.partition("/")
            if id_of in opened.ids("content", kind_of):
                raise SpikedBefore(
                    f"there is another {kind_of} “{id_of}” by now, and nothing was changed; spike it first"
                )
            opened.put("content", kind_of, id_of, opened.get("content", SPIKED, name), scope=scope)
            opened.delete("content", SPIKED, name)
        opened.note("unspiked", about=f"{kind}/{id}")


def burn(opened: Vault, kind: str, id: str, reason: str, today: date) -> None:
    """Erase what was spiked, or has been kept as long as its class is; the people of it first, at once.

    A case goes with its pictures, judgements and list for the gate, a partner with every record of theirs and their
    profile in every case. Raises NotSpiked, UnderHold, CompartmentClosed (a case or a partner has people, so it takes a
    safety officer), NotAssigned, VaultBusy, VaultNotWritten.
    """
    with opened.transaction():
        opened.scope_key("content", DESK)
        spiked, live = _spiked(opened, kind, id), _live(opened, kind, id)
        _assert_ripe(opened, kind, id, [name for name, _ in spiked], [address for address, _ in live], today)
        for address, scope in [*live, *((("content", SPIKED, name), scope) for name, scope in spiked)]:
            retention.assert_free(opened, address, scope)
        people = _erase_people_of(opened, kind, id)
        for address, _ in live:
            opened.erase(*address)
        for name, _ in spiked:
            kind_of, _, id_of = name.partition("/")
            opened.erase("content", SPIKED, name)
            opened.erase("content", kind_of, id_of)
        _erase_what_hangs_on(opened, kind, id)
        mark(opened, "content", *(_PEOPLE if people else ()))
        opened.note("burned", about=f"{kind}/{id}", note=reason)
    opened.after_commit(partial(purge, opened))


def burn_people(opened: Vault, case: Slug, persons: Collection[Slug], reason: str) -> None:
    """Forget exact profiles of a case, all of them if none is named: at once, and for good.

    The case's list for the gate goes too: with its key beside it, it would tell whoever tries names which one fits. So
    nothing of the case can be released until it is filed again with whoever is left. Raises UnderHold, NoSuchRecord,
    CompartmentClosed, VaultBusy, VaultNotWritten.
    """
    with opened.transaction():
        retention.assert_free(opened, ("content", CASE, case), DESK)
        if not _erase_people(opened, case, persons):
            raise NoSuchRecord(f"the case {case} has no such profile; check the spelling")
        mark(opened, "content", *_PEOPLE)
        opened.note("people burned", about=f"{CASE}/{case}", note=reason)
    opened.after_commit(partial(purge, opened))


def burn_payment(opened: Vault, id: str, reason: str, today: date) -> None:
    """Erase a payment that was kept as long as its class is; the accounts need it until then.

    Raises NoSuchRecord, NotSpiked, UnderHold, CompartmentClosed, VaultBusy, VaultNotWritten.
    """
    address: Address = ("payments", PAYMENT, id)
    with opened.transaction():
        opened.scope_key("payments", DESK)
        opened.get(*address)
        retention.assert_free(opened, address, DESK)
        if (PAYMENT, id) not in {(each.kind, each.id) for each in retention.due(opened, today)}:
            raise NotSpiked(f"payment “{id}” was not kept long enough to be burned, and nothing was changed")
        opened.erase(*address)
        mark(opened, "payments")
        opened.note("burned", about=f"{PAYMENT}/{id}", note=reason)
    opened.after_commit(partial(purge, opened))


def unpurged(opened: Vault) -> tuple[Compartment, ...]:
    """Compartments in which something was burned whose traces are still to be overwritten: burning was cut short."""
    return tuple(name for name in opened.compartments if _is_marked(opened, name))


def mark(opened: Vault, *compartments: Compartment) -> None:
    """Note, inside the transaction that erases, where traces are to be overwritten; those on a server are not ours."""
    if not opened.in_files:
        return
    for compartment in compartments:
        with opened.file(compartment) as file:
            upsert.replace(file, meta, [{"key": _UNPURGED, "value": "1"}])


def purge(opened: Vault) -> None:
    """Overwrite every trace of what was burned, in the compartments held. Raises VaultBusy, VaultNotWritten."""
    left = unpurged(opened)
    if "content" in left:
        search.forget(opened)  # an index holds the words of what was burned, in whosesoever folder it lies
    for compartment in left:
        with opened.file(compartment) as file:
            file.exec_driver_sql("VACUUM")  # rows that were moved leave copies in pages that secure_delete never sees
            busy, _, _ = file.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            if busy:
                raise VaultBusy(
                    "it is burned, but somebody else is reading, so that traces are left in the log of the vault; "
                    "run farbank forget purge when they are done"
                )
            file.execute(delete(meta).where(meta.c.key == _UNPURGED))
            file.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _live(opened: Vault, kind: str, id: str) -> list[tuple[Address, str]]:
    asked = select(record.c.kind, record.c.id, record.c.scope).where(record.c.gone.is_(None))
    if kind == PARTNER:
        asked = asked.where(record.c.scope == partner_scope(id), record.c.kind != SPIKED)
    elif kind == CASE:
        asked = asked.where((record.c.kind.in_(_BESIDE) & (record.c.id == id)) | (record.c.kind == f"{MEDIA}:{id}"))
    else:
        asked = asked.where(record.c.kind == kind, record.c.id == id)
    with opened.records("content") as file:
        return [(("content", row.kind, row.id), row.scope) for row in file.execute(asked)]


def _spiked(opened: Vault, kind: str, id: str) -> list[tuple[str, str]]:
    asked = select(record.c.id, record.c.scope).where(record.c.kind == SPIKED, record.c.gone.is_(None))
    if kind == PARTNER:
        asked = asked.where(record.c.scope == partner_scope(id))
    elif kind == CASE:
        names = [f"{kind_of}/{id}" for kind_of in _BESIDE]
        with opened.records("content") as file:
            asked = asked.where(record.c.id.in_([*names, *beginning(file, record.c.id, f"{MEDIA}:{id}/")]))
    else:
        asked = asked.where(record.c.id == f"{kind}/{id}")
    with opened.records("content") as file:
        return [(row.id, row.scope) for row in file.execute(asked)]


def _assert_ripe(opened: Vault, kind: str, id: str, spiked: list[str], live: list[Address], today: date) -> None:
    if not spiked and not live:
        raise NoSuchRecord(f"there is no {kind} “{id}” to burn; check the spelling")
    due = {(each.kind, each.id) for each in retention.due(opened, today)}
    if kind == CASE:
        live = [address for address in live if address[1] == CASE]  # the rest is kept for as long as the case
    for _, kind_of, id_of in live:
        if (kind_of, id_of) not in due:
            raise NotSpiked(
                f"{kind_of} “{id_of}” is neither spiked nor kept long enough to be burned, and nothing was changed; "
                "spike it first: until it is burned that can be undone"
            )


def _erase_people_of(opened: Vault, kind: str, id: str) -> bool:
    """Forget the people of a case, or a partner in every case; whether there were any."""
    if kind == CASE:
        found = _erase_people(opened, id, ())
        opened.erase("content", POINTER, id)
        return found
    cases = opened.ids("content", POINTER) if kind == PARTNER else ()
    erased = [case for case in cases if _erase_people(opened, case, (id,))]
    return bool(erased)


def _erase_people(opened: Vault, case: Slug, persons: Collection[Slug]) -> bool:
    """Drop the keys of profiles, and the list they can be told by; whether there was one."""
    opened.scope_key("identities", DESK)
    if case not in opened.ids("content", POINTER):
        return False
    version = opened.get("content", POINTER, case).decode()
    filed = codec.from_json(opened.get("identities", PRIVATE, version), People, f"{PRIVATE}/{version}").sealed
    burned = [each for each in filed if not persons or each.person in persons]
    if not burned:
        return False
    for each in burned:
        identities.forget(opened, each.about)
    left = tuple(each for each in filed if each not in burned)
    opened.erase("identities", PRIVATE, version)
    if left:
        anew = f"{case}/{random(16).hex()}"
        opened.put("identities", PRIVATE, anew, People(left))
        opened.put("content", POINTER, case, anew.encode())
    else:
        opened.delete("content", POINTER, case)
    opened.delete("content", FORBIDDEN, case)
    opened.delete("content", SPIKED, f"{FORBIDDEN}/{case}")
    return True


def _erase_what_hangs_on(opened: Vault, kind: str, id: str) -> None:
    if kind == CASE:
        opened.erase("content", FORBIDDEN, id)
        opened.erase("content", SEALED, id)
        for topic in (JUDGEMENTS, AUTHORS, ISSUED, STEPS):
            opened.erase("content", LOG_KEY, f"{topic}:{id}")
    elif kind == PARTNER:
        opened.erase("content", LOG_KEY, f"{HANDLERS}:{id}")
        with opened.records("content") as file:
            file.execute(delete(scope_table).where(scope_table.c.scope == partner_scope(id)))


def _is_marked(opened: Vault, compartment: Compartment) -> bool:
    with opened.file(compartment) as file:
        return file.scalar(select(meta.c.value).where(meta.c.key == _UNPURGED)) is not None
