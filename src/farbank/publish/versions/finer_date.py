"""A date finer than the master's, or another: the day comes back that the master left at the month (F18, F28)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from farbank.country import prose_dates
from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.publish.versions.passage import Pair

RULE = "version-finer-date"
BLOCKING = True


def find(pair: Pair) -> Iterator[str]:
    """A message for every date of the version that covers none of the master's."""
    said = [*_dates(pair.master.text, pair.spoken, pair.close)]
    for dated in prose_dates.read(pair.version.text, pair.rendered, pair.close):
        if not any(_covers(dated.when, one) for one in said):
            finer = any(_covers(one, dated.when) for one in said)
            written = pair.version.text[dated.start : dated.end]
            how = "is finer than the date the master gives" if finer else "is no date the master gives here"
            yield f"{written!r} {how}; write what the master says"


def _dates(text: str, phrases: Phrases, close: date) -> Iterator[When]:
    """What the master can be read to say: also months by their bare names, which prose begins a sentence with."""
    yield from (dated.when for dated in prose_dates.read(text, phrases, close))
    for number in range(1, 13):
        if phrases.say(f"grammar.month-{number}") in text:
            middles = (date(year, number, 15) for year in (close.year - 1, close.year, close.year + 1))
            yield When(f"{min(middles, key=lambda middle: abs(middle - close)):%Y-%m}")


def _covers(wide: When, narrow: When) -> bool:
    starts = wide.earliest is None or (narrow.earliest is not None and wide.earliest <= narrow.earliest)
    ends = wide.latest is None or (narrow.latest is not None and wide.latest >= narrow.latest)
    return starts and ends
