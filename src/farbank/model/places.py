"""Places as nodes of one tree: country, province, city or county."""

from __future__ import annotations

from typing import Annotated

import msgspec

from farbank.model.sizes import Basis, Size
from farbank.model.text import Text

PlaceId = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(:[A-Za-z0-9/-]+)*\Z")]
"""`<pack>` the country, `<pack>:<code>` a unit, `<pack>:gn-<id>` a town, `case:<name>` a place invented for a case."""


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One place of the gazetteer, or an invented one declared by a case."""

    id: PlaceId
    level: int
    """0 the country, 1 province, 2 city or county, 3 town; each pack names its levels."""
    type: str
    parent: PlaceId | None
    names: Text
    """The house-style printed name per language."""
    spellings: tuple[str, ...] = ()
    """Every other way it is written: northern and southern Hangul, hanja, romanisations."""
    population: Size | None = None
    basis: Basis = "modelled"
    latitude: float | None = None
    longitude: float | None = None
    km_to_border: float | None = None
    """Distance from its centre to the border the pack's channels work across, in km."""
    iso: str | None = None
