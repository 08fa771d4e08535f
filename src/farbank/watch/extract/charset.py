"""A page's bytes as text: what it says of its charset is believed only as far as the bytes bear it out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from farbank.model.captures import Capture

LONGEST = 4 * 2**20
"""Bytes of a page that are read; the pages of outlets have some tens of kilobytes."""

WRONG = 0.05
"""Share of the bytes beyond ASCII that may not decode before a charset counts as the wrong one."""

HEAD = 4096
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BYTES_BEYOND_ASCII = bytes(range(128, 256))
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LABELS = {"cp949": "cp949", "ms949": "cp949", "uhc": "cp949", "cp932": "cp932", "cp936": "gb18030"}
_WIDER = {"euc_kr": "cp949", "gbk": "gb18030", "gb2312": "gb18030", "shift_jis": "cp932", "iso8859-1": "cp1252"}
"""Pages use the wider charset under the name of the narrower one (as the WHATWG encoding standard has it)."""


def text(capture: Capture) -> str:
    """The body as text, at most `LONGEST` bytes of it; what does not decode becomes U+FFFD."""
    body = capture.body[:LONGEST]
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], name)
    if b"\0" in body[:HEAD] and (wide := _wide(body[:HEAD])):
        return _decoded(body, wide)
    if b"\x1b" not in body:  # the charsets that switch by escapes look like ASCII
        try:
            return codecs.utf_8_decode(body, "strict", False)[0]
        except UnicodeDecodeError:
            pass
    return _best(body, capture.header("content-type"))


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of its tags is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 < len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _best(body: bytes, header: str) -> str:
    """The text by the first charset that decodes, or by the one of those asked that decodes most."""
    beyond = len(body) - len(body.translate(None, _BYTES_BEYOND_ASCII))
    found: list[tuple[int, int, str]] = []
    for name in dict.fromkeys(_candidates(body, header)):
        decoded = _decoded(body, name)
        wrong = decoded.count("\ufffd")
        if wrong <= WRONG * beyond:
            return decoded
        found.append((wrong, len(found), decoded))
    return min(found)[2]


def _candidates(body: bytes, header: str) -> Iterator[str]:
    """What the header, the page and the bytes themselves say; a charset that takes any byte is asked last."""
    names = [_declared(found[1]) for found in (_HEADER.search(header),) if found]
    names += [_declared(found[1].decode("ascii", "ignore")) for found in (_META.search(body[:HEAD]),) if found]
    names.append(detect_encoding(body[: 2**16], html5_compatible=False))
    known = [_WIDER.get(name, name) for name in names if name]
    yield from (name for name in known if name != "cp1252")
    yield "utf-8"
    yield from (name for name in known if name == "cp1252")


def _declared(said: str) -> str | None:
    """The charset a label stands for (WHATWG encoding standard, and what Korean and Japanese pages also write)."""
    return map_encoding_to_html5(said, fallback_utf8=False) or _LABELS.get(said.lower())


def _decoded(body: bytes, name: str) -> str:
    """Without complaint of a last character that is cut."""
    return codecs.getincrementaldecoder(name)("replace").decode(body)
