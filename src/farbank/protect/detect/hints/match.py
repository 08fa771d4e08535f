"""Where the cues of English stand in a text.

All phrases are looked for at once, word by word, so that time grows with the length of the text and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from farbank.protect.detect.hints.english import Word, kinds, words
from farbank.protect.detect.hints.lexicon import Entry, entries, lists, spellings
from farbank.protect.detect.hints.tree import Tree


class Found(NamedTuple):
    """A phrase of the lexicon, and the characters of the text where it stands."""

    start: int
    end: int
    entry: Entry


class _Grammar(NamedTuple):
    phrases: Tree[Entry]
    names: Tree[str]
    classes: Mapping[str, tuple[str, ...]]


def find(text: str) -> list[Found]:
    """Every cue in `text`, by where it starts; of two for one attribute, the one inside the other is left out."""
    grammar = _grammar()
    said = words(text)
    ends = dict(_names(text, said, grammar.names))
    edges: list[tuple[str, ...]] = []
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(said):
        end, kind = ends.get(at, (at + 1, ""))
        stem = " ".join(word.stem for word in said[at:end])
        edges.append((stem, *grammar.classes.get(stem, ()), *(f"<{name}>" for name in _kinds(text, said[at], kind))))
        spans.append((said[at].start, said[end - 1].end))
        at = end
    return _outermost(
        Found(spans[start][0], spans[end - 1][1], entry)
        for start in range(len(edges))
        for end, entry in grammar.phrases.at(edges, start)
    )


def _names(text: str, said: Sequence[Word], names: Tree[str]) -> Iterator[tuple[int, tuple[int, str]]]:
    """Where a name starts, where the longest one ends, and its kind; short ones must be written in capitals.

    Whoever writes no capitals is taken to mean the name unless the word means something else as well.
    """
    stems = [(word.stem,) for word in said]
    careless = _careless(said)
    for at, word in enumerate(said):
        short = word.end - word.start <= 3
        if text[word.start : word.end].isupper() if short else word.capital or careless:
            longest = max(names.at(stems, at), key=lambda found: found[0], default=None)
            if longest is not None and (said[longest[0] - 1].capital or (careless and word.stem not in _doubtful())):
                yield at, longest


def _careless(said: Sequence[Word]) -> bool:
    """Whether most sentences begin with a small letter."""
    begins = [word.capital for word in said if not word.within]
    return 2 * sum(begins) < len(begins)


@cache
def _doubtful() -> frozenset[str]:
    return frozenset(_key(word) for word in lists("en", "words")["doubtful"])


def _kinds(text: str, word: Word, kind: str) -> Iterator[str]:
    """The classes of a word that come of how it is written."""
    yield from kinds(word.stem)
    if kind:
        yield kind
    elif word.capital and word.within and word.end - word.start > 1:
        yield "proper"
    if not text[word.start : word.end].replace("’", "").isascii():
        yield "foreign"


def _outermost(found: Iterable[Found]) -> list[Found]:
    """Without phrases that lie inside a longer one for the same attribute."""
    kept: list[Found] = []
    reach: dict[str, int] = {}
    for one in sorted(found, key=lambda one: (one.start, -one.end, not one.entry.cue.sure, -one.entry.cue.weight)):
        if one.end > reach.get(one.entry.cue.attribute, -1):
            reach[one.entry.cue.attribute] = one.end
            kept.append(one)
    return kept


@cache
def _grammar() -> _Grammar:
    classes: dict[str, set[str]] = {}
    for name, listed in lists("en", "words").items():
        for word in listed:
            classes.setdefault(_key(word), set()).update({f"<{name}>"} | ({"<n>"} if name == "number" else set()))
            if name == "number" and word.endswith(("teen", "ty")):
                classes[_key(word)].add("<age>")
    phrases: Tree[Entry] = Tree()
    for entry in entries("en"):
        for spelling in spellings(entry.phrase):
            parts = [[part] if part[0] == "<" else [word.stem for word in words(part)] for part in spelling]
            phrases.add([stem for part in parts for stem in part], entry)
    names: Tree[str] = Tree()
    for kind, listed in lists("en", "names").items():
        for name in listed:
            names.add([word.stem for word in words(name)], kind)
    return _Grammar(phrases, names, {stem: tuple(sorted(kinds)) for stem, kinds in classes.items()})


def _key(word: str) -> str:
    return " ".join(part.stem for part in words(word))
