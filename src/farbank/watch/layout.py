"""What lies where in an archive's folder, and whether it may be read with these words."""

from __future__ import annotations

import errno
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from farbank import whole
from farbank.country.tokens import tokens
from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.watch.errors import DamagedArchive, NoArchive, NoCaptures, StaleArchive

MARK, CATALOGUE, CAPTURES, INDEX = "archive.json", "catalogue.db", "captures", "index"
TABLES = "articles.lance"
"""What there is in the folder of an archive at scale, and in no other."""
FORMAT = 3
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

SAMPLE = (
    "Flood-hit areas: 5 000 people's crops weren't lost; 큰물피해를 입은 3명, 로동\u200b신문, flo\u00adod, "
    "水害で死者2人, hambrunas. 조선(朝鮮)인민군, 金正恩, 不正, 十月; "
)
CHARACTERS = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xAC00, 0xD7A4))))


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What `archive.json` says: the format of the folder, what searches it, and a fingerprint of how words were cut."""

    format: int
    engine: Literal["embedded"]
    cut: str


def writable(folder: Path) -> bool:
    """Whether `folder` is an archive; False if it is to become one. Raises StaleArchive, DamagedArchive."""
    try:
        check(folder)
    except NoArchive:
        (folder / INDEX).mkdir(exist_ok=True)
        return False
    return True


def mark(folder: Path) -> None:
    """Say that `folder` is an archive, once everything in it is there."""
    whole.file(folder / MARK, codec.to_json(Mark(format=FORMAT, engine="embedded", cut=cut())))


def check(folder: Path) -> None:
    """Refuse what cannot be read here. Raises NoArchive, NoCaptures, StaleArchive, DamagedArchive."""
    try:
        data = (folder / MARK).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        found = NoCaptures if (folder / TABLES).exists() else NoArchive
        raise found(f"{folder}: {found.__doc__}") from None
    with sound(folder / MARK):
        plain = codec.from_json(data, dict[str, Any], str(folder / MARK))
        if plain.get("format") != FORMAT or plain.get("cut") != cut():
            raise StaleArchive(f"{folder}: {StaleArchive.__doc__}")


@contextmanager
def sound(path: Path) -> Iterator[None]:
    """Say of what is at `path` that it is damaged where it does not read. Raises DamagedArchive."""
    try:
        yield
    except (sqlite3.DatabaseError, DecodeError) as error:
        raise DamagedArchive(f"{path}: {DamagedArchive.__doc__}") from error


@cache
def cut() -> str:
    """A fingerprint of how words are cut, and of what every character is taken for."""
    words = [tokens(text, language) for language in ("en", "es", "ko", "zh") for text in (SAMPLE, CHARACTERS)]
    return hashlib.sha256(repr(words).encode()).hexdigest()[:16]
