"""Pictures and maps as parts of the page itself, so that reading it asks nothing of any server."""

from __future__ import annotations

import re
from base64 import b64encode

from farbank.publish.errors import UnprintablePicture, UnsafeMap

_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_UNSAFE = re.compile(
    rb"<\s*(?:script|foreignobject|image|style|a|iframe|use|animate|set|!doctype|!entity)\b|\son\w+\s*=|(?:href|src)\s*="
    rb"|url\(\s*[\"']?(?!#)|@import|javascript:",
    re.IGNORECASE,
)
_PROLOGUE = re.compile(rb"^\s*(?:<\?xml[^>]*\?>)?\s*(?=<svg[\s>])")


def picture(data: bytes, name: str) -> str:
    """A picture as a data: URI. Raises UnprintablePicture unless it is PNG, JPEG or WebP."""
    kind = next((kind for magic, kind in _KINDS.items() if data.startswith(magic)), None)
    if kind is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "image/webp"
    if kind is None:
        raise UnprintablePicture(
            f"picture {name!r} is neither PNG, JPEG nor WebP; run it through the media cleaner first"
        )
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"


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
