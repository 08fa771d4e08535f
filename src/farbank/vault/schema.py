"""The tables of each compartment, and the rules its file enforces by itself."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    update,
)

from farbank.vault.compartments import Compartment
from farbank.vault.errors import MadeByNewerFarbank, MadeByOlderFarbank, OtherRoot, VaultDamaged
from farbank.vault.keypair import Public
from farbank.vault.roster import Roster

VERSION = 3

_everywhere = MetaData()
meta = Table("meta", _everywhere, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

_records = MetaData()
record = Table(
    "record",
    _records,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("scope", Text, nullable=False),
    Column("key", LargeBinary),  # the record's own key, wrapped; without it the body is noise wherever it lies
    Column("body", LargeBinary),
    Column("gone", Text),  # NULL, 'deleted', or 'erased', which no import brings back
    Column("changed", Integer, nullable=False),
    Column("written", Text, nullable=False),  # the month, for retention; a day would tell who called when
    Index("record_changed", "changed", unique=True),
    Index("record_scope", "scope", "kind"),
)

scope = Table(
    "scope",
    _records,
    Column("scope", Text, primary_key=True),
    Column("person", Text, primary_key=True),  # '' for whoever reads all of the desk's
    Column("sealed", LargeBinary, nullable=False),
)

log = Table(
    "log",
    _records,
    Column("sequence", Integer, primary_key=True),
    Column("topic", Text, nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
)

_ledger = MetaData()
entry = Table(
    "entry",
    _ledger,
    Column("sequence", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

_audit = MetaData()
audit = Table(
    "audit",
    _audit,
    Column("sequence", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # sealed to whoever reads the audit
    Column("hash", LargeBinary, nullable=False),  # of the line before, its own number and body
)

head = Table(
    "head",
    _audit,
    Column("sequence", Integer, primary_key=True),  # of the last line it signs
    Column("person", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

act = Table(
    "act",
    _audit,
    Column("id", Text, primary_key=True),
    Column("step", Text, primary_key=True),  # 'proposed', 'agreed', 'withdrawn', 'done'
    Column("person", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

half = Table(
    "half",
    _audit,
    Column("act", Text, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("opening", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

pair = Table(
    "pair",
    _audit,
    Column("about", Text, primary_key=True),
    Column("agreeing", Text, primary_key=True),
    Column("opening", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    UniqueConstraint("about", "opening", "agreeing"),
)

reading = Table(
    "reading", _audit, Column("person", Text, primary_key=True), Column("sealed", LargeBinary, nullable=False)
)


def _append_only(table: str) -> tuple[str, ...]:
    return (
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} BEGIN SELECT raise(ABORT, 'append-only'); END",
        f"CREATE TRIGGER {table}_remains BEFORE DELETE ON {table} BEGIN SELECT raise(ABORT, 'append-only'); END",
    )


def _in_sequence(table: str) -> str:
    # Also stops INSERT OR REPLACE, which would delete without asking the trigger above.
    follows = f"NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM {table})"  # noqa: S608  our own names
    return (
        f"CREATE TRIGGER {table}_follows BEFORE INSERT ON {table} WHEN {follows}"
        " BEGIN SELECT raise(ABORT, 'out of sequence'); END"
    )


RECORD_RULES = (
    *_append_only("log"),
    _in_sequence("log"),
    "CREATE TRIGGER erased_stays BEFORE UPDATE ON record WHEN OLD.gone = 'erased'"
    " BEGIN SELECT raise(ABORT, 'erased'); END",
    "CREATE TRIGGER erased_remains BEFORE DELETE ON record WHEN OLD.gone = 'erased'"
    " BEGIN SELECT raise(ABORT, 'erased'); END",
)

LEDGER_RULES = (
    *_append_only("entry"),
    _in_sequence("entry"),
    "CREATE TRIGGER entry_once BEFORE INSERT ON entry"
    " WHEN EXISTS (SELECT 1 FROM entry WHERE edition = NEW.edition"
    " AND (kind = NEW.kind OR 'elsewhere' IN (kind, NEW.kind)))"
    " BEGIN SELECT raise(ABORT, 'already there'); END",
    "CREATE TRIGGER intent_first BEFORE INSERT ON entry WHEN NEW.kind = 'confirmation'"
    " AND NOT EXISTS (SELECT 1 FROM entry WHERE kind = 'intent' AND edition = NEW.edition)"
    " BEGIN SELECT raise(ABORT, 'no intent'); END",
    # A function only an open vault brings: whoever writes past it is refused, and what they forge does not verify.
    "CREATE TRIGGER entry_signed BEFORE INSERT ON entry"
    " WHEN NOT farbank_entry_signed(NEW.sequence, NEW.kind, NEW.edition, NEW.body, NEW.signature)"
    " BEGIN SELECT raise(ABORT, 'not signed'); END",
)

AUDIT_RULES = (
    *_append_only("audit"),
    _in_sequence("audit"),
    *_append_only("head"),
    *_append_only("act"),
    "CREATE TRIGGER act_once BEFORE INSERT ON act"
    " WHEN EXISTS (SELECT 1 FROM act WHERE id = NEW.id AND step = NEW.step)"
    " BEGIN SELECT raise(ABORT, 'already there'); END",
    "CREATE TRIGGER act_proposed BEFORE INSERT ON act WHEN NEW.step <> 'proposed'"
    " AND NOT EXISTS (SELECT 1 FROM act WHERE id = NEW.id AND step = 'proposed')"
    " BEGIN SELECT raise(ABORT, 'not proposed'); END",
    "CREATE TRIGGER act_by_two BEFORE INSERT ON act WHEN NEW.step = 'agreed'"
    " AND NEW.person = (SELECT person FROM act WHERE id = NEW.id AND step = 'proposed')"
    " BEGIN SELECT raise(ABORT, 'same person'); END",
    "CREATE TRIGGER act_open BEFORE INSERT ON act WHEN NEW.step = 'agreed'"
    " AND EXISTS (SELECT 1 FROM act WHERE id = NEW.id AND step IN ('agreed', 'withdrawn', 'done'))"
    " BEGIN SELECT raise(ABORT, 'decided'); END",
    # What two agreed to can be taken back until it is carried out: that closes something, and opens nothing.
    "CREATE TRIGGER act_over BEFORE INSERT ON act WHEN NEW.step IN ('withdrawn', 'done')"
    " AND EXISTS (SELECT 1 FROM act WHERE id = NEW.id AND step IN ('withdrawn', 'done'))"
    " BEGIN SELECT raise(ABORT, 'over'); END",
    "CREATE TRIGGER act_agreed BEFORE INSERT ON act WHEN NEW.step = 'done'"
    " AND NOT EXISTS (SELECT 1 FROM act WHERE id = NEW.id AND step = 'agreed')"
    " BEGIN SELECT raise(ABORT, 'not agreed'); END",
    "CREATE TRIGGER act_signed BEFORE INSERT ON act"
    " WHEN NOT farbank_act_signed(NEW.id, NEW.step, NEW.person, NEW.body, NEW.signature)"
    " BEGIN SELECT raise(ABORT, 'not signed'); END",
)


def lay(connection: Connection, compartment: Compartment, roster: Roster) -> None:
    """Create the tables of `compartment` in an empty file, and note whose desk it is."""
    tables, rules = {"ledger": (_ledger, LEDGER_RULES), "audit": (_audit, AUDIT_RULES)}.get(
        compartment, (_records, RECORD_RULES)
    )
    _everywhere.create_all(connection)
    tables.create_all(connection)
    for rule in rules:
        connection.exec_driver_sql(rule)
    noted = {"schema": str(VERSION), "root": _root(roster.root), "roster": str(roster.sequence)}
    connection.execute(insert(meta), [{"key": key, "value": value} for key, value in noted.items()])


def bring_up(connection: Connection, file: str, roster: Roster) -> None:
    """Check that this farbank can read the file's tables, and that `roster` is this desk's and no older one.

    Raises VaultDamaged, MadeByNewerFarbank, MadeByOlderFarbank, OtherRoot.
    """
    if "meta" not in _tables(connection):
        raise VaultDamaged(file, "its tables are missing")
    noted = {row.key: row.value for row in connection.execute(select(meta))}
    version = int(noted.get("schema", "0"))
    if version > VERSION:
        raise MadeByNewerFarbank(f"{file} was written by a newer farbank; update farbank before opening this desk")
    if version < VERSION:
        raise MadeByOlderFarbank(f"{file} was written by an older farbank; move the desk with farbank desk renew")
    if noted.get("root") != _root(roster.root):
        raise OtherRoot(f"{file}: the keyring beside it is signed by another root; restore the keyring from a backup")
    if int(noted["roster"]) > roster.sequence:
        raise VaultDamaged(file, "the keyring beside it is older than the one this file was last opened with")
    if int(noted["roster"]) < roster.sequence:
        connection.execute(update(meta).where(meta.c.key == "roster").values(value=str(roster.sequence)))


def _root(root: Public) -> str:
    return (root.signing + root.sealing).hex()


def _tables(connection: Connection) -> set[str]:
    return {*connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()}
