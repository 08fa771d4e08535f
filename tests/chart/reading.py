"""What a test reads out of a drawing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from farbank.model.drawings import Drawing
from farbank.publish import embed

SVG = "{http://www.w3.org/2000/svg}"
_UNSEEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
SHAPES = {"svg", "g", "title", "desc", "text", "tspan", "path", "circle", "rect", "defs", "pattern", "line", "clipPath"}


def root(drawing: Drawing) -> ET.Element:
    return ET.fromstring(drawing.svg)


def texts(drawing: Drawing) -> list[str]:
    """Every text drawn, lines joined as they are read."""
    return [" ".join("".join(node.itertext()).split()) for node in root(drawing).iter(f"{SVG}text")]


def cells(drawing: Drawing) -> list[str]:
    """Every cell of its twin, and the note."""
    said = [*(cell for row in drawing.table.rows for cell in row), drawing.table.note]
    return [" ".join(_UNSEEN.sub("�", cell).split()) for cell in said]


def assert_sound(drawing: Drawing) -> None:
    """One image of shapes and words, named and described, that a page takes in, and not too heavy for a bad line."""
    tree = root(drawing)
    assert tree.get("role") == "img" and tree.get("aria-label") and tree.get("lang") == drawing.language
    title, described = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert title is not None and described is not None and title.text == tree.get("aria-label")
    assert {node.tag.removeprefix(SVG) for node in tree.iter()} <= SHAPES
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on") or "href" in name]
    values = [value for node in tree.iter() for name, value in node.attrib.items() if name != "aria-label"]
    assert not [value for value in values if "http" in value or re.search(r"url\((?!#)", value)]
    assert embed.drawing(drawing.svg)
    assert len(drawing.svg) <= 40_000
