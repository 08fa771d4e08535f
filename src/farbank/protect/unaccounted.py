"""What a rendered text gives away that is not accounted for: read by every rule, whatever wrote it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from farbank.country import split
from farbank.country.tells import compiled
from farbank.model.dates import When
from farbank.model.detections import Detection, Sort
from farbank.model.people import Facts
from farbank.model.text import Language
from farbank.protect.accounted import Accounted, laid, plainest
from farbank.protect.detect.facts import fact, implied
from farbank.protect.detect.plain import plain
from farbank.protect.detect.prose import Prose, stands
from farbank.protect.detect.read import on_a_page
from farbank.protect.errors import UnreadProse
from farbank.protect.readers.letters import SOFT, unspaced

LANGUAGE = "attribute lang"
"""The hiding place that says which language a text is in."""
_DRAWN = re.compile(r"/\*.*?(?:\*/|\Z)|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)", re.DOTALL)
"""What of a style sheet is for people: what it draws, and what its writer noted."""
_BETWEEN = re.compile(r"[-_/.+]+|(?<=[a-z])(?=[A-Z\d])")
_LETTERS = re.compile(r"(?<!\S)(?:\S ){3,}\S(?!\S)")
"""Letters set apart."""
_BREAK = re.compile("(?<=[\u1100-\u11ff\u2e80-\U0010ffff]) (?=[\u1100-\u11ff\u2e80-\U0010ffff])")
"""A space where the letters on both sides are `unspaced`."""
_FIGURES = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})([-/.])(?P<m>\d\d?)\2(?P<d>\d\d?)"
    r"|(?P<one>\d\d?)([-/.])(?P<two>\d\d?)\6(?P<year>\d{4}))(?!\d)"
)
"""A day in figures, its year first or last."""


class Detail(NamedTuple):
    """Something given away: its sort, near which character, and the words, which nobody is told."""

    sort: Sort
    start: int
    words: str


class _Found(NamedTuple):
    """A detection, the sentence it is in, where that starts in the whole text, and the language it was read in."""

    one: Detection
    sentence: str
    start: int
    language: Language

    @property
    def ends(self) -> tuple[int, int]:
        """Where it starts and ends in the whole text."""
        return self.start + self.one.start, self.start + self.one.end


class _Stretch(NamedTuple):
    """Characters of the whole text that are accounted for, as far as these facts; by whatever they say where None."""

    start: int
    end: int
    facts: Facts | None


def unaccounted(kind: str, text: str, known: Accounted) -> Iterator[Detail]:
    """Everything in one piece of a rendered file that neither the draft nor a description accounts for.

    `kind` is the hiding place. The piece is read in every language of the pack, whatever the page says it is in: with
    tags taken out, with tags as spaces, and across the ends of lines and blocks. Names of people are left to the list
    of forbidden spellings, and places to the gate, unless somebody is said to live there. Raises UnreadProse where a
    language has no tells, and where a detector fails.
    """
    if kind == LANGUAGE:
        _assert_readable(text, known)
        return
    seen: set[Detail] = set()
    for way in dict.fromkeys(_ways(kind, text)):
        for detail in _details(way, known):
            if detail not in seen:
                seen.add(detail)
                yield detail


def _assert_readable(language: Language, known: Accounted) -> None:
    if language and language not in known.quoted and known.parts.tells.tongue(language) is None:
        raise UnreadProse("a text in a language the country pack has no tells for; add them to it, or leave it out")


def _ways(kind: str, text: str) -> Iterator[str]:
    """The text as the eye may put it together."""
    bare = unicodedata.normalize("NFC", text.replace(SOFT, ""))
    if kind == "style":
        bare = "\n".join(found.group().strip("\"'/*") for found in _DRAWN.finditer(bare))
    yield bare
    yield "\n".join(line.replace(SOFT, " ") for line in text.split("\n") if SOFT in line)
    if kind != "text" and " " not in bare.strip():
        yield _BETWEEN.sub(" ", bare)  # an address, a file name, an id
    lines = bare.split("\n")
    yield "\n".join(plainest(line) for line in lines if plainest(line) != line)
    yield "\n".join(_LETTERS.sub(_closed_up, line) for line in lines if _LETTERS.search(line))


def _closed_up(found: re.Match[str]) -> str:
    return found.group().replace(" ", "")


def _details(text: str, known: Accounted) -> Iterator[Detail]:
    """What is given away in one way to read a piece; `start` counts white space once."""
    lines = [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
    found = [*_in_lines(lines, known), *_in_figures(lines, known)]
    spaced = [" "] * max(0, len(lines) - 1)
    found += _across(lines, spaced, known)
    yield from _left_over(" ".join(lines), found, known)
    joined = ["" if _one_word(left, right) else " " for left, right in pairwise(lines)]
    if joined != spaced:
        yield from _left_over(_glued(lines, joined), [*_across(lines, joined, known)], known)


def _left_over(whole: str, found: Sequence[_Found], known: Accounted) -> Iterator[Detail]:
    if found:
        stretches = [*_stretches(laid(whole), known), *_over_breaks(laid(whole), known)]
        for each in found:
            if not _accounted_for(each, stretches, known):
                start, end = each.ends
                yield Detail(each.one.sort, start, whole[start:end].lower())


def _in_lines(lines: Sequence[str], known: Accounted) -> Iterator[_Found]:
    offset = 0
    for line in lines:
        for start, end in _sentences(line):
            yield from _read(line[start:end], offset + start, known)
        offset += len(line) + 1


@lru_cache(maxsize=4_096)  # a page says in its source, its data and its feeds what it says in its lines
def _sentences(line: str) -> tuple[tuple[int, int], ...]:
    return tuple(split.sentences(line))


def _across(lines: Sequence[str], glue: Sequence[str], known: Accounted) -> Iterator[_Found]:
    """What only shows once lines are read on into each other, as words broken by a tag or a line's end are."""
    whole = _glued(lines, glue)
    borders = [*accumulate(len(line) + len(between) for line, between in zip(lines, glue, strict=False))]
    for start, end in split.sentences(whole):
        inside = borders[bisect_right(borders, start) : bisect_left(borders, end)]
        if inside:
            for each in _read(whole[start:end], start, known):
                first, last = each.ends
                if any(first < border < last for border in inside):
                    yield each


