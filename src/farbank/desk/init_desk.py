"""Set up a desk: its people, its compartments, and the one key that signs its editions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nacl.signing import SigningKey

from farbank import vault

DESK_KEY: tuple[vault.Compartment, str, str] = ("content", "desk-key", "ed25519")
"""Where the signing seed is kept. Editions are marked unreleased until it takes two approvers' shares to rebuild it."""


def init_desk(folder: Path, members: Sequence[vault.Member], *, cost: vault.Cost | None = None) -> str:
    """Create the desk in `folder` and return its public key in hexadecimal.

    Raises FolderInUse, KeyWithoutHolder (some compartment has nobody), PassphraseTooShort.
    """
    if cost is None:
        vault.create(folder, members)
    else:
        vault.create(folder, members, cost=cost)
    key = SigningKey.generate()
    holder = next(member for member in members if "content" in member.compartments)
    with vault.open(folder, holder.name, holder.passphrase) as opened:
        opened.put(*DESK_KEY, bytes(key))
    return bytes(key.verify_key).hex()


def desk_key(opened: vault.Vault) -> SigningKey:
    """The desk's signing key. Raises CompartmentClosed, NoSuchRecord."""
    return SigningKey(opened.get(*DESK_KEY))
