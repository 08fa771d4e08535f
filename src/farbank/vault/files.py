"""Files nobody else on the machine may read, written whole or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER_ONLY = 0o600


def write(path: Path, data: bytes) -> None:
    """Replace `path` by `data` in one step; after a crash it holds either the old bytes or the new ones."""
    fresh = path.with_name(path.name + ".new")
    handle = _open_private(fresh, os.O_WRONLY | os.O_TRUNC)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def touch(path: Path) -> None:
    """Create an empty private file; a database opened on it later keeps its mode, and so do its -wal and -shm."""
    os.close(_open_private(path, os.O_WRONLY | os.O_EXCL))


def sync_folder(folder: Path) -> None:
    """Make names created or replaced in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold `folder` against every other process that locks it too; waits for its turn."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _open_private(path: Path, flags: int) -> int:
    handle = os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW, OWNER_ONLY)
    os.fchmod(handle, OWNER_ONLY)  # the umask may have taken the owner's own bits, or the file may be older than us
    return handle
