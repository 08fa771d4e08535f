"""A quotation of somebody who did not speak a language of everybody's: with the mark or without, it tells (F20, E36).

Every other quotation is said to be the desk's translation, or is in the language of the country. One that is neither
was spoken in another, by one of the few who do. The mark is compiled, never typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext
from farbank.publish.translation import quotations

RULE = "translation-unmarked"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every quotation of a report in a language that not everybody in the country speaks."""
    told_in = {id: report.language for id, report in context.reports.items()}
    for block, language in quotations(draft, told_in):
        if language not in context.pack.spoken:
            yield (
                block.line,
                "not everybody in the country speaks the language this was said in, and a quotation tells which it "
                "was, with the mark of a translation or without; give it in the desk's own words (or list the language "
                "as spoken in pack.toml, if it is)",
            )
