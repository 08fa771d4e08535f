"""Put a compiled edition on disk, whole or not at all, and never over something that is not ours."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from farbank.desk.errors import FolderInUse

MARK = "manifest.json"


def write_edition(files: Mapping[str, bytes], folder: Path) -> None:
    """Write `files` (path inside the edition -> bytes) to `folder`, replacing an earlier edition there.

    Raises FolderInUse if the folder holds anything but an edition.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).is_file())):
        raise FolderInUse(f"{folder} holds something that is not an edition; name an empty or new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".edition-", dir=folder.parent))
    try:
        for name, data in files.items():
            target = building / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        building.chmod(0o755)  # an edition is public; the temporary folder was not
        if folder.exists():
            shutil.rmtree(folder)
        building.rename(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
