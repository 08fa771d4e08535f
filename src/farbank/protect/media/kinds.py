"""What a file is by its first bytes, whatever it is called, and whether it is something else besides."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from farbank.protect.readers.pictures import parts
from farbank.protect.readers.pieces import Unreadable

Kind = Literal["jpeg", "png", "webp", "tiff", "heic", "pdf", "docx", "film", "sound"]

MOST_BYTES = 512 << 20
"""Larger files are refused unread."""

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%PDF-", "pdf"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"#!AMR", "sound"),
    (b"caff", "sound"),
    (b"\xff\xfb", "sound"),
    (b"\xff\xfa", "sound"),
    (b"\xff\xf3", "sound"),
    (b"\xff\xf2", "sound"),
    (b"\xff\xf1", "sound"),
    (b"\xff\xf9", "sound"),
)
_PICTURE_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_SOUND_BRANDS = frozenset({b"M4A ", b"M4B "})
_FILM_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
_OTHER = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<script[\s>]|<svg[\s>]|\A\x7fELF|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07", re.IGNORECASE
)
_REACH = 1024
"""How far from the start of a file programs look for the sign of a PDF or a page."""


def kind_of(data: bytes) -> Kind:
    """Say what a file is. Raises Unreadable for kinds farbank does not know, and for two kinds in one file."""
    if len(data) > MOST_BYTES:
        raise Unreadable("it is larger than 512 MB")
    kind = _kind(data)
    if (kind != "docx" and zipfile.is_zipfile(io.BytesIO(data))) or (kind != "pdf" and b"%PDF-" in data[:_REACH]):
        raise Unreadable("it is two kinds of file in one")
    if kind in ("jpeg", "png", "pdf") and _OTHER.search(_after(data, kind)):
        raise Unreadable("it is two kinds of file in one")
    return kind


def _kind(data: bytes) -> Kind:
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF":
        return _riff(data[8:12])
    if data[4:8] in _FILM_BOXES:
        brand = data[8:12] if data[4:8] == b"ftyp" else b""
        return "heic" if brand in _PICTURE_BRANDS else "sound" if brand in _SOUND_BRANDS else "film"
    if data[:4] == b"PK\x03\x04":
        return "docx"
    raise Unreadable("it is of a kind farbank does not know")


def _riff(form: bytes) -> Kind:
    if form == b"WEBP":
        return "webp"
    if form == b"WAVE":
        return "sound"
    raise Unreadable("it is of a kind farbank does not know")


def _after(data: bytes, kind: Kind) -> bytes:
    """What may follow the end of a file: for a PDF also what stands before its first object."""
    if kind == "pdf":
        return data[:_REACH].partition(b"obj")[0] + data.partition(b"%%EOF")[2]
    return b"".join(body for name, body in parts(data) if name == "bytes after its end")
