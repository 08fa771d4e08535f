"""A date beside an event that the state's own record dates otherwise: shown, never picked silently (F27, E29).

It does not block: the record may be wrong, and the page prints the difference beside the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext
from farbank.publish.record import conflicts

RULE = "state-record"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every conflict with the record."""
    phrases = context.phrases(draft)
    for sentence in draft.sentences:
        for event, said in conflicts(sentence.text, context.record, phrases, draft.close):
            name = event.name.get(draft.language, event.id)
            yield (
                sentence.line,
                f"the story sets {name} beside {phrases.date(said)}, the record says {phrases.date(event.when)}; "
                "check which is meant: the page will print both",
            )
