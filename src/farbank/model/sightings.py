"""Where a picture was seen before: its fingerprint, what looks like it, and who told two of them apart."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

FRAMES = 19
"""The whole picture, and nine windows each of 95 and of 90 % of its edges."""

Frame = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
Said = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
Where = Annotated[
    str, msgspec.Meta(pattern=r"^[^\s\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]{1,200}\Z")
]
"""`<case>/<picture>` of the desk, or an outlet; one word without invisible letters, for it is printed in a terminal."""

Differs = Literal["time", "place"]


class Fingerprint(msgspec.Struct, frozen=True):
    """How the pixels of a picture look from afar, frame by frame; kept by the desk and never published."""

    frames: Annotated[tuple[Frame, ...], msgspec.Meta(min_length=FRAMES, max_length=FRAMES)]


class Sighting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The same picture, or one very like it: `where`, on what day at the latest, and in what its record differs.

    Of a case of the desk, the day is the one on which it closed. `mirrored` says that left and right are changed.
    """

    where: Where
    on: date
    differs: tuple[Differs, ...] = ()
    mirrored: bool = False


class ToldApart(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the desk, called by their post, looked at both: what was seen at `where` is another picture."""

    where: Where
    by: Said
    reason: Said
