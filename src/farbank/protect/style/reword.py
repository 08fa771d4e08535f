"""Plainer words for what betrays a mouth: suggestions for an editor, never applied."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "neutral.toml"
_LETTER = r"[^\W\d_]"


def reword(phrase: str, language: str) -> tuple[str, ...]:
    """Neutral alternatives for a phrase, by hand, in English and Korean; an empty one means leave it out.

    Nothing where the table knows none. The grammar around it is the editor's, and so is the choice.
    """
    return _table(language.partition("-")[0].lower()).get(_plain(phrase), ())


def telltales(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    """Every phrase of the table that stands in a text, with its letters from and to; the longest at each place."""
    pattern = _pattern(language.partition("-")[0].lower())
    if pattern is not None:
        for found in pattern.finditer(text):
            yield _plain(found.group()), found.start(), found.end()


@cache
def _table(language: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, dict[str, list[str]]] = tomllib.loads(TABLE.read_text("utf-8"))
    return {phrase: tuple(plain) for phrase, plain in table.get(language, {}).items()}


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    """One pattern for all; a Korean phrase of one syllable must be a word, a longer one may take an ending."""
    phrases = sorted(_table(language), key=len, reverse=True)
    if not phrases:
        return None
    ways = [
        re.escape(each).replace("'", "['’]") + ("" if _takes_endings(each) else rf"(?!{_LETTER})") for each in phrases
    ]
    return re.compile(rf"(?<!{_LETTER})(?:{'|'.join(ways)})", re.IGNORECASE)


def _takes_endings(phrase: str) -> bool:
    return "가" <= phrase[-1] <= "힣" and len(phrase) > 1


def _plain(phrase: str) -> str:
    return " ".join(phrase.replace("’", "'").lower().split())
