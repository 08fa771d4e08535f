"""What a backup is made of: segments that are only ever added, and the keys without which they are noise.

A place looks like this, one part a compartment:

    segments/content-3f….age     bodies of records by number of change, lines of logs, ledger and audit
    keys-000007/content.age      the key of each record and scope, and of each segment; replaced by every backup
    keys-000007/keyring.age      the desk's keyring, to the root

A segment is sealed to a key made for it alone, which is in the keys. The keys are sealed to whoever holds the
compartment, and to the root if the desk chose to be recoverable. So what is burned is out of a place with the next
backup there, though no segment was touched, and whoever joined since can open the old ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from nacl.utils import random
from sqlalchemy import Table

from farbank.vault import age, schema
from farbank.vault.compartments import Compartment
from farbank.vault.errors import BackupDamaged, MadeByNewerFarbank, NoBackup
from farbank.vault.keypair import Public, Secret
from farbank.vault.roster import Roster

SEGMENTS, KEYS, KEYRING = "segments", "keys-", "keyring.age"
_DOMAIN = b"farbank backup 1\n"

ADDED: dict[str, Table] = {"log": schema.log, "entry": schema.entry, "audit": schema.audit, "head": schema.head}
"""Tables whose rows are numbered and never change: a backup asks for those after the last it has."""

KEPT_WHOLE: dict[str, Table] = {
    each.name: each for each in (schema.scope, schema.act, schema.half, schema.pair, schema.reading)
}
"""Tables that hold keys, or are small: they are in the keys, anew each time."""

Row = tuple[Any, ...]
"""Whole numbers, texts, bytes and None, in the order of the table's columns."""


class Segment(msgspec.Struct, frozen=True):
    """A file of the segments: its name, its BLAKE2b digest, and the seed of the key that opens it."""

    name: str
    digest: bytes
    seed: bytes


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """One compartment as it was: where its segments end (`marks`, per table), and all that is not in them.

    `records` are without their bodies; those are in the segments under the number of the change. `last` is the hash of
    the last line of the audit, by which a place is known to be of this desk and of its past. `stored` counts the bytes
    of all bodies in the segments. `beside` are all compartments the place had keys of, so that none goes unnoticed.
    """

    compartment: Compartment
    root: bytes
    made: datetime
    schema: int
    segments: tuple[Segment, ...]
    marks: dict[str, int]
    stored: int
    beside: tuple[Compartment, ...]
    records: list[Row]
    tables: dict[str, list[Row]]
    last: bytes = b""


class Signed(msgspec.Struct, frozen=True):
    """The keys as bytes, and the signature of whoever made the backup."""

    body: bytes
    by: str
    signature: bytes
    version: int = 1


Chunk = dict[str, list[Row]]
"""What a segment holds: rows by table; of `record`, the number of the change and the body."""


def latest(place: Path) -> Path:
    """The folder of the newest keys; an older one is left where a backup was killed. Raises NoBackup."""
    found = sorted(place.glob(f"{KEYS}[0-9]*"))
    if not found:
        raise NoBackup(f"there is no backup in {place}; check the path, or make one with farbank desk backup")
    return found[-1]


def sealed_keys(keys: Keys, to: Sequence[Public], by: str, secret: Secret) -> bytes:
    """The keys, signed by whoever makes the backup and sealed to each of `to`."""
    body = msgspec.msgpack.encode(keys)
    signed = Signed(body, by, secret.sign(_DOMAIN + blake2b(body).digest()))
    return age.seal(msgspec.msgpack.encode(signed), to)


def read_keys(path: Path, secret: Secret, roster: Roster) -> Keys:
    """Raises BackupDamaged if the file is missing, not for this key, cut, altered, or signed by nobody of the desk.

    Raises MadeByNewerFarbank for a form this farbank does not know.
    """
    body = age.open(_bytes(path), secret)
    if body is None:
        raise BackupDamaged(path, "it was cut or altered, or is not for whoever opens it")
    try:
        signed = msgspec.msgpack.decode(body, type=Signed)
    except msgspec.DecodeError:
        raise BackupDamaged(path, "it is not what farbank writes") from None
    if signed.version != 1:
        raise MadeByNewerFarbank(f"{path} was written by a newer farbank; update farbank before using this backup")
    by = roster.colleague(signed.by)
    if by is None or not by.public.signed(_DOMAIN + blake2b(signed.body).digest(), signed.signature):
        raise BackupDamaged(path, "nobody of this desk signed it")
    keys = msgspec.msgpack.decode(signed.body, type=Keys)
    if keys.compartment != path.stem:
        raise BackupDamaged(path, f"it is the {keys.compartment} of the desk, put in another's place")
    return keys


def sealed_chunk(compartment: Compartment, chunk: Chunk) -> tuple[Segment, bytes]:
    """A segment under a name and a key of its own, and the bytes of its file."""
    key = Secret.new()
    sealed = age.seal(msgspec.msgpack.encode(chunk), [key.public])
    return Segment(f"{compartment}-{random(8).hex()}.age", _digest(sealed), key.seed), sealed


def read_chunk(place: Path, segment: Segment) -> Chunk:
    """Raises BackupDamaged if the file is missing, cut or altered."""
    body = age.open(read_sealed(place, segment), Secret(segment.seed))
    if body is None:
        raise BackupDamaged(place / SEGMENTS / segment.name, "it was cut or altered")
    return msgspec.msgpack.decode(body, type=Chunk)


def read_sealed(place: Path, segment: Segment) -> bytes:
    """A segment's file, bit for bit as it was written. Raises BackupDamaged if it is missing, cut or altered."""
    path = place / SEGMENTS / segment.name
    sealed = _bytes(path)
    if _digest(sealed) != segment.digest:
        raise BackupDamaged(path, "it was cut or altered")
    return sealed


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BackupDamaged(path, "it is missing") from None


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=32).digest()
