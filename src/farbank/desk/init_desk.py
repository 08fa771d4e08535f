"""Set up a desk: its people, its compartments, and the one key that signs its editions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nacl.signing import SigningKey

from farbank import vault

DESK_KEY: vault.Address = ("content", "desk-key", "ed25519")
"""Where the signing seed is kept. Editions are marked unreleased until it takes two approvers' shares to rebuild it."""


def init_desk(folder: Path, members: Sequence[vault.Member], *, cost: vault.Cost = vault.PRODUCTION) -> str:
    """Create the desk in `folder`, its key with it, and return the public key in hexadecimal.

    Raises FolderInUse, KeyWithoutHolder (some compartment has nobody), PassphraseTooShort.
    """
    key = SigningKey.generate()
    vault.create(folder, members, records={DESK_KEY: bytes(key)}, cost=cost)
    return bytes(key.verify_key).hex()


def desk_key(opened: vault.Vault) -> SigningKey:
    """The desk's signing key. Raises CompartmentClosed, NoSuchRecord."""
    return SigningKey(opened.get(*DESK_KEY))
