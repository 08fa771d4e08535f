"""Find what partners said and what the desk wrote, as far as somebody may read it."""

from __future__ import annotations

import msgspec

from farbank import vault
from farbank.model.statemedia import Window
from farbank.model.text import Language

AROUND = 150
"""Characters shown on either side of the first word found."""


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """A passage with the words: where it stands, when it was said, and the stretch around the first of them."""

    kind: str
    id: str
    part: str
    when: str
    language: Language
    text: str


def search_desk(
    opened: vault.Vault, words: str, *, window: Window | None = None, limit: int = 20
) -> tuple[Excerpt, ...]:
    """Passages with all of the words, the newest first; in quotation marks they stand next to each other.

    Raises CompartmentClosed.
    """
    with vault.Search(opened) as search:
        return tuple(_excerpt(hit, words) for hit in search.find(words, window=window, limit=limit))


def _excerpt(hit: vault.Hit, words: str) -> Excerpt:
    lower = hit.text.lower()
    places = [lower.find(word.lower().strip('"')) for word in words.split()]
    first = min((place for place in places if place >= 0), default=0)  # another form of the word: from the beginning
    start, end = max(first - AROUND, 0), min(first + AROUND, len(hit.text))
    text = ("…" if start else "") + hit.text[start:end] + ("…" if end < len(hit.text) else "")
    return Excerpt(kind=hit.kind, id=hit.id, part=hit.part, when=hit.when, language=hit.language, text=text)
