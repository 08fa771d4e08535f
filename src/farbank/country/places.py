"""The table of places of a pack, read into nouns."""

from __future__ import annotations

import csv
import io
import math

from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.model.places import Place, PlaceId
from farbank.model.sizes import Basis, Size

NOISE: dict[Basis, float] = {"page": 0.03, "recalled": 0.10, "modelled": 0.50}
"""Standard deviation of a figure on the log scale, by where it comes from."""

_NINETY = 1.645
"""Half the width of a normal's middle 90 %, in standard deviations."""

Table = tuple[tuple[Place, ...], dict[PlaceId, tuple[str, ...]]]
"""Places, and the alternates of weaker authority per id."""


def read(data: bytes, file: str) -> Table:
    """Read `places.csv`: id, level, type, parent, iso, `name_<language>` columns, spellings and alternates parted by
    `|`, lat, lon, km_to_border, population, basis. Raises DecodeError naming the row."""
    places: list[Place] = []
    alternates: dict[PlaceId, tuple[str, ...]] = {}
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DecodeError(file, "", str(error)) from None
    for number, row in enumerate(rows, 2):
        where = f"{file} row {number}"
        try:
            place = _place(row, where)
            more = _parts(row["alternates"])
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise DecodeError(file, f"row {number}", f"expected the columns of places.csv: {error!r}") from None
        if place.id in alternates:
            raise DecodeError(file, f"row {number}", f"the id {place.id} stands twice")
        places.append(place)
        alternates[place.id] = more
    return tuple(places), {id: more for id, more in alternates.items() if more}


def size(people: float, basis: Basis) -> Size:
    """A figure as the interval that holds the truth nine times in ten, by its basis."""
    factor = math.exp(_NINETY * NOISE[basis])
    return Size(people / factor, people, people * factor)


def _place(row: dict[str, str], where: str) -> Place:
    fields: dict[str, object] = {
        "id": row["id"],
        "level": int(row["level"]),
        "type": row["type"],
        "parent": row["parent"] or None,
        "names": {key.removeprefix("name_"): name for key, name in row.items() if key.startswith("name_") and name},
        "spellings": _parts(row["spellings"]),
        "iso": row["iso"] or None,
        "basis": row["basis"] or "modelled",
        "latitude": _number(row["lat"]),
        "longitude": _number(row["lon"]),
        "km_to_border": _number(row["km_to_border"]),
    }
    place = codec.convert(fields, Place, where)
    if not row["population"]:
        return place
    sized = size(float(row["population"]), place.basis)
    return codec.convert(fields | {"population": codec.to_builtins(sized)}, Place, where)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _number(cell: str) -> float | None:
    return float(cell) if cell else None
