"""An editor's mark left in print: TK, ???, [check], “(below/above?)” (F27, E29)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "editor-marks"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every mark in whatever is printed."""
    for sentence in context.printed(draft):
        for hit in reading.hits(sentence.text, context.phrases(draft), "marks"):
            yield sentence.line, f"{hit.words!r} looks like an editor's mark; settle it or cut it"
