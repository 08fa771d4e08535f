"""The lint of a story: one rule a file, each named for the slip it stops."""

from __future__ import annotations

from farbank.model.story import Draft, Lint
from farbank.publish.lint import (
    caption_detail,
    claim_missing,
    finer_than_allowed,
    movement_detail,
    plural_sources,
    stale_accept,
    stale_as_of,
    state_record,
)
from farbank.publish.lint.context import LintContext

__all__ = ["LintContext", "check"]

RULES = (
    caption_detail,
    claim_missing,
    finer_than_allowed,
    movement_detail,
    plural_sources,
    stale_accept,
    stale_as_of,
    state_record,
)


def check(draft: Draft, context: LintContext) -> tuple[Lint, ...]:
    """Everything the rules find in `draft`, by line; those with `blocking` keep it from being published."""
    found = {
        Lint(file=draft.file, line=line, rule=rule.RULE, message=message, blocking=rule.BLOCKING)
        for rule in RULES
        for line, message in rule.find(draft, context)
    }
    return tuple(sorted(found, key=lambda lint: (lint.line, lint.rule, lint.message)))
