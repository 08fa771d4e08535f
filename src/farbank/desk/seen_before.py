"""Whether the pictures of a case were seen before, in another case of the desk or under another name in this one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import msgspec

from farbank.country.gazetteer import Gazetteer
from farbank.desk.clean_media import fingerprint_picture
from farbank.model.case import Case
from farbank.model.dates import When
from farbank.model.errors import FarbankError
from farbank.model.places import PlaceId
from farbank.model.sightings import Differs, Fingerprint, Sighting
from farbank.model.story import Picture
from farbank.model.text import Slug
from farbank.protect.media.fingerprint import alike
from farbank.vault.fingerprints import Kept


def pictures_to_keep(case: Case, gazetteer: Gazetteer, known: Mapping[Slug, tuple[Kept, ...]]) -> tuple[Kept, ...]:
    """What the vault keeps of each picture for later; a file that is known already is not opened again.

    One that cannot be read gets no fingerprint here, and no story can show it.
    """
    made = {each.original: each.fingerprint for others in known.values() for each in others}
    kept = []
    for picture in case.pictures:
        data = case.media.get(picture.file, b"")
        original = hashlib.sha256(data).hexdigest()
        if original not in made:
            made[original] = _fingerprint(data, picture.file)
        kept.append(
            Kept(
                picture=picture.id,
                original=original,
                place=_of_the_pack(picture.place, gazetteer),
                when=picture.when,
                close=case.close,
                fingerprint=made[original],
            )
        )
    return tuple(kept)


def compared(case: Case, gazetteer: Gazetteer, known: Mapping[Slug, tuple[Kept, ...]]) -> Case:
    """The case with every picture told where it was seen before; the one without a fingerprint is told nothing."""
    mine = {each.picture: each for each in known.get(case.name, ())}
    pictures = tuple(_compared(picture, case, mine.get(picture.id), gazetteer, known) for picture in case.pictures)
    return msgspec.structs.replace(case, pictures=pictures)


def _compared(
    picture: Picture, case: Case, own: Kept | None, gazetteer: Gazetteer, known: Mapping[Slug, tuple[Kept, ...]]
) -> Picture:
    data = case.media.get(picture.file, b"")
    if own is None or own.fingerprint is None or own.original != hashlib.sha256(data).hexdigest():
        return picture
    found = [
        _sighting(picture, name, other, way == "mirrored", gazetteer)
        for name, others in sorted(known.items())
        for other in others
        if (name, other.picture) != (case.name, picture.id)
        if other.fingerprint is not None
        if (way := alike(own.fingerprint, other.fingerprint))
    ]
    return msgspec.structs.replace(picture, seen=(*(picture.seen or ()), *found))


def _sighting(picture: Picture, case: Slug, other: Kept, mirrored: bool, gazetteer: Gazetteer) -> Sighting:
    return Sighting(
        where=f"{case}/{other.picture}",
        on=other.close,
        differs=tuple(_differs(picture, other, gazetteer)),
        mirrored=mirrored,
    )


def _differs(picture: Picture, other: Kept, gazetteer: Gazetteer) -> Iterator[Differs]:
    if not _meet_in_time(picture.when, other.when):
        yield "time"
    if not (gazetteer.is_within(picture.place, other.place) or gazetteer.is_within(other.place, picture.place)):
        yield "place"


def _meet_in_time(one: When, other: When) -> bool:
    """Whether some day fits both, “about” taken at its word."""
    (first, last), (start, end) = one.padded, other.padded
    return not (first and end and end < first) and not (start and last and last < start)


def _of_the_pack(place: PlaceId, gazetteer: Gazetteer) -> PlaceId:
    """The place, or the one of the pack around it: what one case invented another does not know."""
    while place.startswith("case:"):
        around = gazetteer.place(place).parent
        if around is None:
            break
        place = around
    return place


def _fingerprint(data: bytes, file: str) -> Fingerprint | None:
    try:
        return fingerprint_picture(data, file)
    except FarbankError:
        return None
