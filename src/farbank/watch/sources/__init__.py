"""Captures out of files somebody collected or handed over, read as a stream."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BufferedReader
from pathlib import Path

from farbank.model.captures import Capture
from farbank.watch.errors import UnreadableSource

MOST = 16 * 2**20
"""Bytes of one body that are read; no page of an outlet is longer."""

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
WARC = b"WARC/"


def read(path: Path, taken: datetime) -> Iterator[Capture]:
    """Yield what a file holds: JSONL or WARC (plain or gzip), a WACZ, or a folder of HTML pages.

    The bytes say which it is, not the name. `taken` (UTC) is when files that do not say it themselves were taken.
    Raises DecodeError naming file and line, TruncatedArchive naming file and record, UnreadableSource, PackedTooTight.
    """
    from farbank.watch.sources import lines

    if path.is_dir():
        from farbank.watch.sources import pages

        yield from pages.read(path, taken)
        return
    with path.open("rb") as file:
        head = file.peek(2**10)[: 2**10]  # without moving on: it may be a pipe
        if head.startswith(ZIP):
            from farbank.watch.sources import wacz

            yield from wacz.read(_whole(file, path), str(path))
        elif _unpacked(head).startswith(WARC):
            from farbank.watch.sources import warc

            yield from warc.read(_whole(file, path), str(path))
        else:
            yield from lines.read(file, str(path), taken)


def _unpacked(head: bytes) -> bytes:
    if not head.startswith(GZIP):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, len(WARC))
    except zlib.error:
        return b""


def _whole(file: BufferedReader, path: Path) -> BufferedReader:
    if not file.seekable():
        raise UnreadableSource(f"{path}: a WARC or WACZ is read from a file, not from a pipe; save it first")
    return file
