"""What the files of an image open to, tried as whoever took them would: every key on whatever a key could open.

Nothing here asks who may: no rule of the desk is known to it, only its formats. A key that is found is tried on all the
rest, until no more comes of it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from nacl import exceptions
from nacl.bindings import crypto_sign_seed_keypair
from nacl.secret import Aead

from farbank.model import codec
from farbank.model.errors import FarbankError
from farbank.vault import age, backup_parts, cipher, envelope, keyring
from farbank.vault.compartments import KEPT, Compartment, file_name
from farbank.vault.keypair import BOUND, SEED_BYTES, Secret
from farbank.vault.passphrase import Passphrase, unwrap
from farbank.vault.roster import Roster
from farbank.vault.schema import record

_SHORTEST_SEAL = 48 + BOUND
_INDEX = b"farbank search"
"""What the key of a person's own index is derived for; its salt lies in content."""


class Read(msgspec.Struct, frozen=True):
    """Bytes that were read: the file they lay in, the table and column where that was a database, and what they say."""

    file: str
    place: str
    body: bytes


@dataclass
class Unlocked:
    """Whose passphrase fits, what was read, and the keys that were found on the way."""

    people: tuple[str, ...] = ()
    opened: dict[str, Compartment] = field(default_factory=dict)
    """Per file that opened, the compartment it is of."""
    rows: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    """File, table and cells of every row of every file that opened."""
    read: list[Read] = field(default_factory=list)
    rosters: list[Roster] = field(default_factory=list)
    secrets: list[Secret] = field(default_factory=list)
    keys: dict[bytes, None] = field(default_factory=dict)

    @property
    def signs(self) -> bool:
        """Whether what was found signs editions in the desk's name."""
        own = {crypto_sign_seed_keypair(key)[0] for key in self.keys}
        return any(key.signing in own for roster in self.rosters for key in roster.desk_keys)

    @property
    def known(self) -> frozenset[bytes]:
        """Public halves of the desk's secrets: a seed is one of them or no secret at all."""
        people = (each.public.sealing for roster in self.rosters for each in roster)
        return frozenset(people) | {key for each in self.rosters for key in (each.reading, each.root.sealing)}


def unlock(image: Path, passphrase: str | None, keys: Mapping[Compartment, bytes]) -> Unlocked:
    """Open all that opens with what is on the image, with `passphrase` if one is known, and with these `keys`.

    The image is not written to: files are opened as copies, which are as encrypted as they are.
    """
    done = Unlocked()
    for ring, file in _keyrings(image):
        _by_passphrase(done, ring, file, passphrase)
    done.keys |= dict.fromkeys(keys.values())
    _databases(done, image)
    for place in sorted({path.parent.parent for path in image.rglob(f"{backup_parts.KEYS}*/*.age")}):
        _backup(done, place, image)
    _sealed(done)
    _records(done)
    _logs(done)
    _profiles(done)
    return done


def whose(ring: keyring.Keyring, passphrase: str) -> Iterator[tuple[keyring.Entry, Secret]]:
    """Everybody whose passphrase this is, and their secret."""
    for entry in ring.people:
        for way in entry.ways:
            secret = unwrap(entry.name, passphrase, way, ring.roster.root) if isinstance(way, Passphrase) else None
            if secret is not None:
                yield entry, secret


def _keyrings(image: Path) -> Iterator[tuple[keyring.Keyring, str]]:
    for path in sorted(image.rglob(keyring.FILE)):
        try:
            yield keyring.read(path.parent), str(path.relative_to(image))
        except FarbankError:
            continue


def _by_passphrase(done: Unlocked, ring: keyring.Keyring, file: str, passphrase: str | None) -> None:
    done.rosters.append(ring.roster)
    for entry, secret in () if passphrase is None else whose(ring, passphrase):
        done.people = (*done.people, entry.name)
        done.secrets.append(secret)
    for held in (*(entry.held for entry in ring.people), ring.recovery):
        done.rows.extend((file, "held", {"sealed": sealed}) for keys in held.values() for sealed in keys)
    _sealed(done)


