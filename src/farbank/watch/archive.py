"""An archive of state media in one folder, opened for reading.

The folder holds raw captures, the catalogue of what was read from them, and an index of its passages (`layout`);
`filing` writes it, a committed batch at a time, and whoever reads meanwhile sees what was there when they opened it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from types import TracebackType

from farbank.model import codec
from farbank.model.statemedia import Article
from farbank.watch import filing, index, layout, store
from farbank.watch.errors import DamagedArchive
from farbank.watch.remembered import Remembered
from farbank.watch.sources import lines


def build(articles: Iterable[Article], folder: Path, progress: filing.Progress | None = None) -> store.Extent:
    """File articles that are at hand as such, each as a line of an article file, and say what the archive then holds.

    Raises what `filing.file` raises.
    """
    taken = filing.utc()
    filing.file((lines.capture(one, codec.to_json(one), taken) for one in articles), folder, progress=progress)
    with open(folder) as opened:
        return opened.extent


def open(folder: Path) -> Archive:
    """Open an archive for reading. Raises NoArchive, DamagedArchive, StaleArchive if its words were cut otherwise."""
    layout.check(folder)
    with layout.sound(folder):
        return Archive(folder)


class Archive:
    """An open archive: its `store` of articles and its `index` of passages.

    While it is open it remembers which places a text names, for the claims of one story read the same passages.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.store = store.Store(folder / layout.CATALOGUE)
        # The catalogue first: the index is never behind what the catalogue calls searchable, and may be ahead of it.
        self.index = index.Index(folder / layout.INDEX, self.store.last, self.store.passages())
        self.holdings = self.store.holdings()
        self.languages = self.store.languages()
        self.named = Remembered().places

    @cached_property
    def extent(self) -> store.Extent:
        """How much it holds."""
        return self.store.extent()

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise DamagedArchive(f"{self._folder}: {DamagedArchive.__doc__}") from error
