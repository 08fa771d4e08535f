"""Which words and endings of a language say nothing of a subject, and which of them tell mouths apart."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent / "languages"
_FINALS = {ord(loose): final for loose, final in zip("ㄴㄹ", "ᆫᆯ", strict=True)}


class Kept(NamedTuple):
    """What stays when subjects are masked; the value says whether it tells mouths apart (True) or anybody says it."""

    words: dict[str, bool]
    endings: dict[str, bool]
    """Decomposed (NFD), so that a final consonant can begin an ending: 갔는데, 큰데."""

    @property
    def listed(self) -> bool:
        """Whether anything is known of the language."""
        return bool(self.words)


@cache
def kept(language: str) -> Kept:
    """The lists of a language, by its BCP 47 tag; empty ones for a language without lists."""
    path = HERE / f"{language.partition('-')[0].lower()}.toml"
    if not path.name.removesuffix(".toml").isalpha() or not path.is_file():
        return Kept({}, {})
    table: dict[str, str] = tomllib.loads(path.read_text("utf-8"))
    return Kept(_graded(table, ""), {_loose(one): tells for one, tells in _graded(table, "_endings").items()})


def _graded(table: dict[str, str], suffix: str) -> dict[str, bool]:
    telling = dict.fromkeys(table.get(f"telling{suffix}", "").split(), True)
    return telling | dict.fromkeys(table.get(f"common{suffix}", "").split(), False)


def _loose(ending: str) -> str:
    return unicodedata.normalize("NFD", ending).translate(_FINALS)
