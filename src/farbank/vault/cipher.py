"""An encrypted database file, opened only where the encryption is known to work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event, exc, pool
from sqlcipher3 import dbapi2

from farbank.vault.errors import CipherNotLive, VaultBusy, VaultDamaged, VaultNotWritten

PLAIN_HEADER = b"SQLite format 3"
BUSY_SECONDS = 10.0

PRAGMAS = (
    "PRAGMA temp_store = MEMORY",  # sorting must not spill plaintext into the temporary folder
    "PRAGMA journal_mode = WAL",  # its pages are encrypted like the file's
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -65536",  # KiB: pages kept in the clear in memory, since deciphering them is what takes time
)


def connect(path: Path, key: bytes, functions: Mapping[str, Callable[..., bool]] | None = None) -> Connection:
    """Open an encrypted file with its raw 32-byte key; every statement commits by itself unless BEGIN was said.

    `functions` are what the file's own rules ask, by name.
    Raises CipherNotLive, VaultDamaged if the file is missing, altered or of another key, VaultBusy.
    """
    _assert_library()
    assert_encrypted(path)
    # x'…' is SQLCipher's notation for a raw key: nothing is derived, and the URL shows *** when printed
    url = URL.create("sqlite+pysqlcipher", password=f"x'{key.hex()}'", database=str(path))
    engine = create_engine(
        url,
        module=dbapi2,
        poolclass=pool.NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,  # an error must not print the row it choked on
        connect_args={"timeout": BUSY_SECONDS},
    )
    event.listen(engine, "connect", _prepare)
    with sound(path):
        connection = engine.connect()
        try:
            connection.exec_driver_sql(
                "SELECT count(*) FROM sqlite_master"
            )  # the first page tells whether the key fits
        except BaseException:
            connection.close()
            raise
    driver = connection.connection.dbapi_connection
    for name, function in (functions or {}).items():
        driver.create_function(name, -1, function, deterministic=True)  # type: ignore[union-attr]
    return connection


def fits(path: Path, key: bytes) -> bool:
    """Whether a file is under this key. Raises CipherNotLive, VaultBusy, VaultDamaged if the file is missing."""
    try:
        connect(path, key).close()
    except VaultDamaged:
        assert_encrypted(path)
        return False
    return True


def rekey(path: Path, old: bytes, new: bytes) -> None:
    """Encrypt every page anew under another key, all of them or none; ask `fits` whether it came to that.

    Raises what `connect` does.
    """
    with connect(path, old) as connection, sound(path):
        driver = connection.connection.dbapi_connection  # past SQLAlchemy, whose errors would quote the key
        driver.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")  # type: ignore[union-attr]
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # no page under the old key is left in the file


def assert_encrypted(path: Path) -> None:
    """Refuse a file that is missing or lies there in plain. Raises VaultDamaged, CipherNotLive."""
    try:
        with path.open("rb") as file:
            start = file.read(len(PLAIN_HEADER))
    except FileNotFoundError:
        raise VaultDamaged(path, "the file is missing") from None
    if start == PLAIN_HEADER:
        raise CipherNotLive(f"{path} is not encrypted")


@contextmanager
def sound(path: Path) -> Iterator[None]:
    """Say what a database error means for the desk: VaultDamaged, VaultBusy or VaultNotWritten; others pass."""
    try:
        yield
    except (exc.DatabaseError, dbapi2.DatabaseError) as error:
        code = getattr(getattr(error, "orig", error), "sqlite_errorname", "")
        if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            raise VaultDamaged(path, "it was altered, or belongs to another desk") from None
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise VaultBusy("somebody else is writing to this vault; wait a moment and try again") from None
        if code.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")):
            raise VaultNotWritten(path) from None
        raise


def in_transaction(connection: Connection) -> bool:
    """Whether a BEGIN on this connection has not ended yet; the driver knows, SQLAlchemy was not told."""
    return bool(connection.connection.dbapi_connection.in_transaction)  # type: ignore[union-attr]


def mark(connection: Connection) -> tuple[int, int]:
    """What differs once anything was written to the file, by whomever."""
    driver = connection.connection.dbapi_connection
    (others,) = driver.execute("PRAGMA data_version").fetchone()  # type: ignore[union-attr]
    return int(others), int(driver.total_changes)  # type: ignore[union-attr]


def _assert_library() -> None:
    probe = dbapi2.connect(":memory:")
    try:
        _assert_cipher(probe)
        # For the whole process, and before any key is handed over: wipe what the library frees, keep it out of swap.
        probe.execute("PRAGMA cipher_memory_security = ON")
        probe.execute("PRAGMA cipher_log_level = NONE")  # it writes to stderr; what went wrong is raised instead
    finally:
        probe.close()


def _prepare(connection: dbapi2.Connection, _record: object) -> None:
    _assert_cipher(connection)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    if connection.execute("PRAGMA cipher_status").fetchone() != ("1",):
        raise CipherNotLive("the database library took the key but does not use it")


def _assert_cipher(connection: dbapi2.Connection) -> None:
    # A plain SQLite answers an unknown PRAGMA with nothing at all, and would go on to write plaintext.
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise CipherNotLive("the database library here does not encrypt")
