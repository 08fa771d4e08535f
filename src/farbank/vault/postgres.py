"""A desk on a PostgreSQL server: one connection a person, one schema a compartment, nothing the host could read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, create_engine, exc, inspect, pool

from farbank.vault import cipher
from farbank.vault.compartments import Compartment
from farbank.vault.errors import (
    NotAssigned,
    PasswordWanted,
    ServerGone,
    ServerNotTrusted,
    VaultBusy,
    VaultDamaged,
    VaultNotWritten,
)
from farbank.vault.place import Held
from farbank.vault.policies import locked
from farbank.vault.veil import veil

CONNECT_SECONDS = 10
ABANDONED_SECONDS = 60
"""How long a lock outlives a laptop that was closed on it."""

_HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})
_BUSY = frozenset({"55P03", "40P01", "40001", "57014"})
_CANNOT_WRITE = frozenset({"25006", "53100", "58030"})
_DAMAGED = ("XX001", "XX002")


def connect(address: str, role: str | None, password: str | None = None) -> psycopg.Connection:
    """Connect to the server at a postgresql:// address; every statement commits by itself unless BEGIN was said.

    Raises ServerNotTrusted if it is not on this machine and would not have to prove who it is, PasswordWanted,
    ServerGone.
    """
    try:
        return psycopg.connect(
            _trusted(address),
            user=role,  # None: whoever the system says one is
            password=password,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            options=f"-c lock_timeout={int(cipher.BUSY_SECONDS * 1000)}"
            f" -c idle_in_transaction_session_timeout={ABANDONED_SECONDS * 1000}",
        )
    except psycopg.OperationalError as error:
        # libpq gives no code for these; what it says in English is all there is
        if "no password supplied" in str(error) or "password authentication failed" in str(error):
            raise PasswordWanted(f"the server wants the password of {role or 'its administrator'}") from None
        raise ServerGone(f"the server of this desk does not answer: {str(error).splitlines()[-1]}") from None


def compartment(driver: psycopg.Connection, name: Compartment, key: bytes, where: Path) -> Connection:
    """A compartment over `driver`, with what the host must not read sealed under keys made from `key`."""
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: driver,
        poolclass=pool.StaticPool,
        skip_autocommit_rollback=True,  # also where the connection broke, and there is nothing to roll back
        pool_reset_on_return=None,  # others speak over the same connection
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        execution_options={"schema_translate_map": {None: name}},
    )
    engine.dialect.supports_server_side_cursors = False  # they need a transaction, and there mostly is none
    engine.dialect.farbank_veil = veil(name, key, str(where))  # type: ignore[attr-defined]
    return engine.connect()


class Server:
    """A place of one person on a server: all compartments over one connection, in one transaction."""

    def __init__(self, address: str, role: str, password: str | None = None) -> None:
        self.driver = connect(address, role, password)
        self._where = Path(self.driver.info.host or "server", self.driver.info.dbname)

    def path(self, compartment: Compartment) -> Path:
        """Host, database and compartment."""
        return self._where / compartment

    def open(self, name: Compartment, key: bytes, functions: Mapping[str, Callable[..., bool]]) -> Connection:
        """Open a compartment; a server cannot ask our `functions`, so that whoever reads has to.

        Raises VaultDamaged if it is not there, or not for this role.
        """
        with self.sound(name):
            opened = compartment(self.driver, name, key, self.path(name))
            if not inspect(opened).has_table("meta", schema=name):
                raise VaultDamaged(self.path(name), "its tables are missing, or closed to this role")
            return opened

    @contextmanager
    def sound(self, compartment: Compartment) -> Iterator[None]:
        """Say what an error of the server means: VaultBusy, NotAssigned, VaultNotWritten, ServerGone, VaultDamaged."""
        if self.driver.closed:
            raise _gone(self._where)
        try:
            yield
        except (exc.DBAPIError, psycopg.Error) as error:
            meant = _meant(error, self.path(compartment))
            if meant is None:
                raise
            raise meant from None

    def begin(self, held: Held) -> None:
        """Begin, and wait for whoever else writes to these compartments."""
        self._say("BEGIN" + locked(held), held)

    def commit(self, held: Held) -> None:
        """Commit all compartments in one instant."""
        if self.driver.info.transaction_status != TransactionStatus.INTRANS:
            # COMMIT would be answered by a rollback, and no error
            raise RuntimeError("part of this transaction failed, so none of it was kept")
        self._say("COMMIT", held)

    def roll_back(self, held: Held) -> None:
        """Roll back if anything was begun and the connection still stands; if not, the server has."""
        if self.driver.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            self._say("ROLLBACK", held)

    def close(self) -> None:
        """Close the connection all compartments share."""
        self.driver.close()

    def settle(self, held: Held) -> None:
        """Nothing: the server reads what was committed wherever it lies."""

    def check(self, held: Held) -> None:
        """Nothing: PostgreSQL's own checksums and pg_amcheck do this on the host."""

    def _say(self, words: str, held: Held) -> None:
        name, connection = next(iter(held.items()))
        with self.sound(name):
            connection.exec_driver_sql(words, execution_options={"no_parameters": True})


def _trusted(address: str) -> str:
    try:
        said = conninfo_to_dict(address)
    except psycopg.ProgrammingError:  # its message repeats the address, in which a password may stand
        raise ServerNotTrusted("that is no address of a server: give it as postgresql://HOST/DATABASE") from None
    if "password" in said:
        raise ServerNotTrusted(
            "the address has a password in it, which others on this machine could read; leave it out"
        )
    hosts = [host for name in ("host", "hostaddr") for host in str(said.get(name) or "").split(",")]
    if all(host in _HERE or host.startswith("/") for host in hosts):
        return address
    if said.get("sslmode") not in (None, "verify-full"):
        raise ServerNotTrusted(f"{address} takes a server that does not prove who it is; use sslmode=verify-full")
    return make_conninfo(address, sslmode="verify-full")


def _meant(error: Exception, where: Path) -> Exception | None:
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    if state is None or state[:2] == "08" or state[:3] == "57P":
        return _gone(where)
    if state in _BUSY:
        return VaultBusy("somebody else is writing to this desk; wait a moment and try again")
    if state == "42501":
        return NotAssigned(f"{where}: the server does not let you; ask an editor to assign it")
    if state in _CANNOT_WRITE:
        return VaultNotWritten(where)
    if state in _DAMAGED:
        return VaultDamaged(where, "the server says that its files are damaged")
    return None


def _gone(where: Path) -> ServerGone:
    return ServerGone(f"the connection to {where} broke; open the desk again and look whether the last step is there")
