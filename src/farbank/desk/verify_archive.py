"""Show that an archive is as it was filed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from farbank import country
from farbank.watch.verify import Verified, verify


def verify_archive(
    folder: Path,
    trust: Path | None = None,
    progress: Callable[[int], None] | None = None,
    pack: Path | None = None,
) -> Verified:
    """Verify everything in an archive, filed with the country pack, and its timestamps if `trust` names a file of
    certificates. Raises NoArchive."""
    return verify(folder, trust.read_bytes() if trust else None, progress, country.load(pack))
