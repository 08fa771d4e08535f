"""Put a compiled edition on disk, whole or not at all, and never over anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from farbank import whole


def write_edition(files: Mapping[str, bytes], folder: Path, at: datetime) -> None:
    """Write `files` (path inside the edition -> bytes) to `folder`, which is empty or new, all of them dated `at`.

    A server says when a file was written, to the second; when somebody was at work is nobody's business. Raises
    FolderInUse if it holds anything: what was published once is never written over.
    """
    with whole.folder(folder, at) as building:
        for name, data in files.items():
            target = building / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        building.chmod(0o755)  # an edition is public; the hidden folder was not
