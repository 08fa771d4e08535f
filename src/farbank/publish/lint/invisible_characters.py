"""A character nobody sees: it hides a word from whoever reads, searches or checks it (F27, E29).

Zero-width spaces, soft hyphens and marks that turn the direction of writing come in by copying, and not only by
accident.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext

RULE = "invisible-characters"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every sentence with such a character."""
    for sentence in context.printed(draft):
        hidden = {character for character in sentence.text if _hidden(character)}
        if hidden:
            codes = ", ".join(f"U+{ord(each):04X} {unicodedata.name(each, '')}".strip() for each in sorted(hidden))
            yield sentence.line, f"invisible characters ({codes}); type the sentence anew"


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cc", "Co", "Cn") and character not in "\n\t"
