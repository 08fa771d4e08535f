"""A term of the pack's glossary rendered by another word: two words for one body are read as two bodies (F28, E17).

Quotations keep the words of whoever spoke. A single everyday word that is a term only now and then (“leadership”) is
left to the editor: which is meant, no pattern tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from farbank.country.lexicon import Term
from farbank.country.pack import Pack
from farbank.model.text import Language
from farbank.publish.versions.passage import Pair

RULE = "version-glossary"
BLOCKING = True


class _Terms(NamedTuple):
    pattern: re.Pattern[str]
    rows: dict[str, tuple[Term, ...]]


def find(pair: Pair) -> Iterator[str]:
    """A message for every term of the master that the version renders by no word of the glossary."""
    terms = _terms(pair.pack, pair.spoken.language)
    told = pair.version.text.casefold()
    for match in () if pair.quotation else terms.pattern.finditer(pair.master.text):
        found = terms.rows[match.group(1).casefold()]
        forms = [form for term in found for form in _of(term.renderings, pair.rendered.language)]
        if forms and not any(form.casefold() in told for form in forms):
            yield f"the glossary renders {match.group(1)!r} by {' or '.join(dict.fromkeys(forms))}; write that"


@lru_cache(maxsize=8)
def _terms(pack: Pack, language: Language) -> _Terms:
    rows: dict[str, tuple[Term, ...]] = {}
    written: dict[str, None] = {}
    everyday = pack.common.get(language, {})
    for term in pack.lexicon.glossary:
        for form in _of(term.forms, language):
            if form not in everyday:
                rows[form.casefold()] = (*rows.get(form.casefold(), ()), term)
                written[form] = None
    alternatives = "|".join(map(_written, sorted(written, key=len, reverse=True))) or "(?!)"
    return _Terms(re.compile(f"({alternatives})"), rows)


def _written(form: str) -> str:
    """A name as it is, common words with a capital or without and in the plural too."""
    if not form.isascii():
        return re.escape(form)
    return rf"\b(?:{re.escape(form) if form != form.lower() else f'(?i:{re.escape(form)})'})(?=(?:e?s)?\b)"


def _of(forms: dict[Language, tuple[str, ...]], language: Language) -> tuple[str, ...]:
    return forms.get(language) or forms.get(language.partition("-")[0], ())
