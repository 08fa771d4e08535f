"""Take state-media files into an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from farbank import country
from farbank.model.captures import Capture
from farbank.watch import archive, filing, sources
from farbank.watch.store import Extent


def ingest(
    paths: Sequence[Path], folder: Path, progress: Callable[[int], None] | None = None, pack: Path | None = None
) -> Extent:
    """Read article files, web archives and folders of pages into the archive at `folder`, making or adding to it.

    Pages are read by the rules of the country pack's sites. `progress` is called with how many more captures were read.
    What was read before an error stays; the same command again goes on from there. Raises what `sources.read` and
    `filing.file` raise.
    """
    filing.file(_captures(paths, datetime.now(UTC)), folder, country.load(pack), progress)
    with archive.open(folder) as opened:
        return opened.extent


def _captures(paths: Sequence[Path], taken: datetime) -> Iterator[Capture]:
    for path in paths:
        yield from sources.read(path, taken)
