"""The root of a desk as it goes on paper: so many shares, so many of which make it again."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from farbank import vault, whole

MOST = 16


class Scheme(msgspec.Struct, frozen=True):
    """How many shares there are, and how many of them it takes."""

    needed: int
    shares: int

    def __str__(self) -> str:
        return f"{self.needed}-of-{self.shares}"


def scheme(text: str) -> Scheme:
    """Read “2-of-3”. Raises ValueError unless it is 1-of-1, or two or more of up to sixteen."""
    found = re.fullmatch(r"(\d{1,2})-of-(\d{1,2})", text)
    needed, shares = map(int, found.groups()) if found else (0, 0)
    if not (1 == needed == shares or 2 <= needed <= shares <= MOST):
        raise ValueError("expected two or more of up to sixteen, as in 2-of-3, or 1-of-1")
    return Scheme(needed, shares)


def shares(root: vault.Secret, of: Scheme) -> tuple[str, ...]:
    """The shares as words, each for another place."""
    return vault.words.split(root, of.needed, of.shares)


def draw(words: tuple[str, ...], folder: Path) -> None:
    """Write each share as a QR code to an empty or new folder, to be printed and deleted. Raises FolderInUse."""
    with whole.folder(folder) as building:
        for number, share in enumerate(words, 1):
            whole.file(building / f"share-{number}-of-{len(words)}.svg", vault.words.qr(share).encode())
