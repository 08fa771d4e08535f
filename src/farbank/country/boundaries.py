"""Outlines to draw, read when first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from farbank.model.errors import DecodeError

Collection = dict[str, Any]
"""A GeoJSON FeatureCollection in WGS 84."""


class Boundaries:
    """The outlines of a pack.

    Properties of features: `level1` has `place` (a place id); `context` has `id` and `names` (neighbours and the
    country itself, whose id is the pack's); `borders` has `with` (a neighbour's id); `rivers` has `names`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def level1(self) -> Collection:
        """Outlines of level 1."""
        return self._read("level1.geojson")

    @cached_property
    def context(self) -> Collection:
        """The country as a whole and its neighbours, clipped."""
        return self._read("context.geojson")

    @cached_property
    def borders(self) -> Collection:
        """Land borders as lines."""
        return self._read("borders.geojson")

    @cached_property
    def rivers(self) -> Collection:
        """Rivers as lines."""
        return self._read("rivers.geojson")

    def _read(self, name: str) -> Collection:
        path = self._folder / name
        try:
            return msgspec.json.decode(path.read_bytes(), type=Collection)
        except (OSError, msgspec.DecodeError) as error:
            raise DecodeError(str(path), "", f"expected a GeoJSON FeatureCollection: {error}") from None
