"""Web archives (WARC 1.0 and 1.1, ISO 28500), plain or with a gzip member per record."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from datetime import UTC
from io import SEEK_END, BytesIO
from typing import Any, BinaryIO

from fastwarc import ArchiveIterator, WarcRecordType
from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

from farbank.model.captures import Capture
from farbank.watch.captures import NOT_MODIFIED
from farbank.watch.errors import TruncatedArchive
from farbank.watch.sources import GZIP, MOST

CHUNK = 2**16
ENDS = "a record stops in the middle"
WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit


def read(file: BinaryIO, name: str) -> Iterator[Capture]:
    """Yield the responses and resources of a WARC that can be sought in; `name` is the file's, for messages.

    Requests and metadata are passed over, and revisits unless the server said that the page was not modified. Raises
    TruncatedArchive naming file and record where it is damaged or stops in the middle.
    """
    number = at = 0
    try:
        # The types are told apart here: the iterator does not notice when one that it skips stops in the middle.
        for record in ArchiveIterator(file, parse_http=False):
            number, at = number + 1, record.stream_pos
            if record.record_type & WANTED:
                capture = _capture(record)
                if capture is not None:
                    yield capture
            elif record.reader.consume() < record.content_length:
                raise EOFError(ENDS)
        check_end(file, at)
    except (OSError, EOFError, ValueError, OverflowError, zlib.error) as error:
        place = f"at or after record {number}, byte {at}"
        raise TruncatedArchive(f"{name}: {place}: {error}. {TruncatedArchive.__doc__}") from None


def _capture(record: Any) -> Capture | None:
    """The capture of one record, None for what was not fetched over HTTP (look-ups of names)."""
    status = 0
    headers: tuple[tuple[str, str], ...] = (("content-type", record.headers.get("Content-Type", "")),)
    if record.record_type != WarcRecordType.resource:
        if not record.is_http:
            if record.reader.consume() < record.content_length:
                raise EOFError(ENDS)
            return None
        record.parse_http(strict_mode=False)
        headers = tuple((key.lower(), value) for key, value in record.http_headers.to_tuples())
        status = record.http_headers.status_code or 0
    if record.record_date is None:
        raise ValueError("it has no date")
    length = record.content_length
    body = record.reader.read(MOST + 1)
    if len(body) < min(length, MOST + 1):
        raise EOFError(ENDS)
    if record.record_type == WarcRecordType.revisit and status != NOT_MODIFIED:
        return None  # the page as it was before, which is in another record
    body, broken = _undone(body, dict(headers)) if status else (body, False)
    return Capture(
        url=record.headers.get("WARC-Target-URI", "").strip("<>"),  # WARC 1.0 allowed the brackets
        taken=record.record_date.astimezone(UTC),
        status=status,
        headers=headers,
        body=body[:MOST],
        cut=broken or len(body) > MOST or "WARC-Truncated" in record.headers,
    )


def _undone(body: bytes, headers: dict[str, str]) -> tuple[bytes, bool]:
    """The body without transfer and content encodings, and whether it broke off; crawlers often undid them already."""
    coded = f"{headers.get('content-encoding', '')},{headers.get('transfer-encoding', '')}".lower()
    broken = False
    for coding in reversed([word.strip() for word in coded.split(",")]):
        if coding in ("gzip", "x-gzip", "deflate"):
            body, broken = _inflated(body)
        elif coding in _READERS:
            body, broken = _drained(_READERS[coding](BytesIO(body)), body)
    return body, broken


_READERS: dict[str, Callable[[BinaryIO], Any]] = {"chunked": ChunkedReader, "br": BrotliReader, "zstd": ZstdReader}


def _inflated(body: bytes) -> tuple[bytes, bool]:
    """What gzip or zlib packed, a little more than `MOST` at most; `body` itself if neither did."""
    inflate, parts, size = zlib.decompressobj(47), [], 0
    try:
        for start in range(0, len(body), CHUNK):
            parts.append(inflate.decompress(body[start : start + CHUNK], MOST + 1 - size))
            size += len(parts[-1])
            if size > MOST or inflate.eof:
                return b"".join(parts), False
    except zlib.error:
        pass
    return (b"".join(parts), True) if size else (body, False)


def _drained(stream: Any, body: bytes) -> tuple[bytes, bool]:
    """What comes out of `stream`, a little more than `MOST` at most; `body` itself if nothing does."""
    parts, size = [], 0
    try:
        while size <= MOST and (part := stream.read(CHUNK)):
            parts.append(part)
            size += len(part)
    except OSError:
        return (b"".join(parts), True) if parts else (body, False)
    return (b"".join(parts), False) if parts else (body, False)


def check_end(file: BinaryIO, at: int) -> None:
    """Raise EOFError or zlib.error unless the last record, which starts at `at`, is whole and the last thing there is.

    The iterator takes an end in the middle of a record's head for the end of the file.
    """
    file.seek(0)
    if file.read(2) != GZIP:
        file.seek(-min(4, file.seek(0, SEEK_END)), SEEK_END)
        if not file.read(4).replace(b"\r", b"").endswith(b"\n\n"):
            raise EOFError(ENDS)
        return
    try:
        _check_members(file, at)
    except (EOFError, zlib.error):
        if at == 0:
            raise
        _check_members(file, 0)  # where all records are in one member, nothing begins at `at`


def _check_members(file: BinaryIO, at: int) -> None:
    file.seek(at)
    inflate = None
    while chunk := file.read(CHUNK):
        while chunk:
            inflate = inflate or zlib.decompressobj(31)
            inflate.decompress(chunk, CHUNK)
            chunk = inflate.unconsumed_tail
            if inflate.eof:
                chunk, inflate = inflate.unused_data.lstrip(b"\0"), None
    if inflate is not None:
        raise EOFError(ENDS)
