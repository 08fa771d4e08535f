"""A quotation, word for word, of a message that somebody wrote: whoever has either telephone finds it (F5, E32).

A translation shares no word with what was written, and passes.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext

RULE = "written-verbatim"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every quotation of a written message in the language it was written in."""
    for block in draft.blocks:
        report = context.reports.get(block.report or "")
        if report is not None and report.language == draft.language and report.id in context.written:
            yield (
                block.line,
                "this was written, not said: whoever searches the telephone or the line finds the very words; say it "
                "in the desk's own",
            )
