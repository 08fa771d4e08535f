"""The hatches of a map: one for what was told from an area, and one for each reason why nothing was."""

from __future__ import annotations

from collections.abc import Iterable

FAR, LAND, LINE, WATER, INK, FAINT = (
    "var(--map-far, #f1efe9)", "var(--map-land, #dedbd2)", "var(--map-line, #fff)", "var(--map-water, #7f97a8)",
    "var(--map-ink, #222)", "var(--map-faint, #5c5850)",
)  # fmt: skip
"""Colours are custom properties of the page, so that one map serves its light and its dark theme; the second value is
what shows where the SVG stands alone."""

_LINES = {
    "hatch": ("M0 0V10", 45, 3.2, ""),
    "hatch-confirmed": ("M0 0V10M0 0H10", 45, 3.2, ""),
    "hatch-silent": ("M0 5H10", 0, 1.8, ""),
    "hatch-cut": ("M5 0V10", 135, 1.8, "3 2"),
    "hatch-refused": ("M5 0V10", 0, 1.8, ""),
    "hatch-nothing": ("M0 7L5 3L10 7", 0, 1.2, ""),
    "hatch-unasked": ("M4 5H6", 0, 2, ""),
}
"""Per hatch the strokes of one tile of ten grid steps, how far it is turned, how thick and how broken it is."""


def hatches(used: Iterable[str]) -> str:
    """The patterns named, as definitions. Raises KeyError for one there is not."""
    return "<defs>" + "".join(_pattern(name) for name in used) + "</defs>"


def _pattern(name: str) -> str:
    strokes, turn, thick, dash = _LINES[name]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<pattern id="{name}" width="10" height="10" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turn})"><path d="M0 0H10V10H0z" fill="{LAND}"/>'
        f'<path d="{strokes}" fill="none" stroke="{INK}" stroke-width="{thick}"{dashed}/></pattern>'
    )
