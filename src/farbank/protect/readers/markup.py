"""HTML, SVG and XML taken apart: what is read, what is spoken, what is drawn, and what is only in the source."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html.parser import HTMLParser
from xml.parsers import expat

from farbank.protect.readers import plain
from farbank.protect.readers.letters import SOFT
from farbank.protect.readers.pieces import Flaw, Found, Piece, Unreadable

_INSIDE_WORDS = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
    ),
    *("q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    *("textPath", "textpath", "tref", "tspan", "use"),
}
"""Elements that may open and close within a word; all others part words."""
_READ_OUT = frozenset({"alt", "title", "content", "label", "placeholder", "summary", "value", "href", "src", "id"})
_STYLES = frozenset({"style", "color", "fill", "stroke", "stop-color", "flood-color", "lighting-color"})
_LANGUAGES = frozenset({"lang", "hreflang"})
_UNSEEN = {"script": "script", "style": "style"}


class _Sink:
    """Collects what a parser meets, as pieces."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.digests: set[str] = set()
        self._text: list[str] = []
        self._unseen: list[str] = []
        self._inside: str | None = None
        self._json = False

    def start(self, tag: str, attributes: Iterable[tuple[str, str | None]]) -> None:
        pairs = [(name, value or "") for name, value in attributes]
        if self._inside:
            self._close()
        self._text.append(_part(tag))
        self._inside = _UNSEEN.get(_local(tag))
        self._json = self._inside == "script" and any(name == "type" and "json" in value for name, value in pairs)
        if _local(tag) in ("metadata", "generator"):
            self.found.append(Flaw("metadata", f"a <{_local(tag)}> element; leave it out"))
        if _local(tag) == "meta" and any(n == "name" and v.lower() in _MAKERS for n, v in pairs):
            self.found.append(Flaw("metadata", "a <meta> element that says what made the page, or who; leave it out"))
        self.found.extend(piece for name, value in pairs for piece in _attribute(name, value))

    def end(self, tag: str) -> None:
        if self._inside:
            self._close()
        self._text.append(_part(tag))

    def _close(self) -> None:
        source = "".join(self._unseen)
        self.digests.add(_digest(source))
        self.found.extend(plain.json(source) if self._json else [Piece(self._inside or "script", source, shown=False)])
        self._unseen.clear()
        self._inside = None

    def text(self, text: str) -> None:
        (self._unseen if self._inside else self._text).append(text)

    def comment(self, text: str) -> None:
        self.found.append(Piece("comment", text, shown=False))

    @property
    def in_source(self) -> bool:
        """Whether a script or style sheet is still open."""
        return self._inside is not None

    def pieces(self) -> Iterator[Found]:
        if self._inside:
            self._close()
        yield Piece("text", "".join(self._text))
        yield from self.found


_MAKERS = frozenset({"generator", "creator", "producer", "owner"})


_DRAWN = re.compile(r"(?:[Zz]?[A-Za-z][-\d.,\s]+)+[Zz]?")
"""The outline of a shape: long, and without two letters that could be part of a word."""
_DRAWN_IN_SOURCE = re.compile(rf'\sd="{_DRAWN.pattern}"')


def _attribute(name: str, value: str) -> Iterator[Piece]:
    local = _local(name).lower()
    if local == "d" and _DRAWN.fullmatch(value):
        return
    shown = local in _READ_OUT or local.startswith("aria-")
    kind = "style" if local in _STYLES else "attribute lang" if local in _LANGUAGES else "attribute"
    kind = f"attribute {local}" if shown else kind
    yield Piece(kind, value, shown)


def _digest(source: str) -> str:
    """How a page's policy names a script or style sheet of its own."""
    return b64encode(sha256(source.encode("utf-8", "surrogatepass")).digest()).decode("ascii")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _part(tag: str) -> str:
    return SOFT if _local(tag) in _INSIDE_WORDS else "\n"


class _Html(HTMLParser):
    def __init__(self, sink: _Sink) -> None:
        super().__init__(convert_charrefs=True)
        self._sink = sink

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._sink.start(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._sink.end(tag)

    def handle_data(self, data: str) -> None:
        self._sink.text(data)

    def handle_comment(self, data: str) -> None:
        self._sink.comment(data)

    def handle_decl(self, decl: str) -> None:
        self._sink.comment(decl)

    handle_pi = unknown_decl = handle_comment


def html(text: str) -> Iterator[Found]:
    """Read an HTML page. Raises Unreadable for markup no parser agrees on.

    The digest by which it names a script or style sheet that stands in it is passed over, for its letters are chance;
    any other is read like the rest of the attribute, so that nothing hides as a digest.
    """
    sink = _Sink()
    parser = _Html(sink)
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError):
        raise Unreadable("HTML that does not parse") from None
    if sink.in_source:
        yield Flaw("unreadable", "a script or style sheet that does not end, so that it could not be read; close it")
    for found in sink.pieces():
        if isinstance(found, Piece) and found.kind == "attribute content":
            yield found._replace(text=_without(sink.digests, found.text))
        else:
            yield found
    yield Piece("source", _without(sink.digests, _DRAWN_IN_SOURCE.sub("", text)), shown=False)


def _without(digests: Iterable[str], text: str) -> str:
    for digest in digests:
        text = text.replace(digest, "")
    return text


def xml(text: str) -> Iterator[Found]:
    """Read SVG, Atom or other XML. Raises Unreadable if it is not well formed or declares entities of its own."""
    sink = _Sink()
    parser = expat.ParserCreate("utf-8")
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, flat: sink.start(tag, zip(flat[::2], flat[1::2], strict=True))
    parser.EndElementHandler = sink.end
    parser.CharacterDataHandler = sink.text
    parser.CommentHandler = sink.comment
    parser.ProcessingInstructionHandler = lambda target, data: sink.comment(f"{target} {data}")
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except (expat.ExpatError, ValueError):
        raise Unreadable("XML that is not well formed") from None
    yield from sink.pieces()
    yield Piece("source", _DRAWN_IN_SOURCE.sub("", text), shown=False)


def _refuse_entities(*_declaration: object) -> None:
    raise Unreadable("XML that declares entities of its own")
