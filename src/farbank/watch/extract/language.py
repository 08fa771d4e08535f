"""In which language a text is, where its outlet says one thing and its letters may say another."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection
from functools import cache
from typing import Any

from farbank.model.text import Language

PREFIX = 200
"""Characters that are looked at; more cost more and tell nothing new."""

SHORT = 100
"""Texts of fewer letters keep the language they are declared in; in a script of its own a language shows in fewer."""
SHORT_SCRIPT = 25

SURE = 0.99
"""How sure the identifier must be to overrule what is declared; of 200 letters of prose it nearly always is."""

UNKNOWN: Language = "und"

TELLING = {
    "en": frozenset(("the", "of", "and", "to", "was", "with", "that", "by", "from", "his", "its")),
    "es": frozenset(("el", "los", "las", "del", "y", "una", "por", "al", "con", "su")),
}
"""Words that no other language a state publishes in has in such numbers: where every eighth is one of them, nothing
else need be asked, which saves most of the time."""
EVERY = 8
LONGER = 1000
"""Characters of a labelled text in which its own telling words are looked for."""
WANTING = 20
"""In how many words there is one telling word of another tongue at least, where those of its own are wanting."""

_HANGUL = re.compile("[\uac00-\ud7a3]")
_KANA = re.compile("[\u3041-\u30fa]")
_HAN = re.compile("[\u3400-\u9fff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_IN_CYRILLIC = ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn")
TOLD_BY_SCRIPT = frozenset(("ko", "ja", "zh", *_IN_CYRILLIC))


def language(text: str, declared: Language, among: Collection[Language]) -> Language:
    """The language of `text`: `declared` (may be empty), unless a long text is clearly in another.

    Scripts tell Korean, Japanese, Chinese and Russian; in Latin letters it is the likeliest of `among`, of all that
    are known if that is empty. `und` where nothing tells.
    """
    head = text[:PREFIX]
    letters = sum(map(str.isalpha, head))
    if declared and letters < SHORT_SCRIPT:
        return declared
    seen = _by_script(head, letters, among) if not head.isascii() else ""
    if declared and letters < SHORT and _primary(seen) in ("", "zh"):  # a Japanese headline may lack kana
        return declared
    if not seen and letters:
        tongues = {_primary(tag) for tag in among}
        told = _by_telling(head, tongues)
        # Where two that have telling words are all it can be, and neither is told, what is declared stands.
        needless = declared and tongues and tongues <= TELLING.keys() | TOLD_BY_SCRIPT
        seen = _listed((told,), among) if told else "" if needless else _by_model(head, among)
    return declared if declared and (not seen or _primary(seen) == _primary(declared)) else seen or UNKNOWN


def plain(text: str, declared: Language) -> Language:
    """The language of `text` as far as that needs no model: by its script, or by words that tell English and Spanish.

    For what somebody else has labelled, of which a model would find more and be wrong more often.
    """
    head = text[:PREFIX]
    letters = sum(map(str.isalpha, head))
    if letters < SHORT:
        return declared
    seen = (_by_script(head, letters, ()) if not head.isascii() else "") or _by_telling(head, TELLING)
    seen = seen or _by_want(text[:LONGER].lower().split(), _primary(declared))
    return seen if seen and _primary(seen) != _primary(declared) else declared


def _by_want(words: list[str], declared: str) -> Language:
    """Another tongue's, where one that has telling words is declared and hardly any of them are there."""
    found = {tongue: sum(map(telling.__contains__, words)) for tongue, telling in TELLING.items()}
    other = max(found.keys() - {declared}, key=found.__getitem__)
    if declared in found and found[other] * WANTING > len(words) and found[declared] * 4 < found[other]:
        return other
    return ""


def _by_script(head: str, letters: int, among: Collection[Language]) -> Language:
    """Empty where the letters are mostly Latin, or too mixed to tell."""
    hangul, kana, han = (len(script.findall(head)) for script in (_HANGUL, _KANA, _HAN))
    if hangul * 3 > letters:
        return _listed(("ko",), among)
    if kana * 10 > letters and (kana + han) * 2 > letters:
        return _listed(("ja",), among)
    if han * 2 > letters:
        return _listed(("zh",), among)
    return _listed(_IN_CYRILLIC, among) if len(_CYRILLIC.findall(head)) * 2 > letters else ""


def _by_model(head: str, among: Collection[Language]) -> Language:
    likely, sure = _identifier(tuple(sorted({_primary(tag) for tag in among}))).classify(head)
    return _listed((likely,), among) if sure >= SURE else ""


def _by_telling(head: str, tongues: Collection[str]) -> Language:
    words = head.lower().split()
    for tongue, telling in TELLING.items():
        if tongue in tongues and sum(map(telling.__contains__, words)) * EVERY > len(words):
            return tongue
    return ""


def _listed(tongues: tuple[Language, ...], among: Collection[Language]) -> Language:
    """The tag of `among` that is one of `tongues`, the first of these if none is."""
    return next((tag for tag in among if _primary(tag) in tongues), tongues[0])


def _primary(tag: Language) -> str:
    return tag.partition("-")[0]


@cache
def _identifier(tongues: tuple[str, ...]) -> Any:
    """One restricted to `tongues`, of which those it does not know do not count."""
    restricted = copy.copy(_model())
    known = set(restricted.labels) & set(tongues)
    restricted.set_languages(known or None)
    return restricted


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
