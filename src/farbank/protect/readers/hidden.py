"""Text under other text: entities, percent signs, escapes, tags, and files inside `data:` addresses."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, unquote_to_bytes

from farbank.protect.readers.letters import SOFT
from farbank.protect.readers.pieces import Unreadable

DEEPEST = 6
"""Encodings laid over one another before the gate gives up; honest pages have two."""

_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.+=\"-]*)*),([^\s\"'<>()]*)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_TAG = re.compile(r"<[^<>]*>")


class Embedded(NamedTuple):
    """A file found inside a `data:` address: its media type and bytes."""

    media_type: str
    data: bytes


def layers(text: str, kind: str) -> Iterator[str | Embedded]:
    """Yield `text` and what it turns into as each encoding is taken off, and the files embedded in any of these.

    `kind` is the hiding place: a style sheet has escapes of its own, and the tags of a whole source are not taken
    out, since its reader has done so.
    Raises Unreadable where encodings lie deeper than anybody has reason to lay them.
    """
    for _ in range(DEEPEST):
        bare, files = _lift(text)
        yield from files
        yield bare
        if "<" in bare and kind != "source":
            yield _TAG.sub(SOFT, bare)
        if kind == "style" and "\\" in bare:
            yield _CSS_ESCAPE.sub(lambda found: _character(found.group(1)), bare)
        under = _uncover(bare)
        if under == bare:
            return
        text = under
    raise Unreadable("text encoded too many times over")


def _uncover(text: str) -> str:
    if "\\" in text:
        # Through UTF-16, so that escaped surrogate pairs become the one character they stand for.
        escaped = _ESCAPE.sub(lambda found: _character(next(filter(None, found.groups()))), text)
        text = escaped.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if "%" in text:
        text = unquote(text, errors="replace")
    return html.unescape(text) if "&" in text else text


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 else "\ufffd"


def _lift(text: str) -> tuple[str, list[Embedded]]:
    """Take `data:` addresses out of `text`: their letters are chance, their contents are a file."""
    files: list[Embedded] = []

    def lift(found: re.Match[str]) -> str:
        files.append(_embedded(found.group(1) or "text/plain", found.group(2), found.group(3)))
        return " "

    return (_DATA.sub(lift, text), files) if ":" in text else (text, files)


def _embedded(media_type: str, parameters: str, payload: str) -> Embedded:
    if not parameters.lower().endswith(";base64"):
        return Embedded(media_type.lower(), unquote_to_bytes(payload.encode("utf-8", "surrogatepass")))
    try:
        plain = unquote(payload).replace("-", "+").replace("_", "/").rstrip("=")
        return Embedded(media_type.lower(), base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True))
    except (binascii.Error, ValueError):
        raise Unreadable("a data: address that does not decode") from None
