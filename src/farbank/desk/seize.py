"""What somebody has who takes a machine: by scanning it as they would, and for a partner's phone from the calls."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Literal, get_args

import msgspec

from farbank import vault
from farbank.desk.errors import NobodysPassphrase
from farbank.desk.handset import Handset, handsets
from farbank.vault import seizure
from farbank.vault.seizure import Seizure

Machine = Literal["partner-phone", "editor-laptop", "server", "backup", "content-file"]
MACHINES: tuple[Machine, ...] = get_args(Machine)


class Seized(msgspec.Struct, frozen=True, kw_only=True):
    """What was found on the image, or of a partner's phone what it shows, since nothing of ours is kept there."""

    machine: Machine
    image: Seizure | None = None
    handsets: tuple[Handset, ...] = ()


def seize(folder: Path, machine: Machine, passphrase: str | None = None, *, words: Collection[str] = ()) -> Seized:
    """Scan `folder` as what `machine` leaves: a copy of a laptop, the files of a server, or the place of a backup.

    For a laptop `passphrase` is one that whoever took it knows. For one file of content with its key, and for a
    partner's phone, `folder` is the desk and the passphrase that of somebody who reads content. `words` are looked for
    besides. Raises NoDesk, NobodysPassphrase, CompartmentClosed, OSError.
    """
    if not folder.is_dir():
        raise vault.NoDesk(f"there is no folder {folder}; name the copy of the machine, or the desk")
    if machine == "server":
        return Seized(machine=machine, image=seizure.scan(folder, words=words))
    if machine in ("editor-laptop", "backup"):
        return Seized(machine=machine, image=seizure.scan(folder, passphrase=passphrase, words=words))
    with _opened(folder, passphrase) as opened:
        if machine == "partner-phone":
            return Seized(machine=machine, handsets=handsets(opened))
        if "content" not in opened.keys:
            raise vault.CompartmentClosed(f"{opened.person} holds no key to content; give the passphrase of who does")
        content, key = opened.path("content"), opened.keys["content"]
    return Seized(machine=machine, image=_alone(content, key, words))


def _opened(folder: Path, passphrase: str | None) -> vault.Vault:
    name = None if passphrase is None else seizure.whose(folder, passphrase)
    if name is None or passphrase is None:
        raise NobodysPassphrase("this needs the passphrase of somebody of the desk, which this is not; try again")
    return vault.open(folder, name, passphrase)


def _alone(content: Path, key: bytes, words: Collection[str]) -> Seizure:
    """The file of content and its key, as if somebody had got both and nothing else."""
    with tempfile.TemporaryDirectory(prefix="farbank-") as made:
        for path in content.parent.glob(f"{content.name}*"):
            shutil.copy2(path, made)
        return seizure.scan(Path(made), keys={"content": key}, words=words)
