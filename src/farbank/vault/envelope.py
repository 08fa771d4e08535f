"""A record under a key of its own, and that key under the scope's: without the key every copy is noise."""

from __future__ import annotations

from nacl.utils import random

from farbank.model import codec
from farbank.vault import aead

Where = tuple[str, str, str]
"""Compartment, kind, id: what a sealed record is bound to, so that none can be put in another's place."""

KEY_BYTES = aead.KEY


def seal(body: bytes, where: Where, scope_key: bytes) -> tuple[bytes, bytes]:
    """The record's key wrapped under the scope's, and the sealed body."""
    key = random(KEY_BYTES)
    bound = codec.to_json(where)
    return aead.seal(key, bound, scope_key), aead.seal(body, bound, key)


def rewrap(wrapped: bytes, where: Where, old: bytes, new: bytes) -> bytes | None:
    """A record's key under another scope key, None if it was not under `old`; the body stays as it is."""
    bound = codec.to_json(where)
    key = aead.open(wrapped, bound, old)
    return None if key is None else aead.seal(key, bound, new)


def open(wrapped: bytes, sealed: bytes, where: Where, scope_key: bytes) -> bytes | None:
    """The body, None if it was altered, moved, or is under another scope's key."""
    bound = codec.to_json(where)
    key = aead.open(wrapped, bound, scope_key)
    return None if key is None else aead.open(sealed, bound, key)
