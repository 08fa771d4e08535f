"""The rules a country pack brings as plain data, each under its own name (F27)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft, Lint
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext


def find(draft: Draft, context: LintContext) -> Iterator[Lint]:
    """Whatever a pattern of the pack finds in what is printed; what somebody said stays as it was said."""
    for slip in context.pack.slips.rules:
        pattern = reading.joined(slip.patterns.get(draft.language, ()))
        message = slip.message.get(draft.language) or next(iter(slip.message.values()), slip.evidence)
        for sentence in context.printed(draft):
            for match in pattern.finditer(sentence.text) if sentence.role != "quote" else ():
                yield Lint(
                    file=draft.file,
                    line=sentence.line,
                    rule=slip.rule,
                    message=f"{match.group()!r}: {message}",
                    blocking=slip.blocking,
                )
