"""One file per format. Each has `files(edition)`, paths and bytes made from nothing but what the public may have.

A format of somebody else's is a module of the same kind that its package names under the entry point `farbank.formats`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import entry_points

import msgspec

from farbank.model import codec
from farbank.publish.edition import PUBLIC, Edition
from farbank.publish.errors import TwoFormatsOnePath
from farbank.publish.render import html
from farbank.publish.site import Site

GROUP = "farbank.formats"
Format = Callable[[Edition], dict[str, bytes]]
AROUND: tuple[Callable[[Site], dict[str, bytes]], ...] = ()
OURS: tuple[Format, ...] = (html.files,)


def files(edition: Edition) -> dict[str, bytes]:
    """Every file of an edition but its pictures, manifest and signature. Raises TwoFormatsOnePath."""
    made = {PUBLIC: codec.to_json(without_drawings(edition))}
    for language, page in edition.pages.items():
        made |= {f"{drawn.shows}.{language}.svg": drawn.svg.encode("utf-8") for drawn in page.drawings}
    for format in (*OURS, *_theirs()):
        for path, data in format(edition).items():
            if path in made:
                raise TwoFormatsOnePath(f"two formats make a file {path}; take one of them out")
            made[path] = data
    return made


def around(site: Site) -> dict[str, bytes]:
    """Every file of a site around its stories: fronts, feeds, search. Raises TwoFormatsOnePath."""
    made: dict[str, bytes] = {}
    for format in AROUND:
        for path, data in format(site).items():
            if path in made:
                raise TwoFormatsOnePath(f"two formats make a file {path}; take one of them out")
            made[path] = data
    return made


def without_drawings(edition: Edition) -> Edition:
    """The edition with its drawings left to files of their own."""
    return msgspec.structs.replace(
        edition,
        pages={
            language: msgspec.structs.replace(
                page, drawings=tuple(msgspec.structs.replace(drawn, svg="") for drawn in page.drawings)
            )
            for language, page in edition.pages.items()
        },
    )


def _theirs() -> Iterator[Format]:
    for found in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        yield found.load().files
