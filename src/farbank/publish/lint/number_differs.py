"""A number in the headline, the summary or a heading that the body does not have (F12, F28).

It does not block: what is “nearly two hundred” above may be 197 below.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "number-differs"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every such number, against the sentences of the body that cite the same claims."""
    phrases, tongue = context.phrases(draft), context.tongue(draft)
    body = reading.body(draft)
    for sentence in draft.sentences:
        if sentence.role not in ("headline", "summary", "heading"):
            continue
        beside = [each for each in body if set(each.claims) & set(sentence.claims)]
        told = {n.value for each in beside for n in reading.numbers(each.text, tongue, phrases, draft.close)}
        for number in reading.numbers(sentence.text, tongue, phrases, draft.close) if beside else ():
            if number.value not in told:
                written = sentence.text[number.start : number.end]
                yield (
                    sentence.line,
                    f"the {sentence.role} says {written!r}, the body has no such number of "
                    f"{', '.join(sentence.claims)}; make them agree",
                )
