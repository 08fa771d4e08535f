"""Whether the files of an index are as they were written: a damaged one finds fewer passages and says nothing."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

from farbank.watch.errors import DamagedArchive

MAGIC = 1337
"""The last four bytes of a file that tantivy closes with a footer (tantivy, `directory/footer.rs`)."""
PIECE = 2**20
PARTS = ("idx", "pos", "term", "fast", "fieldnorm", "store")
"""The files of a segment; what was deleted from it is in one more."""


def check(folder: Path) -> None:
    """Compare every file of an index with the CRC-32 in its footer. Raises DamagedArchive naming it.

    Against rot and half-copied folders, not against somebody who can write them. About 1 GB a second. Files that a
    writer is at work on are no part of the index yet; if it finishes meanwhile, what is there then is compared.
    """
    while True:
        listed = _listed(folder)
        try:
            for path in listed:
                if not _whole(path):
                    raise DamagedArchive(f"{path}: {DamagedArchive.__doc__}")
        except FileNotFoundError:
            if _listed(folder) == listed:
                raise DamagedArchive(f"{folder}: {DamagedArchive.__doc__}") from None
        else:
            return


def _listed(folder: Path) -> list[Path]:
    """The files of the segments that count, whether or not they are there."""
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        files = [
            f"{one['segment_id'].replace('-', '')}.{part}"
            for one in segments
            for part in (*PARTS, *([f"{one['deletes']['opstamp']}.del"] if one["deletes"] else []))
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedArchive(f"{folder / 'meta.json'}: {DamagedArchive.__doc__}") from error
    return [folder / file for file in files]


def _whole(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size < 8:
            return False
        file.seek(size - 8)
        length, magic = struct.unpack("<II", file.read(8))
        if magic != MAGIC or length > size - 8:
            return False
        file.seek(size - 8 - length)
        try:
            expected = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        found, left = 0, size - 8 - length
        while left:
            piece = file.read(min(PIECE, left))
            if not piece:
                return False
            found = zlib.crc32(piece, found)
            left -= len(piece)
    return bool(found == expected)
