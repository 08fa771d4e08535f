"""The map of a story: level-1 areas as flat shapes, those it is reported from hatched, the far bank lightly drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import vl_convert

from farbank.chart.drawing import finished
from farbank.chart.geometry import Feature, Point, bounds, flatten, middle
from farbank.country.pack import Pack
from farbank.model.places import PlaceId

WIDTH = 420
MARGIN = 0.06

# Colours are custom properties of the page, so that one map serves its light and its dark theme; the second value is
# what shows where the SVG stands alone.
_FAR, _LAND, _LINE, _WATER, _INK, _FAINT = (
    "var(--map-far, #f1efe9)", "var(--map-land, #dedbd2)", "var(--map-line, #fff)", "var(--map-water, #7f97a8)",
    "var(--map-ink, #222)", "var(--map-faint, #77736a)",
)  # fmt: skip
_TEXT: dict[str, dict[str, Any]] = {
    "area": {"fontSize": 13, "fontWeight": 600, "fill": _INK},
    "river": {"fontSize": 11, "fontStyle": "italic", "fill": _FAINT, "dy": -8, "align": "right"},
}
_HATCH = (
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="5" height="5" fill="{_LAND}"/><line x1="0" y1="0" x2="0" y2="5" stroke="{_INK}" stroke-width="1.6"/>'
    "</pattern></defs>"
)


def areas(pack: Pack, reported: Sequence[PlaceId], language: str) -> bytes:
    """Draw the level-1 areas of `pack` as an SVG, hatching those in `reported`; labels are direct, in `language`.

    Places finer than level 1 are drawn as their level-1 area; the country itself hatches nothing. The same arguments
    give the same bytes.
    """
    shown = {pack.gazetteer.at_level(place, 1).id for place in reported if pack.gazetteer.place(place).level >= 1}
    latitude = _latitude(pack)
    land = flatten(pack.boundaries.level1["features"], latitude)
    here = [feature for feature in land if feature["properties"]["place"] in shown]
    rivers = [
        r
        for r in flatten(pack.boundaries.rivers["features"], latitude)
        if all(_named(r, tag) for tag in pack.languages)
    ]
    others = [c for c in flatten(pack.boundaries.context["features"], latitude) if c["properties"]["id"] != pack.id]
    west, south, east, north = _frame(land)
    labels = [_label(middle(f), pack.gazetteer.name(f["properties"]["place"], language), "area") for f in here]
    labels += [_label(middle(river), _named(river, language), "river") for river in _longest(rivers, language)]
    scale = WIDTH / (east - west)
    chart = {
        "width": WIDTH,
        "height": round(scale * (north - south)),
        "padding": 0,
        "background": "transparent",
        "config": {"view": {"stroke": None}},
        "projection": {
            "type": "identity",
            "reflectY": True,
            "scale": scale,
            "translate": [-west * scale, north * scale],
        },
        "layer": [
            _shape(others, fill=_FAR, stroke=None),
            _shape(land, fill=_LAND, stroke=_LINE, strokeWidth=0.7),
            _shape(here, fill="url(#hatch)", stroke=_LINE, strokeWidth=0.7),
            _shape(rivers, filled=False, stroke=_WATER, strokeWidth=1.4),
            *(_texts([label for label in labels if label["kind"] == kind], style) for kind, style in _TEXT.items()),
        ],
    }
    names = pack.phrases[language].join([label["text"] for label in labels if label["kind"] == "area"])
    svg = vl_convert.vegalite_to_svg(chart).replace(
        "<text ", f'<text paint-order="stroke" stroke="{_LAND}" stroke-width="3" '
    )  # legible over hatching
    return finished(svg, "area", pack.phrases[language].say("chart.title", places=names), defined=_HATCH)


def _latitude(pack: Pack) -> float:
    _, south, _, north = bounds(pack.boundaries.level1["features"])
    return (south + north) / 2


def _frame(land: Sequence[Feature]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds(land)
    dx, dy = (east - west) * MARGIN, (north - south) * MARGIN
    return west - dx, south - dy, east + dx, north + dy


def _named(feature: Feature, language: str) -> str:
    return str(feature["properties"].get("names", {}).get(language, ""))


def _longest(rivers: Sequence[Feature], language: str) -> list[Feature]:
    """One feature per river name, the one with most vertices: a river in pieces is labelled once."""
    by_name: dict[str, Feature] = {}
    for river in sorted(rivers, key=lambda feature: len(str(feature["geometry"]["coordinates"]))):
        by_name[_named(river, language)] = river
    return list(by_name.values())


def _label(at: Point, text: str, kind: str) -> dict[str, Any]:
    return {"x": at[0], "y": at[1], "text": text, "kind": kind}


def _shape(features: Sequence[Feature], **mark: Any) -> dict[str, Any]:
    return {"data": {"values": list(features)}, "mark": {"type": "geoshape", "clip": True, **mark}}


def _texts(labels: Sequence[dict[str, Any]], style: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": list(labels)},
        "mark": {"type": "text", "font": "inherit", **style},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": "text", "type": "nominal"},
        },
    }
