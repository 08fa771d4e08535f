"""The desk's public list of the keys it signs editions with, under its root."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from farbank.model import codec

Hex = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_DOMAIN = b"farbank desk keys 1\n"


class SignedKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One Ed25519 public key; from the day it was `revoked` nothing it signs counts."""

    key: Hex
    since: date
    revoked: date | None = None


class DeskKeys(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every key the desk ever signed with, in the order they came in use, and its root's signature over the list."""

    root: Hex
    keys: Annotated[tuple[SignedKey, ...], msgspec.Meta(min_length=1)]
    signature: str = ""
    version: Literal[1] = 1

    @property
    def days(self) -> frozenset[date]:
        """The days on which a key began or was revoked."""
        return frozenset(day for each in self.keys for day in (each.since, each.revoked) if day is not None)

    @property
    def changes(self) -> int:
        """How often a key was added or revoked: of two lists the one with more is the newer."""
        return len(self.keys) + sum(key.revoked is not None for key in self.keys)


def signed_bytes(listed: DeskKeys) -> bytes:
    """What the root signs."""
    return _DOMAIN + codec.to_json(msgspec.structs.replace(listed, signature=""))
