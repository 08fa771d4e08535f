"""What words an event is spoken of with, per language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from farbank.country.fold import fold
from farbank.model.errors import MissingReference
from farbank.model.text import Language

OR = "|"
"""Between concepts and words any of which will do (`flood|word:sluice`)."""
LITERAL = "word:"
"""Before a word that is meant as it stands (`word:Amnok`): a mistyped concept must not turn into a silent search."""

_GLOSS = re.compile(r"\s*[(（](.*?)[)）]\s*")


class Concept(msgspec.Struct, frozen=True, kw_only=True):
    """Something a passage can touch, and its word forms per language; a form may be several words."""

    key: str
    forms: dict[Language, tuple[str, ...]]


class Term(NamedTuple):
    """A term of the glossary per language: the `forms` it is recognised by, and every word it may be rendered by."""

    forms: dict[Language, tuple[str, ...]]
    renderings: dict[Language, tuple[str, ...]]


class Lexicon:
    """Concepts by key: the pack's own, then its glossary by English term, then literal words (`word:…`)."""

    def __init__(
        self,
        concepts: Mapping[str, Mapping[Language, tuple[str, ...]]],
        glossary: Iterable[Mapping[Language, tuple[str, ...]]],
        negators: Mapping[Language, tuple[str, ...]],
        rebuttals: Mapping[Language, tuple[str, ...]],
        languages: Iterable[Language],
    ) -> None:
        self._languages = tuple(languages)
        self._negators = dict(negators)
        self._rebuttals = dict(rebuttals)
        self._concepts = {fold(key): Concept(key=key, forms=dict(forms)) for key, forms in concepts.items()}
        self.glossary: list[Term] = []
        """The terms of the glossary, in its order."""
        for row in glossary:
            concept = Concept(key=row["en"][0], forms={tag: _forms(row[tag]) for tag in row})
            self.glossary.append(Term(concept.forms, {tag: _renderings(row[tag]) for tag in row}))
            for form in (concept.key, *concept.forms["en"]):
                self._concepts.setdefault(fold(form), concept)

    def __iter__(self) -> Iterator[Concept]:
        return iter({concept.key: concept for concept in self._concepts.values()}.values())

    def concept(self, key: str) -> Concept:
        """The concept of that key. Raises MissingReference, naming what is near.

        `key` is a concept of the pack, an English term of its glossary in any case, `word:` and a literal word, or
        several of these with `|` between them, any of which will do.
        """
        if OR in key:
            return _any(key, [self.concept(part.strip()) for part in key.split(OR)])
        if key.startswith(LITERAL) and key != LITERAL:
            word = key.removeprefix(LITERAL)
            return Concept(key=key, forms=dict.fromkeys(self._languages, (word,)))
        concept = self._concepts.get(fold(key))
        if concept is None:
            close = difflib.get_close_matches(fold(key), self._concepts, n=3, cutoff=0.6)
            near = ", ".join(dict.fromkeys(self._concepts[other].key for other in close))
            raise MissingReference(
                f"no concept {key!r} in the country pack{f' (near: {near})' if near else ''}; "
                f"a word meant as it stands is written {LITERAL}{key}"
            )
        return concept

    def negators(self, language: Language) -> tuple[str, ...]:
        """Words that turn a sentence into its denial in that language."""
        return _spoken(self._negators, language)

    def rebuttals(self, language: Language) -> tuple[str, ...]:
        """What shows in that language, as it is written, that something is told only to be denied."""
        return _spoken(self._rebuttals, language)


def _spoken(words: Mapping[Language, tuple[str, ...]], language: Language) -> tuple[str, ...]:
    """The words of a language, else of the one it is a kind of."""
    return words.get(language) or words.get(language.partition("-")[0], ())


def _any(key: str, concepts: Iterable[Concept]) -> Concept:
    forms: dict[Language, dict[str, None]] = {}
    for concept in concepts:
        for language, known in concept.forms.items():
            forms.setdefault(language, {}).update(dict.fromkeys(known))
    return Concept(key=key, forms={language: tuple(known) for language, known in forms.items()})


def _forms(terms: Iterable[str]) -> tuple[str, ...]:
    """Terms without their glosses, and what a gloss offers instead: `Amnok (Yalu) River` -> Amnok River, Yalu River."""
    found: dict[str, None] = {}
    for term in terms:
        plain = _GLOSS.sub(" ", term).strip().strip('"')
        found[plain] = None
        for gloss in _GLOSS.finditer(term):
            before, after = term[: gloss.start()].strip(), term[gloss.end() :].strip()
            if before and after:
                found[f"{before.rpartition(' ')[0]} {gloss.group(1)} {after}".strip()] = None
            elif gloss.group(1)[:1].isupper() and " " not in gloss.group(1):
                found[gloss.group(1)] = None
    return tuple(found)


def _renderings(terms: Iterable[str]) -> tuple[str, ...]:
    """The forms of terms and what stands in their glosses: `朝鲜中央通讯社（朝中社）` may be written either way."""
    written = tuple(terms)
    glosses = (gloss.group(1) for term in written for gloss in _GLOSS.finditer(term))
    return tuple(dict.fromkeys((*_forms(written), *glosses)))