def _glued(lines: Sequence[str], glue: Sequence[str]) -> str:
    return "".join(part for pair in zip(lines, (*glue, ""), strict=False) for part in pair)


def _one_word(left: str, right: str) -> bool:
    """Whether a word may go on over the end of a line: after a hyphen, or where words need no space between them."""
    if left.endswith("-"):
        return True
    return (left[-1] + right[0]).isalnum() and (unspaced(left[-1]) or unspaced(right[0]))


def _read(sentence: str, start: int, known: Accounted) -> Iterator[_Found]:
    for language in known.languages:
        for one in on_a_page(sentence, language, known.parts):
            yield _Found(one, sentence, start, language)


def _in_figures(lines: Sequence[str], known: Accounted) -> Iterator[_Found]:
    """Days written in figures, which are no prose; where day and month could be either, both."""
    offset = 0
    for line in lines:
        for found in _FIGURES.finditer(line):
            for day in _days(found):
                one = Detection(start=0, end=len(found.group()), sort="date", reading=str(day))
                yield _Found(one, found.group(), offset + found.start(), known.languages[0])
        offset += len(line) + 1


def _days(found: re.Match[str]) -> Iterator[date]:
    said = found.groupdict()
    year = said["y"] or said["year"]
    orders = [(said["m"], said["d"])] if said["y"] else [(said["one"], said["two"]), (said["two"], said["one"])]
    for month, day in dict.fromkeys(orders):
        with suppress(ValueError):
            yield date(int(year), int(month), int(day))


def _over_breaks(whole: str, known: Accounted) -> Iterator[_Stretch]:
    """Words accounted for that a line's end or a tag breaks where their script sets no space."""
    breaks = {found.start() for found in _BREAK.finditer(whole)}
    if breaks:
        kept = [at for at in range(len(whole)) if at not in breaks]
        for start, end, facts in _stretches("".join(whole[at] for at in kept), known):
            yield _Stretch(kept[start], kept[end - 1] + 1, facts)


def _stretches(whole: str, known: Accounted) -> Iterator[_Stretch]:
    for words in known.words:
        at = whole.find(words.text)
        while at >= 0:
            yield _Stretch(at, at + len(words.text), words.facts)
            at = whole.find(words.text, at + 1)


def _accounted_for(found: _Found, stretches: Sequence[_Stretch], known: Accounted) -> bool:
    one, (start, end) = found.one, found.ends
    stated = fact(one, known.axes, known.parts.gazetteer)
    if one.sort == "place" and (stated is None or not _lives(found, known)):
        return True
    if one.sort == "date" and _may_be_named(found, known):
        return True
    around = [stretch.facts for stretch in stretches if stretch.start <= start and end <= stretch.end]
    axes = {axis.id: axis for axis in known.axes}
    if stated is None:  # what reads as nothing is what the description itself says, if it speaks of that axis
        return any(facts is None or (not one.sure and one.sort in facts) for facts in around)
    return any(facts is None or implied(stated.node, stated.axis, facts.items(), axes) for facts in around)


def _lives(found: _Found, known: Accounted) -> bool:
    prose = _prose(found, known)
    return stands(prose, prose.tongue.lives, *prose.laid(found.one))


def _may_be_named(found: _Found, known: Accounted) -> bool:
    """Whether a day is out, or that of a claim; one on which somebody spoke to the desk only if the state names it."""
    prose, when = _prose(found, known), When(found.one.reading)
    speaks = any(compiled(prose.tongue, form).search(prose.text) for form in prose.tongue.contact)
    named = known.public | (known.own - known.contacts)
    return {when.earliest, when.latest} <= (named - known.contacts if speaks else named)


def _prose(found: _Found, known: Accounted) -> Prose:
    tongue = known.parts.tells.tongue(found.language)
    assert tongue is not None  # noqa: S101 - it has just been read in that language
    return Prose(*plain(found.sentence), found.language, tongue, known.parts)
