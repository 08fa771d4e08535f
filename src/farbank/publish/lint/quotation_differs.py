"""A quotation that is not what the report says, word for word (F26, F28, E17).

Between two dots of omission (… or [...]) every piece has to stand in the report, in order. A report in another language
is compared by `translation-differs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from farbank.country.fold import fold
from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext

RULE = "quotation-differs"
BLOCKING = True
_OMITTED = re.compile(r"\s*(?:\[\s*(?:…|\.{3}|⋯)\s*\]|…+|\.{3}|⋯+)\s*")


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every quotation in the report's language that has other words."""
    for block in draft.blocks:
        report = context.reports.get(block.report or "")
        if report is None or not block.sentences or report.language != draft.language:
            continue
        text = " ".join(sentence.text for sentence in block.sentences)
        missing = _missing(text, report.text)
        if missing:
            yield (
                block.line,
                f"{missing[:60]!r} is not what report {report.id} says; quote it as it was taken down, or say it in "
                "the desk's words",
            )


def _missing(text: str, report: str) -> str:
    """The first piece of the quotation that does not stand in the report after the one before it."""
    said, at = fold(report), 0
    for piece in _OMITTED.split(text):
        folded = fold(piece)
        found = said.find(folded, at)
        if found < 0:
            return piece.strip()
        at = found + len(folded)
    return ""
