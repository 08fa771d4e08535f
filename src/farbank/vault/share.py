"""Put a desk on a server, and let its people in: run by one of them who may also set up the server.

The keyring stays a file that each person has. So the host learns nobody's name and has no wrapped key to try
passphrases on; what the root signed is checked by each reader as ever, and the server refuses a keyring that is older
than the last one used.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import psycopg
from sqlalchemy import Connection, Table, insert, select

from farbank import whole
from farbank.vault import keyring, policies, postgres, schema, server
from farbank.vault.compartments import Compartment
from farbank.vault.errors import NotAllowed
from farbank.vault.roles import opens, reads_all
from farbank.vault.roster import Roster
from farbank.vault.store import Vault
from farbank.vault.veil import veil

_BATCH = 1000


def share(
    opened: Vault, url: str, into: Path, *, administrator: str | None = None, password: str | None = None
) -> tuple[Compartment, ...]:
    """Copy the compartments this person holds to a server and make the folder `into` open them there; which were new.

    What a colleague has put there already stays; whoever alone holds a compartment shares it in turn. `opened` is left
    as it is. Everybody gets a copy of `into`. Raises FolderInUse, NotAllowed unless `administrator` is a superuser of
    the server, and what `postgres.connect` does.
    """
    whole.assert_free(into)
    with postgres.connect(url, administrator, password) as driver, opened.transaction():
        assert_superuser(driver)
        there = {name for (name,) in driver.execute("SELECT nspname FROM pg_namespace")}
        new = tuple(name for name in opened.compartments if name not in there)
        where = Path(driver.info.dbname)
        targets = {name: postgres.compartment(driver, name, opened.keys[name], where / name) for name in new}
        with driver.transaction():
            _say(driver, policies.founding(driver.info.dbname))
            for compartment, target in targets.items():
                _lay(driver, opened, compartment, target)
            _let_in(driver, opened, new)
        with whole.folder(into) as building:
            keyring.write(building, keyring.read(opened.folder))
            server.write(building, url)
        opened.note("shared", note=f"on a server: {', '.join(new)}")
    return new


def roles(roster: Roster) -> dict[str, str]:
    """The database role of everybody who works here, by name."""
    return {each.name: policies.role(each.public) for each in roster if each.roles}


def _lay(driver: psycopg.Connection, opened: Vault, compartment: Compartment, target: Connection) -> None:
    tables = schema.tables(compartment)
    _say(driver, (f"CREATE SCHEMA {compartment}",))
    with opened.file(compartment) as source:
        for table in tables:
            table.create(target)
            copy(source, target, table)
    names = [table.name for table in tables]
    over = veil(compartment, opened.keys[compartment], compartment)
    fixed = [over.name(key, b"note") for key in schema.FIXED]
    _say(driver, (policies.member_table(compartment),))
    _say(driver, policies.closing(compartment, names, schema.rules(compartment), fixed))


def copy(source: Connection, target: Connection, table: Table) -> None:
    """Copy every row of a table from where one place keeps it to where another does, each under its own veil."""
    for rows in source.execute(select(table)).mappings().partitions(_BATCH):
        target.execute(insert(table), [dict(row) for row in rows])


def _let_in(driver: psycopg.Connection, opened: Vault, compartments: Iterable[Compartment]) -> None:
    database = driver.info.dbname
    for name, role in roles(opened.roster).items():
        known = driver.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
        if known is None:
            _say(driver, (f"CREATE ROLE {role} LOGIN NOINHERIT",))
        _say(driver, (f'GRANT CONNECT ON DATABASE "{database}" TO {role}',))
        who = opened.roster.colleague(name)
        for compartment in compartments:
            if who is None or compartment not in opens(who.roles):
                continue
            person = veil(compartment, opened.keys[compartment], compartment).name(name, b"person")
            _say(driver, policies.granted(compartment, [table.name for table in schema.tables(compartment)], role))
            driver.execute(
                f"INSERT INTO {compartment}.member VALUES (%s, %s, %s)",  # noqa: S608
                (role, person, reads_all(who.roles)),
            )


def assert_superuser(driver: psycopg.Connection) -> None:
    """Raises NotAllowed for whoever may not do everything on the server."""
    asked = driver.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if asked != (True,):
        raise NotAllowed(
            "it takes an administrator (superuser) of the database server to set up a shared desk or take one back"
        )


def _say(driver: psycopg.Connection, statements: Iterable[str]) -> None:
    for each in statements:
        driver.execute(each)
