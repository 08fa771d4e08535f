"""Whether somebody looked at a picture before it is shown, and settled all that seems to be a face or a plate.

A detector that finds nothing proves nothing, so a person always looks; what it finds for sure is covered, or left in
sight for a reason that stands in the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from farbank.model.pictures import Suggestion
from farbank.model.story import Picture
from farbank.protect.media.cover import hidden
from farbank.protect.media.objection import Objection


def unsettled(picture: Picture, suggested: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The suggestions that are neither wholly covered nor wholly inside a box left in sight."""
    return tuple(
        each
        for each in suggested
        if not hidden(each.box, picture.cover) and not any(hidden(each.box, (shown.box,)) for shown in picture.shown)
    )


def objections(picture: Picture, original: str, suggested: Sequence[Suggestion]) -> tuple[Objection, ...]:
    """What speaks against showing a picture whose file has the SHA-256 `original`."""
    return (*_unlooked(picture, original), *_uncovered(picture, suggested))


def _unlooked(picture: Picture, original: str) -> Iterator[Objection]:
    if picture.looked_over is None:
        yield Objection(
            rule="picture-unlooked",
            message=f"nobody has looked over {picture.file}; look for faces, plates and signs, and write into the "
            f'record: looked_over = {{ by = "", original = "{original}" }}',
        )
    elif picture.looked_over.original != original:
        yield Objection(
            rule="picture-changed",
            message=f"{picture.file} is not the file that {picture.looked_over.by} looked over; look again: its "
            f"SHA-256 is {original}",
        )


def _uncovered(picture: Picture, suggested: Sequence[Suggestion]) -> Iterator[Objection]:
    for each in unsettled(picture, suggested):
        written = each.box.written
        if each.sure:
            yield Objection(
                rule="picture-uncovered",
                message=f"{picture.file} seems to show a {each.what} that no box covers; cover = [{written}], or "
                f'leave it in sight: shown = [{{ box = {written}, reason = "" }}]',
            )
        else:
            yield Objection(
                rule="picture-unsure",
                message=f"{picture.file} may show a {each.what} that no box covers; if so, cover = [{written}]",
                blocking=False,
            )
