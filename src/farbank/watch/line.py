"""One article as a line of JSON, the way article files hold it."""

from __future__ import annotations

import json

import msgspec

from farbank.model.statemedia import Article

LONGEST = 16 * 2**20
"""Bytes; a line beyond it is not an article (the longest in a real file has 0.2 MB)."""

_DECODER = msgspec.json.Decoder(Article)


def article(line: bytes) -> Article:
    """Decode one line; fields an Article does not have are passed over. Raises ValueError saying what does not fit.

    In a title or body half a character is passed over too (`prepare.plain`), in what an article is known by it is not.
    """
    try:
        found = _decoded(line)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    for name in ("id", "outlet", "url", "kind", "item"):
        if not _writable(getattr(found, name)):
            raise ValueError(f"half a character (a lone surrogate) in {name}")
    return found


def _decoded(line: bytes) -> Article:
    try:
        return _DECODER.decode(line)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:  # strict JSON has no NaN, but files written by Python do
        return msgspec.convert(json.loads(line), Article)


def _writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
