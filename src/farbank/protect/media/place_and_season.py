"""Whether somebody held a picture against the place and time of its record, and what came of it.

None of it is printed. A landmark or a shadow tells where the camera stood and at what hour, finer than any caption may;
and a mark on some pictures would say of the others that the desk could not place them.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.picture_checks import Checked, PictureCheck
from farbank.model.story import Picture
from farbank.protect.media.objection import Objection


def checked(picture: Picture, original: str) -> Checked:
    """What all checks of this very file, place and time come to: one that does not fit outweighs all that do."""
    results = {check.result for check in _valid(picture, original)}
    for result in ("does-not-fit", "fits", "cannot-tell"):
        if result in results:
            return result
    return "not-checked"


def unfit(picture: Picture, original: str) -> Iterator[Objection]:
    """What speaks against showing a picture that was found not to be of its place or its season."""
    for check in _valid(picture, original):
        if check.result == "does-not-fit":
            yield Objection(
                rule="picture-misplaced",
                message=f"{check.by} held {picture.file} against its place and time on {check.on} ({check.how}), and "
                "it does not fit; correct the record and check again, or leave the picture out",
            )


def _valid(picture: Picture, original: str) -> list[PictureCheck]:
    return [
        check
        for check in picture.checks
        if (check.original, check.place, check.when) == (original, picture.place, picture.when)
    ]
