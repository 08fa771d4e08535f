"""One file around the stories, told by what it shows, so that a site made anew makes only what is another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from farbank.publish.site import Entry, Site


class Leaf(NamedTuple):
    """A file by its path from the root of the site, what of the site it shows, and how it is made.

    `shows` fixes its bytes together with what all leaves of a site share: a story by what `shown` gives for it.
    """

    path: str
    shows: tuple[object, ...]
    make: Callable[[], bytes]


def shown(entries: Iterable[Entry]) -> tuple[tuple[str, int], ...]:
    """Stories by the names of their editions, which are never changed, and how many of the story there are."""
    return tuple((entry.edition, entry.number) for entry in entries)


def keys(site: Site, leaves: Iterable[Leaf]) -> dict[str, str]:
    """For each leaf, by path, a digest that is another whenever its bytes may be."""
    shared = (_look(), site.desk, site.languages, site.key, site.home, site.labels)
    frame = blake2b(msgspec.json.encode(shared), digest_size=16).digest()
    return {leaf.path: _digest(frame, leaf) for leaf in leaves}


def _digest(frame: bytes, leaf: Leaf) -> str:
    return blake2b(frame + msgspec.json.encode((leaf.path, leaf.shows)), digest_size=16).hexdigest()


@cache
def _look() -> str:
    """A digest of what decides how a page looks: every file of the room."""
    here = Path(__file__).parents[1]
    found = blake2b(digest_size=16)
    for path in sorted(each for each in here.rglob("*") if each.is_file() and each.suffix != ".pyc"):
        found.update(f"{path.relative_to(here).as_posix()}\n".encode())
        found.update(blake2b(path.read_bytes()).digest())
    return found.hexdigest()
