"""Files nobody else on the machine may read, and a folder held against everybody else."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from farbank.whole import OWNER_ONLY


def touch(path: Path) -> None:
    """Create an empty private file; a database opened on it later keeps its mode, and so do its -wal and -shm."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, OWNER_ONLY)
    os.fchmod(handle, OWNER_ONLY)  # the umask may have taken the owner's own bits
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
