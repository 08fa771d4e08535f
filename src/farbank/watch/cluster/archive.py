"""An archive at scale, opened for reading: it answers what the embedded one answers (`engine.Archive`)."""

from __future__ import annotations

from farbank.watch.cluster import tables
from farbank.watch.cluster.index import Index
from farbank.watch.cluster.store import Store
from farbank.watch.remembered import Remembered


def open(url: str) -> Archive:
    """Open the archive in a folder or an object store. Raises NoArchive, DamagedArchive, StaleArchive."""
    return Archive(url)


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
