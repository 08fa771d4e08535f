"""The end of a desk: identities first, then every key, then the files.

It takes two people, since nothing brings it back and one can be forced or wrong. Identities alone one safety officer
burns at once (`burn.burn_people`): what must not be found in the next hour waits for nobody.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from farbank.vault import backup_places, burn, keyring, retention, sign_off
from farbank.vault.backup_parts import KEYS, SEGMENTS
from farbank.vault.case_store import POINTER
from farbank.vault.errors import CompartmentClosed, UnderHold
from farbank.vault.store import Vault

ABOUT = "desk"


@dataclass(frozen=True)
class Destroyed:
    """Backup places whose keys were destroyed too, and those nobody reached, which somebody has to."""

    places: tuple[str, ...]
    left: tuple[str, ...]


def propose(opened: Vault, reason: str) -> str:
    """Ask somebody else to agree that the desk be destroyed. Raises NotAllowed."""
    return sign_off.propose(opened, "destroy-desk", ABOUT, reason)


def destroy(opened: Vault, act: str) -> Destroyed:
    """Do what two people agreed to, as a safety officer; the vault cannot be used afterwards.

    Killed in between, it has burned identities before anything else, and what is left opens with no passphrase once the
    keyring is gone. Raises ActNotOpen, CompartmentClosed, UnderHold, VaultBusy.
    """
    opened.assert_in_files("overwriting")
    sign_off.agreed(opened, act, "destroy-desk", ABOUT)
    if "identities" not in opened.compartments:
        raise CompartmentClosed(f"{opened.person} holds no key to identities, which are burned first; ask an officer")
    for name, hold in retention.holds(opened).items():
        raise UnderHold(f"{name} is held by {hold.by}: {hold.reason}; nothing was changed, lift the hold first")
    for case in opened.ids("content", POINTER):
        burn.burn_people(opened, case, (), "the desk is destroyed")
    sign_off.done(opened, act)
    places = [each.place for each in backup_places.places(opened)]
    folder = opened.folder
    opened.close()
    _overwrite(folder / keyring.FILE)
    reached = [place for place in places if _destroy_backup(Path(place))]
    shutil.rmtree(folder)
    return Destroyed(tuple(reached), tuple(place for place in places if place not in reached))


def _destroy_backup(place: Path) -> bool:
    found = [*place.glob(f"{KEYS}*/*.age")]
    for path in found:
        _overwrite(path)
    if found:  # else it is no backup, whatever a record says of it
        for folder in (*place.glob(f"{KEYS}*"), place / SEGMENTS):
            shutil.rmtree(folder, ignore_errors=True)
    return bool(found)


def _overwrite(path: Path) -> None:
    """Write over a file and take it away; a disk that moves what is written keeps the old bytes for a while."""
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
