"""The pictures a story places, made fit to publish, and what speaks against showing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from farbank.desk.clean_media import clean_picture, look_at_media
from farbank.model.case import Case
from farbank.model.pictures import Suggestion
from farbank.model.story import Draft, Lint, Picture
from farbank.protect.media.anew import Copy
from farbank.protect.media.errors import MissingExtra
from farbank.protect.media.looked_over import objections, unsettled


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """A picture with its published copy; `suggested` are the spots nobody settled, None where no detector is there."""

    picture: Picture
    copy: Copy
    suggested: tuple[Suggestion, ...] | None


def clear_pictures(case: Case, drafts: Iterable[Draft]) -> tuple[Cleared, ...]:
    """Make a copy of every picture placed, in the order of the case, its boxes filled; the originals stay as they are.

    Raises NotMedia or NotAPicture for a file that is no picture, MediaTooHeavy for one that breaks its reader.
    """
    placed = {block.picture for draft in drafts for block in draft.blocks}
    return tuple(_cleared(picture, case.media[picture.file]) for picture in case.pictures if picture.id in placed)


def picture_lint(cleared: Iterable[Cleared]) -> Iterator[Lint]:
    """What speaks against each picture, at its record."""
    for each in cleared:
        for objection in objections(each.picture, each.copy.original, each.suggested or ()):
            yield Lint(
                file=f"media/{each.picture.id}.toml",
                line=1,
                rule=objection.rule,
                message=objection.message,
                blocking=objection.blocking,
            )


def _cleared(picture: Picture, data: bytes) -> Cleared:
    copy = clean_picture(data, picture.file, picture.cover)
    try:
        suggested = unsettled(picture, look_at_media(data, picture.file).suggested)
    except MissingExtra:  # somebody looks all the same, and the record has to say who
        suggested = None
    return Cleared(picture=picture, copy=copy, suggested=suggested)
