"""What is read as a forbidden spelling although it is not written so: its sound, and one slip of the pen.

A slip is one letter dropped, put in, changed, or swapped with its neighbour: a Latin letter, a letter of the sound (in
which the systems of romanisation agree), or a jamo. A list holds the neighbourhood of each spelling as patterns with a
hole, so that a word is looked up as itself and with each of its own letters for the hole: words one slip apart meet,
and no others.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from farbank.country.fold import blur
from farbank.protect.readers.letters import GAP, Letters

SHORTEST = 6
"""Latin letters of a spelling whose slips are looked for; in one of just so many, never in its first."""
AUDIBLE = 7
"""Letters of a sound that is told apart from ordinary words even with a slip; one shorter must be the same."""
SYLLABLES = 3
"""Hangul syllables of a spelling whose slips are looked for."""
MOST_WORDS = 3
MOST_PIECES = 6
"""Of a name: words, and what hyphens, case and the like make of them."""

Window = tuple[int, str, bool]
"""Where a piece of a text that may be a name starts, the piece, and whether it is of several words."""

_HOLE = "*"
_FINALS = {ord(final): initial for final, initial in zip("ᆨᆩᆫᆮᆯᆷᆸᆺᆻᆼᆽᆾᆿᇀᇁᇂ", "ᄀᄁᄂᄃᄅᄆᄇᄉᄊᄋᄌᄎᄏᄐᄑᄒ", strict=True)}


def patterns(letters: str, *, written: bool, parted: bool) -> set[str]:
    """What to list for one spelling: its sound and every slip of it; nothing for one too short to be told apart.

    One that nobody wrote down so (not `written`) is only heard. A name of several words (`parted`) is also looked for
    written together.
    """
    found: set[str] = set()
    if _is_hangul(letters) and len(letters) >= SYLLABLES:
        found = {f"^{slip}" for slip in _slips(_jamo(letters))}
    elif _is_latin(letters) and len(letters) >= SHORTEST:
        sound = blur(letters)
        found = {f"~{slip}" for slip in (_slips(sound) if len(sound) >= AUDIBLE else {sound})}
        found = found if len(sound) >= AUDIBLE - 1 else set()
        if written:
            first = letters[0] if len(letters) == SHORTEST else ""
            found |= {f"-{slip}" for slip in _slips(letters) if slip.startswith(first)}
    return found | {f" {pattern}" for pattern in found} if parted else found


def tries(letters: str, *, parted: bool) -> list[str]:
    """What to look one word (or several) up as."""
    before = " " if parted else ""
    if _is_latin(letters):
        return _holed(f"{before}~", blur(letters)) + _holed(f"{before}-", letters)
    return _holed(f"{before}^", _jamo(letters)) if _is_hangul(letters) else []


def windows(letters: Letters, longest: int) -> Iterator[Window]:
    """Every piece that could be a name with a slip: whole Latin words, and what Korean words begin with."""
    text, edges = letters
    borders = [at for at, edge in enumerate(edges) if edge]
    for number, (start, end) in enumerate(pairwise(borders)):
        if "가" <= text[start] <= "힣":
            for stop in range(start + SYLLABLES, min(end, start + longest) + 1):
                yield start, text[start:stop], False
            continue
        gaps = 0
        for end in borders[number + 1 : number + 1 + MOST_PIECES]:
            if end - start > longest or gaps == MOST_WORDS:
                break
            if end - start >= SHORTEST - 1:
                yield start, text[start:end], gaps > 0
            gaps += edges[end] == GAP


def _slips(key: str) -> set[str]:
    """The key with a letter dropped, two swapped, one a hole, or a hole put in."""
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    dropped = {before + after[1:] for before, after in cuts[:-1]}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in cuts[:-2]}
    changed = {before + _HOLE + after[1:] for before, after in cuts[:-1]}
    return dropped | swapped | changed | {before + _HOLE + after for before, after in cuts}


def _holed(mark: str, key: str) -> list[str]:
    """The key itself, and with each letter for the hole."""
    return [mark + key, *(f"{mark}{key[:at]}{_HOLE}{key[at + 1 :]}" for at in range(len(key)))]


def _jamo(hangul: str) -> str:
    """Single jamo, a final the same as an initial."""
    return unicodedata.normalize("NFD", hangul).translate(_FINALS)


def _is_hangul(letters: str) -> bool:
    return all("가" <= letter <= "힣" for letter in letters)


def _is_latin(letters: str) -> bool:
    return letters.isascii() and letters.isalpha()
