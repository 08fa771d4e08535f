"""Whom a word in a sentence speaks of, as far as the sentence shows: somebody behind the story, or anybody else."""

from __future__ import annotations

from typing import Literal

from farbank.country.tells import compiled
from farbank.protect.detect.prose import Prose, stands

Of = Literal["person", "teller", "general", "unknown"]
"""`person`: the one spoken of or speaking; `teller`: the one from whom they had it; `general`: nobody in particular."""


def described(prose: Prose, start: int, end: int, *, several: bool = False) -> Of:
    """Whom a noun at `start` to `end` describes; `several` where it is a plural."""
    tongue = prose.tongue
    if several:
        return "person" if stands(prose, tongue.among, start, end) else "general"
    if stands(prose, tongue.general, start, end):
        return "general"
    if stands(prose, tongue.beside, start, end):
        return "person"
    if stands(prose, tongue.told_by, start, end):
        return "teller"
    return "person" if stands(prose, tongue.describes, start, end) else "unknown"


def done_by(prose: Prose, start: int, end: int) -> Of:
    """Who did, or had done to them, what the verb at `start` to `end` says.

    In a language that drops its subjects, a verb without one is taken for the speaker's or the source's.
    """
    tongue, before = prose.tongue, len(prose.text[:start].rstrip())
    if compiled(tongue, tongue.mine).search(prose.text, start, end):
        return "person"
    if any(compiled(tongue, form).search(prose.text, 0, before) for form in tongue.subjects):
        return "person"
    if any(compiled(tongue, form).search(prose.text, 0, before) for form in tongue.others):
        return "general"
    return "person" if tongue.drops_subject else "unknown"
