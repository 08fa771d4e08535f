"""Who reads which records of a compartment: a key for each scope, sealed to whoever is in it.

Everybody who does more than handle partners is in the scope of the desk, and the desk's key opens every other; a
handler is in the scopes of the partners assigned to them. Whoever lets somebody in signs it, and a key that nobody who
may has signed is none: else a handler could slip somebody a key of their own to write under.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from nacl.utils import random
from sqlalchemy import Connection, delete, insert, select

from farbank.model import codec
from farbank.vault import aead, records
from farbank.vault.compartments import Compartment
from farbank.vault.errors import VaultDamaged
from farbank.vault.keypair import Public, Secret
from farbank.vault.roles import reads_all
from farbank.vault.roster import ROOT, Roster
from farbank.vault.schema import scope as table

DESK = "desk"
_ALL = ""
_DOMAIN = b"farbank scope 1\n"
_KEY, _SIGNATURE = aead.KEY, 64


class Granter(NamedTuple):
    """Who lets somebody in, and what they sign it with."""

    name: str
    secret: Secret


def new(
    connection: Connection,
    compartment: Compartment,
    scope: str,
    people: Mapping[str, Public],
    desk_key: bytes | None,
    by: Granter,
) -> bytes:
    """Make a scope for `people`, and for all who read the desk's where `desk_key` is given; its key."""
    key = random(_KEY)
    for name, public in people.items():
        grant(connection, compartment, scope, name, public, key, by)
    if desk_key is not None:
        _open_to_all(connection, compartment, scope, key, desk_key)
    return key


def grant(
    connection: Connection, compartment: Compartment, scope: str, name: str, public: Public, key: bytes, by: Granter
) -> None:
    """Let somebody into a scope."""
    signature = by.secret.sign(_signed(compartment, scope, name, public, key))
    sealed = public.seal(key + signature + by.name.encode(), _purpose(compartment, scope, name))
    _write(connection, scope, name, sealed)


def revoke(connection: Connection, scope: str, name: str) -> None:
    """Let somebody in no longer; what they read before they may have kept."""
    connection.execute(delete(table).where(table.c.scope == scope, table.c.person == name))


def keys(
    connection: Connection, compartment: Compartment, person: str, secret: Secret, roster: Roster, file: str
) -> dict[str, bytes]:
    """The keys of every scope this person is in.

    Raises VaultDamaged where a key was altered, or given by somebody who could not.
    """
    sealed = connection.execute(select(table).where(table.c.person.in_([person, _ALL])))
    return keys_of(sealed, compartment, person, secret, roster, file)


def keys_of(
    sealed: Iterable[tuple[str, str, bytes]],
    compartment: Compartment,
    person: str,
    secret: Secret,
    roster: Roster,
    file: str,
) -> dict[str, bytes]:
    """What `keys` says of a compartment, of sealed keys that lie elsewhere, by scope and person."""
    rows = [(scope, name, data) for scope, name, data in sealed if name in (person, _ALL)]
    held = {
        scope: _opened(data, compartment, scope, person, secret, roster, file)
        for scope, name, data in rows
        if name == person
    }
    if DESK in held:
        for scope, name, data in rows:
            key = aead.open(data, _purpose(compartment, scope, _ALL), held[DESK]) if name == _ALL else None
            if key is not None:  # else it was altered: its records cannot be read, and say so one by one
                held[scope] = key
    return held


def members(connection: Connection, scope: str) -> tuple[str, ...]:
    """Names of those let in by name."""
    rows = connection.scalars(select(table.c.person).where(table.c.scope == scope, table.c.person != _ALL))
    return tuple(sorted(rows))


def of(connection: Connection, person: str) -> tuple[str, ...]:
    """The scopes somebody was let into by name."""
    return tuple(sorted(connection.scalars(select(table.c.scope).where(table.c.person == person))))


def renew(
    connection: Connection,
    compartment: Compartment,
    held: Mapping[str, bytes],
    without: str,
    leaving: Collection[str],
    roster: Roster,
    by: Granter,
    file: str,
) -> dict[str, bytes]:
    """Take somebody out of the scopes they are `leaving`, and give each they could read a new key.

    Who leaves the desk's scope could read all. The records themselves are not touched. `held` are the keys of all
    scopes; returns them as they are now. Raises VaultDamaged.
    """
    fresh = {scope: random(_KEY) for scope in (held if DESK in leaving else leaving)}
    now = {**held, **fresh}
    connection.execute(delete(table).where(table.c.person == without, table.c.scope.in_(leaving)))
    for scope, key in fresh.items():
        for name in members(connection, scope):
            public = roster.public(name)
            if public is None:
                revoke(connection, scope, name)  # somebody whose joining was cut short
            else:
                grant(connection, compartment, scope, name, public, key, by)
        if scope != DESK:
            _open_to_all(connection, compartment, scope, key, now[DESK])
        records.rewrap(connection, compartment, scope, held[scope], key, file)
    return now


def _opened(
    sealed: bytes, compartment: Compartment, scope: str, person: str, secret: Secret, roster: Roster, file: str
) -> bytes:
    data = secret.open(sealed, _purpose(compartment, scope, person)) or b""
    key, signature, by = data[:_KEY], data[_KEY : _KEY + _SIGNATURE], data[_KEY + _SIGNATURE :].decode(errors="replace")
    granter = roster.colleague(by)
    may = by == ROOT or (granter is not None and reads_all(granter.roles))
    if not may or not roster.signed(by, _signed(compartment, scope, person, secret.public, key), signature):
        raise VaultDamaged(file, f"the key to {scope} that {person} has there was put in by somebody who may not")
    return key


def _open_to_all(connection: Connection, compartment: Compartment, scope: str, key: bytes, desk_key: bytes) -> None:
    _write(connection, scope, _ALL, aead.seal(key, _purpose(compartment, scope, _ALL), desk_key))


def _write(connection: Connection, scope: str, person: str, sealed: bytes) -> None:
    connection.execute(delete(table).where(table.c.scope == scope, table.c.person == person))
    connection.execute(insert(table), [{"scope": scope, "person": person, "sealed": sealed}])


def _purpose(compartment: Compartment, scope: str, person: str) -> bytes:
    return codec.to_json(["scope", compartment, scope, person])


def _signed(compartment: Compartment, scope: str, person: str, public: Public, key: bytes) -> bytes:
    return _DOMAIN + codec.to_json([compartment, scope, person]) + b"\n" + public.sealing + key
