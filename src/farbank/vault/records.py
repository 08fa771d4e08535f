"""The records of a compartment: sealed one by one, and every change numbered so that a backup can ask for the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Text, bindparam, exc, func, literal_column, select, update
from sqlcipher3 import dbapi2

from farbank.model import codec
from farbank.vault import envelope, straight
from farbank.vault.compartments import Compartment
from farbank.vault.errors import RecordErased, VaultDamaged
from farbank.vault.schema import record
from farbank.vault.upsert import INSERT

Gone = Literal["deleted", "erased"]
BESIDE = "versions:"
"""What begins the kind of what lies beside a record, and is erased with it (see `history`)."""


class Row(NamedTuple):
    """A record as it lies in the file; `key` and `body` are None once it is gone."""

    kind: str
    id: str
    scope: str
    key: bytes | None
    body: bytes | None
    gone: Gone | None
    changed: int
    written: str


FEW = 4
"""So many records a file gives sooner together than one by one."""
_BY_ID = attrgetter("id")
# Statements are built once: building one takes longer than the file takes to answer it.
_FOLLOWING = select(
    func.coalesce(func.max(record.c.changed), literal_column("0")) + literal_column("1")
).scalar_subquery()
_REPLACED = ("scope", "key", "body", "gone", "changed", "written")
_ADDING = {name: insert(record).values(changed=_FOLLOWING) for name, insert in INSERT.items()}
_PUT = {
    name: adding.on_conflict_do_update(
        index_elements=["kind", "id"], set_={column: adding.excluded[column] for column in _REPLACED}
    )
    for name, adding in _ADDING.items()
}
_OF_KIND = select(record).where(record.c.kind == bindparam("kind"))
_GET = _OF_KIND.where(record.c.id == bindparam("id"))
_KEPT = _OF_KIND.where(record.c.gone.is_(None))
_KEPT_WITHIN = _KEPT.where(record.c.scope == bindparam("scope"))
_NAMED = _OF_KIND.where(record.c.id.in_(bindparam("ids", expanding=True)))
_NAMED_HERE = _OF_KIND.where(
    record.c.id.in_(select(func.json_each(bindparam("ids", type_=Text)).table_valued("value").c.value))
)


def put(
    connection: Connection, compartment: Compartment, kind: str, id: str, body: bytes, scope: str, scope_key: bytes
) -> None:
    """Write a record, replacing what was there. Raises RecordErased."""
    key, sealed = envelope.seal(body, (compartment, kind, id), scope_key)
    row = {"kind": kind, "id": id, "scope": scope, "key": key, "body": sealed, "gone": None}
    row["written"] = f"{datetime.now(UTC):%Y-%m}"
    try:
        straight.write(connection, _PUT[connection.dialect.name], row)
    except (exc.IntegrityError, dbapi2.IntegrityError):  # the one rule the file has for records
        raise RecordErased(f"{kind} “{id}” was erased for good; give what you write another id") from None


def get(connection: Connection, kind: str, id: str) -> Row | None:
    """A record as it lies there, None if there never was one."""
    return next((Row(*row) for row in straight.rows(connection, _GET, {"kind": kind, "id": id})), None)


def named(connection: Connection, kind: str, ids: Collection[str]) -> dict[str, Row]:
    """The records of a kind with these ids as they lie there, by id."""
    found: Sequence[Sequence[Any]]
    if connection.dialect.name != "sqlite":
        found = connection.execute(_NAMED, {"kind": kind, "ids": [*ids]}).all()
    elif len(ids) < FEW:
        return {id: row for id in ids if (row := get(connection, kind, id)) is not None}
    else:
        found = straight.rows(connection, _NAMED_HERE, {"kind": kind, "ids": codec.to_json([*ids]).decode()})
    return {row.id: row for row in map(Row._make, found)}


def kept(connection: Connection, kind: str, scope: str | None = None) -> list[Row]:
    """Every record of a kind that is not gone, of one scope or of all, by id in order."""
    if scope is None:
        found = straight.rows(connection, _KEPT, {"kind": kind})
    else:
        found = straight.rows(connection, _KEPT_WITHIN, {"kind": kind, "scope": scope})
    return sorted(map(Row._make, found), key=_BY_ID)


def ids(connection: Connection, kind: str, scopes: Mapping[str, bytes]) -> tuple[str, ...]:
    """Ids of a kind in these scopes, in order, without reading the records."""
    asked = select(record.c.id).where(record.c.kind == kind, record.c.gone.is_(None), record.c.scope.in_(scopes))
    return tuple(sorted(connection.scalars(asked)))  # here, since a server sees no order in sealed names


def remove(connection: Connection, kind: str, id: str, gone: Gone) -> None:
    """Drop a record's key and body, and note that it is gone; the pages are overwritten."""
    for each in (kind, f"{BESIDE}{kind}") if gone == "erased" else (kind,):
        connection.execute(
            update(record)
            .where(record.c.kind == each, record.c.id == id, record.c.gone.is_distinct_from("erased"))
            .values(key=None, body=None, gone=gone, changed=_FOLLOWING)
        )


def places(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Kind, id and scope of everything there is or was."""
    return (tuple(row) for row in connection.execute(select(record.c.kind, record.c.id, record.c.scope)))


def rewrap(connection: Connection, compartment: Compartment, scope: str, old: bytes, new: bytes, file: str) -> None:
    """Put the key of every record of a scope under a new scope key; each counts as changed. Raises VaultDamaged."""
    asked = select(record.c.kind, record.c.id, record.c.key).where(record.c.scope == scope, record.c.gone.is_(None))
    changed = connection.scalar(select(func.coalesce(func.max(record.c.changed), 0))) or 0
    rows = []
    for row in connection.execute(asked.order_by(record.c.changed)):
        key = None if row.key is None else envelope.rewrap(row.key, (compartment, row.kind, row.id), old, new)
        if key is None:
            raise VaultDamaged(file, f"the key of {row.kind} “{row.id}” was altered")
        changed += 1
        rows.append({"of": row.kind, "named": row.id, "key": key, "changed": changed})
    if rows:
        at = (record.c.kind == bindparam("of"), record.c.id == bindparam("named"))
        connection.execute(update(record).where(*at).values(key=bindparam("key"), changed=bindparam("changed")), rows)


def last(connection: Connection) -> int:
    """The number of the last change, 0 before the first."""
    return connection.scalar(select(func.max(record.c.changed))) or 0


def since(connection: Connection, changed: int) -> Iterator[Row]:
    """Every record changed after `changed`, gone ones included, in the order they changed."""
    asked = select(record).where(record.c.changed > changed).order_by(record.c.changed)
    return (Row(*row) for row in connection.execute(asked, execution_options={"yield_per": 1000}))


def within(connection: Connection, scope: str, changed: int) -> Iterator[Row]:
    """Every record of a scope last changed no later than `changed`, gone ones included."""
    asked = select(record).where(record.c.scope == scope, record.c.changed <= changed)
    return (Row(*row) for row in connection.execute(asked, execution_options={"yield_per": 1000}))


def opened(row: Row, compartment: Compartment, scope_key: bytes, file: str) -> bytes:
    """The body of a record that is not gone. Raises VaultDamaged if it was altered or moved."""
    if row.key is None or row.body is None:
        raise VaultDamaged(file, f"{row.kind} “{row.id}” lacks its key or its body")
    body = envelope.open(row.key, row.body, (compartment, row.kind, row.id), scope_key)
    if body is None:
        raise VaultDamaged(file, f"{row.kind} “{row.id}” was altered, or put in another's place")
    return body
