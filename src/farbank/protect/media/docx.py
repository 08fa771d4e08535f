"""The words of a Word document as plain text: what a reader sees on its pages, and nothing that lies under them."""

from __future__ import annotations

import codecs
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from farbank.protect.media.pictures import unreadable
from farbank.protect.media.traces.docx import of_parts
from farbank.protect.media.traces.words import Trace, once
from farbank.protect.readers.pieces import Unreadable

_BODY, _STYLES = "word/document.xml", "word/styles.xml"
_MOST_PARTS = 2000
_MOST_XML = 24 << 20
"""Bytes of one part once unpacked; a book of 1,000 pages has about 10 million."""
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_DROPPED: dict[str, Trace] = {
    "del": "tracked changes",
    "moveFrom": "tracked changes",
    "instrText": "links",
    "delText": "tracked changes",
    "sdtPr": "custom data",
}
"""Elements whose text no reader sees."""
_TOLD: dict[str, Trace] = {
    "ins": "tracked changes",
    "moveTo": "tracked changes",
    "rPrChange": "tracked changes",
    "pPrChange": "tracked changes",
    "commentReference": "comments",
    "hyperlink": "links",
    "object": "attached files",
}
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def ready() -> None:
    """Load what reads the names of parts, and texts in either encoding of Word."""
    for encoding in ("cp437", "utf-16"):
        codecs.lookup(encoding)


def anew(data: bytes) -> tuple[bytes, tuple[Trace, ...]]:
    """The shown text of a Word document as UTF-8, and what else it held. Raises Unreadable.

    Text inserted by a tracked change stays, deleted text goes; hidden, white and tiny text, headers, notes, comments,
    pictures and links go. Invisible characters and odd spaces, which can mark a copy, are taken out.
    """
    with unreadable("it is not a whole Word document"):
        parts = _parts(data)
        hidden = _Styles(parts[_STYLES]).hidden if _STYLES in parts else frozenset()
        body = _Body(parts[_BODY], hidden)
        text = body.text
    plain = _plain(text)
    marked = ("invisible characters",) if plain != unicodedata.normalize("NFC", text) else ()
    return plain.encode(), once((*of_parts(parts), *body.traces, *marked))


def _parts(data: bytes) -> dict[str, bytes]:
    """Every part by name, unpacked if it is XML and empty if not; a bomb is refused before it is unpacked whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        if len(names) > _MOST_PARTS or len(set(names)) != len(names):
            raise Unreadable("it has too many parts, or two of one name")
        if _BODY not in names:
            raise Unreadable("it is an archive and no Word document")
        left, parts = 3 * _MOST_XML, dict[str, bytes]()
        for name in names:
            if not name.endswith((".xml", ".rels")):
                parts[name] = b""
                continue
            with packed.open(name) as part:
                parts[name] = part.read(_MOST_XML + 1)
            left -= len(parts[name])
            if len(parts[name]) > _MOST_XML or left < 0:
                raise Unreadable("it unpacks to far more than a document holds")
    return parts


def _plain(text: str) -> str:
    """Composed letters, one kind of space, no control or invisible character, no more than one blank line."""
    letters = (
        " " if unicodedata.category(letter) == "Zs" else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter in "\t\n" or unicodedata.category(letter)[0] != "C"
    )
    return "".join(letters)


class _Reader:
    """Walks the WordprocessingML of one part; Raises Unreadable where it declares entities or is not well formed."""

    def __init__(self, part: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text_
        parser.StartDoctypeDeclHandler = _refuse
        parser.buffer_text = True
        self.open: list[str] = []
        parser.Parse(part, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        name = name if space in _WORD else f"{space.rpartition('/')[2]}:{name}"
        self.open.append(name)
        self.start(name, {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def _end(self, _tag: str) -> None:
        self.end(self.open.pop())

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text_(self, text: str) -> None: ...


def _refuse(*_declaration: object) -> None:
    raise Unreadable("it declares entities of its own")


def _hides(name: str, attributes: dict[str, str]) -> bool | None:
    """Whether a property of a run hides its text: True, False, or None if it says nothing of that."""
    value = attributes.get("val", "")
    if name in ("vanish", "webHidden", "specVanish"):
        return value not in ("0", "false", "off")
    if name == "color" and value.upper() == "FFFFFF":
        return True
    return True if name == "sz" and value.isdecimal() and int(value) <= 4 else None


class _Styles(_Reader):
    """Which styles hide their text, those based on them included."""

    def __init__(self, part: bytes) -> None:
        self._of: dict[str, bool] = {}
        self._based: dict[str, str] = {}
        self._style = ""
        super().__init__(part)

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(style for style in {*self._of, *self._based} if self._hidden(style))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self._style = attributes.get("styleId", "")
        elif name == "basedOn":
            self._based[self._style] = attributes.get("val", "")
        elif (hides := _hides(name, attributes)) is not None:
            self._of[self._style] = hides

    def _hidden(self, style: str) -> bool:
        seen: set[str] = set()
        while style not in self._of and style in self._based and style not in seen:
            seen.add(style)
            style = self._based[style]
        return self._of.get(style, False)


class _Body(_Reader):
    """The shown text of the document's body, and what stands in it unseen."""

    def __init__(self, part: bytes, hidden: frozenset[str]) -> None:
        self._hidden_styles = hidden
        self._hides = {"p": False, "r": False}
        self._unseen = 0
        self._pieces: list[str] = []
        self._found: list[Trace] = []
        super().__init__(part)

    @property
    def text(self) -> str:
        return "\n".join(line.strip(" \t") for line in "".join(self._pieces).split("\n")).strip() + "\n"

    @property
    def traces(self) -> tuple[Trace, ...]:
        return once(self._found)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._found.extend(self._told(name, attributes))
        if _is_unseen(name):
            self._unseen += 1
        elif name in self._hides:
            self._hides[name] = False
        elif name in ("pStyle", "rStyle"):
            self._hides[name[0]] = attributes.get("val", "") in self._hidden_styles
        elif "r" in self.open and (hides := _hides(name, attributes)) is not None:
            self._hides["r"] = hides
        elif name in _MARKS and "r" in self.open:
            self.text_(_MARKS[name])

    def end(self, name: str) -> None:
        if _is_unseen(name):
            self._unseen -= 1
        elif name == "p":
            self._pieces.append(" " if "tc" in self.open else "\n\n")
        elif name in ("tc", "tr"):
            self._pieces.append("\t" if name == "tc" else "\n")
        if name == "r":
            self._hides["r"] = False

    def text_(self, text: str) -> None:
        if not self.open or self.open[-1] not in ("t", *_MARKS) or self._unseen:
            return
        if self._hides["r"] or self._hides["p"]:
            if text.strip():
                self._found.append("hidden text")
        else:
            self._pieces.append(text)

    def _told(self, name: str, attributes: dict[str, str]) -> Iterator[Trace]:
        if trace := _DROPPED.get(name) or _TOLD.get(name):
            yield trace
        if "author" in attributes:
            yield "author"
        if "date" in attributes:
            yield "time of changing"
        if any(attribute.startswith("rsid") for attribute in attributes) or "paraId" in attributes:
            yield "editing history"
        if name.endswith(":docPr") and (attributes.get("descr") or attributes.get("title")):
            yield "alternative text"


def _is_unseen(name: str) -> bool:
    return name in _DROPPED or name.endswith(":Fallback")
