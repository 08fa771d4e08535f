"""Bring a desk back from its server into files of a folder: to let somebody join or leave, to back it up, or for good.

From the instant it is copied nobody can write to what was copied: a desk is in one place. It takes an administrator of
the server, who can read none of it, and somebody of the desk, who holds the keys.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import Connection

from farbank import whole
from farbank.model.errors import FolderInUse
from farbank.vault import acts, audit, cipher, files, keyring, ledger, policies, postgres, schema, server
from farbank.vault.compartments import KEPT, Compartment, file_name
from farbank.vault.errors import InFilesAlready
from farbank.vault.rules import for_sqlite
from farbank.vault.share import assert_superuser, copy, roles
from farbank.vault.store import Vault


def fetch(
    opened: Vault, into: Path, *, administrator: str | None = None, password: str | None = None
) -> tuple[tuple[Compartment, ...], tuple[Compartment, ...]]:
    """Copy the compartments this person holds from the server into `into`; which were, and which are left there.

    `into` is new, or what a colleague fetched before: whoever alone holds a compartment fetches it in turn. The audit
    and the ledger are checked to their last line. On the server what was fetched can be read from now on and not
    written; nothing there is deleted. Raises InFilesAlready, FolderInUse, NotAllowed unless `administrator` is a
    superuser, VaultDamaged, AuditBroken, and what `postgres.connect` does.
    """
    url = server.read(opened.folder)
    if url is None:
        raise InFilesAlready(f"{opened.folder} is a desk in files already; name the folder of the one on the server")
    ring = keyring.read(opened.folder)
    begun = _begun(into, ring)
    mine = tuple(each for each in opened.compartments if not begun or not (into / file_name(each)).exists())
    if not mine:
        raise FolderInUse(f"{into} has all that {opened.person} holds; nothing is fetched over a desk")
    with postgres.connect(url, administrator, password) as driver:
        assert_superuser(driver)
        there = {name for (name,) in driver.execute("SELECT nspname FROM pg_namespace")}
        sources = {each: postgres.compartment(driver, each, opened.keys[each], opened.path(each)) for each in mine}
        with driver.transaction():
            driver.execute("SELECT 1" + policies.locked(mine))
            with _joining(into) if begun else whole.folder(into) as folder:
                for compartment, source in sources.items():
                    _file(source, opened, compartment, folder / file_name(compartment))
                if not begun:
                    keyring.write(folder, ring)
            _close(driver, opened, mine)
    with Vault(into, opened.person, opened.secret, opened.keys, ring.roster) as home:
        home.note("fetched", note=f"from the server: {', '.join(mine)}")
    return mine, tuple(each for each in KEPT if each in there and not (into / file_name(each)).exists())


def _begun(into: Path, ring: keyring.Keyring) -> bool:
    """Whether a colleague began to fetch this desk into a folder. Raises FolderInUse for any other that is not new."""
    if not (into / keyring.FILE).exists():
        whole.assert_free(into)
        return False
    if keyring.read(into).roster != ring.roster or server.read(into) is not None:
        raise FolderInUse(f"{into} is another desk, or was changed since; name a new folder, nothing was changed")
    return True


@contextmanager
def _joining(into: Path) -> Iterator[Path]:
    """A folder to fill whose files join those that are there."""
    with files.locked(into), tempfile.TemporaryDirectory(prefix=".fetching-", dir=into) as made:
        yield Path(made)
        for path in sorted(Path(made).iterdir()):
            path.rename(into / path.name)
        whole.sync(into)


def _file(source: Connection, opened: Vault, compartment: Compartment, path: Path) -> None:
    files.touch(path)
    target = cipher.connect(path, opened.keys[compartment])
    try:
        with cipher.sound(path):
            target.exec_driver_sql("BEGIN")
            for table in schema.tables(compartment):
                table.create(target)
                copy(source, target, table)
            for rule in schema.rules(compartment):
                target.exec_driver_sql(for_sqlite(rule))
            target.exec_driver_sql("COMMIT")
            schema.bring_up(target, str(path), opened.roster)
            _check(target, compartment, path, opened)
            target.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine = target.engine
        target.close()
        engine.dispose()
    cipher.assert_encrypted(path)


def _check(file: Connection, compartment: Compartment, path: Path, opened: Vault) -> None:
    if compartment == "ledger":
        ledger.entries(file, path, opened.roster)
    if compartment == "audit":
        acts.every(file, opened.roster, str(path))
        audit.verify(file, opened.roster)


def _close(driver: psycopg.Connection, opened: Vault, compartments: tuple[Compartment, ...]) -> None:
    for compartment in compartments:
        for role in roles(opened.roster).values():
            driver.execute(f"REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {compartment} FROM {role}")
