"""“Sources said” where one mouth spoke: two voices are read as two confirmations (F10, E28, E41)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext

RULE = "plural-sources"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every plural that stands on a single sure origin."""
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in context.phrases(draft).several("lint.plural-sources")]
    for sentence in draft.sentences:
        single = [c for c in sentence.claims if c in context.findings and context.findings[c].origins < 2]
        found = next((match for pattern in patterns if (match := pattern.search(sentence.text))), None)
        if found and single:
            yield (
                sentence.line,
                f"{found.group()!r} speaks of several, but {', '.join(single)} has one sure origin; "
                "write @handle, or say that an account reached the desk",
            )
