"""The areas a story was reported from, as GeoJSON (RFC 7946): outlines at the printed grain, never a point (E51)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from farbank.model import codec
from farbank.publish.edition import Area, Edition, Fact, Ring

FILE = "areas.geojson"


def files(edition: Edition) -> dict[str, bytes]:
    """`areas.geojson`, one feature an area; its facts are told by number and in words."""
    attribution = next(iter(edition.pages.values())).attribution
    collection = {
        "type": "FeatureCollection",
        "features": [_feature(area, edition.facts) for area in edition.areas],
        "attribution": attribution,
    }
    return {FILE: codec.to_json(collection)}


def _feature(area: Area, facts: Iterable[Fact]) -> dict[str, Any]:
    told = [_told(fact) for fact in facts if area.id in fact.areas]
    return {
        "type": "Feature",
        "id": area.id,
        "geometry": _geometry(area.rings),
        "properties": {"names": area.names, "facts": told},
    }


def _told(fact: Fact) -> dict[str, Any]:
    return {
        "fact": fact.index,
        "kind": fact.kind,
        "date": fact.when,
        "standing": fact.standing,
        "texts": fact.texts,
        "standings": fact.standings,
    }


def _geometry(polygons: Iterable[tuple[Ring, ...]]) -> dict[str, Any] | None:
    """No geometry where nothing is left of an outline: an area too small to draw is no dot on a map."""
    drawn = [[_wound(ring, left=number == 0) for number, ring in enumerate(polygon)] for polygon in polygons]
    if not drawn:
        return None
    if len(drawn) == 1:
        return {"type": "Polygon", "coordinates": drawn[0]}
    return {"type": "MultiPolygon", "coordinates": drawn}


def _wound(ring: Ring, *, left: bool) -> Ring:
    """The ring with what it encloses to its left (an outline) or to its right (a hole): RFC 7946, 3.1.6."""
    twice = sum((x - before) * (y + below) for (before, below), (x, y) in pairwise(ring))
    return ring if (twice < 0) == left else ring[::-1]
