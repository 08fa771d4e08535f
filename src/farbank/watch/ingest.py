"""Article files as they come: one JSON object a line, plain or compressed."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from farbank.model.errors import DecodeError
from farbank.model.statemedia import Article
from farbank.watch.errors import TruncatedArchive

LONGEST_LINE = 16 * 2**20
"""Bytes; a line beyond it is not an article (the longest in a real file has 0.2 MB)."""


def read(path: Path) -> Iterator[Article]:
    """Yield the articles of a JSONL or JSONL.gz file one by one; fields an Article does not have are passed over.

    Raises DecodeError naming file and line, TruncatedArchive if a compressed file stops in the middle.
    """
    decoder = msgspec.json.Decoder(Article)
    with path.open("rb") as raw:
        packed = raw.peek(2)[:2] == b"\x1f\x8b"  # without moving on: it may be a pipe
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
        try:
            for number, line in enumerate(_lines(stream), 1):
                if len(line) > LONGEST_LINE:
                    raise DecodeError(str(path), f"line {number}", f"longer than {LONGEST_LINE} bytes")
                if line.strip():
                    yield _article(decoder, line, str(path), number)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise TruncatedArchive(f"{path}: {error}. {TruncatedArchive.__doc__}") from None


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(LONGEST_LINE + 1):
        yield line


def _article(decoder: msgspec.json.Decoder[Article], line: bytes, file: str, number: int) -> Article:
    try:
        try:
            return decoder.decode(line)
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:  # strict JSON has no NaN, but files written by Python do
            return msgspec.convert(json.loads(line), Article)
    except ValueError as error:
        raise DecodeError(file, f"line {number}", f"expected an article as one JSON object: {error}") from None
