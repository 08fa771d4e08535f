"""Flat GeoJSON as short SVG paths: cut to the frame and set on a grid that neighbours share, so that no gap opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from farbank.chart.geometry import Feature, Point

GRID = 0.5
"""Points between two lines of the grid: below what a screen shows of a coast."""
Ring = list[tuple[int, int]]


class Frame(NamedTuple):
    """The part of the flat map that is drawn, and how many points a flat degree takes."""

    west: float
    south: float
    east: float
    north: float
    scale: float

    @property
    def height(self) -> float:
        """Points from north to south."""
        return (self.north - self.south) * self.scale

    def at(self, point: Point) -> Point:
        """Where a flat point is drawn, in points from the upper left corner."""
        return (point[0] - self.west) * self.scale, (self.north - point[1]) * self.scale


def path(features: Iterable[Feature], frame: Frame) -> str:
    """The features as one path in steps of the grid; empty where none of them lies in the frame."""
    return "".join(_drawn(part, closed) for feature in features for part, closed in _parts(feature, frame))


def _parts(feature: Feature, frame: Frame) -> Iterator[tuple[Ring, bool]]:
    kind, coordinates = feature["geometry"]["type"], feature["geometry"]["coordinates"]
    if "Polygon" in kind:
        polygons = coordinates if kind == "MultiPolygon" else [coordinates]
        for ring in (ring for polygon in polygons for ring in polygon):
            yield _on_grid(_cut(ring, frame), frame), True
        return
    for track in coordinates if kind == "MultiLineString" else [coordinates]:
        for run in _inside(track, frame):
            yield _on_grid(run, frame), False


def _cut(ring: Sequence[Sequence[float]], frame: Frame) -> list[Point]:
    """The part of a ring inside the frame, by the algorithm of Sutherland and Hodgman, one side after the other."""
    points: list[Point] = [(point[0], point[1]) for point in ring]
    for axis, limit, sign in ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1)):
        kept: list[Point] = []
        for before, here in zip(points[-1:] + points[:-1], points, strict=True):
            inside, was_inside = (here[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
            if inside != was_inside:
                part = (limit - before[axis]) / (here[axis] - before[axis])
                kept.append((before[0] + part * (here[0] - before[0]), before[1] + part * (here[1] - before[1])))
            if inside:
                kept.append(here)
        points = kept
    return points


def _inside(track: Any, frame: Frame) -> Iterator[list[Point]]:
    """The stretches of a line that lie in the frame, each with a point beyond it where it leaves."""
    run: list[Point] = []
    before: Point | None = None
    for x, y, *_ in track:
        if frame.west <= x <= frame.east and frame.south <= y <= frame.north:
            run += [before, (x, y)] if not run and before else [(x, y)]
        elif run:
            yield [*run, (x, y)]
            run = []
        before = (x, y)
    if run:
        yield run


def _on_grid(points: Sequence[Point], frame: Frame) -> Ring:
    """Grid points without repetition, and without those on a straight line between their neighbours."""
    ring: Ring = []
    for x, y in map(frame.at, points):
        spot = round(x / GRID), round(y / GRID)
        if ring and spot == ring[-1]:
            continue
        if len(ring) > 1 and _straight(ring[-2], ring[-1], spot):
            ring.pop()
        ring.append(spot)
    return ring


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) > 0
    return ahead and (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _drawn(ring: Ring, closed: bool) -> str:
    if len(ring) < (3 if closed else 2):
        return ""
    steps = (f"{x - was_x} {y - was_y}" for (was_x, was_y), (x, y) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}{'z' if closed else ''}".replace(" -", "-")
