"""Lines, circles and words as SVG that takes its colours and its faces from the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from farbank.chart.broken import broken
from farbank.model.drawings import Table
from farbank.model.text import Language

INK, QUIET, PAPER = "var(--ink, currentColor)", "var(--quiet, currentColor)", "var(--paper, #fff)"
"""The edition's own colours, of double-A contrast in both of its themes; alone, a drawing is black on white."""
WIDTH = 342
"""Points across: what the narrowest phones in use show between the margins of a page."""
LEADING = 1.4

_FACES = {
    "ko": "'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif",
    "ja": "'Hiragino Sans', 'Yu Gothic', 'Noto Sans JP', 'Noto Sans CJK JP', Meiryo, sans-serif",
    "zh": "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif",
}
_LATIN = "system-ui, 'Segoe UI', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
_UNSEEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
"""What XML does not know, and what turns the order of letters round."""
_CODE = re.compile("[=:(@]")
"""Signs that a text needs to look like an attribute, an address or a rule of style; written by number they cannot."""


def safe(text: str) -> str:
    """`text` as it may stand inside an element or an attribute; it reads the same and cannot be taken for markup."""
    plain = escape(_UNSEEN.sub("�", text))
    return _CODE.sub(lambda sign: f"&#{ord(sign.group())};", plain)


def number(x: float) -> str:
    """A coordinate, as short as a tenth of a point allows."""
    return f"{round(x, 1) + 0:g}" if abs(x) < 1e5 else f"{x:.0f}"


def words(
    x: float, y: float, lines: Sequence[str], size: float, fill: str = INK, *, bold: bool = False, middle: bool = False
) -> str:
    """Lines of text, the baseline of the first at `y`."""
    if len(lines) == 1:
        inside = safe(lines[0])
    else:
        down = f' dy="{number(size * LEADING)}"'
        inside = "".join(
            f'<tspan x="{number(x)}"{down if at else ""}>{safe(line)}</tspan>' for at, line in enumerate(lines)
        )
    more = (' font-weight="600"' if bold else "") + (' text-anchor="middle"' if middle else "")
    return f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}"{more}>{inside}</text>'


def line(points: Iterable[tuple[float, float]], *, stroke: str = INK, width: float = 1, dash: str = "") -> str:
    """A line through points."""
    path = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{path}" fill="none" stroke="{stroke}" stroke-width="{number(width)}"{dashed}/>'


def circle(x: float, y: float, *, radius: float = 5, closed: bool = False, dash: str = "") -> str:
    """A circle, filled where it is closed."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{INK if closed else PAPER}" '
        f'stroke="{INK}" stroke-width="1.5"{dashed}/>'
    )


def box(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A rectangle without a border."""
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" fill="{fill}"/>'


def faces(language: Language) -> str:
    """The page's own sans, or where a drawing stands alone the faces that have the language's letters."""
    return f"var(--sans, {_FACES.get(language.partition('-')[0], _LATIN)})"


def told(table: Table) -> str:
    """A table read aloud, row by row."""
    rows = ("; ".join(cell for cell in row if cell) for row in table.rows)
    return " ".join(f"{row.rstrip('.。')}." for row in (*rows, table.note) if row)


def noted(note: str, y: float) -> tuple[str, float]:
    """A note under a drawing, and where it ends; nothing for none."""
    lines = broken(note, 12, WIDTH - 4) if note else ()
    return (words(2, y + 12, lines, 12, QUIET), y + (len(lines) + 0.5) * 12 * LEADING) if lines else ("", y)


def picture(body: str, height: float, table: Table, language: Language, *, width: float = WIDTH) -> bytes:
    """One image, named by the table's caption and described by its rows."""
    across, down = number(width), number(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{safe(table.caption)}" '
        f'lang="{safe(language)}" xml:lang="{safe(language)}" width="{across}" height="{down}" '
        f'viewBox="0 0 {across} {down}" font-family="{faces(language)}">'
        f"<title>{safe(table.caption)}</title><desc>{safe(told(table))}</desc>{body}</svg>"
    ).encode()
