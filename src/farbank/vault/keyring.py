"""`keyring.json`: the signed roster, everybody's ways in, and the keys sealed to each (docs/keyring.md)."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from farbank import whole
from farbank.model import codec
from farbank.model.desk_keys import DeskKeys
from farbank.model.errors import DecodeError
from farbank.vault import desk_list
from farbank.vault import roster as rosters
from farbank.vault.compartments import Compartment
from farbank.vault.errors import MadeByNewerFarbank, MadeByOlderFarbank, NoDesk, VaultDamaged
from farbank.vault.keypair import Public, Secret
from farbank.vault.passkey import Passkey
from farbank.vault.passphrase import VERSION, Passphrase
from farbank.vault.roster import ROOT, Roster

FILE = "keyring.json"
_KEY_BYTES = 32
Way = Passphrase | Passkey
Held = dict[Compartment, tuple[bytes, ...]]
"""Compartment keys sealed to somebody: one each, or two while a file's key is being replaced, the new one first."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One person's ways in, each to the same secret, and the compartment keys sealed to it."""

    name: str
    ways: Annotated[tuple[Way, ...], msgspec.Meta(min_length=1)]
    held: Held


class Keyring(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody who can open something, sorted by name so that the order does not tell who joined when.

    `recovery` holds the compartment keys sealed to the root, for a desk that chose to be recoverable; else nothing.
    `desk_keys` is the root's signature over the list of keys that readers are given (`desk_list`).
    """

    roster: Roster
    signature: bytes
    desk_keys: bytes
    people: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1)]
    recovery: Held = {}
    version: Literal[2] = 2

    @property
    def published(self) -> DeskKeys:
        """The keys the desk signs with as readers get them, under the root's signature."""
        return desk_list.published(self.roster, self.desk_keys)

    def person(self, name: str) -> Entry | None:
        """Find a person by name, None if the desk has none."""
        return next((entry for entry in self.people if entry.name == spelt(name)), None)

    def holders(self, compartment: Compartment) -> tuple[str, ...]:
        """Names of those who hold the compartment's key."""
        return tuple(entry.name for entry in self.people if compartment in entry.held)

    def with_entry(self, entry: Entry) -> Keyring:
        """The keyring with somebody's entry put in, or put in place of the one they had."""
        others = (person for person in self.people if person.name != entry.name)
        return msgspec.structs.replace(self, people=tuple(sorted((*others, entry), key=lambda person: person.name)))

    def under(self, roster: Roster, root: Secret) -> Keyring:
        """The keyring with another roster, signed; whoever has no role in it has no entry."""
        people = tuple(entry for entry in self.people if roster.works_here(entry.name))
        return msgspec.structs.replace(
            self,
            roster=roster,
            signature=rosters.sign(roster, root),
            desk_keys=desk_list.sign(roster, root),
            people=people,
        )

    def replacing(self, fresh: Mapping[Compartment, bytes], root: Secret) -> Keyring:
        """The keyring with a new key before the old one for everybody who holds these compartments."""
        named = [(entry.held, entry.name) for entry in self.people] + [(self.recovery, ROOT)]
        *held, recovery = (self._with_fresh(each, name, fresh, root) for each, name in named)
        people = (msgspec.structs.replace(entry, held=now) for entry, now in zip(self.people, held, strict=True))
        return msgspec.structs.replace(self, people=tuple(people), recovery=recovery)

    def replaced(self, compartments: Collection[Compartment]) -> Keyring:
        """The keyring without the old keys of these compartments."""

        def last(held: Held) -> Held:
            return {name: keys[:1] if name in compartments else keys for name, keys in held.items()}

        people = tuple(msgspec.structs.replace(entry, held=last(entry.held)) for entry in self.people)
        return msgspec.structs.replace(self, people=people, recovery=last(self.recovery))

    def _with_fresh(self, held: Held, name: str, fresh: Mapping[Compartment, bytes], root: Secret) -> Held:
        who = self.roster.colleague(name)
        public = self.roster.root if who is None else who.public
        return held | {
            each: (sealed_key(key, each, name, public, root), *held[each])
            for each, key in fresh.items()
            if each in held
        }


