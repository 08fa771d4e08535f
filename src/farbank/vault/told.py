"""What bytes that somebody could read tell: nouns known by their fields, wherever they lie."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Literal

import msgspec

Sort = Literal[
    "people of the desk",
    "cases",
    "partners",
    "who speaks with whom",
    "calls",
    "reports",
    "chains",
    "coarse profiles",
    "exact profiles",
    "lists of names",
    "drafts",
    "releases",
    "payments",
    "acts",
    "audit lines",
]
"""What an image may yield; `chains` say who told whom, `acts` who proposed and who agreed.

A list of names is what the byte gate holds: it tells nobody a name, and tells whoever guesses one that it is right.
"""

Thing = tuple[Sort, str]
"""A sort and what tells one of it from the next; never shown."""

_FIELDS: tuple[tuple[frozenset[str], Sort, tuple[str, ...]], ...] = (
    (frozenset({"name", "roles", "public"}), "people of the desk", ("name",)),
    (frozenset({"name", "close", "contacts"}), "cases", ("name",)),
    (frozenset({"handle", "language"}), "partners", ("handle",)),
    (frozenset({"partner", "when", "channel"}), "partners", ("partner",)),
    (frozenset({"kind", "about", "reason", "case"}), "cases", ("case",)),
    (frozenset({"partner", "when", "channel"}), "calls", ("id", "partner", "when", "channel", "questions")),
    (frozenset({"contact", "language", "text"}), "reports", ("contact", "text")),
    (frozenset({"id", "hops"}), "chains", ("id", "hops")),
    (frozenset({"id", "block"}), "coarse profiles", ("id", "block")),
    (frozenset({"id", "profile"}), "exact profiles", ("id", "profile")),
    (frozenset({"key", "heads", "hashes"}), "lists of names", ("key", "heads")),
    (frozenset({"edition", "published"}), "releases", ("edition",)),
    (frozenset({"at", "who", "what"}), "audit lines", ("at", "who", "what", "about", "note")),
)
"""The fields a noun is known by, its sort, and the fields that tell it from others."""

_SCOPE, _HANDLERS = "partner/", "handlers:"
_KINDS: dict[str, Sort] = {"case": "cases", "partner": "partners"}
"""Kinds of records whose ids say something by themselves."""
_FRONT = re.compile(r"\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)


def things(body: bytes) -> Iterator[Thing]:
    """Every noun in JSON, in TOML, or in a text with TOML in front of it, however deep; nothing in what is neither."""
    start = body[:64].lstrip()[:1]
    if start in (b"{", b"["):
        try:
            yield from _nouns(msgspec.json.decode(body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return
    elif start.isascii() and start.decode("ascii").isprintable():
        yield from _nouns(_toml(body))


def _toml(body: bytes) -> dict[str, Any]:
    try:
        text = body.decode("utf-8")
        front = _FRONT.match(text)
        return tomllib.loads(front[1]) | {"text": front[2]} if front else tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return {}


def row_things(table: str, row: dict[str, Any]) -> Iterator[Thing]:
    """What a row of an opened database tells by itself, however its cells are sealed."""
    for cell in row.values():
        if isinstance(cell, str) and cell.startswith(_SCOPE):
            yield "partners", cell.removeprefix(_SCOPE)
    if table == "scope" and row["person"]:
        yield "people of the desk", row["person"]
        if row["scope"].startswith(_SCOPE):
            yield "who speaks with whom", f"{row['person']} {row['scope']}"
    for name in ("topic", "id"):
        if str(row.get(name)).startswith(_HANDLERS):
            yield "partners", row[name].removeprefix(_HANDLERS)
    if table == "record" and row["kind"] in _KINDS:
        yield _KINDS[row["kind"]], str(row["id"])
    if table == "entry":
        yield "releases", row["edition"]
    if table in ("act", "head", "reading", "pair", "half"):
        yield from (("people of the desk", row[name]) for name in ("person", "agreeing", "opening") if row.get(name))
    if table == "act":
        yield "acts", f"{row['id']} {row['step']}"


def log_things(place: str, body: bytes) -> Iterator[Thing]:
    """What an entry of a log tells that is no noun: who was assigned to the partner it is about."""
    if place.startswith(f"log {_HANDLERS}"):
        yield "people of the desk", body.decode()
        yield "who speaks with whom", f"{body.decode()} {_SCOPE}{place.removeprefix(f'log {_HANDLERS}')}"


def _nouns(value: Any) -> Iterator[Thing]:
    if isinstance(value, dict):
        for fields, sort, telling in _FIELDS:
            if fields <= value.keys():
                told = [value.get(name) for name in telling]
                yield sort, str(told[0]) if len(told) == 1 else _digest(told)
        if isinstance(value.get("stories"), dict):
            yield from (("drafts", _digest(text)) for text in value["stories"].values())
        for inner in value.values():
            yield from _nouns(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nouns(inner)


def _digest(value: Any) -> str:
    return blake2b(msgspec.json.encode(value, order="sorted"), digest_size=16).hexdigest()
