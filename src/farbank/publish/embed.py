"""Maps as parts of the page itself."""

from __future__ import annotations

import re

from farbank.publish.errors import UnsafeMap

_UNSAFE = re.compile(
    rb"<\s*(?:script|foreignobject|image|style|a|iframe|use|animate|set|!doctype|!entity)\b|\son\w+\s*=|(?:href|src)\s*="
    rb"|url\(\s*[\"']?(?!#)|@import|javascript:",
    re.IGNORECASE,
)
_PROLOGUE = re.compile(rb"^\s*(?:<\?xml[^>]*\?>)?\s*(?=<svg[\s>])")


def drawing(svg: bytes) -> str:
    """A map as inline SVG. Raises UnsafeMap if it is not an SVG of shapes and words alone."""
    opening = _PROLOGUE.match(svg)
    slip = _UNSAFE.search(svg)
    if opening is None or slip is not None or not svg.rstrip().endswith(b"</svg>"):
        held = slip.group().decode("ascii", "replace").strip() if slip else "something that is no <svg>"
        raise UnsafeMap(f"the map holds {held}; draw it with the desk's own chart")
    try:
        return svg[opening.end() :].decode("utf-8")
    except UnicodeDecodeError:
        raise UnsafeMap("the map is not UTF-8; draw it with the desk's own chart") from None
