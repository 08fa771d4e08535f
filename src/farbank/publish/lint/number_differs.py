"""A number in the headline, the summary or a heading that the body does not have (F12, F28).

It does not block: what is “nearly two hundred” above may be 197 below.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft, Sentence
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "number-differs"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every such number, against the sentences of the body that cite the same claims."""
    body = reading.body(draft)
    for sentence in draft.sentences:
        if sentence.role not in ("headline", "summary", "heading"):
            continue
        beside = [each for each in body if set(each.claims) & set(sentence.claims)]
        told = _told(beside, draft, context)
        for number in _numbers(sentence, draft, context) if beside else ():
            if number.value not in told:
                yield sentence.line, _message(sentence, number)


def _told(sentences: list[Sentence], draft: Draft, context: LintContext) -> set[float]:
    return {number.value for sentence in sentences for number in _numbers(sentence, draft, context)}


def _numbers(sentence: Sentence, draft: Draft, context: LintContext) -> tuple[reading.Number, ...]:
    """The numbers of a sentence, and the shares of a whole it names in words."""
    phrases = context.phrases(draft)
    shares = reading.shares(sentence.text, phrases)
    counted = reading.numbers(sentence.text, context.tongue(draft), phrases, draft.close)
    whole = (n for n in counted if not any(n.start < share.end and share.start < n.end for share in shares))
    return (*whole, *shares)


def _message(sentence: Sentence, number: reading.Number) -> str:
    written = sentence.text[number.start : number.end]
    return (
        f"the {sentence.role} says {written!r}, the body has no such number of {', '.join(sentence.claims)}; make them "
        "agree"
    )
