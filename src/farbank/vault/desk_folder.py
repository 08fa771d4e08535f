"""One folder, one desk: create it, open it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from nacl.signing import SigningKey
from nacl.utils import random

from farbank import whole
from farbank.vault import audit, cipher, desk_list, file_keys, files, keyring, roster, schema, scopes, server
from farbank.vault.compartments import KEPT, Compartment, file_name
from farbank.vault.desk_key import seal_desk_key
from farbank.vault.errors import (
    KeyWithoutHolder,
    MemberExists,
    UnknownMember,
    VaultDamaged,
    WrongPassphrase,
)
from farbank.vault.keypair import Public, Secret
from farbank.vault.passphrase import PRODUCTION, Cost, Passphrase, pretend, unwrap, wrap
from farbank.vault.place import Place
from farbank.vault.roles import NEEDED, ROLES, Role, opens, reads_all
from farbank.vault.roster import ROOT, Colleague, DeskKey, Roster
from farbank.vault.scopes import Granter
from farbank.vault.store import Vault

KEY_BYTES = 32


@dataclass(frozen=True)
class Member:
    """A person of the desk when they join it: name, passphrase (never shown), and what they do."""

    name: str
    passphrase: str = field(repr=False)
    roles: tuple[Role, ...]

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("expected a name")
        if not self.roles or not set(self.roles) <= set(ROLES):
            raise ValueError(f"expected one or more of {', '.join(ROLES)}, got {', '.join(self.roles) or 'none'}")


@dataclass(frozen=True)
class Founded:
    """What a new desk leaves in hand: its root, for paper and nothing else, and the public key its editions bear."""

    root: Secret = field(repr=False)
    key: bytes


def create(
    folder: Path,
    members: Sequence[Member],
    *,
    since: date,
    fill: Callable[[Vault, SigningKey], None] | None = None,
    recoverable: bool = False,
    cost: Cost = PRODUCTION,
) -> Founded:
    """Create a desk in a folder that is empty or does not exist; it appears whole, or not at all.

    `fill` writes what it begins with, as a safety officer with the desk's key in hand. A `recoverable` desk can be
    opened by whoever holds its root: choose it only if the root is split among several.
    Raises FolderInUse, KeyWithoutHolder, MemberExists, PassphraseTooShort, CipherNotLive.
    """
    whole.assert_free(folder)  # before anybody's passphrase is stretched
    root, desk_key, reading = Secret.new(), SigningKey.generate(), Secret.new()
    secrets = _secrets(members)
    people = tuple(
        Colleague(name=keyring.spelt(member.name), roles=ordered(member.roles), public=secret.public)
        for member, secret in zip(members, secrets, strict=True)
    )
    founding = Roster(
        root=root.public,
        sequence=1,
        colleagues=tuple(sorted(people, key=lambda each: each.name)),
        desk_keys=(DeskKey(signing=bytes(desk_key.verify_key), since=since),),
        reading=reading.public.sealing,
        recoverable=recoverable,
    )
    keys = {compartment: random(KEY_BYTES) for compartment in _kept(founding)}
    ring = keyring.Keyring(
        roster=founding,
        signature=roster.sign(founding, root),
        desk_keys=desk_list.sign(founding, root),
        people=tuple(
            sorted(
                (
                    entry(each, wrap(each.name, member.passphrase, secret, cost, root.public), keys, root)
                    for each, member, secret in zip(people, members, secrets, strict=True)
                ),
                key=lambda made: made.name,
            )
        ),
        recovery=keyring.sealed_to_root(keys, root) if recoverable else {},
    )
    with whole.folder(folder) as building:
        by = Granter(ROOT, root)
        for compartment, key in keys.items():
            _lay(building / file_name(compartment), compartment, key, founding, reading, desk_key, by)
        first = next(i for i, each in enumerate(people) if "safety-officer" in each.roles)
        with Vault(building, people[first].name, secrets[first], keys, founding) as opened:
            opened.note("desk founded")
            if fill is not None:
                fill(opened, desk_key)
        keyring.write(building, ring)
    return Founded(root, bytes(desk_key.verify_key))


def open(folder: Path, name: str, passphrase: str, *, database_password: str | None = None) -> Vault:
    """Open a desk as one of its people; only the compartments they hold a key to can be read.

    `database_password` is for a shared desk whose server asks for one.
    Raises NoDesk, UnknownMember, WrongPassphrase, VaultDamaged, MadeByNewerFarbank, MadeByOlderFarbank, OtherRoot,
    CipherNotLive, PasswordWanted, ServerGone.
    """
    ring = keyring.read(folder)
    person = ring.person(name)
    ways = [way for each in (ring.people if person is None else (person,)) for way in each.ways]
    passphrases = [way for way in ways if isinstance(way, Passphrase)]
    if person is None:
        if passphrases:
            pretend(passphrase, passphrases[0].cost)
        raise UnknownMember(f"nobody called {name} is in this desk's keyring; check the spelling")
    for way in passphrases:
        secret = unwrap(person.name, passphrase, way, ring.roster.root)
        if secret is not None:
            return open_with(folder, ring, person, secret, database_password)
    raise WrongPassphrase(f"this passphrase is not {person.name}'s; try again, nothing was changed")


def open_with(
    folder: Path, ring: keyring.Keyring, person: keyring.Entry, secret: Secret, database_password: str | None = None
) -> Vault:
    """Open a desk with a person's secret, whichever way it was had. Raises what `open` does."""
    known = ring.roster.colleague(person.name)
    if known is None or known.public != secret.public:
        raise VaultDamaged(folder / keyring.FILE, f"the keys of {person.name} are not those the root signed")
    keys = file_keys.held(folder, person.held, person.name, secret, ring.roster.root)
    return Vault(folder, person.name, secret, keys, ring.roster, _place(folder, known, database_password))


