"""Article files: one JSON object a line, plain or compressed."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from farbank.model.captures import Capture
from farbank.model.errors import DecodeError
from farbank.model.statemedia import Article
from farbank.watch.errors import TruncatedArchive
from farbank.watch.line import LONGEST, article
from farbank.watch.sources import GZIP

HEADERS = (("content-type", "application/json"),)


def read(file: BufferedReader, name: str, taken: datetime) -> Iterator[Capture]:
    """Yield every line that holds an article, its bytes as they are; `name` is the file's, for messages.

    Its address is the article's own, `urn:farbank:<id>` if it has none. Raises DecodeError naming file and line,
    TruncatedArchive if a compressed file stops in the middle.
    """
    packed = file.peek(2)[:2] == GZIP
    stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
    try:
        number = 0
        while line := stream.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                raise DecodeError(name, f"line {number}", f"longer than {LONGEST} bytes")
            if line.strip():
                yield capture(_article(line, name, number), line, taken)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise TruncatedArchive(f"{name}: line {number + 1}: {error}. {TruncatedArchive.__doc__}") from None


def articles(path: Path) -> Iterator[Article]:
    """Yield the articles of an article file as they are labelled. Raises as `read` does."""
    with path.open("rb") as file:
        for one in read(file, str(path), datetime.now(UTC)):
            yield article(one.body)


def capture(found: Article, line: bytes, taken: datetime) -> Capture:
    """A line as a capture: of the article's own address, `urn:farbank:<id>` if it has none."""
    return Capture(url=found.url or f"urn:farbank:{found.id}", taken=taken, headers=HEADERS, body=line)


def _article(line: bytes, name: str, number: int) -> Article:
    try:
        return article(line)
    except ValueError as error:
        raise DecodeError(name, f"line {number}", f"expected an article as one JSON object: {error}") from None
