"""What a text must hold for a pattern to fit it, read off the pattern itself, so that most need not be searched for.

A pattern needs one word out of each of several sets; a text without any word of one of them cannot hold a match. Only
what is sure is counted: of a part that is not understood, nothing is needed, and the text is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from itertools import product
from re import _constants as ops  # type: ignore[attr-defined]  # the one reader of patterns there is
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

SLOT = re.compile(r"\{([a-z_]+)\}")
"""Where a form names a pattern that stands elsewhere."""
Words = frozenset[str]
Needs = tuple[Words, ...]
"""Sets of words, in the letters of `shape`; of each a text must hold one."""

MOST = 256
"""Words of a set that are kept apart; a part that may be more of them is taken to be anything."""
_START = 3
"""Letters of a word by which patterns are looked up."""
_STANDS_FOR = 0x100000
"""Where the characters begin that stand for slots while a form is read: of private use, and in no pack."""
_NOTHING: Words = frozenset({""})


class _Part(NamedTuple):
    """A part of a pattern: all the strings it fits, None where they are too many to list, and what it needs besides."""

    strings: Words | None
    needs: Needs = ()

    @property
    def needed(self) -> Needs:
        """Everything it needs, its own strings among them."""
        own = () if self.strings is None or "" in self.strings else (self.strings,)
        return (*self.needs, *own)


_ANYTHING = _Part(None)


class Reader:
    """Reads what the forms of one language need; each slot is read once, however many forms name it."""

    def __init__(self, slots: Mapping[str, str]) -> None:
        self._slots = slots
        self._characters = {name: chr(_STANDS_FOR + number) for number, name in enumerate(slots)}
        self._names = {ord(character): name for name, character in self._characters.items()}
        self._read: dict[str, _Part] = {}

    def needs(self, form: str) -> Needs:
        """What a text needs for `form`, its slots filled, to fit it without regard to case, the rarest first.

        Nothing for a form that cannot be read: whoever searches for it is told why.
        """
        try:
            part = self._form(form)
        except Exception:  # a form that is no pattern fails where it is made one, and any other is searched for
            return ()
        return tuple(sorted({*map(_fewest, part.needed)}, key=_rareness))

    def _form(self, form: str) -> _Part:
        if any(ord(character) in self._names for character in form):
            return _ANYTHING
        bare = SLOT.sub(lambda slot: self._characters[slot.group(1)], form)
        parsed = parser.parse(bare)
        return _ANYTHING if parsed.state.flags & re.VERBOSE else self._row(parsed)

    def _slot(self, name: str) -> _Part:
        if name not in self._read:
            self._read[name] = _ANYTHING  # should it stand for itself
            self._read[name] = self._form(f"(?:{self._slots[name]})")
        return self._read[name]

    def _row(self, nodes: Iterable[tuple[Any, Any]]) -> _Part:
        """Parts one after another: their strings joined, until they are too many to list."""
        run, whole, needs = _NOTHING, True, list[Words]()
        for part in self._parts(nodes):
            needs += part.needs
            if part.strings is not None and len(run) * len(part.strings) <= MOST:
                run = frozenset(map("".join, product(run, part.strings)))
                continue
            needs += _Part(run).needed
            run, whole = part.strings or _NOTHING, False
        if whole:
            return _Part(run, tuple(needs))
        return _Part(None, (*needs, *_Part(run).needed))

    def _parts(self, nodes: Iterable[tuple[Any, Any]]) -> Iterator[_Part]:
        for op, value in nodes:
            yield self._part(op, value)

    def _part(self, op: Any, value: Any) -> _Part:
        if op is ops.LITERAL:
            return self._slot(self._names[value]) if value in self._names else _Part(frozenset({shape(chr(value))}))
        if op is ops.IN:
            return self._set(value)
        if op is ops.SUBPATTERN:
            return _ANYTHING if value[1] & re.VERBOSE else self._row(value[-1])
        if op is ops.ATOMIC_GROUP:
            return self._row(value)
        if op is ops.BRANCH:
            return _either([self._row(branch) for branch in value[1]])
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            return _repeated(self._row(value[2]), value[0], value[1])
        if op is ops.ASSERT:
            return _Part(_NOTHING, self._row(value[1]).needed)
        if op in (ops.AT, ops.ASSERT_NOT):
            return _Part(_NOTHING)
        return _ANYTHING

    def _set(self, members: Iterable[tuple[Any, Any]]) -> _Part:
        """A character out of a class; None of it is needed where the class is told by what it lacks, or is large."""
        found: set[str] = set()
        for op, value in members:
            if op is ops.LITERAL and value not in self._names:
                found.add(shape(chr(value)))
            elif op is ops.RANGE and value[1] - value[0] < MOST:
                found |= {shape(chr(code)) for code in range(value[0], value[1] + 1)}
            elif op is ops.CATEGORY and value is ops.CATEGORY_DIGIT:
                found.add(_DIGIT)
            else:
                return _ANYTHING
        return _Part(frozenset(found))


def lacks(text: str, needs: Needs) -> bool:
    """Whether a text holds no word of one of the sets, so that what needs them cannot be in it."""
    whole = shape(text)
    return any(not any(map(whole.__contains__, words)) for words in needs)


class Index:
    """The needs of many patterns, for those that one text may hold to be found at once."""

    def __init__(self, needs: Mapping[str, Needs]) -> None:
        self._always = frozenset(form for form, each in needs.items() if not each)
        self._needs = {form: tuple(map(_by_start, each)) for form, each in needs.items()}
        self._likely: dict[str, set[str]] = {}
        for form, each in self._needs.items():
            for start in each[0] if each else ():
                self._likely.setdefault(start, set()).add(form)

    def held(self, text: str) -> frozenset[str]:
        """The patterns that `text` does not lack what they need of."""
        whole, starts = _cut(text)
        likely = {form for start in starts & self._likely.keys() for form in self._likely[start]}
        return self._always.union(form for form in likely if self._holds(whole, starts, form))

    def _holds(self, whole: str, starts: Set[str], form: str) -> bool:
        for words in self._needs[form]:
            if not any(any(map(whole.__contains__, words[start])) for start in starts & words.keys()):
                return False
        return True


@lru_cache(maxsize=8)  # asked by every language in turn of the same sentence
def _cut(text: str) -> tuple[str, Set[str]]:
    """The shape of a text, and the starts of everything in it."""
    whole = shape(text)
    return whole, {whole[at : at + size] for size in range(1, _START + 1) for at in range(len(whole))}


def _by_start(words: Words) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[:_START], []).append(word)
    return found


@lru_cache(maxsize=8)  # asked by every pattern in turn of the same sentence
def shape(text: str) -> str:
    """`text` in letters that are the same wherever a search without regard to case takes them for the same."""
    return text.translate(_SHAPES)


class _Shapes(dict[int, str]):
    """The shape of each character, found out once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = found = _DIGIT if character.isdecimal() else character.lower()[0].upper()
        return found


_DIGIT = "0"
"""The shape of every digit, of whatever script: a class of them is then one character."""
_SHAPES = _Shapes()


def _either(parts: list[_Part]) -> _Part:
    if all(part.strings is not None for part in parts):
        strings = frozenset(string for part in parts for string in part.strings or ())
        if len(strings) <= MOST:
            return _Part(strings)
    if all(part.needed for part in parts):
        return _Part(None, (frozenset(word for part in parts for word in min(part.needed, key=_rareness)),))
    return _ANYTHING


def _repeated(part: _Part, least: int, most: int) -> _Part:
    if part.strings is not None and most == 1:
        return _Part(part.strings | _NOTHING if least == 0 else part.strings, part.needs if least else ())
    return _Part(None, part.needed) if least else _ANYTHING


def _fewest(words: Words) -> Words:
    """Those that hold no other of them: whatever holds one of the words holds one of these."""
    kept: list[str] = []
    for word in sorted(words, key=len):
        if not any(map(word.__contains__, kept)):
            kept.append(word)
    return frozenset(kept)


def _rareness(words: Words) -> tuple[bool, int]:
    """Sorts sets whose words are seldom met before those that most texts hold."""
    return min(map(len, words)) == 1 and min(words).isascii(), len(words)
