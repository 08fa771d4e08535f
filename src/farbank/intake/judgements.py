"""A judgement as it is added to the end of a case folder's `judgements.toml`."""

from __future__ import annotations

from farbank.intake import layout
from farbank.intake.encode import toml
from farbank.model.codec import to_builtins
from farbank.model.judgements import Judged

FILE = layout.JUDGEMENTS


def entry(judged: Judged) -> bytes:
    """One table of the list, after an empty line; never a list of its own, which could stand in the file only once."""
    return b"\n[[judgements]]\n" + toml(to_builtins(judged))
