"""Put a compiled edition on disk, whole or not at all, and never over anything."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from farbank.intake.errors import FolderInUse


def write_edition(files: Mapping[str, bytes], folder: Path) -> None:
    """Write `files` (path inside the edition -> bytes) to `folder`, which is empty or new.

    Raises FolderInUse if it holds anything: what was published once is never written over.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUse(f"{folder} already holds something; name an empty or new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".edition-", dir=folder.parent))
    try:
        for name, data in files.items():
            target = building / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        building.chmod(0o755)  # an edition is public; the temporary folder was not
        building.replace(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
