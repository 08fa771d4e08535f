"""Where a sentence speaks of state media: their names, and the words for all of them."""

from __future__ import annotations

import re

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext


def named(text: str, draft: Draft, context: LintContext) -> str | None:
    """The first words for state media in `text`, None if there are none."""
    names = {name for outlet in context.pack.outlets for name in (*outlet.name.values(), *outlet.spellings)}
    spelt = tuple(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" for name in sorted(names, key=len, reverse=True))
    found = reading.joined((*spelt, *context.phrases(draft).several("slips.state-media"))).search(text)
    return found.group() if found else None
