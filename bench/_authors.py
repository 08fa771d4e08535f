"""How a bookseller writes authors, read as a set of people, each a last name and the initial of the first."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator

NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        """phd dr prof professor jr sr ii iii iv md ed eds edt edited editor editors author authors by with et al mr mrs
        ms con ctr ilt illustrator contributor msc bsc mba pe esq translator foreword introduction series various
        others and not available unknown etc""",
    )
)
PARTICLES = frozenset(re.findall(r"\w+", "van von der den de del della di da la le el al ter ten st bin ibn dos du"))

_BREAK = re.compile(
    r"[;/|&+]|\band\b|\bwith\b|\((?:author|editor|edt|con|ctr|ilt|joint author)s?\)|\bby \(author\)|\bby\b", re.I
)
_GLUED = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]+,)|(?<=[A-Z]\.)(?=[A-Z][a-z])")

Words = list[str]


def authors(texts: Iterable[str]) -> list[str]:
    """Each text as `last f; last f`, in order of the alphabet; empty where no name is in it.

    The texts are about one book: a last name written `Last, First` in one of them is known for a last name in all.
    """
    chunks = [_chunks(text) for text in texts]
    known = {last for chunk in chunks for parts in chunk for last in _inverted(parts)}
    return ["; ".join(sorted(_people(chunk, known))) for chunk in chunks]


def _chunks(text: str) -> list[list[Words]]:
    """What stands between breaks, each as the words between its commas."""
    plain = html.unescape(text.replace("andapos;", "'"))
    broken = _GLUED.sub(" ; ", plain)
    found = []
    for chunk in _BREAK.split(broken):
        bare = re.sub(r"\(.*?\)|\[.*?\]|\d+", " ", chunk)
        parts = [words for part in bare.split(",") if (words := _words(part))]
        if parts:
            found.append(parts)
    return found


def _words(part: str) -> Words:
    folded = unicodedata.normalize("NFKD", part)
    folded = "".join(sign for sign in folded if not unicodedata.combining(sign)).casefold()
    folded = re.sub(r"ph\. ?d", "phd", re.sub(r"['’`*]", "", folded))
    return [word for word in re.findall(r"[^\W\d_]+(?:[-_][^\W\d_]+)*", folded) if word not in NOT_NAMES]


def _inverted(parts: list[Words]) -> Iterator[str]:
    if len(parts) == 2 and _is_last(parts[0]) and len(parts[1]) <= 2:
        yield "-".join(parts[0])


def _is_last(words: Words) -> bool:
    return len(words) == 1 or (len(words) <= 3 and all(word in PARTICLES for word in words[:-1]))


def _people(chunks: list[list[Words]], known: set[str]) -> set[str]:
    found: set[str] = set()
    for parts in chunks:
        found |= set(_names(parts, known))
    whole = {name.rpartition(" ")[0] for name in found if " " in name}
    return {name for name in found if name not in whole}


def _names(parts: list[Words], known: set[str]) -> Iterator[str]:
    if not parts:
        return
    words, rest = parts[0], parts[1:]
    if given := _given(words, rest, known):
        yield _name("-".join(words), given[0])
        left = rest[0][len(given) :]
        yield from _names([left, *rest[1:]] if left else rest[1:], known)
    else:
        yield from _spaced(words, known)
        yield from _names(rest, known)


def _given(words: Words, rest: list[Words], known: set[str]) -> Words:
    """The first names that follow the last name `words` after a comma; none where it is no last name.

    What follows may end in the next last name: `Last, First Last, First`.
    """
    if not rest or not _is_last(words) or len(words[-1]) == 1:
        return []
    given = rest[0][: len(rest[0]) - (_tail(rest[0], known) if len(rest) > 1 else 0)]
    swapped = "-".join(given) in known and "-".join(words) not in known
    return [] if len(given) > 2 or swapped else given


def _tail(words: Words, known: set[str]) -> int:
    """How many words at the end are a known last name with something before it."""
    for size in (1, 2, 3):
        if len(words) > size and "-".join(words[-size:]) in known:
            return size
    return 0


def _spaced(words: Words, known: set[str]) -> Iterator[str]:
    """Names without commas: `First M. Last First Last`; `Last First` where only the first word is a known last name."""
    if len(words) == 1:
        yield words[0]
        return
    marks = [at for at, word in enumerate(words) if word in known]
    if marks == [0] and len(words) <= 3:
        yield _name(words[0], words[1])
        return
    start = 0
    for at in marks:
        if at > start:
            yield _name(words[at], words[start])
            start = at + 1
    rest = words[start:]
    if len(rest) > 1 and (start == 0 or len(rest) <= 3):
        begin = len(rest) - 1
        while begin > 1 and rest[begin - 1] in PARTICLES:
            begin -= 1
        yield _name("-".join(rest[begin:]), rest[0])
    elif len(rest) == 1 and start == 0:
        yield rest[0]


def _name(last: str, first: str) -> str:
    return f"{last} {first[0]}"
