"""A compartment's file put under another key: whatever is killed on the way, the desk opens, and nothing is copied.

The keyring first names both keys, the new one and the old; then the file is encrypted anew in place, all of it or
nothing (SQLCipher's rekey); then the old key leaves the keyring. Whoever opens a desk on which this was cut short, and
holds the compartment, finishes it.
"""

from __future__ import annotations

from pathlib import Path

from farbank.vault import cipher, files, keyring
from farbank.vault.compartments import Compartment, file_name
from farbank.vault.errors import VaultBusy, VaultDamaged
from farbank.vault.keypair import Public, Secret


def held(folder: Path, sealed: keyring.Held, name: str, secret: Secret, root: Public) -> dict[Compartment, bytes]:
    """The keys somebody holds, each signed by the root; a replacement that was cut short is finished first.

    Raises VaultDamaged, VaultBusy.
    """
    if any(len(keys) > 1 for keys in sealed.values()):
        with files.locked(folder):
            ring = keyring.read(folder)
            entry = ring.person(name)
            sealed = ring.recovery if entry is None else entry.held
            opened = _opened(folder, sealed, name, secret, root)
            finish(folder, ring, {of: (new, old[0]) for of, (new, *old) in opened.items() if old})
            return {of: keys[0] for of, keys in opened.items()}
    return {of: keys[0] for of, keys in _opened(folder, sealed, name, secret, root).items()}


def finish(folder: Path, ring: keyring.Keyring, keys: dict[Compartment, tuple[bytes, bytes]]) -> None:
    """Put the files still under the second of two keys under the first, and let the keyring forget the second.

    Call it with the folder locked. Raises VaultDamaged, VaultBusy.
    """
    for compartment, (new, old) in keys.items():
        _rekey(folder / file_name(compartment), old, new)
    keyring.write(folder, ring.replaced(keys))


def _rekey(path: Path, old: bytes, new: bytes) -> None:
    if not cipher.fits(path, new):
        cipher.rekey(path, old, new)
    if not cipher.fits(path, new):
        raise VaultBusy(f"{path} is being written to, so its key was not replaced yet; open the desk again in a moment")


def _opened(
    folder: Path, sealed: keyring.Held, name: str, secret: Secret, root: Public
) -> dict[Compartment, list[bytes]]:
    opened = {
        compartment: [keyring.opened_key(each, compartment, name, secret, root) for each in keys]
        for compartment, keys in sealed.items()
    }
    sound = {of: [key for key in keys if key is not None] for of, keys in opened.items()}
    if not all(sound.values()) or sound != opened:
        raise VaultDamaged(folder / keyring.FILE, f"a key of {name.strip()} was altered")
    return sound