def entry(colleague: Colleague, way: keyring.Way, keys: Mapping[Compartment, bytes], root: Secret) -> keyring.Entry:
    """Somebody's entry: one way in, and the keys their roles open sealed to them under the root's signature."""
    name, public = colleague.name, colleague.public
    held: keyring.Held = {
        compartment: (keyring.sealed_key(keys[compartment], compartment, name, public, root),)
        for compartment in opens(colleague.roles)
        if compartment in keys
    }
    return keyring.Entry(name=name, ways=(way,), held=held)


def with_root(people: Iterable[Colleague], roster: Roster) -> dict[str, Public]:
    """The public keys of these, and of the root where the desk can be recovered."""
    spare = {ROOT: roster.root} if roster.recoverable else {}
    return {each.name: each.public for each in people} | spare


def ordered(roles: Sequence[Role]) -> tuple[Role, ...]:
    """Roles once each, in their order."""
    return tuple(role for role in ROLES if role in roles)


def _place(folder: Path, who: Colleague, database_password: str | None) -> Place | None:
    url = server.read(folder)
    if url is None:
        return None
    from farbank.vault.policies import role
    from farbank.vault.postgres import Server  # the driver is an extra

    return Server(url, role(who.public), database_password)


def _secrets(members: Sequence[Member]) -> list[Secret]:
    names = [keyring.spelt(member.name) for member in members]
    for name in names:
        if names.count(name) > 1:
            raise MemberExists(f"the desk would have two people called {name}; choose another name")
    return [Secret.new() for _ in members]


def _kept(founding: Roster) -> tuple[Compartment, ...]:
    held = {compartment for each in founding for compartment in opens(each.roles)}
    for compartment in NEEDED:
        if compartment not in held:
            raise KeyWithoutHolder(f"nobody would hold the key to {compartment}; give it to at least one person")
    return tuple(compartment for compartment in KEPT if compartment in held)


def _lay(
    path: Path,
    compartment: Compartment,
    key: bytes,
    founding: Roster,
    reading: Secret,
    desk_key: SigningKey,
    by: Granter,
) -> None:
    files.touch(path)
    with cipher.connect(path, key) as connection, cipher.sound(path):
        schema.lay(connection, compartment, founding)
        if compartment == "audit":
            officers = founding.having(lambda each: "safety-officer" in each.roles)
            for name, public in with_root(officers, founding).items():
                audit.grant(connection, name, public, reading)
            seal_desk_key(connection, desk_key, founding)
        elif compartment != "ledger":
            holders = founding.having(lambda each: compartment in opens(each.roles) and reads_all(each.roles))
            scopes.new(connection, compartment, scopes.DESK, with_root(holders, founding), None, by)
    cipher.assert_encrypted(path)
