"""Who reads which records of a compartment: a key for each scope, sealed to whoever is in it.

Everybody who does more than handle partners is in the scope of the desk, and the desk's key opens every other; a
handler is in the scopes of the partners assigned to them.
"""

from __future__ import annotations

from collections.abc import Iterable

from nacl import exceptions
from nacl.secret import Aead
from nacl.utils import random
from sqlalchemy import Connection, delete, insert, select

from farbank.model import codec
from farbank.vault.compartments import Compartment
from farbank.vault.keypair import Secret
from farbank.vault.roster import Colleague
from farbank.vault.schema import scope as table

DESK = "desk"
_ALL = ""


def new(
    connection: Connection, compartment: Compartment, scope: str, people: Iterable[Colleague], desk_key: bytes | None
) -> bytes:
    """Make a scope for `people`, and for all who read the desk's where `desk_key` is given; its key."""
    key = random(Aead.KEY_SIZE)
    for each in people:
        grant(connection, compartment, scope, each, key)
    if desk_key is not None:
        _write(connection, scope, _ALL, bytes(Aead(desk_key).encrypt(key, _purpose(compartment, scope, _ALL))))
    return key


def grant(connection: Connection, compartment: Compartment, scope: str, to: Colleague, key: bytes) -> None:
    """Let somebody into a scope."""
    _write(connection, scope, to.name, to.public.seal(key, _purpose(compartment, scope, to.name)))


def revoke(connection: Connection, scope: str, name: str) -> None:
    """Let somebody in no longer; what they read before they may have kept."""
    connection.execute(delete(table).where(table.c.scope == scope, table.c.person == name))


def keys(connection: Connection, compartment: Compartment, person: str, secret: Secret) -> dict[str, bytes]:
    """The keys of every scope this person is in."""
    mine = connection.execute(select(table.c.scope, table.c.sealed).where(table.c.person == person)).all()
    opened = ((row.scope, secret.open(row.sealed, _purpose(compartment, row.scope, person))) for row in mine)
    held = {scope: key for scope, key in opened if key is not None}
    if DESK in held:
        box = Aead(held[DESK])
        for row in connection.execute(select(table.c.scope, table.c.sealed).where(table.c.person == _ALL)):
            try:
                held.setdefault(row.scope, box.decrypt(row.sealed, _purpose(compartment, row.scope, _ALL)))
            except (exceptions.CryptoError, ValueError):
                continue  # altered: its records cannot be read, and say so one by one
    return held


def members(connection: Connection, scope: str) -> tuple[str, ...]:
    """Names of those let in by name."""
    rows = connection.scalars(select(table.c.person).where(table.c.scope == scope, table.c.person != _ALL))
    return tuple(sorted(rows))


def _write(connection: Connection, scope: str, person: str, sealed: bytes) -> None:
    connection.execute(delete(table).where(table.c.scope == scope, table.c.person == person))
    connection.execute(insert(table), [{"scope": scope, "person": person, "sealed": sealed}])


def _purpose(compartment: Compartment, scope: str, person: str) -> bytes:
    return codec.to_json(["scope", compartment, scope, person])
