"""Whoever took a picture stood where it was taken: of somebody unknown nobody can say how exposed they are (F19)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import UNKNOWN, Picture
from farbank.protect.media.objection import Objection


def unknown(picture: Picture) -> Iterator[Objection]:
    """What speaks against showing a picture by nobody knows whom; a drawing shows nobody's view."""
    if picture.photographer == UNKNOWN:
        yield Objection(
            rule="photographer-unknown",
            message=f"nobody knows who took {picture.file}, so nobody can count who could have; find out and name them "
            "with their audience, have it drawn, or leave it out",
            blocking=not picture.stands_in,
        )
