"""A desk of before (keyring version 1, schemas 1 and 2): read by one person who opens all of it, and moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from nacl import exceptions
from nacl.signing import SigningKey
from sqlalchemy import Connection

from farbank.model import codec
from farbank.model.case import Case
from farbank.model.errors import DecodeError
from farbank.model.people import Identity
from farbank.model.places import Place
from farbank.vault import case_store, cipher, desk_folder, keyring
from farbank.vault.compartments import Compartment, file_name
from farbank.vault.desk_folder import Founded, Member
from farbank.vault.errors import (
    CompartmentClosed,
    MadeByNewerFarbank,
    NotOlder,
    UnknownMember,
    VaultDamaged,
    WrongPassphrase,
)
from farbank.vault.ledger import LedgerEntry
from farbank.vault.passphrase import PRODUCTION, VERSION, Cost, Salt, box, pretend
from farbank.vault.store import Address, Vault

KEPT: tuple[Compartment, ...] = ("content", "identities", "ledger")
_SCHEMAS = ("1", "2")
_LEFT_BEHIND = {("content", "desk-key"), ("content", case_store.POINTER), ("identities", case_store.PRIVATE)}
"""The key the desk signed with, which any editor could read, and what is sealed anew."""


class Older(msgspec.Struct, frozen=True, kw_only=True):
    """All an older desk held: records, entries of logs, profiles by case, and the ledger."""

    records: dict[Address, bytes]
    log: tuple[tuple[Compartment, str, bytes], ...]
    profiles: dict[str, Private]
    ledger: tuple[LedgerEntry, ...]


class Private(msgspec.Struct, frozen=True, kw_only=True):
    """The profiles of one case as they lay in `identities`."""

    identities: tuple[Identity, ...]
    places: tuple[Place, ...]


class _Way(msgspec.Struct, frozen=True, tag_field="kind", tag="passphrase"):
    salt: Salt
    cost: Cost
    wrapped: dict[Compartment, bytes]


class _Entry(msgspec.Struct, frozen=True):
    name: str
    ways: Annotated[tuple[_Way, ...], msgspec.Meta(min_length=1)]


class _Keyring(msgspec.Struct, frozen=True):
    people: Annotated[tuple[_Entry, ...], msgspec.Meta(min_length=1)]
    version: Literal[1]


def read(folder: Path, person: str, passphrase: str) -> Older:
    """Read all of an older desk, which stays as it is.

    Raises NoDesk, NotOlder, MadeByNewerFarbank, UnknownMember, WrongPassphrase, CompartmentClosed if this person does
    not open every compartment, VaultDamaged, CipherNotLive.
    """
    path = folder / keyring.FILE
    held = keys(keyring.bytes_of(folder), path, person, passphrase)
    for compartment in KEPT:
        if compartment not in held:
            raise CompartmentClosed(f"{person} holds no key to {compartment}; move the desk as somebody who opens all")
    records: dict[Address, bytes] = {}
    log: list[tuple[Compartment, str, bytes]] = []
    entries: tuple[LedgerEntry, ...] = ()
    for compartment in KEPT:
        file = folder / file_name(compartment)
        with cipher.connect(file, held[compartment]) as connection, cipher.sound(file):
            connection.exec_driver_sql("PRAGMA query_only = ON")
            tables = _tables(connection, file)
            if compartment == "ledger":
                entries = tuple(_entries(connection, file))
                continue
            for kind, id, body in connection.exec_driver_sql("SELECT kind, id, body FROM record ORDER BY kind, id"):
                records[compartment, kind, id] = bytes(body)
            if "log" in tables:
                rows = connection.exec_driver_sql("SELECT topic, body FROM log ORDER BY sequence")
                log += [(compartment, topic, bytes(body)) for topic, body in rows]
    return Older(records=records, log=tuple(log), profiles=_profiles(records), ledger=entries)


def keys(data: bytes, path: Path, person: str, passphrase: str) -> dict[Compartment, bytes]:
    """The compartment keys an older keyring holds for somebody, whole or not at all. Raises what `read` does."""
    plain = keyring.undamaged(data, path)
    if plain.get("version") == VERSION:
        raise NotOlder(f"{path} is of this farbank already; there is nothing to move")
    if plain.get("version") != 1:
        raise MadeByNewerFarbank(f"{path} was written by a newer farbank; update farbank before opening this desk")
    try:
        ring = codec.convert(plain, _Keyring, str(path))
    except DecodeError as error:
        raise VaultDamaged(path, f"the keyring does not read at {error.where}") from None
    entry = next((each for each in ring.people if each.name == keyring.spelt(person)), None)
    if entry is None:
        pretend(passphrase, ring.people[0].ways[0].cost)
        raise UnknownMember(f"nobody called {person} is in this desk's keyring; check the spelling")
    for way in entry.ways:
        found = _unwrapped(entry.name, passphrase, way)
        if found and len(found) < len(way.wrapped):
            raise VaultDamaged(path, f"a key of {entry.name} was altered")
        if found:
            return found
    raise WrongPassphrase(f"this passphrase is not {entry.name}'s; try again, nothing was changed")


def move(
    older: Older,
    folder: Path,
    members: Sequence[Member],
    *,
    by: str,
    since: date,
    recoverable: bool = False,
    cost: Cost = PRODUCTION,
) -> Founded:
    """Found a desk in `folder` with all that `older` held; it appears whole, or not at all.

    Profiles are sealed one by one for every two who may open them, ledger entries are signed anew, and the desk has a
    new key. Who wrote a story was not kept: `by`, who moves it, counts as its author. Raises what `desk_folder.create`
    does, and NobodyToAgree.
    """

    def fill(opened: Vault, desk_key: SigningKey) -> None:
        with opened.transaction():
            _fill(opened, desk_key, older, by)

    return desk_folder.create(folder, members, since=since, fill=fill, recoverable=recoverable, cost=cost)


def _fill(opened: Vault, desk_key: SigningKey, older: Older, by: str) -> None:
    for (compartment, kind, id), body in older.records.items():
        if (compartment, kind) not in _LEFT_BEHIND:
            opened.put(compartment, kind, id, body)
    for compartment, topic, body in older.log:
        opened.append(compartment, topic, body)
    for name in case_store.names(opened):
        opened.append("content", f"{case_store.AUTHORS}:{name}", keyring.spelt(by).encode())
    for name, private in older.profiles.items():
        case = codec.from_json(older.records["content", case_store.CASE, name], Case, name)
        places = {place.id: place for place in (*private.places, *case.places)}
        whole = msgspec.structs.replace(case, identities=private.identities, places=tuple(places.values()))
        case_store.save_people(opened, whole)
    for entry in older.ledger:
        opened.ledger_append(entry, desk_key if entry.kind == "intent" else None)
    opened.note("moved from an older desk")


def _unwrapped(person: str, passphrase: str, way: _Way) -> dict[Compartment, bytes]:
    opening = box(passphrase, way.salt, way.cost)
    found: dict[Compartment, bytes] = {}
    for compartment, sealed in way.wrapped.items():
        try:
            found[compartment] = opening.decrypt(sealed, codec.to_json([person, compartment, 1, "passphrase"]))
        except (exceptions.CryptoError, ValueError):
            continue
    return found


def _profiles(records: dict[Address, bytes]) -> dict[str, Private]:
    profiles = {}
    for (compartment, kind, name), pointer in records.items():
        if (compartment, kind) == ("content", case_store.POINTER):
            body = records.get(("identities", case_store.PRIVATE, pointer.decode()))
            if body is None:
                raise VaultDamaged("identities.db", f"it is older than content and lacks the people of {name}")
            profiles[name] = codec.from_json(body, Private, f"{case_store.PRIVATE}/{name}")
    return profiles


def _entries(connection: Connection, file: Path) -> Iterator[LedgerEntry]:
    rows = connection.exec_driver_sql("SELECT sequence, kind, edition, body FROM entry ORDER BY sequence").all()
    if [row[0] for row in rows] != list(range(1, len(rows) + 1)):
        raise VaultDamaged(file, "entries of the ledger are missing")
    for _, kind, edition, body in rows:
        yield LedgerEntry(kind=kind, edition=edition, body=bytes(body))


def _tables(connection: Connection, file: Path) -> set[str]:
    found = {*connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()}
    if "meta" not in found:
        raise VaultDamaged(file, "its tables are missing")
    schema = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'schema'").scalar()
    if schema not in _SCHEMAS:
        raise MadeByNewerFarbank(f"{file} was written by a newer farbank; update farbank before moving this desk")
    return found
