"""An archive at scale, opened for reading: it answers what the embedded one answers (`engine.Archive`)."""

from __future__ import annotations

from collections.abc import Sequence

from farbank.watch import layout
from farbank.watch.cluster import tables
from farbank.watch.cluster.index import Index
from farbank.watch.cluster.sources import listed
from farbank.watch.cluster.store import Store
from farbank.watch.errors import NoArchive, StoreSilent
from farbank.watch.remembered import Remembered


def open(url: str) -> Archive:
    """Open the archive in a folder or an object store. Raises NoArchive, DamagedArchive, StaleArchive, StoreSilent."""
    return Archive(url)


def inside(url: str, depths: Sequence[str]) -> list[str]:
    """The archives in an object store at that address: itself, or those so deep below it (patterns) if it is none."""
    try:
        tables.made(url)
        return [url]
    except NoArchive:
        pass
    try:
        paths = [path for depth in depths for path in listed(f"{url.rstrip('/')}/{depth}/{layout.TABLES}/_versions/*")]
    except ValueError as error:
        raise StoreSilent(f"{url}: {StoreSilent.__doc__}") from error
    return sorted({path.partition(f"/{layout.TABLES}/")[0] for path in paths}) or [url]


class Archive:
    """An open archive: its `store` of articles and its `index` of passages, as they were when it was opened."""

    def __init__(self, url: str) -> None:
        made = tables.made(url)
        self.extent = made.extent
        with tables.sound(url):
            opened = {name: tables.table(url, name, version) for name, version in made.versions.items()}
            self.index = Index(opened["passages"])
            self.store = Store(opened)
            self.holdings = self.store.holdings()
            self.languages = self.store.languages()
        self.named = Remembered().places

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open: Lance reads as it is asked."""
