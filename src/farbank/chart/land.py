"""The ground of every map: level-1 areas as flat shapes, the far bank lightly drawn, rivers named, and no points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from farbank.chart.apart import Label, apart
from farbank.chart.broken import broken, width
from farbank.chart.geometry import Feature, bounds, flatten, middle
from farbank.chart.hatch import FAINT, FAR, INK, LAND, LINE, WATER, hatches
from farbank.chart.outline import GRID, Frame, path
from farbank.chart.svg import LEADING, picture, safe, words
from farbank.country.pack import Pack
from farbank.model.drawings import Table
from farbank.model.places import PlaceId
from farbank.model.text import Language

WIDTH = 420
MARGIN = 0.06
NAME, WORD = 13.0, 10.5
"""Sizes of an area's name and of what is said of it, in points."""


class Area(NamedTuple):
    """How one level-1 area is drawn: with a hatch, and with words under its name unless the key says them."""

    hatch: str
    words: tuple[str, ...] = ()
    keyed: bool = False


def land(
    pack: Pack, shown: Mapping[PlaceId, Area], table: Table, language: Language, key: Sequence[tuple[str, str]] = ()
) -> bytes:
    """Draw the country with the areas in `shown` hatched and named, and under it what each hatch of `key` means.

    The table's note is the last line. The same arguments give the same bytes.
    """
    ground = _ground(pack)
    areas, rivers, frame = ground.areas, ground.rivers, ground.frame
    here = [feature for feature in areas if feature["properties"]["place"] in shown]
    lines = [*_shapeless(shown, areas, pack, language), *([table.note] if table.note else [])]
    under, height = _under(key, lines, frame.height)
    used = sorted({*(area.hatch for area in shown.values()), *(hatch for hatch, _ in key)})
    body = [
        hatches(used),
        f'<g transform="scale({GRID})" stroke-linejoin="round">',
        _shape(ground.far, f'fill="{FAR}"'),
        *(
            _shape(drawn, _filled(shown.get(area["properties"]["place"])))
            for area, drawn in zip(areas, ground.shapes, strict=True)
        ),
        _shape(ground.water, f'fill="none" stroke="{WATER}" stroke-width="2.8"'),
        "</g>",
        *_rivers(rivers, frame, language),
        *_names(here, shown, frame, pack, language),
        under,
    ]
    return picture("".join(body), height, table, language, width=WIDTH)


class _Ground(NamedTuple):
    """What is under every map of a country: its areas and rivers, flat, and the paths that draw them."""

    frame: Frame
    areas: list[Feature]
    shapes: list[str]
    rivers: list[Feature]
    water: str
    far: str


@lru_cache(maxsize=4)  # as many countries as are drawn at once: it is the same in every language
def _ground(pack: Pack) -> _Ground:
    latitude = _latitude(pack)
    areas = flatten(pack.boundaries.level1["features"], latitude)
    rivers = [
        river
        for river in flatten(pack.boundaries.rivers["features"], latitude)
        if all(_named(river, tag) for tag in pack.languages)
    ]
    others = [c for c in flatten(pack.boundaries.context["features"], latitude) if c["properties"]["id"] != pack.id]
    frame = _frame(areas)
    shapes = [path([area], frame) for area in areas]
    return _Ground(frame, areas, shapes, rivers, path(rivers, frame), path(others, frame))


def _latitude(pack: Pack) -> float:
    _, south, _, north = bounds(pack.boundaries.level1["features"])
    return (south + north) / 2


def _frame(areas: Sequence[Feature]) -> Frame:
    west, south, east, north = bounds(areas)
    dx, dy = (east - west) * MARGIN, (north - south) * MARGIN
    return Frame(west - dx, south - dy, east + dx, north + dy, WIDTH / (east - west + 2 * dx))


def _shape(drawn: str, how: str) -> str:
    return f'<path d="{drawn}" {how}/>' if drawn else ""


def _filled(area: Area | None) -> str:
    return f'fill="{f"url(#{area.hatch})" if area else LAND}" stroke="{LINE}" stroke-width="1.4"'


def _named(feature: Feature, language: Language) -> str:
    return str(feature["properties"].get("names", {}).get(language, ""))


def _rivers(rivers: Sequence[Feature], frame: Frame, language: Language) -> list[str]:
    """Each name once, where the river has most vertices: a river in pieces is labelled once."""
    longest: dict[str, Feature] = {}
    for river in sorted(rivers, key=lambda feature: len(str(feature["geometry"]["coordinates"]))):
        longest[_named(river, language)] = river
    spots = [(frame.at(middle(river)), name) for name, river in longest.items()]
    return [
        f'<text x="{x:.1f}" y="{y - 8:.1f}" font-size="11" font-style="italic" text-anchor="end" fill="{FAINT}" '
        f'paint-order="stroke" stroke="{LAND}" stroke-width="3">{safe(name)}</text>'
        for (x, y), name in spots
    ]


def _names(
    here: Sequence[Feature], shown: Mapping[PlaceId, Area], frame: Frame, pack: Pack, language: Language
) -> list[str]:
    labels = []
    for feature in here:
        place = feature["properties"]["place"]
        name, said = pack.gazetteer.name(place, language), () if shown[place].keyed else shown[place].words
        room = max([width(name, NAME), *(width(word, WORD) for word in said)])
        x, y = frame.at(middle(feature))
        x = min(max(x, room / 2 + 2), WIDTH - room / 2 - 2)
        labels.append(Label(x, y, room, (NAME + len(said) * WORD) * LEADING, (name, *said)))
    return [_name(label) for label in apart(labels, WIDTH, frame.height)]


def _name(label: Label) -> str:
    name, *said = label.lines
    halo = f'paint-order="stroke" stroke="{LAND}" stroke-width="3" stroke-linejoin="round"'  # legible over hatching
    more = "".join(
        f'<tspan x="{label.x:.1f}" dy="{WORD * LEADING:.1f}" font-size="{WORD}" font-weight="400">{safe(word)}</tspan>'
        for word in said
    )
    return (
        f'<text x="{label.x:.1f}" y="{label.y + NAME / 3:.1f}" font-size="{NAME:g}" font-weight="600" '
        f'text-anchor="middle" fill="{INK}" {halo}>{safe(name)}{more}</text>'
    )


def _shapeless(
    shown: Mapping[PlaceId, Area], areas: Sequence[Feature], pack: Pack, language: Language
) -> Iterator[str]:
    """A line for each area of which the boundary file has no shape of its own."""
    for place in sorted({*shown} - {area["properties"]["place"] for area in areas}):
        yield pack.gazetteer.name(place, language) + "".join(f" · {word}" for word in shown[place].words)


def _under(key: Sequence[tuple[str, str]], said: Sequence[str], top: float) -> tuple[str, float]:
    """A swatch and its word for each hatch, then what is to be said; and where they end."""
    drawn, y = [], top + 4
    for hatch, word in key:
        drawn.append(
            f'<g transform="translate(2 {y:.1f})scale({GRID})"><path d="M0 0H52V28H0z" fill="url(#{hatch})" '
            f'stroke="{FAINT}" stroke-width="1.4"/></g>'
        )
        drawn.append(words(36, y + 11, [word], 12, INK))
        y += 21
    for each in said:
        lines = broken(each, 12, WIDTH - 4)
        drawn.append(words(2, y + 12, lines, 12, INK))
        y += len(lines) * 12 * LEADING + 3
    return "".join(drawn), y + 4
