"""What of an outlet is held, day by day, and whose any gap is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from farbank import country, whole
from farbank.chart.month import Day as Shown
from farbank.chart.month import Month, month
from farbank.country.outlets import Publishing
from farbank.country.pack import Pack
from farbank.country.stretches import listed
from farbank.desk.errors import NotOnePicture
from farbank.model.captures import Missed
from farbank.model.dips import Dip
from farbank.model.statemedia import Coverage, Window
from farbank.model.text import Language
from farbank.watch import archives, coverage, needles, outlets
from farbank.watch.archives import Places
from farbank.watch.engine import Archive
from farbank.watch.index import split
from farbank.watch.store import Day, Extent

YEAR = 366
"""Days a picture shows at most."""


class Titled(msgspec.Struct, frozen=True, kw_only=True):
    """An item of which only the title is held."""

    date: date
    title: str
    url: str


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """One outlet in one language: how often it appears, what is held, in words the days missing and those `unread` of
    them, the dips and whose they are, the items held by title only, those that could not be read, and per day what is
    held and how many articles touch the topic."""

    window: Window
    publishing: Publishing
    coverage: Coverage
    missing: str
    unread: str
    dips: tuple[Dip, ...]
    titles: tuple[Titled, ...]
    missed: tuple[Missed, ...]
    days: tuple[Day, ...]
    topic: dict[date, int]


def cover(
    archive: Places,
    *,
    window: Window | None = None,
    names: Sequence[str] = (),
    language: Language | None = None,
    topic: str | None = None,
    picture: Path | None = None,
    pack: Path | None = None,
) -> list[Covered]:
    """Say of every outlet and language held, or of those named, what is there of a window.

    Without one, or where it is open (from `date.min`, to `date.max`), that is as far as anything is held.

    `topic` is a concept of the pack's lexicon; `picture` is a file to draw it into as SVG, if it is one outlet in one
    language. Raises NoArchive, MissingReference, NotOnePicture, OSError.
    """
    loaded = country.load(pack)
    with archives.open(archive) as opened:
        over = _closed(window, opened.extent)
        pairs = outlets.searched(opened, loaded, names or None)
        found = [_cover(opened, loaded, *pair, over, topic) for pair in pairs if over and language in (None, pair[1])]
    if picture is not None:
        _draw(found, picture, topic, loaded)
    return found


def _closed(window: Window | None, held: Extent) -> Window | None:
    """The window, ended where it is open; None if there it has no end."""
    asked = window or Window(first=date.min, last=date.max)
    if held.first is None or held.last is None:
        return asked if date.min < asked.first and asked.last < date.max else None
    return Window(
        first=asked.first if asked.first > date.min else min(held.first, asked.last),
        last=asked.last if asked.last < date.max else max(held.last, asked.first),
    )


def _draw(found: Sequence[Covered], file: Path, topic: str | None, pack: Pack) -> None:
    if len(found) != 1 or (found[0].window.last - found[0].window.first).days > YEAR:
        raise NotOnePicture(NotOnePicture.__doc__)
    (one,) = found
    phrases = pack.desk_phrases
    shown = Month(
        name=f"{outlets.name(pack, one.coverage.outlet, phrases.language)} ({one.coverage.language})",
        window=one.window,
        days=tuple(
            Shown(day=day.day, bodies=day.bodies, titles=day.titles, touching=one.topic.get(day.day, 0))
            for day in one.days
        ),
        missing=one.coverage.days_missing,
        dips=one.dips,
        topic=topic or "",
    )
    whole.file(file, month(shown, phrases))


def _cover(opened: Archive, pack: Pack, outlet: str, language: Language, window: Window, topic: str | None) -> Covered:
    publishing, weekdays = outlets.publishing(pack, outlet)
    store = opened.store
    missed = store.missed(outlet, language, window)
    held = store.days(outlet, language, window)
    others = [_bodies(store.days(*pair, window)) for pair in opened.holdings if pair != (outlet, language)]
    held_in = coverage(opened, outlet, language, window, publishing, weekdays)
    return Covered(
        window=window,
        publishing=publishing,
        coverage=held_in,
        missing=listed(held_in.days_missing, pack.desk_phrases),
        unread=listed(held_in.days_unread, pack.desk_phrases),
        dips=_dips(opened, pack, outlet, window, held, missed, others),
        titles=tuple(
            Titled(date=one.date, title=one.title, url=one.url) for one in store.titles(outlet, language, window)
        ),
        missed=tuple(missed),
        days=tuple(held),
        topic=_topic(opened, pack, outlet, language, window, topic) if topic else {},
    )


def _dips(
    opened: Archive,
    pack: Pack,
    outlet: str,
    window: Window,
    held: Sequence[Day],
    missed: Sequence[Missed],
    others: Sequence[dict[date, int]],
) -> tuple[Dip, ...]:
    from farbank.watch.dips import dips  # the change points come with an extra

    publishing, weekdays = outlets.publishing(pack, outlet)
    return tuple(
        dips(
            _bodies(held),
            window,
            pack.desk_phrases,
            sweeps=opened.store.sweeps(outlet),
            missed=missed,
            others=others,
            publishing=publishing,
            weekdays=weekdays,
        )
    )


def _bodies(days: Sequence[Day]) -> dict[date, int]:
    return {day.day: day.bodies for day in days}


def _topic(opened: Archive, pack: Pack, outlet: str, language: Language, window: Window, topic: str) -> dict[date, int]:
    """Articles per day that touch the topic, each once."""
    needle = needles.concept(pack, topic, [language])
    found = opened.index.find([needle], window, [outlet])
    orders = opened.store.orders([*{split(key)[0] for key in found}])
    return {date.fromordinal(day): count for day, count in sorted(Counter(day for day, *_ in orders.values()).items())}
