"""A day or an hour in the words of a picture's record: its caption gives the month and no more (F24, F18).

It says when somebody stood where the camera stood, and no exposure was counted for that.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish import days
from farbank.publish.lint.context import LintContext

RULE = "caption-detail"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line of the picture, and message, for every day and hour its caption would print."""
    phrases = context.phrases(draft)
    for block in draft.blocks:
        picture = context.pictures.get(block.picture or "")
        for field, words in (("what", picture.what), ("vantage", picture.vantage)) if picture else ():
            text = words.get(draft.language, "")
            plain = days.plain(text)
            hours = (match.group() for each in days.patterns(phrases, "clock") for match in each.finditer(plain))
            for written in dict.fromkeys((*days.finer(text, phrases, draft.close, ()), *map(str.strip, hours))):
                yield (
                    block.line,
                    f"{written!r} in [{field}] of media/{block.picture}.toml is finer than a caption, which gives the "
                    "month; take it out of the record",
                )
