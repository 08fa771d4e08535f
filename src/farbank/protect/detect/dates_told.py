"""Which of the days a story names are days somebody spoke to the desk: they are in the records of a phone network."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.country.tells import compiled
from farbank.model.case import Case
from farbank.model.dates import When
from farbank.model.detections import Detection
from farbank.protect.detect.date import COARSE
from farbank.protect.detect.passages import Passage
from farbank.protect.detect.prose import Prose


def tells_of_contact(found: Detection, passage: Passage, prose: Prose, case: Case) -> bool | None:
    """Whether a date is that of a contact: True for certain, False if it may be, None if it is not.

    It is for certain where a contact behind the story fell on that very day, and may be where the sentence says that
    word reached the desk and the day is none the claims it cites, state media or the close bear. A day told by its
    occasion, which has no reading, may be.
    """
    if not found.reading:
        return False
    day = When(found.reading)
    if any(_same(contact.when, day) for contact in case.contacts):
        return True
    speaks = any(compiled(prose.tongue, form).search(prose.text) for form in prose.tongue.contact)
    return False if speaks and not any(_touch(when, day) for when in _known(passage, case)) else None


def _known(passage: Passage, case: Case) -> Iterator[When]:
    yield When(str(case.close))
    for claim in case.claims:
        if claim.id in passage.claims:
            yield from (when for when in (claim.when, claim.known, claim.due) if when is not None)
    yield from (event.when for event in case.record)
    yield from (statement.published for statement in case.statements)


def _same(contact: When, day: When) -> bool:
    first, last = contact.earliest, contact.latest
    return first is not None and last is not None and (last - first).days + 1 < COARSE and _touch(contact, day)


def _touch(one: When, other: When) -> bool:
    ends = (one.earliest, one.latest, other.earliest, other.latest)
    if any(end is None for end in ends):
        return False
    first, last, begins, stops = ends
    assert first and last and begins and stops  # noqa: S101 - looked at above
    return first <= stops and begins <= last
