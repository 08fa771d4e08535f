"""A translated quotation that the page does not say is one, for the mark would tell of somebody (F20, F26, E36).

The mark is compiled, never typed. A page goes without where one of the reports it quotes is in a language that not
everybody in the country speaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext
from farbank.publish.translation import marked, translated

RULE = "translation-unmarked"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every translated quotation of a page without marks."""
    told_in = {id: report.language for id, report in context.reports.items()}
    if marked(draft, told_in, context.pack.spoken):
        return
    for block in translated(draft, told_in):
        yield (
            block.line,
            "readers are not told that this is a translation: a report quoted here is in a language that not everybody "
            "in the country speaks, and the mark would tell so; give the words of that report in the desk's own",
        )
