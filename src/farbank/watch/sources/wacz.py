"""Web archives zipped with their indexes (WACZ 1.1.1, Webrecorder); only the WARCs in it are read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO, cast

from farbank.model.captures import Capture
from farbank.watch.errors import PackedTooTight, TruncatedArchive, UnreadableSource
from farbank.watch.sources import warc

TIGHTEST = 100
"""How many times more a part may hold than it takes up: pages shrink to a tenth, and a WARC in gzip not at all."""


def read(file: BufferedReader, name: str) -> Iterator[Capture]:
    """Yield the captures of every WARC in the zip, in order of their names; nothing is unpacked to the disk.

    Raises TruncatedArchive naming file, part and record, PackedTooTight, UnreadableSource if it holds no WARC.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            parts = sorted(
                (part for part in packed.infolist() if part.filename.endswith((".warc", ".warc.gz"))),
                key=lambda part: part.filename,
            )
            if not parts:
                raise UnreadableSource(f"{name}: {UnreadableSource.__doc__}")
            _check_sizes(parts, file.seek(0, 2), name)
            for part in parts:
                with packed.open(part) as stream:
                    yield from warc.read(cast(BinaryIO, stream), f"{name}: {part.filename}")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:  # the last two: a cipher or so
        raise TruncatedArchive(f"{name}: {error}. {TruncatedArchive.__doc__}") from None


def _check_sizes(parts: list[zipfile.ZipInfo], size: int, name: str) -> None:
    """Parts that lie over each other unpack the same bytes again and again."""
    if sum(part.compress_size for part in parts) > size:
        raise PackedTooTight(f"{name}: {PackedTooTight.__doc__}")
    for part in parts:
        if part.file_size > TIGHTEST * max(part.compress_size, 2**10):
            raise PackedTooTight(f"{name}: {part.filename}: {PackedTooTight.__doc__}")
