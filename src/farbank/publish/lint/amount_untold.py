"""An amount that nobody told: none of the numbers beside the claim is one of its figures (F12).

It does not block: a sentence may count something else (“it has to last thirty days”). Few are mostly counted in words
and are people, places or accounts; a small number in words is an amount where a measure follows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.country.phrases import Phrases
from farbank.model.story import Draft, Sentence
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "amount-untold"
BLOCKING = False
FEW = 12
"""Up to here a number in words counts something without a measure of its own."""


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every sentence with numbers, none of which fits an amount of the claims it cites."""
    phrases, tongue = context.phrases(draft), context.tongue(draft)
    for sentence in draft.sentences:
        claims = context.cited(sentence)
        amounts = [amount for claim in claims for amount in claim.amounts]
        if not amounts or not all(claim.amounts for claim in claims) or sentence.role == "quote":
            continue
        numbers = [
            *(n for n in reading.numbers(sentence.text, tongue, phrases, draft.close) if _counts(n, sentence, phrases)),
            *(n for n in reading.shares(sentence.text, phrases) if _measured(n, sentence, phrases)),
        ]
        if numbers and not any(a.low <= number.value <= a.high for number in numbers for a in amounts):
            told = ", ".join(f"{phrases.number(a.low)}–{phrases.number(a.high)} {a.unit} ({a.what})" for a in amounts)
            written = [sentence.text[number.start : number.end] for number in numbers]
            yield sentence.line, f"{reading.say(written)} is not what was told: {told}"


def _counts(number: reading.Number, sentence: Sentence, phrases: Phrases) -> bool:
    large = number.value > FEW or sentence.text[number.start].isdigit()
    return large or not phrases.several("slips.measures") or _measured(number, sentence, phrases)


def _measured(number: reading.Number, sentence: Sentence, phrases: Phrases) -> bool:
    measure = reading.joined(phrases.several("slips.measures"))
    return measure.match(sentence.text, number.end) is not None
