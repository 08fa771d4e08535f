"""Files and folders written whole or not at all, for the rooms that touch the disk."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from farbank.model.errors import FolderInUse

OWNER_ONLY = 0o600


def file(path: Path, data: bytes) -> None:
    """Replace `path` by `data`, readable by its owner only; after a crash it holds the old bytes or the new ones."""
    fresh = path.with_name(path.name + ".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, OWNER_ONLY)
    with os.fdopen(handle, "wb") as opened:
        os.fchmod(handle, OWNER_ONLY)  # the umask may have taken the owner's own bits, or the file may be older
        opened.write(data)
        opened.flush()
        os.fsync(handle)
    fresh.replace(path)
    sync(path.parent)


@contextmanager
def folder(path: Path, at: datetime | None = None) -> Iterator[Path]:
    """Give a hidden folder to fill, its owner's only, and put it at `path` once the block has ended well.

    With `at`, everything in it is dated so, that it may not tell when it was made. It is durable before it appears.
    Otherwise it is taken away, and `path` is as it was. Raises FolderInUse.
    """
    assert_free(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        yield building
        for made in (*building.rglob("*"), building):
            if made.is_dir() or made.stat().st_nlink == 1:  # a second name is of a file that was durable before
                if at is not None:
                    date(made, at)
                sync(made)
        _rename(building, path)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    sync(path.parent)


def date(path: Path, at: datetime) -> None:
    """Date a file or a folder."""
    os.utime(path, (at.timestamp(), at.timestamp()), follow_symlinks=False)


def assert_free(path: Path) -> None:
    """Refuse a folder that holds something or that could not be made. Raises FolderInUse, OSError."""
    if path.is_symlink() or (path.exists() and (not path.is_dir() or path.samefile(".") or any(path.iterdir()))):
        raise _in_use(path)
    around = next((parent for parent in path.parents if parent.exists()), path)
    if not around.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(around))
    if not os.access(around, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(around))


def _rename(building: Path, path: Path) -> None:
    try:
        building.rename(path)  # replaces an empty folder and nothing else, so two people cannot make one folder
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise _in_use(path) from None
        raise


def _in_use(path: Path) -> FolderInUse:
    return FolderInUse(f"{path} is taken: it must be a new or an empty folder; name another, nothing was changed")


def sync(path: Path) -> None:
    """Make what was written to a file, or the names in a folder, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
