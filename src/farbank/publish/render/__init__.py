"""One file per format. Each has `files(edition)`, paths and bytes made from nothing but what the public may have.

Formats around the stories have `leaves(site)`, made of cards.

A format of somebody else's is a module of the same kind that its package names under the entry point `farbank.formats`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import entry_points

import msgspec

from farbank.model import codec
from farbank.publish import embed
from farbank.publish.edition import PUBLIC, Edition
from farbank.publish.errors import TwoFormatsOnePath
from farbank.publish.render import (
    atom,
    claim_review,
    corrected,
    facts_csv,
    front,
    geojson,
    html,
    json_feed,
    ninjs,
    search,
)
from farbank.publish.render.leaf import Leaf
from farbank.publish.site import Site

GROUP = "farbank.formats"
Format = Callable[[Edition], dict[str, bytes]]
OURS: tuple[Format, ...] = (html.files, ninjs.files, claim_review.files, geojson.files, facts_csv.files)
Around = Callable[[Site], Iterable[Leaf]]
AROUND: tuple[Around, ...] = (front.leaves, corrected.leaves, search.leaves, atom.leaves, json_feed.leaves)


def files(edition: Edition) -> dict[str, bytes]:
    """Every file of an edition but its pictures, manifest and signature. Raises TwoFormatsOnePath."""
    made = {PUBLIC: codec.to_json(without_drawings(edition))}
    for language, page in edition.pages.items():
        made |= {f"{drawn.shows}.{language}.svg": drawn.svg.encode("utf-8") for drawn in page.drawings}
    for format in (*OURS, *_theirs()):
        for path, data in format(edition).items():
            if path in made:
                raise _two_make(path)
            made[path] = data
    return made


def leaves(site: Site) -> dict[str, Leaf]:
    """Every file around the stories, by its path from the root of the site. Raises TwoFormatsOnePath."""
    made: dict[str, Leaf] = {}
    for format in AROUND:
        for leaf in format(site):
            if leaf.path in made:
                raise _two_make(leaf.path)
            made[leaf.path] = leaf
    return made


def around(site: Site) -> dict[str, bytes]:
    """Every file around the stories, made. Raises TwoFormatsOnePath."""
    return {path: leaf.make() for path, leaf in leaves(site).items()}


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


def with_drawings(edition: Edition, files: Mapping[str, bytes]) -> Edition:
    """The edition as it was before `without_drawings`, its drawings taken from its files; looked through again.

    Raises UnsafeMap, KeyError for a drawing that is not there.
    """
    return msgspec.structs.replace(
        edition,
        pages={
            language: msgspec.structs.replace(
                page,
                drawings=tuple(
                    msgspec.structs.replace(drawn, svg=embed.drawing(files[f"{drawn.shows}.{language}.svg"]))
                    for drawn in page.drawings
                ),
            )
            for language, page in edition.pages.items()
        },
    )


def _two_make(path: str) -> TwoFormatsOnePath:
    return TwoFormatsOnePath(f"two formats make a file {path}; take one of them out")


def _theirs() -> Iterator[Format]:
    for found in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        yield found.load().files
