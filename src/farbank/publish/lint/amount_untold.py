"""An amount that nobody told: none of the numbers beside the claim is one of its figures (F12).

It does not block: a sentence may count something else (“it has to last thirty days”).
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "amount-untold"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every sentence with numbers, none of which fits an amount of the claims it cites."""
    phrases, tongue = context.phrases(draft), context.tongue(draft)
    for sentence in draft.sentences:
        claims = context.cited(sentence)
        amounts = [amount for claim in claims for amount in claim.amounts]
        if not amounts or not all(claim.amounts for claim in claims) or sentence.role == "quote":
            continue
        numbers = reading.numbers(sentence.text, tongue, phrases, draft.close)
        if numbers and not any(a.low <= number.value <= a.high for number in numbers for a in amounts):
            told = ", ".join(f"{phrases.number(a.low)}–{phrases.number(a.high)} {a.unit} ({a.what})" for a in amounts)
            written = [sentence.text[number.start : number.end] for number in numbers]
            yield sentence.line, f"{reading.say(written)} is not what was told: {told}"
