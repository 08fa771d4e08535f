"""A file of any kind farbank knows, made anew from what it shows; and a look at what it gives away as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

import msgspec

from farbank.model.pictures import Box, Suggestion
from farbank.protect.media import docx, faces, film, pdf, pictures
from farbank.protect.media.errors import NotMedia, SoundOnly
from farbank.protect.media.kinds import Kind, kind_of
from farbank.protect.media.traces.words import Trace
from farbank.protect.readers import read
from farbank.protect.readers.pieces import Unreadable

Note = Literal[
    "the sound was left out: no original voice is published, have it re-spoken by another",
    "these are pictures of the pages, a facsimile: show them only where two or more copies are known",
    "this is for retyping from: quote only passages known from two or more copies",
]
VOICE: Note = "the sound was left out: no original voice is published, have it re-spoken by another"
FACSIMILE: Note = "these are pictures of the pages, a facsimile: show them only where two or more copies are known"
RETYPE: Note = "this is for retyping from: quote only passages known from two or more copies"

Type = Literal["image/png", "image/jpeg", "application/pdf", "text/plain", "video/mp4"]


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A published copy, the SHA-256 of its original in hexadecimal, what was removed, and what to mind."""

    data: bytes
    media_type: Type
    original: str
    removed: tuple[Trace, ...]
    notes: tuple[Note, ...] = ()


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is and gives away, where faces or plates may be, and whether the byte gate would let it pass."""

    kind: Kind
    original: str
    carries: tuple[Trace, ...]
    suggested: tuple[Suggestion, ...]
    passes: bool


def ready(kind: Kind, *, look: bool = False) -> None:
    """Load all that `anew`, or `look`, takes for a file of this kind: after that, neither opens a file.

    Raises MissingExtra.
    """
    if pictures.is_picture(kind):
        pictures.ready(kind)
        if look:
            faces.ready()
    elif kind == "pdf":
        pdf.ready()
    elif kind == "docx":
        docx.ready()
    elif kind == "film":
        film.ready()


def anew(data: bytes, file: str = "the file", cover: Sequence[Box] = ()) -> Copy:
    """Make a copy of what `data` shows, with `cover` filled in if it is a picture.

    A picture becomes JPEG or PNG, a PDF pictures of its pages, a Word document plain text, a film one without sound.
    Raises NotMedia naming `file` (also for boxes on what is no picture), SoundOnly, or MissingExtra.
    """
    try:
        kind = kind_of(data)
        if cover and not pictures.is_picture(kind):
            raise Unreadable("only pictures can be covered")
        if kind == "sound":
            raise SoundOnly(file)
        return _made(data, kind, file, cover)
    except Unreadable as error:
        raise NotMedia(file, str(error)) from None


def look(data: bytes, file: str = "the file") -> Look:
    """Say what a file gives away. Raises NotMedia naming `file`, SoundOnly, or MissingExtra (for faces too)."""
    try:
        kind = kind_of(data)
        carries, suggested = _seen(data, kind, file)
    except Unreadable as error:
        raise NotMedia(file, str(error)) from None
    return Look(kind=kind, original=_hash(data), carries=carries, suggested=suggested, passes=_passes(data, kind))


def _made(data: bytes, kind: Kind, file: str, cover: Sequence[Box]) -> Copy:
    if kind == "pdf":
        made, removed = pdf.anew(data)
        return Copy(data=made, media_type="application/pdf", original=_hash(data), removed=removed, notes=(FACSIMILE,))
    if kind == "docx":
        made, removed = docx.anew(data)
        return Copy(data=made, media_type="text/plain", original=_hash(data), removed=removed, notes=(RETYPE,))
    if kind == "film":
        made, removed = film.anew(data, file)
        notes = (VOICE,) if "sound" in removed else ()
        return Copy(data=made, media_type="video/mp4", original=_hash(data), removed=removed, notes=notes)
    picture = pictures.remade(data, kind, cover)
    return Copy(data=picture.data, media_type=picture.media_type, original=_hash(data), removed=picture.removed)


def _seen(data: bytes, kind: Kind, file: str) -> tuple[tuple[Trace, ...], tuple[Suggestion, ...]]:
    if kind == "sound":
        raise SoundOnly(file)
    if pictures.is_picture(kind):
        picture, carries = pictures.decoded(data, kind)
        return carries, faces.suggestions(picture)
    if kind == "docx":
        return docx.anew(data)[1], ()
    return (pdf.traces(data) if kind == "pdf" else film.traces(data, file)), ()


def _passes(data: bytes, kind: Kind) -> bool:
    try:
        return not list(read("mp4" if kind == "film" else kind, data))
    except Unreadable:
        return False


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
