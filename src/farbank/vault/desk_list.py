"""What readers are given of the desk: its root, and every key it ever signed editions with, signed by the root."""

from __future__ import annotations

import msgspec

from farbank.model.desk_keys import DeskKeys, SignedKey, signed_bytes
from farbank.vault.keypair import Secret
from farbank.vault.roster import Roster


def sign(roster: Roster, root: Secret) -> bytes:
    """The root's signature over the list."""
    return root.sign(signed_bytes(_unsigned(roster)))


def published(roster: Roster, signature: bytes) -> DeskKeys:
    """The list as readers get it: no name is in it, and joining or leaving does not change it."""
    return msgspec.structs.replace(_unsigned(roster), signature=signature.hex())


def _unsigned(roster: Roster) -> DeskKeys:
    keys = tuple(SignedKey(key=each.signing.hex(), since=each.since, revoked=each.revoked) for each in roster.desk_keys)
    return DeskKeys(root=roster.root.signing.hex(), keys=keys)
