"""The pictures a story places, made fit to publish, and what speaks against showing them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

import msgspec

from farbank.desk.clean_media import look_at_media, render_picture
from farbank.model.case import Case
from farbank.model.pictures import Box, Suggestion
from farbank.model.sized_copies import SizedCopy
from farbank.model.story import Draft, Lint, Picture
from farbank.protect.media.anew import Copy
from farbank.protect.media.errors import MissingExtra
from farbank.protect.media.looked_over import objections, unsettled
from farbank.protect.media.objection import Objection
from farbank.protect.media.photographer import unknown
from farbank.protect.media.place_and_season import unfit
from farbank.protect.media.render import Rendered
from farbank.protect.media.seen_before import sighted

T = TypeVar("T")


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """A picture with its published copy, in full and in the sizes of a page, the smallest first and WebP before JPEG.

    `suggested` are the spots nobody settled, None where no detector is there.
    """

    picture: Picture
    copy: Copy
    copies: tuple[SizedCopy, ...]
    suggested: tuple[Suggestion, ...] | None


def clear_pictures(case: Case, drafts: Iterable[Draft]) -> tuple[Cleared, ...]:
    """Make copies of every picture placed, in the order of the case, its boxes filled; the originals stay as they are.

    The same file with the same boxes is rendered once, however many records and languages place it, and not again when
    the story is compiled again in the same process. Raises NotMedia or NotAPicture for a file that is no picture,
    MediaTooHeavy for one that breaks its reader.
    """
    placed = {block.picture for draft in drafts for block in draft.blocks}
    made: dict[tuple[bytes, tuple[Box, ...]], Rendered] = {}
    return tuple(_cleared(picture, case.media[picture.file], made) for picture in case.pictures if picture.id in placed)


def picture_lint(cleared: Iterable[Cleared]) -> Iterator[Lint]:
    """What speaks against each picture, at its record."""
    for each in cleared:
        for objection in _objections(each):
            yield Lint(
                file=f"media/{each.picture.id}.toml",
                line=1,
                rule=objection.rule,
                message=objection.message,
                blocking=objection.blocking,
            )


def _objections(each: Cleared) -> Iterator[Objection]:
    yield from objections(each.picture, each.copy.original, each.suggested or ())
    yield from unfit(each.picture, each.copy.original)
    yield from sighted(each.picture)
    yield from unknown(each.picture)


def _cleared(picture: Picture, data: bytes, made: dict[tuple[bytes, tuple[Box, ...]], Rendered]) -> Cleared:
    of = hashlib.sha256(data).digest(), picture.cover
    if of not in made:
        made[of] = _once(render_picture, data, picture.file, picture.cover)
    try:
        suggested = unsettled(picture, _once(look_at_media, data, picture.file).suggested)
    except MissingExtra:  # somebody looks all the same, and the record has to say who
        suggested = None
    return Cleared(picture=picture, copy=made[of].copy, copies=made[of].sizes, suggested=suggested)


@lru_cache(maxsize=8)  # the pictures of a story: each takes a process of its own
def _once(make: Callable[..., T], *given: object) -> T:
    return make(*given)
