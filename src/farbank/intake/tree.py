"""A folder as plain bytes by name, read without following anything out of it and written all or not at all."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from farbank import whole
from farbank.intake.errors import NotACaseFolder, TooLarge, UnsafePath

TEXT_LIMIT = 1 << 20
"""Bytes in one text file: a report is a few hundred words, so a megabyte is already a mistake."""
PICTURE_LIMIT = 32 << 20
"""Bytes in one picture file: above what a telephone's camera writes."""
TOTAL_LIMIT = 256 << 20
"""Bytes in the whole folder, which is held in memory."""
COUNT_LIMIT = 5_000
"""Files in the whole folder."""
NAME_LIMIT = 120
"""Characters in a file name."""


def is_plain_name(name: str) -> bool:
    """Say whether `name` is one plain file name: no folder, no control or invisible character, not hidden."""
    forbidden = any(char in "/\\:" or unicodedata.category(char)[0] == "C" for char in name)
    return 0 < len(name) <= NAME_LIMIT and not forbidden and not name.startswith(".") and name == name.strip()


def load(folder: Path, subfolders: frozenset[str]) -> dict[str, bytes]:
    """Read every file of `folder` and of its named subfolders, keyed by relative name with `/`, in sorted order.

    Hidden files are passed over. Raises UnsafePath on links, devices and odd names, TooLarge, NotACaseFolder.
    """
    if not folder.is_dir():
        raise NotACaseFolder(f"{folder} is not a folder; give the folder that holds case.toml")
    files: dict[str, bytes] = {}
    total = 0
    for name, path in _walk(folder, subfolders):
        files[name] = _bytes(path, name)
        total += len(files[name])
        if total > TOTAL_LIMIT or len(files) > COUNT_LIMIT:
            raise TooLarge(
                f"{folder} holds more than {TOTAL_LIMIT >> 20} MB or {COUNT_LIMIT} files; split the case in two"
            )
    return files


def store(files: Mapping[str, bytes], folder: Path) -> None:
    """Write `files` as `folder`, readable by its owner only, whole or not at all.

    Raises FolderInUse if `folder` exists and is not an empty folder, UnsafePath if a name could leave it.
    """
    for name in files:
        if not all(is_plain_name(part) for part in name.split("/")):
            raise UnsafePath(f"{name!r} cannot be the name of a file in a case folder; rename it in the case")
    with whole.folder(folder) as building:
        for name, data in files.items():
            _put(building / name, data)


def _walk(folder: Path, subfolders: frozenset[str]) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        _check_name(path.name)
        mode = path.lstat().st_mode
        if not stat.S_ISDIR(mode):
            yield path.name, path
        elif path.name not in subfolders:
            raise NotACaseFolder(
                f"{path.name}/ is no part of a case folder; it may have {', '.join(sorted(subfolders))}"
            )
        else:
            for child in sorted(path.iterdir()):
                if not child.name.startswith("."):
                    _check_name(child.name)
                    yield f"{path.name}/{child.name}", child


def _check_name(name: str) -> None:
    if not is_plain_name(name):
        raise UnsafePath(f"{name!r} is not a plain file name; rename it, without control characters or colons")


def _bytes(path: Path, name: str) -> bytes:
    limit = PICTURE_LIMIT if name.startswith("media/") and not name.endswith(".toml") else TEXT_LIMIT
    try:
        # A link is refused even if it was put there since the walk, and a pipe is not waited for.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise UnsafePath(
            f"{name} is a link or cannot be opened ({error.strerror}); a case folder holds plain files only"
        ) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnsafePath(f"{name} is not a plain file; a case folder holds plain files only")
    with os.fdopen(handle, "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(f"{name} is larger than {limit >> 20} MB; make it smaller, or split the case in two")
    return data


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
