"""Rows written in place of those with the same key, as either database says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert
INSERT: dict[str, Callable[[Table], Insert]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""`INSERT … ON CONFLICT`, by the name of the database; they are spelled alike and made by different functions."""


def replace(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows, each in place of the one with the same primary key."""
    adding = INSERT[connection.dialect.name](table)
    keys = [column.name for column in table.primary_key]
    others = {column.name: adding.excluded[column.name] for column in table.columns if column.name not in keys}
    connection.execute(adding.on_conflict_do_update(index_elements=keys, set_=others), rows)
