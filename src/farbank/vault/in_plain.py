"""Whether words can be read in bytes by somebody who searches them: in any usual encoding, packed or not."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import re
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import cached_property

from farbank.vault.needles import Needles

_SHORTEST_IN_BASE64 = 6
"""Letters that base64 must make of a word for them to be looked for: fewer are found in anything."""
_NESTED = 2
"""Packings inside packings that are opened."""
_LARGEST = 256 << 20
"""Bytes a packed stream is unpacked to at most, so that a bomb is no answer."""
_PACKED: tuple[tuple[bytes, Callable[[memoryview], bytes]], ...] = (
    (b"\x1f\x8b\x08", lambda data: _streamed(zlib.decompressobj(31), data)),
    (b"\x78\x01", lambda data: _streamed(zlib.decompressobj(), data)),
    (b"\x78\x5e", lambda data: _streamed(zlib.decompressobj(), data)),
    (b"\x78\x9c", lambda data: _streamed(zlib.decompressobj(), data)),
    (b"\x78\xda", lambda data: _streamed(zlib.decompressobj(), data)),
    (b"\xfd7zXZ\x00", lambda data: lzma.LZMADecompressor().decompress(data, _LARGEST)),
    (b"BZh", lambda data: bz2.BZ2Decompressor().decompress(data, _LARGEST)),
    (b"PK\x03\x04", lambda data: _zipped(data)),
)


class Words:
    """Words to look for; a hundred of them cost hardly more than one."""

    def __init__(self, words: Collection[str]) -> None:
        self.words = tuple(dict.fromkeys(word for word in words if word))

    def found(self, data: bytes, *, packed: bool = True) -> frozenset[str]:
        """Those of the words that can be read in `data`, and unless told otherwise in what is packed in it."""
        return self._found(data, _NESTED if packed else 0) if self.words else frozenset()

    def _found(self, data: bytes, deeper: int) -> frozenset[str]:
        found = self._needles.found(data)
        if deeper:
            for inner in _unpacked(data):
                found |= self._found(inner, deeper - 1)
        return found

    @cached_property
    def _needles(self) -> Needles:
        exact: defaultdict[bytes, list[str]] = defaultdict(list)
        either: defaultdict[bytes, list[str]] = defaultdict(list)
        for word in self.words:
            for written, all_forms in zip((exact, either), forms(word), strict=True):
                for form in all_forms:
                    written[form].append(word)
        return Needles(exact, either)


Forms = tuple[frozenset[bytes], frozenset[bytes]]
"""How a word may lie in bytes: exactly so, and whatever the case of its letters."""


def forms(word: str) -> Forms:
    """Every form a search would try: UTF-8, UTF-16, composed and not, hexadecimal, base64 wherever it falls, JSON."""
    exact: set[bytes] = set()
    either: set[bytes] = set()
    for spelt in {unicodedata.normalize(form, word) for form in ("NFC", "NFD")}:
        either.add(json.dumps(spelt)[1:-1].encode().lower())
        for written in {spelt, spelt.lower(), spelt.upper()}:
            for coded in (written.encode(coding, "surrogatepass") for coding in ("utf-8", "utf-16-le", "utf-16-be")):
                either |= {coded.lower(), coded.hex().encode()}
                exact.update(_base64(coded))
    return frozenset(exact), frozenset(either)


def _base64(data: bytes) -> Iterator[bytes]:
    """What base64 makes of the data wherever it falls in threes, without the letters that what is beside it decides."""
    for before in range(3):
        whole = base64.b64encode(bytes(before) + data)
        start, end = -(-before * 4 // 3), (before + len(data)) * 4 // 3
        for text in (whole[start:end], whole[start:end].translate(bytes.maketrans(b"+/", b"-_"))):
            if len(text) >= _SHORTEST_IN_BASE64:
                yield text


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What is packed anywhere in the data, as far as it can be unpacked."""
    view = memoryview(data)  # a slice of which is no copy
    for mark, unpack in _PACKED:
        for at in re.finditer(re.escape(mark), data):
            try:
                inner = unpack(view[at.start() :])
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, zipfile.BadZipFile, gzip.BadGzipFile):
                continue
            except (NotImplementedError, RuntimeError):  # an encrypted or exotic archive
                continue
            if inner:
                yield inner


def _streamed(stream: zlib._Decompress, data: memoryview) -> bytes:
    """What can be had of a stream, also of one that was cut or damaged."""
    out = io.BytesIO()
    try:
        for at in range(0, len(data), 1 << 16):
            out.write(stream.decompress(data[at : at + (1 << 16)], _LARGEST))
            if stream.eof or out.tell() >= _LARGEST:
                break
    except zlib.error:
        pass  # what came before the damage was read
    return out.getvalue()


def _zipped(data: memoryview) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name)[:_LARGEST] for name in archive.namelist())
