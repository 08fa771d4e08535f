"""“A source said”: who could know it, and how, the reader is not told (F26, E41, E42)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "bare-source"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every source that is neither described nor a handle."""
    for sentence in draft.sentences:
        found = reading.hits(sentence.text, context.phrases(draft), "bare-source")
        if found and not sentence.sources and sentence.role != "quote":
            yield (
                sentence.line,
                f"{found[0].words!r} tells a reader nothing; write @handle, and the page describes them as far as is "
                "safe",
            )
