"""A whole draft read for what it gives away, each thing tied to whoever it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from farbank.country.census import Axis
from farbank.model.case import Case
from farbank.model.detections import Detection
from farbank.model.given_away import GivenAway, Stand
from farbank.model.story import Accepted, Draft
from farbank.model.text import Language
from farbank.protect.detect import passages
from farbank.protect.detect.dates_told import tells_of_contact
from farbank.protect.detect.facts import fact
from farbank.protect.detect.inferred import inferred
from farbank.protect.detect.passages import Passage
from farbank.protect.detect.plain import plain
from farbank.protect.detect.prose import Parts, Prose, stands
from farbank.protect.detect.read import detections
from farbank.protect.detect.whose import Tie, whose
from farbank.protect.errors import UnreadProse

Read = Callable[[str, Language, Parts], tuple[Detection, ...]]

SHOWN = 40
"""Characters of a sentence that could not be read which are shown."""


def tie(
    draft: Draft, case: Case, parts: Parts, axes: Sequence[Axis], *, level: int = 1, read: Read = detections
) -> tuple[GivenAway, ...]:
    """Everything `draft` gives away, in the order of the text, once per person it could be of.

    Places no finer than `level`, the grain in print, count only where somebody is said to live there. A fact stands as
    `finer` until `agree` has compared it. A sentence that cannot be read is itself one of them, and blocks.
    """
    found: list[GivenAway] = []
    for passage in passages.passages(draft, case):
        try:
            seen = read(passage.text, draft.language, parts)
            if passage.speaker is not None:
                seen += _besides(inferred(passage.text, draft.language), seen)
        except UnreadProse as error:
            found.append(_unread(draft, passage, str(error)))
            continue
        tongue = parts.tells.tongue(draft.language)
        if tongue is not None and seen:
            prose = Prose(*plain(passage.text), draft.language, tongue, parts)
            found += [each for one in seen for each in _given(one, passage, prose, draft, case, axes, level)]
    return tuple(dict.fromkeys(found))


def _given(
    found: Detection, passage: Passage, prose: Prose, draft: Draft, case: Case, axes: Sequence[Axis], level: int
) -> Iterator[GivenAway]:
    stated = fact(found, axes, prose.parts.gazetteer)
    if found.sort == "place" and found.reading and not _counts(found, prose, level):
        return
    if found.sort == "date":
        told = tells_of_contact(found, passage, prose, case)
        if told is None:
            return
        found = msgspec.structs.replace(found, sure=told)
    words = passage.text[found.start : found.end]
    if found.sort == "kinship" and passage.speaker is not None and prose.tongue.drops_subject:
        found = msgspec.structs.replace(found, sure=True)  # a relative nobody is said to own is the speaker's
    accepted = _accepted(found, passage.text, draft.accept)
    tied = Tie("nobody", ()) if accepted and accepted.stranger else whose(found, passage, prose)
    if accepted is None and not found.sure and not tied.people:
        return
    stand: Stand = "accepted" if accepted else "unsure"
    if accepted is None and found.sure and tied.people:
        stand = "told" if stated is None else "finer"
    for person in tied.people or (None,):
        yield GivenAway(
            file=draft.file,
            line=passage.line,
            role=passage.role,
            words=words,
            detection=found,
            why=tied.why,
            stand=stand,
            person=person,
            axis=stated.axis if stated else None,
            node=stated.node if stated else None,
        )


def _besides(more: Sequence[Detection], seen: Sequence[Detection]) -> tuple[Detection, ...]:
    """Those of `more` that stand where nothing of their sort was seen."""
    return tuple(one for one in more if not any(map(one.meets, seen)))


def _counts(found: Detection, prose: Prose, level: int) -> bool:
    """Whether a place narrows anybody down: finer than is printed, or where somebody lives."""
    if prose.parts.gazetteer.place(found.reading).level > level:
        return True
    return stands(prose, prose.tongue.lives, *prose.laid(found))


def _accepted(found: Detection, text: str, accept: Sequence[Accepted]) -> Accepted | None:
    """The acceptance whose exact words hold all of it."""
    for each in accept:
        at = text.find(each.words)
        while at >= 0:
            if at <= found.start and found.end <= at + len(each.words):
                return each
            at = text.find(each.words, at + 1)
    return None


def _unread(draft: Draft, passage: Passage, why: str) -> GivenAway:
    return GivenAway(
        file=draft.file,
        line=passage.line,
        role=passage.role,
        words=passage.text[:SHOWN],
        detection=Detection(start=0, end=len(passage.text), sort="other", sure=False),
        why="unread",
        stand="told",
        advice=why,
    )
