"""GeoJSON made flat, so that a chart library without spherical geometry draws it as it stands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

Feature = dict[str, Any]
Point = tuple[float, float]


def flatten(features: Iterable[Feature], latitude: float) -> list[Feature]:
    """Scale longitudes by the cosine of `latitude` (degrees): an equirectangular map true to shape there."""
    scale = math.cos(math.radians(latitude))
    return [
        {
            **feature,
            "geometry": {**feature["geometry"], "coordinates": _scaled(feature["geometry"]["coordinates"], scale)},
        }
        for feature in features
    ]


def _scaled(coordinates: Any, scale: float) -> Any:
    if isinstance(coordinates[0], int | float):
        return [coordinates[0] * scale, coordinates[1]]
    return [_scaled(part, scale) for part in coordinates]


def bounds(features: Iterable[Feature]) -> tuple[float, float, float, float]:
    """West, south, east and north of everything given."""
    points = [point for feature in features for point in _points(feature["geometry"]["coordinates"])]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _points(coordinates: Any) -> Iterator[Point]:
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
    else:
        for part in coordinates:
            yield from _points(part)


def middle(feature: Feature) -> Point:
    """Where a label stands: the centroid of an area's largest ring, or the middle vertex of a line."""
    geometry = feature["geometry"]
    if "Polygon" not in geometry["type"]:
        points = list(_points(geometry["coordinates"]))
        return points[len(points) // 2]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return max((_centroid(polygon[0]) for polygon in polygons), key=lambda found: found[0])[1]


def _centroid(ring: list[list[float]]) -> tuple[float, Point]:
    """Area and centroid of a ring, by the shoelace formula."""
    doubled = x = y = 0.0
    for (x0, y0, *_), (x1, y1, *_) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        doubled += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    if doubled == 0:
        return 0.0, (ring[0][0], ring[0][1])
    return abs(doubled) / 2, (x / (3 * doubled), y / (3 * doubled))
