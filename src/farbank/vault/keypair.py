"""One person's keys: what is sealed to them only they can open, and what they sign nobody else could have."""

from __future__ import annotations

from hashlib import blake2b
from typing import Annotated

import msgspec
from nacl import exceptions
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey
from nacl.utils import random

SEED_BYTES = 32
Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
BOUND = 32
"""Bytes of the digest that binds what is sealed to what it is for; a sealed box has no associated data of its own."""


class Public(msgspec.Struct, frozen=True, kw_only=True):
    """The public halves: X25519 to seal to, Ed25519 to check signatures with."""

    sealing: Key
    signing: Key

    def seal(self, data: bytes, purpose: bytes) -> bytes:
        """Seal `data` for this person and this purpose (libsodium's sealed box); nobody learns who sealed it."""
        return bytes(SealedBox(PublicKey(self.sealing)).encrypt(_digest(purpose) + data))

    def signed(self, data: bytes, signature: bytes) -> bool:
        """Whether this person signed exactly these bytes."""
        try:
            VerifyKey(self.signing).verify(data, signature)
        except (exceptions.BadSignatureError, ValueError, TypeError):
            return False
        return True


class Secret:
    """A person's secret half, made from 32 random bytes; it is never printed and never compared."""

    __slots__ = ("_opening", "_signing", "public", "seed")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise ValueError(f"expected {SEED_BYTES} bytes")
        self.seed = seed
        self._opening = SealedBox(PrivateKey(_derived(seed, b"farbank sealing")))
        self._signing = SigningKey(_derived(seed, b"farbank signing"))
        self.public = Public(
            sealing=bytes(PrivateKey(_derived(seed, b"farbank sealing")).public_key),
            signing=bytes(self._signing.verify_key),
        )

    def __repr__(self) -> str:
        return "Secret(…)"

    @property
    def scalar(self) -> bytes:
        """The X25519 secret behind `public.sealing`, for age, which takes it in no other form."""
        return _derived(self.seed, b"farbank sealing")

    @staticmethod
    def new() -> Secret:
        """A new secret."""
        return Secret(random(SEED_BYTES))

    def open(self, sealed: bytes, purpose: bytes) -> bytes | None:
        """What was sealed to this person for this purpose, None if it was not, or was altered."""
        data = self.unseal(sealed)
        return data[BOUND:] if data is not None and data[:BOUND] == _digest(purpose) else None

    def unseal(self, sealed: bytes) -> bytes | None:
        """What was sealed to this person for whatever purpose, its digest in front; None if nothing was."""
        try:
            return bytes(self._opening.decrypt(sealed))
        except (exceptions.CryptoError, ValueError, TypeError):
            return None

    def derived(self, purpose: bytes, salt: bytes) -> bytes:
        """A 32-byte key of this person's own for one purpose (at most 16 bytes) and salt (BLAKE2b, keyed)."""
        return blake2b(salt, key=self.seed, person=purpose, digest_size=32).digest()

    def sign(self, data: bytes) -> bytes:
        """Sign bytes; whoever calls puts a domain of their own in front."""
        return self._signing.sign(data).signature


def _derived(seed: bytes, purpose: bytes) -> bytes:
    return blake2b(key=seed, person=purpose, digest_size=32).digest()


def _digest(purpose: bytes) -> bytes:
    return blake2b(purpose, person=b"farbank purpose", digest_size=BOUND).digest()
