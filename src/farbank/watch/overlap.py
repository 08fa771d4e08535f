"""Whether two archives hold the same days, so that what stands in both would count twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import combinations

from farbank.model.statemedia import Window
from farbank.watch.engine import Archive
from farbank.watch.errors import ArchivesOverlap


def refuse(archives: Mapping[str, Archive]) -> None:
    """Raise ArchivesOverlap if two of the archives, by their name, hold something of one outlet, language and day.

    What is only known to be missed overlaps with nothing: such a day is a hole, whatever another archive holds of it.
    """
    holding: dict[tuple[str, str], list[str]] = {}
    for name, part in archives.items():
        for pair in part.holdings:
            holding.setdefault(pair, []).append(name)
    for (outlet, language), names in holding.items():
        for one, other in combinations(names, 2):
            window = shared(span(archives[one]), span(archives[other]))
            days = [_held(archives[name], outlet, language, window) for name in (one, other) if window]
            if twice := set.intersection(*days) if days else set():
                what = f"{one} and {other} ({outlet}, {language}, {min(twice)})"
                raise ArchivesOverlap(f"{what}: {ArchivesOverlap.__doc__}")


def span(archive: Archive) -> Window | None:
    """The first and the last day of which an archive holds anything."""
    first, last = archive.extent.first, archive.extent.last
    return Window(first=first, last=last) if first and last else None


def shared(one: Window | None, other: Window | None) -> Window | None:
    """The days in both."""
    if one is None or other is None or one.last < other.first or other.last < one.first:
        return None
    return Window(first=max(one.first, other.first), last=min(one.last, other.last))


def _held(archive: Archive, outlet: str, language: str, window: Window) -> set[date]:
    return {one.day for one in archive.store.days(outlet, language, window) if one.bodies or one.titles}
