"""“Still silent”: silence claimed beyond the last day that was searched (F13, F16).

A sentence that names the last day read, or one before it, says only what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from farbank.model.dates import When
from farbank.model.story import Draft
from farbank.publish.lint import reading, state_media
from farbank.publish.lint.context import LintContext

RULE = "silence-beyond-search"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every silence up to now whose searches all end before the close."""
    phrases = context.phrases(draft)
    for sentence in draft.sentences:
        searches = context.searched(sentence)
        last = max((search.window.last for search in searches), default=draft.close)
        if last >= draft.close or sentence.role == "quote":
            continue
        if not reading.hits(sentence.text, phrases, "silence") or not state_media.named(sentence.text, draft, context):
            continue
        dated = reading.dates(sentence.text, phrases, draft.close)
        within = any(each.when.latest is not None and each.when.latest <= last for each in dated)
        beyond = [hit.words for hit in reading.hits(sentence.text, phrases, "until-now")]
        beyond += [sentence.text[each.start : each.end] for each in dated if _later(each.when, last, draft.close)]
        if beyond and not within:
            yield (
                sentence.line,
                f"{beyond[0]!r}, but state media were read to {phrases.date(last)} only; write up to that day, or "
                "search on",
            )


def _later(when: When, last: date, close: date) -> bool:
    """Whether it lies between the last day read and the close; what is still to come is when something falls due."""
    first, end = when.earliest, when.latest
    return first is not None and end is not None and last < end and first <= close
