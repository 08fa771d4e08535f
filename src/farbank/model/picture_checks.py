"""Whether what a picture shows fits the place and the time its record gives: who looked, how, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from farbank.model.dates import When
from farbank.model.pictures import Sha256
from farbank.model.places import PlaceId

How = Literal["landmark", "satellite", "shadow", "vegetation", "weather"]
Fit = Literal["fits", "does-not-fit", "cannot-tell"]
Checked = Literal["fits", "does-not-fit", "cannot-tell", "not-checked"]


class PictureCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One look by somebody of the desk, called by their post, on a day, by one means.

    `original` is the SHA-256 of the file, `place` and `when` what it was held against: a check says nothing of another
    file, and nothing of a record that was changed since.
    """

    by: Annotated[str, msgspec.Meta(min_length=1)]
    on: date
    how: How
    result: Fit
    original: Sha256
    place: PlaceId
    when: When
