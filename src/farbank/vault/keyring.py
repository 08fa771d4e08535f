"""`keyring.json`: who of the desk holds which compartment's key, each key wrapped (see docs/keyring.md)."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from farbank import whole
from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.vault.compartments import Compartment
from farbank.vault.errors import MadeByNewerFarbank, NoDesk, VaultDamaged
from farbank.vault.passphrase import VERSION, Passphrase

FILE = "keyring.json"


class Entry(msgspec.Struct, frozen=True):
    """One person of the desk and their ways in; the name is the desk member's, never a partner's."""

    name: str
    ways: Annotated[tuple[Passphrase, ...], msgspec.Meta(min_length=1)]


class Keyring(msgspec.Struct, frozen=True):
    """Everybody who can open something, sorted by name so that the order does not tell who joined when."""

    people: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1)]
    version: Literal[1] = VERSION

    def person(self, name: str) -> Entry | None:
        """Find a person by name, None if the desk has none."""
        return next((entry for entry in self.people if entry.name == spelt(name)), None)

    def holders(self, compartment: Compartment) -> tuple[str, ...]:
        """Names of those who hold the compartment's key."""
        return tuple(entry.name for entry in self.people if any(compartment in way.wrapped for way in entry.ways))

    def joined_by(self, entry: Entry) -> Keyring:
        """The keyring with one more person."""
        return Keyring(tuple(sorted((*self.people, entry), key=lambda person: person.name)))


def spelt(name: str) -> str:
    """One spelling of a person's name, however the keyboard composes it."""
    return unicodedata.normalize("NFC", name).strip()


def read(folder: Path) -> Keyring:
    """Read a desk's keyring. Raises NoDesk, VaultDamaged, MadeByNewerFarbank."""
    path = folder / FILE
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        if any(folder.glob("*.db")):
            raise VaultDamaged(path, "the keyring is missing") from None
        raise NoDesk(f"there is no desk in {folder}; check the path, or create it with farbank desk init") from None
    return decode(data, path)


def write(folder: Path, keyring: Keyring) -> None:
    """Replace a desk's keyring in one step."""
    whole.file(folder / FILE, encode(keyring))


def encode(keyring: Keyring) -> bytes:
    """The one way to write a keyring: indented JSON with sorted keys and a checksum over the rest."""
    return _canonical(codec.to_builtins(keyring))


def decode(data: bytes, path: Path) -> Keyring:
    """Read what `encode` wrote. Raises VaultDamaged if one byte differs, MadeByNewerFarbank on a later version."""
    try:
        plain = msgspec.json.decode(data)
        del plain["checksum"]
        untouched = _canonical(plain) == data
    except (msgspec.DecodeError, UnicodeError, KeyError, TypeError, RecursionError):
        untouched = False
    if not untouched:
        raise VaultDamaged(path, "the keyring is not as it was written")
    newer = MadeByNewerFarbank(f"{path} was written by a newer farbank; update farbank before opening this desk")
    if plain.get("version") != VERSION:
        raise newer
    try:
        return codec.convert(plain, Keyring, str(path))
    except DecodeError as error:
        if error.where.endswith(".kind"):  # a way in that this farbank does not know
            raise newer from None
        raise VaultDamaged(path, f"the keyring does not read at {error.where}") from None


def _canonical(plain: Any) -> bytes:
    # The checksum finds accidents; tampering is found by the wrappings, which bind person, compartment and version.
    checksum = hashlib.sha256(codec.to_json(plain)).hexdigest()
    return msgspec.json.format(codec.to_json({**plain, "checksum": checksum}), indent=2) + b"\n"
