"""Which days of an outlet are there to be read: the ground silence stands on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from farbank.country.outlets import WEEK, Publishing, Weekday, appears
from farbank.model.statemedia import Coverage, Window
from farbank.watch.engine import Archive


def coverage(
    archive: Archive,
    outlet: str,
    language: str,
    window: Window,
    publishing: Publishing = "daily",
    weekdays: tuple[Weekday, ...] = WEEK,
) -> Coverage:
    """Count what of one outlet in one language is held in a window, and name the days that are not.

    A day is held if at least one full text of it is, and nothing is known to have been listed of which not even the
    title could be read; one that is none of the `weekdays` is never missing otherwise. A `weekly` outlet is held for a
    whole week (Monday to Sunday) by one full text in it; of an `irregular` one no day can be called held for certain,
    so it counts as appearing every day.
    """
    days = archive.store.days(outlet, language, window)
    missed = {day.day for day in days if day.missed}
    held = {day.day for day in days if day.bodies} - missed
    due = [day for day in each_day(window) if publishing == "irregular" or appears(day, weekdays)]
    if publishing == "weekly":
        around = Window(first=_monday(window.first), last=_monday(window.last) + timedelta(6))
        issues = archive.store.days(outlet, language, around)
        weeks = {_monday(day.day) for day in issues if day.bodies} - {_monday(day.day) for day in issues if day.missed}
        missing = tuple(day for day in due if _monday(day) not in weeks)
    else:
        missing = tuple(sorted({day for day in due if day not in held} | missed))
    return Coverage(
        outlet=outlet,
        language=language,
        days_held=len(held),
        days_missing=missing,
        bodies=sum(day.bodies for day in days),
        titles_only=sum(day.titles for day in days),
    )


def each_day(window: Window) -> Iterator[date]:
    """Every day of the window, first and last included."""
    return map(date.fromordinal, range(window.first.toordinal(), window.last.toordinal() + 1))


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())
