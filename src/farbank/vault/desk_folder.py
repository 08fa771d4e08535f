"""One folder, one desk: create it, open it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nacl.utils import random

from farbank import whole
from farbank.vault import cipher, files, keyring, schema
from farbank.vault.compartments import KEPT, Compartment, file_name
from farbank.vault.errors import (
    KeyWithoutHolder,
    MemberExists,
    UnknownMember,
    VaultDamaged,
    WrongPassphrase,
)
from farbank.vault.passphrase import PRODUCTION, Cost, pretend, unwrap, wrap
from farbank.vault.store import Address, Vault

KEY_BYTES = 32


@dataclass(frozen=True)
class Member:
    """A person of the desk when it is created: name, passphrase (never shown), and the compartments they may open."""

    name: str
    passphrase: str = field(repr=False)
    compartments: tuple[Compartment, ...]

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("expected a name")
        if not self.compartments or not set(self.compartments) <= set(KEPT):
            raise ValueError(f"expected one or more of {', '.join(KEPT)}, got {', '.join(self.compartments) or 'none'}")


def create(
    folder: Path,
    members: Sequence[Member],
    *,
    records: Mapping[Address, bytes] | None = None,
    cost: Cost = PRODUCTION,
) -> None:
    """Create a desk in a folder that is empty or does not exist; it appears whole, `records` included, or not at all.

    Raises FolderInUse, KeyWithoutHolder, MemberExists, PassphraseTooShort, CipherNotLive.
    """
    whole.assert_free(folder)  # before anybody's passphrase is stretched
    keys: dict[Compartment, bytes] = {compartment: random(KEY_BYTES) for compartment in KEPT}
    ring = _ring(members, keys, cost)
    with whole.folder(folder) as building:
        for compartment, key in keys.items():
            _lay(building / file_name(compartment), compartment, key)
        with Vault(building, members[0].name, keys) as opened:
            for address, body in (records or {}).items():
                opened.put(*address, body)
        keyring.write(building, ring)


def open(folder: Path, name: str, passphrase: str) -> Vault:
    """Open a desk as one of its people; only the compartments they hold a key to can be read.

    Raises NoDesk, UnknownMember, WrongPassphrase, VaultDamaged, MadeByNewerFarbank, CipherNotLive.
    """
    ring = keyring.read(folder)
    person = ring.person(name)
    if person is None:
        pretend(passphrase, ring.people[0].ways[0].cost)
        raise UnknownMember(f"nobody called {name} is in this desk's keyring; check the spelling")
    for way in person.ways:
        keys = unwrap(person.name, passphrase, way)
        if len(keys) == len(way.wrapped):
            return Vault(folder, person.name, keys)
        if keys:
            raise VaultDamaged(folder / keyring.FILE, f"a key of {person.name} was altered")
    raise WrongPassphrase(f"this passphrase is not {person.name}'s; try again, nothing was changed")


def _ring(members: Sequence[Member], keys: dict[Compartment, bytes], cost: Cost) -> keyring.Keyring:
    ring = keyring.Keyring(())
    for member in members:
        name = keyring.spelt(member.name)
        if ring.person(name) is not None:
            raise MemberExists(f"the desk would have two people called {name}; choose another name")
        held = {compartment: keys[compartment] for compartment in member.compartments}
        ring = ring.joined_by(keyring.Entry(name, (wrap(name, member.passphrase, held, cost),)))
    for compartment in keys:
        if not ring.holders(compartment):
            raise KeyWithoutHolder(f"nobody would hold the key to {compartment}; give it to at least one person")
    return ring


def _lay(path: Path, compartment: Compartment, key: bytes) -> None:
    files.touch(path)
    with cipher.connect(path, key) as connection, cipher.sound(path):
        schema.lay(connection, compartment)
    cipher.assert_encrypted(path)
