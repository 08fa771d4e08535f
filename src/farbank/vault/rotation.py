"""A new key for the desk to sign editions with, and the day from which an old one counts no more; under the root."""

from __future__ import annotations

from datetime import date

import msgspec
from nacl.signing import SigningKey

from farbank.vault import desk_key, keyring, people
from farbank.vault.errors import NoSuchDeskKey
from farbank.vault.keypair import Secret
from farbank.vault.roster import DeskKey, Roster
from farbank.vault.store import Vault


def rotate(opened: Vault, root: Secret, *, since: date) -> DeskKey:
    """Have the desk sign with a new key from that day; what the old one signed before still counts.

    Proposals to release that are under way have to be made anew. Raises NotTheRoot.
    """
    return _sign(opened, root, since, revoked=None)


def revoke(opened: Vault, root: Secret, key: bytes, *, on: date) -> DeskKey:
    """Declare that nothing this key signs counts from that day; if the desk signs with it now, it gets a new one.

    Returns the key the desk signs with now. Raises NoSuchDeskKey, NotTheRoot.
    """
    return _sign(opened, root, on, revoked=key)


def _sign(opened: Vault, root: Secret, on: date, revoked: bytes | None) -> DeskKey:
    with people.under_root(opened, root) as ring:
        roster = msgspec.structs.replace(ring.roster, sequence=ring.roster.sequence + 1)
        if revoked is not None:
            roster = _revoked(roster, revoked, on)
        with opened.transaction(), opened.file("audit") as file:
            if revoked is None or revoked == roster.desk_key.signing:
                new = SigningKey.generate()
                roster = people.with_desk_key(roster, new, on)
                desk_key.seal_desk_key(file, new, roster)
            what = "key rotated" if revoked is None else "key revoked"
            opened.note(what, note=(revoked or ring.roster.desk_key.signing).hex())
        keyring.write(opened.folder, ring.under(roster, root))
        opened.reopen(opened.keys, roster)
        with opened.transaction(), opened.file("audit") as file:
            desk_key.forget_others(file, roster)
        return roster.desk_key


def _revoked(roster: Roster, key: bytes, on: date) -> Roster:
    if not any(each.signing == key for each in roster.desk_keys):
        raise NoSuchDeskKey(f"the desk never signed with {key.hex()}; compare it with the desk's list of keys")
    earlier = (
        msgspec.structs.replace(each, revoked=min(on, each.revoked or on)) if each.signing == key else each
        for each in roster.desk_keys
    )
    return msgspec.structs.replace(roster, desk_keys=tuple(earlier))
