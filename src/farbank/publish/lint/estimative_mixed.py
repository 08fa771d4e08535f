"""A word of likelihood from the other of the two rows: “probable” beside “likely” (F26, E45).

ICD 203 has two rows of words for the same seven bands and forbids mixing them; the sentences the page makes use the
row of “likely”.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "estimative-mixed"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every word of the row that is not the house's."""
    for sentence in draft.sentences:
        for hit in reading.hits(sentence.text, context.phrases(draft), "likelihood-other-row"):
            if sentence.role != "quote":
                yield (
                    sentence.line,
                    f"{hit.words!r} is of the other row of likelihoods; the house writes almost no chance, (very) "
                    "unlikely, roughly even chance, (very) likely, almost certain",
                )
