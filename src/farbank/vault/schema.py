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
    inspect,
    select,
    update,
)

from farbank.vault.compartments import Compartment
from farbank.vault.errors import MadeByNewerFarbank, MadeByOlderFarbank, OtherRoot, VaultDamaged
from farbank.vault.keypair import Public
from farbank.vault.roster import Roster
from farbank.vault.rules import Rule, append_only, for_sqlite, in_sequence
from farbank.vault.veil import Name, Sealed

VERSION = 3
FIXED = ("schema", "root")
"""What is noted in a compartment for good."""

_everywhere = MetaData()
meta = Table(
    "meta",
    _everywhere,
    Column("key", Name("note"), primary_key=True),
    Column("value", Name("noted"), nullable=False),
)

_records = MetaData()
record = Table(
    "record",
    _records,
    Column("kind", Name("kind"), primary_key=True),
    Column("id", Name("id"), primary_key=True),
    Column("scope", Name("scope"), nullable=False),
    Column("key", LargeBinary),  # the record's own key, wrapped; without it the body is noise wherever it lies
    Column("body", LargeBinary),
    Column("gone", Text),  # NULL, 'deleted', or 'erased', which no import brings back
    Column("changed", Integer, nullable=False),
    Column("written", Name("month"), nullable=False),  # the month, for retention; a day would tell who called when
    Index("record_changed", "changed", unique=True),
    Index("record_scope", "scope", "kind"),
)

scope = Table(
    "scope",
    _records,
    Column("scope", Name("scope"), primary_key=True),
    Column("person", Name("person"), primary_key=True),  # '' for whoever reads all of the desk's
    Column("sealed", LargeBinary, nullable=False),
)

log = Table(
    "log",
    _records,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("topic", Name("topic"), nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
)

_ledger = MetaData()
entry = Table(
    "entry",
    _ledger,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("edition", Name("edition"), nullable=False),
    Column("body", Sealed("ledger entry"), nullable=False),
    Column("signature", Sealed("ledger signature"), nullable=False),
)

_audit = MetaData()
audit = Table(
    "audit",
    _audit,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),  # sealed to whoever reads the audit
    Column("hash", LargeBinary, nullable=False),  # of the line before, its own number and body
)

head = Table(
    "head",
    _audit,
    Column("sequence", Integer, primary_key=True, autoincrement=False),  # of the last line it signs
    Column("person", Name("person"), nullable=False),
    Column("signature", Sealed("audit signature"), nullable=False),
)

act = Table(
    "act",
    _audit,
    Column("id", Name("act"), primary_key=True),
    Column("step", Text, primary_key=True),  # 'proposed', 'agreed', 'withdrawn', 'done'
    Column("person", Name("person"), nullable=False),
    Column("body", Sealed("act step"), nullable=False),
    Column("signature", Sealed("act signature"), nullable=False),
)

