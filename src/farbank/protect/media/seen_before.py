"""A picture used before is no news: said where it was seen, and stopped where its record says otherwise (F24, E46)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.sightings import Sighting
from farbank.model.story import Picture
from farbank.protect.media.objection import Objection


def sighted(picture: Picture) -> Iterator[Objection]:
    """What speaks against showing a picture that was, or seems to have been, seen before."""
    for each in picture.seen_before:
        seen = f"{picture.file} was seen before in {each.where} on {each.on}{' mirrored' if each.mirrored else ''}"
        apart = f'told_apart = [{{ where = "{each.where}", by = "", reason = "" }}]'
        wrong = _wrong(picture, each)
        if wrong:
            yield Objection(
                rule="picture-disagrees",
                message=f"{seen}, {wrong}; find out which is right and correct the record, or if somebody has looked "
                f"and it is another picture: {apart}",
            )
        else:
            yield Objection(
                rule="picture-seen",
                message=f"{seen}; a story that closes later prints it as a file picture; if it is another picture: "
                f"{apart}",
                blocking=False,
            )


def _wrong(picture: Picture, seen: Sighting) -> str:
    if seen.differs:
        return f"with another {' and another '.join(seen.differs)}"
    earliest = picture.when.earliest
    if earliest is not None and not picture.when.approximate and seen.on < earliest:
        return "before it was taken as its record has it"
    return ""
