"""A compartment key wrapped under a passphrase: Argon2id (RFC 9106), then XChaCha20-Poly1305."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Final

import msgspec
from nacl import exceptions
from nacl.pwhash import argon2id
from nacl.secret import Aead
from nacl.utils import random

from farbank.model import codec
from farbank.vault.compartments import Compartment
from farbank.vault.errors import PassphraseTooShort

VERSION: Final = 1
"""Version of the keyring format; bound into every wrapping."""

SHORTEST = 8


class Cost(msgspec.Struct, frozen=True):
    """What one guess costs: passes over memory, and bytes of memory.

    The bounds refuse a keyring somebody edited to make opening it take for ever.
    """

    passes: Annotated[int, msgspec.Meta(ge=1, le=20)]
    memory: Annotated[int, msgspec.Meta(ge=8192, le=4 << 30)]


PRODUCTION = Cost(passes=3, memory=256 << 20)
"""libsodium's MODERATE."""

Salt = Annotated[bytes, msgspec.Meta(min_length=argon2id.SALTBYTES, max_length=argon2id.SALTBYTES)]


class Passphrase(msgspec.Struct, frozen=True, tag_field="kind", tag="passphrase"):
    """One way into the desk for one person: salt, cost, and per compartment held the wrapped 32-byte key.

    Later ways (a passkey) are further structs with a tag of their own beside this one.
    """

    salt: Salt
    cost: Cost
    wrapped: dict[Compartment, bytes]


def wrap(person: str, passphrase: str, keys: Mapping[Compartment, bytes], cost: Cost) -> Passphrase:
    """Wrap `keys` for `person`. Raises PassphraseTooShort."""
    if len(passphrase) < SHORTEST:
        raise PassphraseTooShort(f"a passphrase needs at least {SHORTEST} characters; six random words are better")
    salt = random(argon2id.SALTBYTES)
    box = _box(passphrase, salt, cost)
    wrapped = {name: bytes(box.encrypt(key, _bound_to(person, name))) for name, key in keys.items()}
    return Passphrase(salt, cost, wrapped)


def unwrap(person: str, passphrase: str, way: Passphrase) -> dict[Compartment, bytes]:
    """Return the keys of `way` that this passphrase opens: all, or none, or fewer where some were tampered with."""
    box = _box(passphrase, way.salt, way.cost)
    keys: dict[Compartment, bytes] = {}
    for compartment, sealed in way.wrapped.items():
        try:
            keys[compartment] = box.decrypt(sealed, _bound_to(person, compartment))
        except exceptions.CryptoError:
            continue
    return keys


def pretend(passphrase: str, cost: Cost) -> None:
    """Take as long as a real attempt, so that time does not tell which names the desk has."""
    _box(passphrase, bytes(argon2id.SALTBYTES), cost)


def _box(passphrase: str, salt: bytes, cost: Cost) -> Aead:
    # NFC, because one keyboard sends a Hangul syllable whole and another sends it as its letters
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Aead(argon2id.kdf(Aead.KEY_SIZE, typed, salt, opslimit=cost.passes, memlimit=cost.memory))


def _bound_to(person: str, compartment: Compartment) -> bytes:
    return codec.to_json([person, compartment, VERSION, "passphrase"])