def _databases(done: Unlocked, image: Path) -> None:
    """Open one database after the other, again and again: what one holds may open the next."""
    waiting = sorted(image.rglob("*.db"))
    with tempfile.TemporaryDirectory(prefix="farbank-") as made:
        while waiting:
            left = [path for path in waiting if not _database(done, path, str(path.relative_to(image)), Path(made))]
            if len(left) == len(waiting):
                return
            waiting = left
            _sealed(done)
            _index_keys(done)


def _database(done: Unlocked, path: Path, name: str, made: Path) -> bool:
    copy = Path(tempfile.mkdtemp(dir=made)) / path.name
    for suffix in ("", "-wal"):
        if (beside := path.with_name(path.name + suffix)).is_file():
            shutil.copyfile(beside, copy.with_name(copy.name + suffix))
    for key in list(done.keys):
        try:
            connection = cipher.connect(copy, key)
        except FarbankError:
            continue
        with connection:
            done.opened[name] = next((each for each in KEPT if file_name(each) == path.name), "content")
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
            for table in tables:
                rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()  # noqa: S608  as it has it
                _took(done, name, table, map(dict, rows))
        connection.engine.dispose()
        return True
    return False


def _took(done: Unlocked, file: str, table: str, rows: Iterator[dict[str, Any]]) -> None:
    for row in rows:
        done.rows.append((file, table, row))
        done.read.extend(Read(file, table, _bytes(cell)) for cell in row.values())


def _index_keys(done: Unlocked) -> None:
    for _, table, row in list(done.rows):
        if table == "meta" and str(row["key"]).startswith("search:"):
            salt = bytes.fromhex(row["value"])
            done.keys |= {secret.derived(_INDEX, salt): None for secret in done.secrets}


def _backup(done: Unlocked, place: Path, image: Path) -> None:
    """The place of a backup: the keys that were sealed to somebody whose secret is known, then every segment."""
    for path in sorted(place.glob(f"{backup_parts.KEYS}*/*.age")):
        for secret in done.secrets:
            body = age.open(path.read_bytes(), secret)
            if body is None or path.name == backup_parts.KEYRING:
                continue
            signed = msgspec.msgpack.decode(body, type=backup_parts.Signed)
            _keys_of_backup(done, place, str(path.relative_to(image)), signed.body)
            break


def _keys_of_backup(done: Unlocked, place: Path, name: str, body: bytes) -> None:
    keys = msgspec.msgpack.decode(body, type=backup_parts.Keys)
    done.opened[name] = keys.compartment
    bodies: dict[int, bytes] = {}
    for segment in keys.segments:
        chunk = backup_parts.read_chunk(place, segment)
        bodies |= {row[0]: row[1] for row in chunk.pop("record", [])}
        for table, rows in chunk.items():
            _took(done, name, table, _named(rows, [column.name for column in backup_parts.ADDED[table].c]))
    for table, rows in keys.tables.items():
        _took(done, name, table, _named(rows, [column.name for column in backup_parts.KEPT_WHOLE[table].c]))
    kept = _named(keys.records, [column.name for column in record.c if column.name != "body"])
    _took(done, name, "record", (row | {"body": bodies.get(row["changed"])} for row in kept))


def _named(rows: list[backup_parts.Row], columns: list[str]) -> Iterator[dict[str, Any]]:
    return (dict(zip(columns, row, strict=True)) for row in rows)