def sealed_key(key: bytes, compartment: Compartment, name: str, public: Public, root: Secret) -> bytes:
    """A compartment's key sealed to somebody of the desk, and signed by the root.

    Anybody can seal to them; unsigned, whoever can write to the folder could put a file of their own in its place.
    """
    return public.seal(key + root.sign(_vouched(key, compartment, name)), _purpose(compartment, name))


def opened_key(sealed: bytes, compartment: Compartment, name: str, secret: Secret, root: Public) -> bytes | None:
    """The compartment's key, None if this was not sealed to them for it, or not with the root's signature."""
    data = secret.open(sealed, _purpose(compartment, name)) or b""
    key, signature = data[:_KEY_BYTES], data[_KEY_BYTES:]
    return key if root.signed(_vouched(key, compartment, name), signature) else None


def sealed_to_root(keys: Mapping[Compartment, bytes], root: Secret) -> Held:
    """Compartment keys for a desk that can be recovered by whoever puts its root together."""
    return {name: (sealed_key(key, name, ROOT, root.public, root),) for name, key in keys.items()}


def spelt(name: str) -> str:
    """One spelling of a person's name, however the keyboard composes it."""
    return unicodedata.normalize("NFC", name).strip()


def read(folder: Path) -> Keyring:
    """Read a desk's keyring. Raises NoDesk, VaultDamaged, MadeByNewerFarbank, MadeByOlderFarbank."""
    return decode(bytes_of(folder), folder / FILE)


def bytes_of(folder: Path) -> bytes:
    """A desk's keyring of whatever version. Raises NoDesk, VaultDamaged."""
    path = folder / FILE
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        if any(folder.glob("*.db")):
            raise VaultDamaged(path, "the keyring is missing") from None
        raise NoDesk(f"there is no desk in {folder}; check the path, or create it with farbank desk init") from None


def write(folder: Path, keyring: Keyring) -> None:
    """Replace a desk's keyring in one step."""
    whole.file(folder / FILE, encode(keyring))


def encode(keyring: Keyring) -> bytes:
    """The one way to write a keyring: indented JSON with sorted keys and a checksum over the rest."""
    return canonical(codec.to_builtins(keyring))


def decode(data: bytes, path: Path) -> Keyring:
    """Read what `encode` wrote.

    Raises VaultDamaged if one byte differs or the root did not sign it, MadeByNewerFarbank, MadeByOlderFarbank.
    """
    plain = undamaged(data, path)
    newer = MadeByNewerFarbank(f"{path} was written by a newer farbank; update farbank before opening this desk")
    if plain.get("version") == 1:
        raise MadeByOlderFarbank(f"{path} was written by an older farbank; move the desk with farbank desk renew")
    if plain.get("version") != VERSION:
        raise newer
    try:
        ring = codec.convert(plain, Keyring, str(path))
    except DecodeError as error:
        if error.where.endswith(".kind"):  # a way in that this farbank does not know
            raise newer from None
        raise VaultDamaged(path, f"the keyring does not read at {error.where}") from None
    if not rosters.signed(ring.roster, ring.signature):
        raise VaultDamaged(path, "the desk's root did not sign the people in it")
    if not all(ring.roster.works_here(entry.name) for entry in ring.people):
        raise VaultDamaged(path, "it has somebody whom the desk's root does not know")
    return ring


def undamaged(data: bytes, path: Path) -> dict[str, Any]:
    """The content of a keyring of any version, without its checksum. Raises VaultDamaged if one byte differs."""
    try:
        plain: dict[str, Any] = msgspec.json.decode(data)
        del plain["checksum"]
        untouched = canonical(plain) == data
    except (msgspec.DecodeError, UnicodeError, KeyError, TypeError, RecursionError):
        untouched = False
    if not untouched:
        raise VaultDamaged(path, "the keyring is not as it was written")
    return plain


def canonical(plain: dict[str, Any]) -> bytes:
    """The bytes of a keyring. The checksum finds accidents; tampering is found by signature and wrappings."""
    checksum = hashlib.sha256(codec.to_json(plain)).hexdigest()
    return msgspec.json.format(codec.to_json({**plain, "checksum": checksum}), indent=2) + b"\n"


def _vouched(key: bytes, compartment: Compartment, name: str) -> bytes:
    return b"farbank compartment key 1\n" + _purpose(compartment, name) + key


def _purpose(compartment: Compartment, name: str) -> bytes:
    return codec.to_json(["compartment", compartment, name, VERSION])
