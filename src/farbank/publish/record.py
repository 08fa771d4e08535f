"""What a sentence says of an event the state's own record dates, and whether the two agree (E29)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from farbank.country import prose_dates
from farbank.country.fold import fold
from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.model.story import RecordEvent


class Conflict(NamedTuple):
    """An event of the record, and the date the sentence sets beside it instead."""

    event: RecordEvent
    said: When


def conflicts(text: str, record: Sequence[RecordEvent], phrases: Phrases, close: date) -> tuple[Conflict, ...]:
    """Every event a sentence names beside a date that leaves out days of the record's, or beside another event's date.

    A date that covers the record's (its month, its whole stretch) agrees with it. A sentence without a date agrees.
    """
    folded = _folded(text)
    named = [event for event in record if _named(event, folded)]
    if not named:
        return ()
    written = [dated.when for dated in prose_dates.read(text, phrases, close)]
    found: list[Conflict] = []
    for event in named:
        others = [other.when for other in named if other is not event and not other.when.overlaps(event.when)]
        said = next(iter(written or others), None)
        if said is not None and not any(_covers(when, event.when) for when in written):
            found.append(Conflict(event, said))
    return tuple(found)


def spoken_of(event: RecordEvent, text: str) -> bool:
    """Whether a sentence speaks of the event by one of its names."""
    return _named(event, _folded(text))


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return fold(text)


def _named(event: RecordEvent, folded: str) -> bool:
    return any(spelling in folded for spelling in _spellings((*event.spellings, *event.name.values())))


@lru_cache(maxsize=256)
def _spellings(written: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(folded for each in written if (folded := fold(each)))


def _covers(said: When, record: When) -> bool:
    starts = said.earliest is None or (record.earliest is not None and said.earliest <= record.earliest)
    ends = said.latest is None or (record.latest is not None and said.latest >= record.latest)
    return starts and ends
