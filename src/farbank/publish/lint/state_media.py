"""Where a sentence speaks of state media: their names, and the words for all of them."""

from __future__ import annotations

import re
from functools import lru_cache

from farbank.country.pack import Pack
from farbank.model.story import Draft
from farbank.model.text import Language
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext


def named(text: str, draft: Draft, context: LintContext) -> str | None:
    """The first words for state media in `text`, None if there are none."""
    return _named(text, context.pack, draft.language)


@lru_cache(maxsize=4096)
def _named(text: str, pack: Pack, language: Language) -> str | None:
    found = _words(pack, language).search(text)
    return found.group() if found else None


@lru_cache(maxsize=16)
def _words(pack: Pack, language: Language) -> re.Pattern[str]:
    names = {name for outlet in pack.outlets for name in (*outlet.name.values(), *outlet.spellings)}
    spelt = tuple(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" for name in sorted(names, key=len, reverse=True))
    return reading.joined((*spelt, *pack.phrases[language].several("slips.state-media")))
