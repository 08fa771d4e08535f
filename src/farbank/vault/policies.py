"""Who may do what on a server: one role a person, one schema a compartment, rules bound to `current_user` alone.

A session setting protects nothing, since any client can set it; `current_user` is whom the server let in. The tables
belong to a role nobody logs in as, and row security is forced on it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from farbank.vault.compartments import KEPT, Compartment
from farbank.vault.keypair import Public
from farbank.vault.rules import Rule, for_postgres

OWNER = "farbank_owner"
LOCK = 0x6661_7262
"""The first half of the advisory locks a desk takes; the second is a compartment's number."""

RIGHTS: dict[str, str] = {
    "meta": "SELECT, INSERT, UPDATE, DELETE",
    "record": "SELECT, INSERT, UPDATE",
    "scope": "SELECT, INSERT, DELETE",
    "log": "SELECT, INSERT",
    "entry": "SELECT, INSERT",
    "audit": "SELECT, INSERT",
    "head": "SELECT, INSERT",
    "act": "SELECT, INSERT",
    "half": "SELECT, INSERT, UPDATE, DELETE",
    "pair": "SELECT, INSERT, DELETE",
    "reading": "SELECT, INSERT, UPDATE, DELETE",
}
"""What a person may ask of each table at all; which rows, its policies say."""


def role(public: Public) -> str:
    """The database role of a person: made from their public key, so that the host learns no name."""
    return f"farbank_{blake2b(public.signing, digest_size=8, person=b'farbank role').hexdigest()}"


def locked(compartments: Iterable[Compartment]) -> str:
    """Wait for all who write to these compartments, always in the same order, until the transaction ends."""
    numbers = sorted(KEPT.index(compartment) for compartment in compartments)
    return "".join(f"; SELECT pg_advisory_xact_lock({LOCK}, {number})" for number in numbers)


def founding(database: str) -> Iterator[str]:
    """What a database needs once: an owner nobody logs in as, and nothing for whoever else can connect to it."""
    yield (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN"
        f" CREATE ROLE {OWNER} NOLOGIN; END IF; END $$"
    )
    yield f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC'
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"


def member_table(schema: Compartment) -> str:
    """Which role is who: written by whoever sets the desk up, read by each about themselves."""
    columns = "role name PRIMARY KEY, person bytea NOT NULL UNIQUE, reads_all boolean NOT NULL"
    return f"CREATE TABLE {schema}.member ({columns})"


def closing(schema: Compartment, tables: Iterable[str], rules: Iterable[Rule], fixed: Iterable[bytes]) -> Iterator[str]:
    """Everything that closes a filled schema: numbering, rules, row security, and its owner.

    `fixed` are the sealed names of what is noted for good: whose desk it is, and by which schema.
    """
    names = [*tables, "member"]
    yield from _numbering(schema, [name for name in names if name in ("record", "log")])
    for rule in rules:
        yield from for_postgres(rule, schema)
    for name in names:
        yield f"ALTER TABLE {schema}.{name} OWNER TO {OWNER}"
        yield f"ALTER TABLE {schema}.{name} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {schema}.{name} FORCE ROW LEVEL SECURITY"
        yield from _policies(schema, name, fixed)
    yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC"
    yield f"ALTER SCHEMA {schema} OWNER TO {OWNER}"


def granted(schema: Compartment, tables: Iterable[str], role: str) -> Iterator[str]:
    """Let a role in."""
    yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    yield f"GRANT SELECT ON {schema}.member TO {role}"
    for name in tables:
        yield f"GRANT {RIGHTS[name]} ON {schema}.{name} TO {role}"


def _policies(schema: str, name: str, fixed: Iterable[bytes]) -> Iterator[str]:
    me = f"SELECT m.person FROM {schema}.member m WHERE m.role = current_user"  # noqa: S608  our own names
    reads_all = f"(SELECT m.reads_all FROM {schema}.member m WHERE m.role = current_user)"  # noqa: S608
    a_member = f"EXISTS ({me})"
    mine = f"scope IN (SELECT s.scope FROM {schema}.scope s WHERE s.person = ({me}))"  # noqa: S608
    everything = {
        "member": "role = current_user",
        "record": f"{reads_all} OR {mine}",
        "scope": f"{reads_all} OR person = ({me})",
    }.get(name, a_member)
    kept = ", ".join("'\\x" + each.hex() + "'" for each in fixed)
    written = {
        "meta": f"{a_member} AND key NOT IN ({kept})",
        "scope": reads_all,
        "act": f"person = ({me})",
        "head": f"person = ({me})",
    }.get(name, everything)
    on = f"ON {schema}.{name}"
    yield f"CREATE POLICY seen {on} FOR SELECT USING ({everything})"
    yield f"CREATE POLICY added {on} FOR INSERT WITH CHECK ({written})"
    yield f"CREATE POLICY changed {on} FOR UPDATE USING ({written}) WITH CHECK ({written})"
    yield f"CREATE POLICY removed {on} FOR DELETE USING ({written})"


def _numbering(schema: Compartment, tables: Iterable[str]) -> Iterator[str]:
    # A row's number is given under a lock held until it commits: whoever has seen a number has seen all before it. A
    # writer sees only the rows of their own scopes, so that the server, not they, must know which number is next.
    takes = f"PERFORM pg_advisory_xact_lock({LOCK}, {KEPT.index(schema)})"
    for name in tables:
        if name == "record":
            yield f"CREATE SEQUENCE {schema}.changes"
            last = f"(SELECT coalesce(max(changed), 0) + 1 FROM {schema}.record)"  # noqa: S608
            yield f"SELECT setval('{schema}.changes', {last}, false)"
            yield f"ALTER SEQUENCE {schema}.changes OWNER TO {OWNER}"
            column, event, following = "changed", "INSERT OR UPDATE", f"nextval('{schema}.changes')"
        else:
            column, event = "sequence", "INSERT"
            following = f"(SELECT coalesce(max(sequence), 0) + 1 FROM {schema}.{name})"  # noqa: S608
        definer = "SECURITY DEFINER" if name == "record" else ""
        yield f"""CREATE FUNCTION {schema}.{name}_numbered() RETURNS trigger LANGUAGE plpgsql {definer}
            SET search_path = pg_catalog, pg_temp AS $$ BEGIN {takes};
            NEW.{column} := {following}; RETURN NEW; END $$"""
        if definer:
            yield f"ALTER FUNCTION {schema}.{name}_numbered() OWNER TO {OWNER}"
        # triggers fire in the order of their names: this one first
        yield (
            f"CREATE TRIGGER a_number BEFORE {event} ON {schema}.{name}"
            f" FOR EACH ROW EXECUTE FUNCTION {schema}.{name}_numbered()"
        )
