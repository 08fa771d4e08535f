"""Article files as they come: one JSON object a line, plain or compressed."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from farbank.model.errors import DecodeError
from farbank.model.statemedia import Article
from farbank.watch import line
from farbank.watch.errors import TruncatedArchive

LONGEST_LINE = line.LONGEST


def read(path: Path) -> Iterator[Article]:
    """Yield the articles of a JSONL or JSONL.gz file one by one; fields an Article does not have are passed over.

    Raises DecodeError naming file and line, TruncatedArchive if a compressed file stops in the middle.
    """
    with path.open("rb") as raw:
        packed = raw.peek(2)[:2] == b"\x1f\x8b"  # without moving on: it may be a pipe
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
        try:
            for number, text in enumerate(_lines(stream), 1):
                if len(text) > LONGEST_LINE:
                    raise DecodeError(str(path), f"line {number}", f"longer than {LONGEST_LINE} bytes")
                if text.strip():
                    yield _article(text, str(path), number)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise TruncatedArchive(f"{path}: {error}. {TruncatedArchive.__doc__}") from None


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while text := stream.readline(LONGEST_LINE + 1):
        yield text


def _article(text: bytes, file: str, number: int) -> Article:
    try:
        return line.article(text)
    except ValueError as error:
        raise DecodeError(file, f"line {number}", f"expected an article as one JSON object: {error}") from None
