"""The statements asked most often, put to a file's driver itself: SQLAlchemy takes longer than the file to answer.

In a file nothing is veiled (see `veil`), so that what the driver hands over is what SQLAlchemy would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.dialects import sqlite

from farbank.vault.upsert import Insert

_NAMED = sqlite.dialect(paramstyle="named")


def rows(connection: Connection, asked: Select[Any], values: Mapping[str, object]) -> Sequence[Sequence[Any]]:
    """Every row of a statement that is built once; its values are bound by name."""
    if connection.dialect.name != "sqlite":
        return connection.execute(asked, dict(values)).all()
    found: list[tuple[Any, ...]] = driver(connection).execute(_text(asked), values).fetchall()
    return found


def write(connection: Connection, writing: Insert, row: Mapping[str, object]) -> None:
    """Write a row with a statement that is built once. Raises IntegrityError, of SQLAlchemy or of the file's driver."""
    if connection.dialect.name == "sqlite":
        driver(connection).execute(_text(writing, tuple(row)), row)
    else:
        connection.execute(writing, dict(row))


def driver(connection: Connection) -> Any:
    """The driver's own connection to a file; its errors are those `cipher.sound` knows."""
    return connection.connection.dbapi_connection


@cache
def _text(asked: Select[Any] | Insert, columns: tuple[str, ...] = ()) -> str:
    return str(asked.compile(dialect=_NAMED, column_keys=columns or None))
