"""Have somebody else attest that what was filed was there by now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from farbank.watch import stamps
from farbank.watch.days import DayRoot
from farbank.watch.errors import NothingSealed
from farbank.watch.filing import filing
from farbank.watch.stamps import Stamp

Post = Callable[[str, bytes], bytes]


def stamp(folder: Path, authority: str, proxy: str | None = None, post: Post | None = None) -> tuple[DayRoot, Stamp]:
    """Ask an authority for a stamp on the last sealed day of an archive, which vouches for every day before it.

    Pending until the reply is there; a reply that is none is not kept. Raises NothingSealed, AuthoritySilent and what
    `stamps.ask` and `filing` raise.
    """
    with filing(folder) as archive:
        chain = archive.catalogue.sealed()
        if not chain:
            raise NothingSealed(f"{folder}: {NothingSealed.__doc__}")
        archive.catalogue.stamp(Stamp(hash=chain[-1].hash, authority=authority))
        archive.commit()
        found = stamps.ask(chain[-1], authority, post or _through(proxy))
        archive.catalogue.stamp(found)
    return chain[-1], found


def _through(proxy: str | None) -> Post:
    from farbank.watch.collect import authority  # what asks is an extra

    return lambda url, query: authority.post(url, query, proxy)
