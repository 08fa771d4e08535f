"""Words in quotation marks that are bound to no report: nobody can hold them against what was said (F26, F28, E17).

A word or two under reserve is no quotation, and a passage of state media that the desk holds word for word is bound
already.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.country.fold import fold
from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "quotation-unbound"
BLOCKING = True
WORDS, CHARACTERS = 4, 8
"""From so many on it is a quotation and no term under reserve."""


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every quotation inside a sentence."""
    marks = reading.joined(context.phrases(draft).several("slips.quoted"))
    held = [
        fold(text)
        for statement in context.statements.values()
        if not statement.restated
        for text in statement.text.values()
    ]
    for sentence in draft.sentences:
        for match in marks.finditer(sentence.text) if sentence.role != "quote" else ():
            words = next(group for group in match.groups() if group is not None)
            if _long(words) and not any(fold(words) in text for text in held):
                yield (
                    sentence.line,
                    f"{match.group()[:60]!r} is a quotation bound to no report; set it apart with > and "
                    "[@claim; report=id], or say it in the desk's words",
                )


def _long(words: str) -> bool:
    """Whether it is more than a word or two: scripts without spaces count characters."""
    dense = sum(not character.isascii() for character in words) > len(words) / 2
    return len(fold(words)) >= CHARACTERS if dense else len(words.split()) >= WORDS
