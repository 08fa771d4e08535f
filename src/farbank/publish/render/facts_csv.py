"""What a story establishes, as a table (RFC 4180): a row a fact and language, and no cell a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from farbank.model.text import Language
from farbank.publish.edition import Edition, Fact

FILE = "facts.csv"
HEAD = (
    "fact", "language", "kind", "text", "date", "area_ids", "areas", "standing", "how_known", "state_media", "as_of",
)  # fmt: skip
_RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read a cell as a formula; the wide forms do so where a Japanese or Chinese one is set up."""


def files(edition: Edition) -> dict[str, bytes]:
    """`facts.csv` in UTF-8; areas are parted by `; `, dates are EDTF."""
    held = StringIO(newline="")
    written = csv.writer(held, lineterminator="\r\n")
    written.writerow(HEAD)
    written.writerows([defused(cell) for cell in row] for fact in edition.facts for row in _rows(fact, edition))
    return {FILE: held.getvalue().encode("utf-8")}


def defused(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would take it for a formula."""
    runs = cell.lstrip().lstrip("\ufeff\0").lstrip().startswith(_RUN)
    return f"'{cell}" if runs or cell.startswith(("\t", "\r", "\n")) else cell


def _rows(fact: Fact, edition: Edition) -> Iterator[list[str]]:
    for language in edition.languages:
        yield [
            str(fact.index),
            language,
            fact.kind,
            fact.texts.get(language, ""),
            str(fact.when),
            "; ".join(fact.areas),
            "; ".join(_names(fact, edition, language)),
            fact.standing,
            fact.standings[language],
            fact.state_media,
            edition.close.isoformat(),
        ]


def _names(fact: Fact, edition: Edition, language: Language) -> Iterator[str]:
    yield from (area.names[language] for area in edition.areas if area.id in fact.areas)
