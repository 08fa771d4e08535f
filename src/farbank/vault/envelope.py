"""A record under a key of its own, and that key under the scope's: without the key every copy is noise."""

from __future__ import annotations

from nacl import exceptions
from nacl.secret import Aead
from nacl.utils import random

from farbank.model import codec

Where = tuple[str, str, str]
"""Compartment, kind, id: what a sealed record is bound to, so that none can be put in another's place."""

KEY_BYTES = Aead.KEY_SIZE


def seal(body: bytes, where: Where, scope_key: bytes) -> tuple[bytes, bytes]:
    """The record's key wrapped under the scope's, and the sealed body."""
    key = random(KEY_BYTES)
    bound = codec.to_json(where)
    return bytes(Aead(scope_key).encrypt(key, bound)), bytes(Aead(key).encrypt(body, bound))


def rewrap(wrapped: bytes, where: Where, old: bytes, new: bytes) -> bytes | None:
    """A record's key under another scope key, None if it was not under `old`; the body stays as it is."""
    bound = codec.to_json(where)
    try:
        return bytes(Aead(new).encrypt(Aead(old).decrypt(wrapped, bound), bound))
    except (exceptions.CryptoError, ValueError):
        return None


def open(wrapped: bytes, sealed: bytes, where: Where, scope_key: bytes) -> bytes | None:
    """The body, None if it was altered, moved, or is under another scope's key."""
    bound = codec.to_json(where)
    try:
        return Aead(Aead(scope_key).decrypt(wrapped, bound)).decrypt(sealed, bound)
    except (exceptions.CryptoError, ValueError):
        return None
