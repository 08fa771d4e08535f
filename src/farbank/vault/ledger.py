"""What has been released: intents and confirmations, only ever added to, and each signed.

An intent bears the desk's own signature, which takes two people to make; what got out another way, and that an edition
is out, one person says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import Connection, exc, func, insert, select

from farbank.model import codec
from farbank.vault.errors import AlreadyInLedger, IntentNotSigned, NoIntent, VaultDamaged
from farbank.vault.keypair import Public
from farbank.vault.roster import Roster
from farbank.vault.schema import entry as table

_DOMAIN = b"farbank ledger 1\n"
Kind = Literal["intent", "confirmation", "elsewhere"]
Sign = Callable[[bytes], bytes]


class LedgerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a release, or word that something got out `elsewhere`: a talk, a caption, another outlet.

    `body` says what it gives away, in published nodes and opaque tokens only. `sequence` counts from 1 without a gap
    and is given by the ledger.
    """

    kind: Kind
    edition: str
    body: bytes = b""
    sequence: int = 0


def append(connection: Connection, entry: LedgerEntry, sign: Sign, check: Check) -> int:
    """Add a signed entry for which `check` holds, inside a transaction, and return its sequence number.

    Raises AlreadyInLedger, NoIntent, IntentNotSigned.
    """
    sequence = 1 + (connection.scalar(select(func.max(table.c.sequence))) or 0)
    numbered = msgspec.structs.replace(entry, sequence=sequence)
    row = {**msgspec.structs.asdict(numbered), "signature": sign(signed_bytes(numbered))}
    if not check(sequence, entry.kind, entry.edition, entry.body, row["signature"]):
        raise _refused(entry, "not signed")
    try:
        connection.execute(insert(table), [row])
    except exc.IntegrityError as error:
        raise _refused(entry, str(error.orig)) from None
    return sequence


def entries(connection: Connection, path: Path, roster: Roster) -> tuple[LedgerEntry, ...]:
    """Every entry in order, every signature checked.

    Raises VaultDamaged if one is missing or forged: a forgotten release makes people look safer.
    """
    rows = connection.execute(select(table).order_by(table.c.sequence)).all()
    if [row.sequence for row in rows] != list(range(1, len(rows) + 1)):
        raise VaultDamaged(path, "entries of the ledger are missing")
    check = signed_ever(roster)
    for row in rows:
        if not check(row.sequence, row.kind, row.edition, bytes(row.body), bytes(row.signature)):
            raise VaultDamaged(path, f"entry {row.sequence} of the ledger bears no signature of this desk")
    return tuple(
        LedgerEntry(sequence=row.sequence, kind=row.kind, edition=row.edition, body=bytes(row.body)) for row in rows
    )


Check = Callable[[int, Kind, str, bytes, bytes], bool]


def signed_now(roster: Roster) -> Check:
    """What the file asks before it takes an entry: whether the key the desk has now, or one of its people, signed."""
    return _signed_by([roster.desk_key.signing], [each.public for each in roster if each.roles])


def signed_ever(roster: Roster) -> Check:
    """Whether any key the desk ever had, or for lesser steps anybody who ever was of it, signed an entry."""
    people = [key for each in roster for key in (each.public, *each.former)]
    return _signed_by([key.signing for key in roster.desk_keys], people)


def _signed_by(desk_keys: Sequence[bytes], people: Sequence[Public]) -> Check:
    desk = [Public(sealing=key, signing=key) for key in desk_keys]

    def check(sequence: int, kind: Kind, edition: str, body: bytes, signature: bytes) -> bool:
        data = signed_bytes(LedgerEntry(sequence=sequence, kind=kind, edition=edition, body=body))
        return _any(desk if kind == "intent" else people, data, signature)

    return check


def signed_bytes(entry: LedgerEntry) -> bytes:
    """What is signed of an entry: its place in the ledger too, so that none can be moved or said twice."""
    return _DOMAIN + codec.to_json([entry.sequence, entry.kind, entry.edition]) + b"\n" + entry.body


def _any(keys: Iterable[Public], data: bytes, signature: bytes) -> bool:
    return any(key.signed(data, signature) for key in keys)


def _refused(entry: LedgerEntry, why: str) -> AlreadyInLedger | NoIntent | IntentNotSigned:
    if "no intent" in why:
        return NoIntent(f"edition {entry.edition} has no intent in the ledger; append the intent first")
    if "not signed" in why:
        return IntentNotSigned(
            f"the {entry.kind} of edition {entry.edition} is not signed with the desk's key, which takes two people"
        )
    return AlreadyInLedger(
        f"the ledger already holds the {entry.kind} of edition {entry.edition}, which counts as released; "
        "make a new edition"
    )
