"""Take state-media files into an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from farbank import country
from farbank.model.captures import Capture
from farbank.watch import archives, filing, sources
from farbank.watch.archives import Place
from farbank.watch.store import Extent


def ingest(
    files: Sequence[Place],
    archive: Place,
    progress: Callable[[int], None] | None = None,
    pack: Path | None = None,
    *,
    at_scale: bool = False,
    ray: str | None = None,
) -> Extent:
    """Read article files, web archives and folders of pages into an archive, making or adding to it.

    Pages are read by the rules of the country pack's sites. `progress` is called with how many more captures were read.
    What was read before an error stays; the same command again goes on from there. Raises what `sources.read` and
    `filing.file` raise.

    An archive is made `at_scale` where that is said, in an object store, or if `ray` names a Ray cluster to build it
    on; one that is there stays what it is. Such a one takes WARC and article files and patterns of them, here or in an
    object store, and all or nothing. Raises what `cluster.build` raises, HoldsArchives, and NotInstalled.
    """
    loaded = country.load(pack)
    archives.assert_one(archive)
    if at_scale or ray is not None or archives.at_scale(archive):
        from farbank.watch import cluster

        return cluster.build([*map(str, files)], str(archive), cluster.reader(loaded), ray)
    filing.file(_captures(map(Path, files), datetime.now(UTC)), Path(archive), loaded, progress)
    with archives.open(archive) as opened:
        return opened.extent


def _captures(paths: Iterable[Path], taken: datetime) -> Iterator[Capture]:
    for path in paths:
        yield from sources.read(path, taken)
