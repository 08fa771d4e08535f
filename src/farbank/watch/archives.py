"""Opening whatever archive there is: in a folder or an object store, of either engine, one or several as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from farbank.watch import archive, layout
from farbank.watch.engine import Archive
from farbank.watch.errors import HoldsArchives
from farbank.watch.several import Several

Place = str | Path
"""A folder, or an address in an object store (`s3://...`): of an archive, or of what archives lie in."""
Places = Place | Sequence[Place]

MARKS = (layout.MARK, layout.CATALOGUE, layout.TABLES)
"""What shows that a folder is an archive, or was to become one: a broken one is not passed over."""
DEPTHS = ("*", "*/*")
"""How deep below a folder archives are looked for (`2031-q3/ko`)."""


@contextmanager
def open(places: Places) -> Iterator[Archive]:
    """Open archives for reading, several as one.

    Raises NoArchive, DamagedArchive, StaleArchive, StoreSilent, ArchivesOverlap, and NotInstalled for one at scale.
    """
    given = [places] if isinstance(places, str | Path) else places
    with ExitStack() as stack:
        opened = {name: stack.enter_context(_one(name)) for place in given for name in _in(str(place))}
        yield next(iter(opened.values())) if len(opened) == 1 else Several(opened)


def at_scale(place: Place) -> bool:
    """Whether that is an archive at scale, or can only become one."""
    return "://" in str(place) or (Path(place) / layout.TABLES).exists()


def assert_one(place: Place) -> None:
    """Refuse to make an archive where archives lie already. Raises HoldsArchives, NotInstalled."""
    if [*_in(str(place))] != [str(place)]:
        raise HoldsArchives(f"{place}: {HoldsArchives.__doc__}")


def _one(place: str) -> AbstractContextManager[Archive]:
    if not at_scale(place):
        return archive.open(Path(place))
    from farbank.watch import cluster

    return cluster.open(place)


def _in(place: str) -> Sequence[str]:
    """The archives there: the place itself, unless it is none and archives lie in it."""
    if "://" in place:
        from farbank.watch import cluster

        return cluster.inside(place, DEPTHS)
    if any((Path(place) / mark).exists() for mark in MARKS):
        return [place]
    found = {path.parent for depth in DEPTHS for mark in MARKS for path in Path(place).glob(f"{depth}/{mark}")}
    return [*map(str, sorted(found))] or [place]
