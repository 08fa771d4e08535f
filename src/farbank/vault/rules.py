"""What a compartment's tables refuse by themselves, said once and written as triggers of either database."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Rule(NamedTuple):
    """Before `event` on `table`, where `when` holds in SQL over NEW, OLD and the tables, refuse and say why.

    Where `ours`, `when` asks a function that only an open vault brings, so no server can hold the rule.
    """

    name: str
    table: str
    event: Literal["INSERT", "UPDATE", "DELETE"]
    when: str
    says: str
    ours: bool = False


def append_only(table: str) -> tuple[Rule, ...]:
    """Rows are never changed and never leave."""
    return (
        Rule(f"{table}_stays", table, "UPDATE", "true", "append-only"),
        Rule(f"{table}_remains", table, "DELETE", "true", "append-only"),
    )


def in_sequence(table: str) -> Rule:
    """Each row's number is one more than the last; also stops INSERT OR REPLACE, which deletes without asking."""
    follows = f"NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM {table})"  # noqa: S608  our own names
    return Rule(f"{table}_follows", table, "INSERT", follows, "out of sequence")


def for_sqlite(rule: Rule) -> str:
    """The rule as a trigger of a file."""
    return (
        f"CREATE TRIGGER {rule.name} BEFORE {rule.event} ON {rule.table} WHEN {rule.when}"
        f" BEGIN SELECT raise(ABORT, '{rule.says}'); END"
    )


def for_postgres(rule: Rule, schema: str) -> tuple[str, ...]:
    """The rule as a trigger of a server, and the function it calls; none for a rule that is ours to hold.

    It runs as whoever writes, and finds its tables in `schema` whatever search path they have set.
    """
    if rule.ours:
        return ()
    row = "OLD" if rule.event == "DELETE" else "NEW"
    return (
        f"""CREATE FUNCTION {schema}.{rule.name}() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, {schema}, pg_temp AS $$ BEGIN
        IF {rule.when} THEN RAISE EXCEPTION '{rule.says}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
        RETURN {row}; END $$""",
        f"CREATE TRIGGER {rule.name} BEFORE {rule.event} ON {schema}.{rule.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {schema}.{rule.name}()",
    )
