"""The lint of a story: one rule a file, each named for the slip it stops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from farbank.model.story import Draft, Lint
from farbank.publish.lint import (
    amount_untold,
    anonymity_unexplained,
    approval_missing,
    as_of_missing,
    bare_source,
    border_or_river,
    caption_detail,
    claim_missing,
    consent_missing,
    contested_untold,
    date_off_claim,
    date_outside_window,
    date_twice,
    editor_marks,
    estimative_mixed,
    finer_than_allowed,
    geography,
    heading_unsupported,
    hearsay_doubled,
    invisible_characters,
    likelihood_with_confidence,
    motive_as_fact,
    movement_detail,
    number_differs,
    of_the_pack,
    opinion_quoted,
    place_not_reported,
    place_spelling,
    plural_sources,
    quotation_differs,
    quotation_unbound,
    seen_at_second_hand,
    silence_beyond_search,
    stale_accept,
    stale_as_of,
    state_media_result,
    state_media_unsearched,
    state_record,
    statement_as_fact,
    told_otherwise_before,
    too_certain,
    translation_differs,
    translation_unmarked,
    wider_than_confirmed,
    written_verbatim,
)
from farbank.publish.lint.context import LintContext

__all__ = ["RULES", "LintContext", "Rule", "check"]


class Rule(Protocol):
    """What a file of a rule holds: its name, whether it keeps a story from being published, and how it finds slips."""

    RULE: str
    BLOCKING: bool

    def find(self, draft: Draft, context: LintContext, /) -> Iterator[tuple[int, str]]:
        """Line and message of every slip."""
        ...


RULES: tuple[Rule, ...] = (
    amount_untold,
    anonymity_unexplained,
    approval_missing,
    as_of_missing,
    bare_source,
    border_or_river,
    caption_detail,
    claim_missing,
    consent_missing,
    contested_untold,
    date_off_claim,
    date_outside_window,
    date_twice,
    editor_marks,
    estimative_mixed,
    finer_than_allowed,
    geography,
    heading_unsupported,
    hearsay_doubled,
    invisible_characters,
    likelihood_with_confidence,
    motive_as_fact,
    movement_detail,
    number_differs,
    opinion_quoted,
    place_not_reported,
    place_spelling,
    plural_sources,
    quotation_differs,
    quotation_unbound,
    seen_at_second_hand,
    silence_beyond_search,
    stale_accept,
    stale_as_of,
    state_media_result,
    state_media_unsearched,
    state_record,
    statement_as_fact,
    told_otherwise_before,
    too_certain,
    translation_differs,
    translation_unmarked,
    wider_than_confirmed,
    written_verbatim,
)


def check(draft: Draft, context: LintContext) -> tuple[Lint, ...]:
    """Everything the rules find in `draft`, by line; those with `blocking` keep it from being published."""
    found = {
        Lint(file=draft.file, line=line, rule=rule.RULE, message=message, blocking=rule.BLOCKING)
        for rule in RULES
        for line, message in rule.find(draft, context)
    }
    found |= {*of_the_pack.find(draft, context)}
    return tuple(sorted(found, key=lambda lint: (lint.line, lint.rule, lint.message)))
