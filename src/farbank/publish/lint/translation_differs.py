"""A translated quotation with a number the report does not have (F12, F28, E17).

Words cannot be compared across languages here; numbers can. It does not block: “a couple” may well be two.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from farbank.country.prose_dates import Dated
from farbank.model.story import Draft
from farbank.model.text import Language
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "translation-differs"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every number in a translated quotation that stands nowhere in the report."""
    for block in draft.blocks:
        report = context.reports.get(block.report or "")
        if report is None or report.language == draft.language or report.language not in context.pack.phrases:
            continue
        told = _figures(report.text, report.language, draft.close, context)
        for sentence in block.sentences:
            for figure in sorted(_figures(sentence.text, draft.language, draft.close, context) - told):
                yield (
                    sentence.line,
                    f"the quotation says {figure}, report {report.id} ({report.language}) has no such number; "
                    "compare the two",
                )


def _figures(text: str, language: Language, close: date, context: LintContext) -> set[float]:
    """Every number in the text, those of its dates too."""
    phrases, tongue = context.pack.phrases[language], context.pack.tells.tongue(language)
    dated = reading.dates(text, phrases, close)
    parts = {part for each in dated for part in _parts(each, text[each.start : each.end])}
    return {each.value for each in reading.numbers(text, tongue, phrases, close)} | parts


def _parts(dated: Dated, written: str) -> Iterator[int]:
    """The year, the month and the days of a date as written: “late July” gives no day."""
    for end in (dated.when.earliest, dated.when.latest):
        if end is not None:
            yield from (end.year, end.month)
            if dated.when.is_day or str(end.day) in written:
                yield end.day
