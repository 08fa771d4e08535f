"""What a reader finds in a file: pieces of text to look through, and flaws that need no looking."""

from __future__ import annotations

from typing import NamedTuple

from farbank.model.errors import FarbankError


class Unreadable(FarbankError):
    """The byte gate cannot read a file, so it stays closed; publish only formats it knows, unharmed."""


class Piece(NamedTuple):
    """A run of text and where it hides (`text`, `attribute alt`, `comment` …); `shown` if a reader may meet it."""

    kind: str
    text: str
    shown: bool = True


class Flaw(NamedTuple):
    """Something that may not be there at all, whatever it says; `hint` never repeats it."""

    kind: str
    hint: str


Found = Piece | Flaw
