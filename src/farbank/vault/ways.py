"""A person's own ways in: another passphrase, a passkey more or less; the secret behind them stays the same."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from farbank.vault import files, keyring
from farbank.vault.errors import LastWayIn, UnknownMember
from farbank.vault.keyring import Way
from farbank.vault.passkey import Passkey
from farbank.vault.passphrase import PRODUCTION, Cost, wrap
from farbank.vault.store import Vault


def change_passphrase(opened: Vault, passphrase: str, *, cost: Cost = PRODUCTION) -> None:
    """Replace one's passphrase. Raises PassphraseTooShort.

    An older copy of the keyring still opens with the old one, and to the same secret.
    """
    new = wrap(opened.person, passphrase, opened.secret, cost, opened.roster.root)
    _change(opened, lambda ways: (new, *_passkeys(ways)), "changed passphrase")


def add(opened: Vault, way: Passkey) -> None:
    """Add a passkey that wraps this person's secret, in place of an earlier one of the same credential."""
    _change(opened, lambda ways: (*_without(ways, way.credential), way), "added a passkey")


def remove(opened: Vault, credential: bytes) -> None:
    """Take a passkey away. Raises LastWayIn."""
    _change(opened, lambda ways: _without(ways, credential), "removed a passkey")


def _passkeys(ways: tuple[Way, ...]) -> tuple[Passkey, ...]:
    return tuple(way for way in ways if isinstance(way, Passkey))


def _without(ways: tuple[Way, ...], credential: bytes) -> tuple[Way, ...]:
    return tuple(way for way in ways if not (isinstance(way, Passkey) and way.credential == credential))


def _change(opened: Vault, change: Callable[[tuple[Way, ...]], tuple[Way, ...]], said: str) -> None:
    with files.locked(opened.folder):
        ring = keyring.read(opened.folder)
        entry = ring.person(opened.person)
        if entry is None:
            raise UnknownMember(f"{opened.person} is no longer of this desk")
        ways = change(entry.ways)
        if not ways:
            raise LastWayIn("this is your only way in; add another before you take it away")
        opened.note(said)
        keyring.write(opened.folder, ring.with_entry(msgspec.structs.replace(entry, ways=ways)))
