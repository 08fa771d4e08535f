"""Every way one place can be written: with and without its type word, in each script, romanised."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from farbank.country.fold import fold
from farbank.country.romanise import romanised
from farbank.country.southern import as_in_the_south
from farbank.model.places import Place

_HANGUL = re.compile("[\uac00-\ud7a3]+")
_HAN = re.compile("[\u3400-\u9fff]+")


class PlaceType(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of place and the words that go with its names.

    `suffixes` are written after a name as they stand, space or hyphen included (` County`, `-gun`, `군`, `郡`).
    `bare` says whether a name in Chinese characters counts in running text without its suffix, `alone` whether any
    name does: a city's districts are called like the rivers and hills in them.
    """

    suffixes: tuple[str, ...] = ()
    bare: bool = False
    alone: bool = True


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """How names of places are built in a country.

    `directions` maps an ending to the words put before a romanised stem (`북도` -> `North `, `N. `).
    `romanise` says whether Hangul names are also looked for in every romanisation.
    """

    types: dict[str, PlaceType]
    directions: dict[str, tuple[str, ...]] = {}
    romanise: bool = False


def script(text: str) -> str:
    """`hangul`, `han`, or `other` (alphabets, Kana)."""
    return "hangul" if _HANGUL.search(text) else "han" if _HAN.search(text) else "other"


def stem(name: str, kind: PlaceType) -> str:
    """`name` without its type word; the name itself if it has none or would vanish."""
    for suffix in sorted(kind.suffixes, key=len, reverse=True):
        bare = name[: -len(suffix)]
        if name.lower().endswith(suffix.lower()) and len(fold(bare)) >= 2:
            return bare
    return name


def written(place: Place, names: Iterable[str], habits: Habits) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The spellings of `names` (without a type word, with every type word), each once.

    The country (level 0) has no type word: all its names are whole. Where names do not count alone, none is without.
    """
    kind = habits.types.get(place.type, PlaceType())
    names = tuple(dict.fromkeys(each for name in names for each in (name, as_in_the_south(name))))
    stems = dict.fromkeys(stem(name, kind) for name in names)
    full = dict.fromkeys(name for name in names if name not in stems or not kind.alone)
    for bare in stems if kind.alone else (*stems, *latinised(stems, habits)):
        full |= dict.fromkeys(bare + suffix for suffix in kind.suffixes if script(suffix) == script(bare))
    return (tuple(stems) if kind.alone else ()), tuple(full)


def latinised(stems: Iterable[str], habits: Habits) -> tuple[str, ...]:
    """Romanisations of the Hangul among `stems`, directions put before (`함경북` -> Hamgyongbuk, North Hamgyong)."""
    if not habits.romanise:
        return ()
    found: dict[str, None] = {}
    for name in stems:
        found |= dict.fromkeys(romanised(name))
        for ending, words in habits.directions.items():
            if name.endswith(ending) and len(name) > len(ending):
                found |= dict.fromkeys(w + r for r in romanised(name[: -len(ending)]) for w in words)
    return tuple(found)
