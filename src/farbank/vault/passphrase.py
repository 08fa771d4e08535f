"""A person's secret wrapped under a passphrase: Argon2id (RFC 9106), then XChaCha20-Poly1305."""

from __future__ import annotations

import unicodedata
from typing import Annotated

import msgspec
from nacl import exceptions
from nacl.pwhash import argon2id
from nacl.secret import Aead
from nacl.utils import random

from farbank.model import codec
from farbank.vault.errors import PassphraseTooShort
from farbank.vault.keypair import Public, Secret

VERSION = 2
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
    """One way into the desk for one person: salt, cost, and the wrapped secret."""

    salt: Salt
    cost: Cost
    wrapped: bytes


def wrap(person: str, passphrase: str, secret: Secret, cost: Cost, root: Public) -> Passphrase:
    """Wrap a person's secret, and with it whose desk it is for. Raises PassphraseTooShort."""
    if len(passphrase) < SHORTEST:
        raise PassphraseTooShort(f"a passphrase needs at least {SHORTEST} characters; six random words are better")
    salt = random(argon2id.SALTBYTES)
    return Passphrase(salt, cost, bytes(box(passphrase, salt, cost).encrypt(secret.seed, _bound_to(person, root))))


def unwrap(person: str, passphrase: str, way: Passphrase, root: Public) -> Secret | None:
    """The secret, None if the passphrase or the root is another, or the way was altered: they cannot be told apart."""
    try:
        return Secret(box(passphrase, way.salt, way.cost).decrypt(way.wrapped, _bound_to(person, root)))
    except (exceptions.CryptoError, ValueError):
        return None


def pretend(passphrase: str, cost: Cost) -> None:
    """Take as long as a real attempt, so that time does not tell which names the desk has."""
    box(passphrase, bytes(argon2id.SALTBYTES), cost)


def box(passphrase: str, salt: bytes, cost: Cost) -> Aead:
    """The box a passphrase opens."""
    # NFC, because one keyboard sends a Hangul syllable whole and another sends it as its letters
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Aead(argon2id.kdf(Aead.KEY_SIZE, typed, salt, opslimit=cost.passes, memlimit=cost.memory))


def _bound_to(person: str, root: Public) -> bytes:
    return codec.to_json([person, VERSION, "passphrase", root.signing.hex()])
