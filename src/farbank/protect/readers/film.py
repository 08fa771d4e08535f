"""A film that is moving pictures and nothing else: an MP4 of one H.264 track, as the desk's own cleaning writes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from farbank.protect.readers.pieces import Flaw, Unreadable

_HOLDERS = frozenset({"moov", "trak", "mdia", "minf", "stbl", "dinf", "edts"})
_PLAIN = frozenset(
    {"ftyp", "vmhd", "dref", "elst", "stsd", "stts", "stss", "ctts", "stsc", "stsz", "stco", "co64", "mdat"}
)
_TIMED = frozenset({"mvhd", "tkhd", "mdhd"})
_ONCE = ("ftyp", "moov", "trak", "mdat", "stsz", "stsd")
_SHOWN = frozenset({1, 5, 7, 8, 9})
"""Units of H.264 that are pictures, or say how to decode them."""
_HANDLER = bytes(8) + b"vide" + bytes(12) + b"VideoHandler\0"
_NO_TAGS = bytes.fromhex(
    "000000356d657461000000000000002168646c7200000000000000006d6469726170706c00000000000000000000000008696c7374"
)
"""The empty list of tags that the writer of MP4 leaves in every file."""


class _Box(NamedTuple):
    kind: str
    body: bytes


def read(data: bytes) -> Iterator[Flaw]:
    """Yield a flaw for everything that is no moving picture. Raises Unreadable for other films than the desk's own."""
    boxes = list(_walk(data, 0))
    for kind in _ONCE:
        if sum(box.kind == kind for box in boxes) != 1:
            raise Unreadable("a film with other parts than one track of pictures")
    for box in boxes:
        if flaw := _flaw(box):
            yield Flaw("metadata", f"the film carries {flaw}; run it through the desk's cleaning")
    by_kind = {box.kind: box.body for box in boxes}
    _check_samples(by_kind["stsz"], by_kind["mdat"])
    if by_kind["stsd"][12:16] != b"avc1" or int.from_bytes(by_kind["stsd"][4:8]) != 1:
        raise Unreadable("a film that is not H.264")


def _walk(data: bytes, depth: int) -> Iterator[_Box]:
    at = 0
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8].decode("latin-1")
        if length < 8 or at + length > len(data) or depth > len(_HOLDERS):
            raise Unreadable("a film that breaks off")
        body = data[at + 8 : at + length]
        yield _Box(kind, b"" if kind in _HOLDERS else body)
        if kind in _HOLDERS:
            yield from _walk(body, depth + 1)
        at += length


def _flaw(box: _Box) -> str | None:
    if box.kind in _HOLDERS or box.kind in _PLAIN:
        wordy = box.kind == "stsd" and any(box.body[58:90])  # where an encoder signs its name
        return "the name of a program" if wordy else None
    if box.kind in _TIMED:
        return "the time it was made" if any(box.body[4 : 20 if box.body[:1] == b"\1" else 12]) else None
    if box.kind == "hdlr":
        return None if box.body == _HANDLER else "the name of a program"
    if box.kind == "udta":
        return None if box.body == _NO_TAGS else "tags"
    if box.kind == "free" and not box.body:
        return None
    return "a part of unknown kind"


def _check_samples(sizes: bytes, units: bytes) -> None:
    """Refuse bytes among the pictures that are no picture: notes of an encoder, or anything that was put between."""
    each, count = int.from_bytes(sizes[4:8]), int.from_bytes(sizes[8:12])
    listed = (int.from_bytes(sizes[at : at + 4]) for at in range(12, 12 + 4 * count, 4))
    if (each * count if each else sum(listed)) != len(units):
        raise Unreadable("a film with bytes between its pictures")
    at = 0
    while at < len(units):
        length = int.from_bytes(units[at : at + 4])
        if not 0 < length <= len(units) - at - 4 or units[at + 4] & 0x1F not in _SHOWN:
            raise Unreadable("a film with bytes between its pictures")
        at += 4 + length