half = Table(
    "half",
    _audit,
    Column("act", Name("act"), primary_key=True),
    Column("about", Name("about"), primary_key=True),
    Column("opening", Name("person"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

pair = Table(
    "pair",
    _audit,
    Column("about", Name("about"), primary_key=True),
    Column("agreeing", Name("person"), primary_key=True),
    Column("opening", Name("person"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    UniqueConstraint("about", "opening", "agreeing"),
)

reading = Table(
    "reading", _audit, Column("person", Name("person"), primary_key=True), Column("sealed", LargeBinary, nullable=False)
)


RECORD_RULES = (
    *append_only("log"),
    in_sequence("log"),
    Rule("erased_stays", "record", "UPDATE", "OLD.gone = 'erased'", "erased"),
    Rule("erased_remains", "record", "DELETE", "OLD.gone = 'erased'", "erased"),
)

LEDGER_RULES = (
    *append_only("entry"),
    in_sequence("entry"),
    Rule(
        "entry_once",
        "entry",
        "INSERT",
        "EXISTS (SELECT 1 FROM entry WHERE edition = NEW.edition AND (kind = NEW.kind OR 'elsewhere' IN "
        "(kind, NEW.kind)))",
        "already there",
    ),
    Rule(
        "intent_first",
        "entry",
        "INSERT",
        "NEW.kind = 'confirmation' AND NOT EXISTS (SELECT 1 FROM entry WHERE kind = 'intent' AND edition "
        "= NEW.edition)",
        "no intent",
    ),
    # A function only an open vault brings: whoever writes past it is refused, and what they forge does not verify.
    Rule(
        "entry_signed",
        "entry",
        "INSERT",
        "NOT farbank_entry_signed(NEW.sequence, NEW.kind, NEW.edition, NEW.body, NEW.signature)",
        "not signed",
        ours=True,
    ),
)

AUDIT_RULES = (
    *append_only("audit"),
    in_sequence("audit"),
    *append_only("head"),
    *append_only("act"),
    Rule(
        "act_once",
        "act",
        "INSERT",
        "EXISTS (SELECT 1 FROM act WHERE id = NEW.id AND step = NEW.step)",
        "already there",
    ),
    Rule(
        "act_proposed",
        "act",
        "INSERT",
        "NEW.step <> 'proposed' AND NOT EXISTS (SELECT 1 FROM act WHERE id = NEW.id AND step = 'proposed')",
        "not proposed",
    ),
    Rule(
        "act_by_two",
        "act",
        "INSERT",
        "NEW.step = 'agreed' AND NEW.person = (SELECT person FROM act WHERE id = NEW.id AND step = 'proposed')",
        "same person",
    ),
    Rule(
        "act_open",
        "act",
        "INSERT",
        "NEW.step = 'agreed' AND EXISTS (SELECT 1 FROM act WHERE id = NEW.id AND step IN ('agreed', "
        "'withdrawn', 'done'))",
        "decided",
    ),
    # What two agreed to can be taken back until it is carried out: that closes something, and opens nothing.
    Rule(
        "act_over",
        "act",
        "INSERT",
        "NEW.step IN ('withdrawn', 'done') AND EXISTS (SELECT 1 FROM act WHERE id = NEW.id AND step IN "
        "('withdrawn', 'done'))",
        "over",
    ),
    Rule(
        "act_agreed",
        "act",
        "INSERT",
        "NEW.step = 'done' AND NOT EXISTS (SELECT 1 FROM act WHERE id = NEW.id AND step = 'agreed')",
        "not agreed",
    ),
    Rule(
        "act_signed",
        "act",
        "INSERT",
        "NOT farbank_act_signed(NEW.id, NEW.step, NEW.person, NEW.body, NEW.signature)",
        "not signed",
        ours=True,
    ),
)


def tables(compartment: Compartment) -> tuple[Table, ...]:
    """The tables of a compartment, in the order in which they are laid and filled."""
    own = {"ledger": _ledger, "audit": _audit}.get(compartment, _records)
    return (meta, *own.tables.values())


def rules(compartment: Compartment) -> tuple[Rule, ...]:
    """What a compartment refuses by itself."""
    return {"ledger": LEDGER_RULES, "audit": AUDIT_RULES}.get(compartment, RECORD_RULES)


def lay(connection: Connection, compartment: Compartment, roster: Roster) -> None:
    """Create the tables of `compartment` in an empty file, and note whose desk it is."""
    for table in tables(compartment):
        table.create(connection)
    for rule in rules(compartment):
        connection.exec_driver_sql(for_sqlite(rule))
    noted = {"schema": str(VERSION), "root": _root(roster.root), "roster": str(roster.sequence)}
    connection.execute(insert(meta), [{"key": key, "value": value} for key, value in noted.items()])


def bring_up(connection: Connection, file: str, roster: Roster) -> None:
    """Check that this farbank can read the file's tables, and that `roster` is this desk's and no older one.

    Raises VaultDamaged, MadeByNewerFarbank, MadeByOlderFarbank, OtherRoot.
    """
    if not inspect(connection).has_table("meta", schema=schema_of(connection)):
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


def schema_of(connection: Connection) -> str | None:
    """The schema of a server its tables are in, None in a file."""
    found: str | None = connection.get_execution_options().get("schema_translate_map", {}).get(None)
    return found
