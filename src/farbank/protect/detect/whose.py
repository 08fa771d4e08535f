"""Whose a detection is: by the rules an editor would go by, and everybody it could be where they do not settle it."""

from __future__ import annotations

import re
from typing import NamedTuple

from farbank.model.detections import Detection
from farbank.model.given_away import Why
from farbank.model.story import HANDLE
from farbank.model.text import Slug
from farbank.protect.detect.frame import described
from farbank.protect.detect.passages import Passage
from farbank.protect.detect.prose import Prose, stands

_BESIDE = re.compile(r"[^@]{0,12}(?<![A-Za-z0-9])@([a-z0-9]+(?:-[a-z0-9]+)*)")
DESCRIBING = frozenset({"age", "kinship", "occupation", "rank", "sex"})
"""Sorts that say what somebody is, so that a sentence may say it of the one from whom they had it."""
LIVED = frozenset({"absence", "anecdote"})
"""Sorts that, in a quotation, are its speaker's whoever else it names."""


class Tie(NamedTuple):
    """Why, and the people; several where it cannot be told which of them."""

    why: Why
    people: tuple[Slug, ...]


def whose(found: Detection, passage: Passage, prose: Prose) -> Tie:
    """The nearest antecedent: whoever the sentence names, else the speaker, else the last named in the paragraph, else
    everybody in the chains of the claims cited, else nobody.

    A description of the one “who told @heron” goes to whom the chains name as that, and what happened to somebody in a
    quotation to its speaker. The number of a copy is of whoever had the document.
    """
    if passage.holders and found.sort == "serial":
        return Tie("document", passage.holders)
    if passage.speaker is not None and found.sort in LIVED:
        return Tie("speaker", (passage.speaker,))
    named = _nearest(found, passage)
    if found.sort in DESCRIBING:
        start, end = prose.laid(found)
        beside = _BESIDE.match(prose.text, end)
        if beside and beside.group(1) in passage.named and stands(prose, prose.tongue.beside, start, end):
            return Tie("named", (beside.group(1),))
        if found.sort != "kinship" and described(prose, start, end) == "teller":
            return _teller(named or passage.speaker or passage.last, passage)
    if named is not None:
        return Tie("named", (named,))
    if passage.speaker is not None:
        return Tie("speaker", (passage.speaker,))
    if passage.last is not None:
        return Tie("paragraph", (passage.last,))
    return Tie("chain", passage.chain) if passage.chain else Tie("nobody", ())


def _nearest(found: Detection, passage: Passage) -> Slug | None:
    """The person named last before it in the sentence, else the first named after it."""
    handles = [(handle.start(), handle.group(1)) for handle in HANDLE.finditer(passage.text)]
    before = [name for start, name in handles if start < found.end]
    after = [name for start, name in handles if start >= found.end]
    return before[-1] if before else after[0] if after else None


def _teller(of: Slug | None, passage: Passage) -> Tie:
    """From whom somebody had what is told, else anybody else of the chains."""
    tellers = tuple(teller for who, teller in passage.tellers if who == of)
    if tellers:
        return Tie("teller", tellers)
    others = tuple(person for person in passage.chain if person != of)
    return Tie("chain", others) if others else Tie("nobody", ())
