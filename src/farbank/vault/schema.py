"""The tables of a compartment: generic records, or the ledger's entries with the rules the store itself enforces."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Integer, LargeBinary, MetaData, Table, Text, insert, select, update

from farbank.vault.compartments import Compartment
from farbank.vault.errors import MadeByNewerFarbank, VaultDamaged

VERSION = 2

_everywhere = MetaData()
meta = Table("meta", _everywhere, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

_records = MetaData()
record = Table(
    "record",
    _records,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

log = Table(
    "log",
    _records,
    Column("sequence", Integer, primary_key=True),
    Column("topic", Text, nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
)

LOG_RULES = (
    "CREATE TRIGGER log_stays BEFORE UPDATE ON log BEGIN SELECT raise(ABORT, 'append-only'); END",
    "CREATE TRIGGER log_remains BEFORE DELETE ON log BEGIN SELECT raise(ABORT, 'append-only'); END",
    # Also stops INSERT OR REPLACE, which would delete without asking the trigger above.
    "CREATE TRIGGER log_follows BEFORE INSERT ON log"
    " WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM log)"
    " BEGIN SELECT raise(ABORT, 'out of sequence'); END",
)

_ledger = MetaData()
entry = Table(
    "entry",
    _ledger,
    Column("sequence", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

LEDGER_RULES = (
    "CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'append-only'); END",
    "CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'append-only'); END",
    # The two below also stop INSERT OR REPLACE, which would delete without asking the trigger above.
    "CREATE TRIGGER entry_follows BEFORE INSERT ON entry"
    " WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM entry)"
    " BEGIN SELECT raise(ABORT, 'out of sequence'); END",
    "CREATE TRIGGER entry_once BEFORE INSERT ON entry"
    " WHEN EXISTS (SELECT 1 FROM entry WHERE kind = NEW.kind AND edition = NEW.edition)"
    " BEGIN SELECT raise(ABORT, 'already there'); END",
    "CREATE TRIGGER intent_first BEFORE INSERT ON entry WHEN NEW.kind = 'confirmation'"
    " AND NOT EXISTS (SELECT 1 FROM entry WHERE kind = 'intent' AND edition = NEW.edition)"
    " BEGIN SELECT raise(ABORT, 'no intent'); END",
)


def lay(connection: Connection, compartment: Compartment) -> None:
    """Create the tables of `compartment` in an empty file."""
    _everywhere.create_all(connection)
    (_ledger if compartment == "ledger" else _records).create_all(connection)
    for rule in LEDGER_RULES if compartment == "ledger" else LOG_RULES:
        connection.exec_driver_sql(rule)
    connection.execute(insert(meta), [{"key": "schema", "value": str(VERSION)}])


def bring_up(connection: Connection, compartment: Compartment, file: str) -> None:
    """Check that this farbank can read the file's tables, and add those an older one did not have.

    Raises VaultDamaged, MadeByNewerFarbank.
    """
    found = "meta" in _tables(connection)
    version = connection.scalar(select(meta.c.value).where(meta.c.key == "schema")) if found else None
    if version is None:
        raise VaultDamaged(file, "its tables are missing")
    if int(version) > VERSION:
        raise MadeByNewerFarbank(f"{file} was written by a newer farbank; update farbank before opening this desk")
    if int(version) < VERSION:
        _upgrade(connection, compartment)


def _upgrade(connection: Connection, compartment: Compartment) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    if compartment != "ledger" and "log" not in _tables(connection):
        log.create(connection)
        for rule in LOG_RULES:
            connection.exec_driver_sql(rule)
    connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(VERSION)))
    connection.exec_driver_sql("COMMIT")


def _tables(connection: Connection) -> set[str]:
    return set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
