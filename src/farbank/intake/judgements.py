"""A judgement as it is added to the end of a case folder's `judgements.toml`."""

from __future__ import annotations

from farbank.intake import layout
from farbank.intake.encode import judgement
from farbank.model.judgements import Judged

FILE = layout.JUDGEMENTS


def entry(judged: Judged) -> bytes:
    """One table of the list, after an empty line."""
    return b"\n" + judgement(judged)
