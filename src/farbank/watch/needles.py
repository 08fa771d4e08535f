"""What to look for: the forms of a concept, or the spellings of a place, as tokens per language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from farbank.country.fold import fold
from farbank.country.pack import Pack
from farbank.country.tokens import tokens
from farbank.model.places import PlaceId
from farbank.watch.index import Phrase

Needle = dict[str, tuple[Phrase, ...]]
"""Phrases per language, any of which will do."""

CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def concept(pack: Pack, key: str, languages: Iterable[str]) -> Needle:
    """The forms of a concept of the pack's lexicon in `languages`; a language it has no form in is left out."""
    known = pack.lexicon.concept(key).forms
    found = {language: _phrases(of(known, language), language) for language in languages}
    return {language: phrases for language, phrases in found.items() if phrases}


def complete(phrases: Iterable[Phrase]) -> bool:
    """Whether no text that has one of `phrases` escapes; False if there is none.

    A lone syllable or Chinese character at the end is found only where the text goes no further: 쌀 not in 쌀값.
    """
    last = [phrase[-1] for phrase in phrases]
    return bool(last) and not any(len(token) == 1 and CJK.match(token) for token in last)


def place(pack: Pack, ids: Iterable[PlaceId], languages: Iterable[str]) -> Needle:
    """Every spelling of some places, in `languages`."""
    spellings = [spelling for id in ids for spelling in pack.gazetteer.spellings(id)]
    return {language: _phrases(spellings, language) for language in languages}


def abroad(pack: Pack, languages: Iterable[str], asked: Iterable[Needle] = ()) -> Needle:
    """The names of other countries in `languages`, but for those `asked` for: visitors from one tell no place."""
    country = next(place.id for place in pack.gazetteer if place.parent is None)
    own = {fold(spelling) for spelling in pack.gazetteer.spellings(country)}
    wanted = {phrase for needle in asked for phrases in needle.values() for phrase in phrases}
    found = {
        tag: tuple(phrase for name, phrase in _foreign(tag) if name not in own and phrase not in wanted)
        for tag in languages
    }
    return {language: phrases for language, phrases in found.items() if phrases}


@cache
def _foreign(language: str) -> tuple[tuple[str, Phrase], ...]:
    known = tomllib.loads((Path(__file__).parent / "abroad.toml").read_text("utf-8"))
    return tuple((fold(name), phrase) for name in of(known, language) for phrase in _phrases((name,), language))


def of(known: Mapping[str, tuple[str, ...]], language: str) -> tuple[str, ...]:
    """The forms in a language, else in the language it is a kind of."""
    return known.get(language) or known.get(language.partition("-")[0], ())


def by_first(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    """Phrases by their first token, as `standing` looks for them."""
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return found


def standing(phrases: Mapping[str, Sequence[Phrase]], tokens: Sequence[str]) -> Iterator[Phrase]:
    """Those of `phrases` that stand in a text of those tokens, each time they do; as an index finds them."""
    for start, token in enumerate(tokens):
        for phrase in phrases.get(token, ()):
            if len(phrase) == 1 or tuple(tokens[start : start + len(phrase)]) == phrase:
                yield phrase


def _phrases(forms: Iterable[str], language: str) -> tuple[Phrase, ...]:
    # Korean papers of north and south disagree about spaces, so a spaced form is looked for without them too.
    every = [spelling for form in forms for spelling in (form, *([form.replace(" ", "")] if CJK.search(form) else ()))]
    return tuple(dict.fromkeys(phrase for form in every if (phrase := tuple(tokens(form, language)))))
