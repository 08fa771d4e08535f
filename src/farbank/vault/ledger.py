"""What has been released: intents and confirmations, only ever added to."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import Connection, exc, func, insert, literal, select

from farbank.vault.errors import AlreadyInLedger, NoIntent, VaultDamaged
from farbank.vault.schema import entry as table


class LedgerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a release; `body` says what the edition gives away, in published nodes and opaque tokens only.

    `sequence` counts from 1 without a gap and is given by the ledger.
    """

    kind: Literal["intent", "confirmation"]
    edition: str
    body: bytes = b""
    sequence: int = 0


def append(connection: Connection, entry: LedgerEntry) -> int:
    """Add an entry and return its sequence number. Raises AlreadyInLedger, NoIntent."""
    following = select(
        func.coalesce(func.max(table.c.sequence), 0) + 1,
        literal(entry.kind),
        literal(entry.edition),
        literal(entry.body),
    )
    adding = insert(table).from_select(["sequence", "kind", "edition", "body"], following).returning(table.c.sequence)
    try:
        return int(connection.execute(adding).scalar_one())
    except exc.IntegrityError as error:
        if "no intent" in str(error.orig):
            raise NoIntent(f"edition {entry.edition} has no intent in the ledger; append the intent first") from None
        raise AlreadyInLedger(
            f"the ledger already holds the {entry.kind} of edition {entry.edition}, which counts as released; "
            "make a new edition"
        ) from None


def entries(connection: Connection, path: Path) -> tuple[LedgerEntry, ...]:
    """Every entry in order. Raises VaultDamaged if one is missing: a forgotten release makes people look safer."""
    rows = connection.execute(select(table).order_by(table.c.sequence)).all()
    if [row.sequence for row in rows] != list(range(1, len(rows) + 1)):
        raise VaultDamaged(path, "entries of the ledger are missing")
    return tuple(
        LedgerEntry(sequence=row.sequence, kind=row.kind, edition=row.edition, body=bytes(row.body)) for row in rows
    )
