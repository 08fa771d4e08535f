"""Which days of an outlet are there to be read: the ground silence stands on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from farbank.country.outlets import WEEK, Publishing, Weekday, appears
from farbank.model.statemedia import Coverage, Window
from farbank.watch import doubt
from farbank.watch.engine import Archive, Store


def coverage(
    archive: Archive,
    outlet: str,
    language: str,
    window: Window,
    publishing: Publishing = "daily",
    weekdays: tuple[Weekday, ...] = WEEK,
) -> Coverage:
    """Count what of one outlet in one language is held in a window, and name the days that are not.

    A day is held if at least one full text of it is, and nothing was or may have been listed of which not even the
    title could be read (`doubt`); one that is none of the `weekdays` is never missing otherwise. A `weekly` outlet is
    held for a whole week (Monday to Sunday) by one full text in it; of an `irregular` one no day can be called held for
    certain, so it counts as appearing every day.
    """
    asked = _weeks(window) if publishing == "weekly" else window
    days = archive.store.days(outlet, language, asked)
    unread = {day.day for day in days if day.missed} | _doubted(archive.store, outlet, language, asked)
    held = {day.day for day in days if day.bodies}
    due = [day for day in each_day(window) if publishing == "irregular" or appears(day, weekdays)]
    if publishing == "weekly":
        broken = set(map(_monday, unread))
        unread = {day for day in each_day(asked) if _monday(day) in broken}
        weeks = set(map(_monday, held)) - broken
        missing = [day for day in due if _monday(day) not in weeks]
    else:
        missing = sorted({*due} - held | unread)
    inside = [day for day in days if window.first <= day.day <= window.last]
    return Coverage(
        outlet=outlet,
        language=language,
        days_held=sum(day.bodies > 0 and day.day not in unread for day in inside),
        days_missing=tuple(missing),
        bodies=sum(day.bodies for day in inside),
        titles_only=sum(day.titles for day in inside),
        days_unread=tuple(day for day in missing if day in unread),
    )


def _doubted(store: Store, outlet: str, language: str, window: Window) -> set[date]:
    sweeps = store.sweeps(outlet)
    spans = [*doubt.broken(sweeps), *doubt.undated(store.undated(outlet, language), sweeps)]
    ends = [last for first, last in spans if first is None]
    before = store.days(outlet, language, Window(first=date.min, last=max(ends))) if ends else []
    held = [day.day for day in before]
    return {day for first, last in spans for day in _shared(window, first or doubt.begun(held, last), last)}


def _shared(window: Window, first: date, last: date) -> Iterator[date]:
    ends = max(window.first, first), min(window.last, last)
    return each_day(Window(first=ends[0], last=ends[1])) if ends[0] <= ends[1] else iter(())


def each_day(window: Window) -> Iterator[date]:
    """Every day of the window, first and last included."""
    return map(date.fromordinal, range(window.first.toordinal(), window.last.toordinal() + 1))


def _weeks(window: Window) -> Window:
    """The window and the rest of its first and last week."""
    return Window(first=_monday(window.first), last=_monday(window.last) + timedelta(6))


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())
