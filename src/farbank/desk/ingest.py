"""Take state-media files into an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from farbank.model.statemedia import Article
from farbank.watch import archive
from farbank.watch import ingest as files
from farbank.watch.store import Extent


def ingest(paths: Sequence[Path], folder: Path, progress: Callable[[int], None] | None = None) -> Extent:
    """Read JSONL files (plain or gzip) into the archive at `folder`, creating or extending it, whole or not at all.

    `progress` is called with how many more articles were read. Raises DecodeError, TruncatedArchive.
    """
    return archive.build(_articles(paths), folder, progress)


def _articles(paths: Iterable[Path]) -> Iterator[Article]:
    for path in paths:
        yield from files.read(path)