def _sealed(done: Unlocked) -> None:
    """Try every secret on every cell, then whatever that gave on the rest, until nothing new comes."""
    waiting = [
        (file, table, cell)
        for file, table, row in done.rows
        for column, cell in row.items()
        if isinstance(cell, bytes) and len(cell) >= _SHORTEST_SEAL and (table, column) not in _NOT_SEALED
    ]
    known = len(done.secrets)
    while waiting:
        left, found = [], []
        for file, table, cell in waiting:
            body = next((body for secret in done.secrets if (body := _open(secret, cell)) is not None), None)
            if body is None:
                left.append((file, table, cell))
            else:
                done.read.append(Read(file, table, body))
                _keep(done, body)
                found.append((file, table, body))
        nested = [each for each in found if len(each[2]) >= _SHORTEST_SEAL]
        if not nested and len(done.secrets) == known:
            return
        known, waiting = len(done.secrets), left + nested


_NOT_SEALED = frozenset({("record", "body"), ("record", "key"), ("log", "body")})
"""Cells under a key, not sealed to somebody: with a hundred thousand of them trying takes long and gives nothing."""


def _open(secret: Secret, sealed: bytes) -> bytes | None:
    data = secret.unseal(sealed)
    return None if data is None else data[BOUND:]


def _keep(done: Unlocked, body: bytes) -> None:
    """What may be a key, or the seed of somebody's secret: the first bytes of what was sealed to somebody."""
    key = body[:SEED_BYTES]
    if len(key) == SEED_BYTES and key not in done.keys:
        done.keys[key] = None
        if len(body) == SEED_BYTES and (secret := Secret(key)).public.sealing in done.known:
            done.secrets.append(secret)


def _records(done: Unlocked) -> None:
    """Open every record under whichever key fits; a key that fitted in a scope is tried first in the rest of it."""
    before: dict[tuple[str, str], bytes] = {}
    _scopes(done)
    for file, table, row in done.rows:
        if table != "record" or not row.get("key") or not row.get("body"):
            continue
        of, scope = done.opened[file], (file, row["scope"])
        for key in ([before[scope]] if scope in before else []) + list(done.keys):
            body = envelope.open(row["key"], row["body"], (of, row["kind"], row["id"]), key)
            if body is not None:
                before[scope] = key
                done.read.append(Read(file, f"record {row['kind']}", body))
                break


def _scopes(done: Unlocked) -> None:
    """Keys of scopes that are under the key of the desk's scope, not sealed to somebody."""
    for file, table, row in done.rows:
        if table == "scope" and not row["person"]:
            bound = codec.to_json(["scope", done.opened[file], row["scope"], row["person"]])
            for key in list(done.keys):
                opened = _decrypted(key, row["sealed"], bound)
                if opened is not None:
                    done.keys[opened] = None


def _logs(done: Unlocked) -> None:
    """Entries of logs, whose keys are records."""
    keys = [read.body for read in done.read if read.place == "record log-key"]
    for file, table, row in done.rows:
        if table == "log":
            for key in keys:
                body = _decrypted(key, row["body"], row["topic"].encode())
                if body is not None:
                    done.read.append(Read(file, f"log {row['topic']}", body))
                    break


class _Profile(msgspec.Struct, frozen=True):
    about: str
    body: bytes


class _Profiles(msgspec.Struct, frozen=True):
    sealed: tuple[_Profile, ...]


def _profiles(done: Unlocked) -> None:
    """Exact profiles, which lie sealed inside records under keys that come of two people's agreeing."""
    for read in list(done.read):
        try:
            inside = codec.from_json(read.body, _Profiles, read.place).sealed
        except FarbankError:
            continue
        for one in inside:
            for key in done.keys:
                body = _decrypted(key, one.body, one.about.encode())
                if body is not None:
                    done.read.append(Read(read.file, "profile", body))
                    break


def _bytes(cell: Any) -> bytes:
    return cell if isinstance(cell, bytes) else str(cell).encode()


def _decrypted(key: bytes, sealed: bytes, bound: bytes) -> bytes | None:
    try:
        return bytes(Aead(key).decrypt(sealed, bound))
    except (exceptions.CryptoError, ValueError, TypeError):
        return None
