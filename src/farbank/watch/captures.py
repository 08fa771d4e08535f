"""Raw captures, kept as they came in WARC files (ISO 28500:2017): a gzip member each, only ever appended to."""

from __future__ import annotations

import errno
import os
import re
import uuid
import zlib
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

import msgspec

from farbank.model.captures import Capture
from farbank.watch.errors import DamagedArchive

FULL = 256 * 2**20
"""Bytes after which a new file is begun."""
LEVEL = 3
"""How hard is packed: half the time of zlib's own choice, for 4 % more bytes of a page."""
NOT_MODIFIED = HTTPStatus.NOT_MODIFIED
_ENCODED = ("content-encoding", "transfer-encoding")
"""Headers of encodings that are undone in what is kept; renamed, so that no reader undoes them again."""
_SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_READ = frozenset({"content-type", "location", "etag", "last-modified"})
"""Headers something is read from."""


class Kept(msgspec.Struct, frozen=True):
    """Where a capture is kept: the number of its file, and the first byte and the length of its member."""

    file: int
    start: int
    length: int


def member(capture: Capture, sha256: bytes, *, again: bool = False) -> bytes:
    """One capture as a compressed WARC record; `again` says that its body is kept under the same hash already."""
    fetched = capture.status != 0
    again = again or capture.status == NOT_MODIFIED
    body = b"" if again else capture.body
    block = (_http(capture) if fetched else b"") + body
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{capture.url} {capture.taken} {sha256.hex()}")
    fields = {
        "WARC-Type": "revisit" if again else "response" if fetched else "resource",
        "WARC-Record-ID": f"<urn:uuid:{name}>",
        "WARC-Date": date(capture.taken),
        "WARC-Target-URI": address(capture.url),
        "WARC-Payload-Digest": f"sha256:{sha256.hex()}",
        "Content-Type": "application/http;msgtype=response" if fetched else _plain(capture.header("content-type")),
        "Content-Length": str(len(block)),
    }
    if again:
        fields["WARC-Profile"] = _UNCHANGED if capture.status == NOT_MODIFIED else _SAME
    if capture.cut:
        fields["WARC-Truncated"] = "length"
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value) + "\r\n"
    packer = zlib.compressobj(LEVEL, wbits=31)
    return packer.compress(head.encode() + block + b"\r\n\r\n") + packer.flush()


def kept(capture: Capture) -> Capture:
    """A capture with its headers as its record gives them back, so that what is read now can be read again."""
    headers = [(_CONTROL.sub("", name), value) for name, value in capture.headers]
    if not capture.status:
        headers = [("content-type", capture.header("content-type"))]
    return msgspec.structs.replace(
        capture, headers=tuple((name, _plain(value) if name in _READ else value) for name, value in headers)
    )


class Record(msgspec.Struct, frozen=True):
    """A WARC record: address and time it gives, status and headers of the answer (0 and the type alone for what was not
    fetched), whether it was cut, and what it keeps of the page itself, None if it only points to it."""

    url: str
    date: str
    status: int
    headers: tuple[tuple[str, str], ...]
    cut: bool
    body: bytes | None

    def header(self, name: str) -> str:
        """The first header of that (lower-case) name, empty if there is none."""
        return next((value for key, value in self.headers if key == name), "")


def opened(member: bytes) -> Record:
    """Take a record apart. Raises zlib.error or ValueError where it is damaged."""
    unpacker = zlib.decompressobj(wbits=31)
    record = unpacker.decompress(member) + unpacker.flush()
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("not one whole gzip member")
    head, _, rest = record.partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    body, status = rest[:-4], 0
    headers: tuple[tuple[str, str], ...] = (("content-type", fields.get("Content-Type", "")),)
    if fields.get("WARC-Type") != "resource":
        http, _, body = body.partition(b"\r\n\r\n")
        first, *lines = http.decode().split("\r\n")
        _, code, _ = first.split(" ", 2)
        status = int(code)
        headers = tuple((name, value) for name, _, value in (line.partition(": ") for line in lines))
    return Record(
        url=fields.get("WARC-Target-URI", ""), date=fields.get("WARC-Date", ""), status=status, headers=headers,
        cut="WARC-Truncated" in fields, body=None if fields.get("WARC-Type") == "revisit" else body,
    )  # fmt: skip


class Appender:
    """Appends members to the last file; what was written after `end`, the last one that counts, is cut off first."""

    def __init__(self, folder: Path, end: Kept | None) -> None:
        """Raises DamagedArchive if the files end before what counts does."""
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self._number = end.file if end else 1
        for path in sorted(folder.glob("*.warc.gz")):
            if int(path.name.partition(".")[0]) > self._number:
                path.unlink()
        counts = end.start + end.length if end else 0
        self._file = self._path().open("ab", buffering=0)
        if self._file.tell() < counts:
            self._file.close()
            raise DamagedArchive(f"{self._path()}: {DamagedArchive.__doc__}")
        self._file.truncate(counts)
        self._file.seek(0, os.SEEK_END)

    def add(self, member: bytes) -> Kept:
        """Write one member and say where it is."""
        if self._file.tell() >= FULL:
            self.sync()
            self._file.close()
            self._number += 1
            self._file = self._path().open("ab", buffering=0)
        start = self._file.tell()
        if self._file.write(member) != len(member):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path()))
        return Kept(self._number, start, len(member))

    def sync(self) -> None:
        """Have everything on the disk."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _path(self) -> Path:
        return path(self._folder, self._number)


def path(folder: Path, number: int) -> Path:
    """The file of that number."""
    return folder / f"{number:05}.warc.gz"


def read(folder: Path, kept: Kept) -> bytes:
    """The member kept there. Raises DamagedArchive if the file is missing or ends before it."""
    file = path(folder, kept.file)
    try:
        with file.open("rb") as opened:
            opened.seek(kept.start)
            found = opened.read(kept.length)
    except FileNotFoundError:
        found = b""
    if len(found) != kept.length:
        raise DamagedArchive(f"{file}: {DamagedArchive.__doc__}")
    return found


def _http(capture: Capture) -> bytes:
    try:
        phrase = HTTPStatus(capture.status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {capture.status} {phrase}"]
    for name, value in capture.headers:
        kept = f"x-archive-orig-{name}" if name in _ENCODED or name == "content-length" else name
        lines.append(f"{_CONTROL.sub('', kept)}: {_CONTROL.sub(' ', value)}")
    return ("\r\n".join([*lines, f"content-length: {len(capture.body)}"]) + "\r\n\r\n").encode("utf-8", "replace")


def _plain(value: str) -> str:
    return _CONTROL.sub(" ", value).encode("utf-8", "replace").decode()


def address(url: str) -> str:
    """An address as a record gives it."""
    return _CONTROL.sub("%20", url)


def date(taken: datetime) -> str:
    """A time as a record gives it."""
    return taken.isoformat(timespec="microseconds").replace("+00:00", "Z")
