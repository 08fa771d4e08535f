"""A quotation from somebody who has not agreed that their words be used (F7, E43, E52)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext

RULE = "consent-missing"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every quotation from a report whose speaker gave no consent for text."""
    for block in draft.blocks:
        if block.report in context.unconsented:
            yield (
                block.line,
                f"whoever spoke in report {block.report} has not agreed to be quoted; ask them, record it as "
                'consent = ["text"], or say it in the desk\'s words',
            )
