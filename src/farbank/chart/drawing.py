"""What the chart library draws, made one picture: named, described, and the same bytes for the same figures."""

from __future__ import annotations

import re
from html import escape


def finished(svg: str, name: str, title: str, described: str = "", defined: str = "") -> bytes:
    """The renderer's SVG as one image called `title`, `described` at length, with patterns `defined` in it.

    The renderer numbers its clips from run to run; here they are `name`-clip-0 and so on, as several pictures share a
    page.
    """
    clips = list(dict.fromkeys(re.findall(r"\bclip\d+\b", svg)))
    for number, clip in enumerate(clips):
        svg = re.sub(rf"\b{clip}\b", f"{name}-clip-{number}", svg)
    svg = re.sub(r' aria-\w+="[^"]*"| role="[^"]*"', "", svg)
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{escape(title)}" ', 1)
    inside = f"<title>{escape(title)}</title>" + (f"<desc>{escape(described)}</desc>" if described else "") + defined
    return svg.replace(">", f">{inside}", 1).encode()
