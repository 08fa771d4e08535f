"""TOML into a noun, where a key nobody knows is an error: a misspelt `audience` must not become a silent default."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypeVar

from msgspec import inspect

from farbank.model import codec
from farbank.model.errors import DecodeError

T = TypeVar("T")


def table(data: bytes, file: str) -> dict[str, Any]:
    """Parse TOML into plain values, with dates as the ISO text the nouns expect. Raises DecodeError."""
    try:
        parsed = tomllib.loads(text(data, file))
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"\s*\(at (.*?)\)$", str(error))
        raise DecodeError(file, where.group(1) if where else "", re.sub(r"\s*\(at .*\)$", "", str(error))) from None
    except RecursionError:
        raise DecodeError(file, "", "expected a few levels of tables, got them nested too deep to read") from None
    return {key: _plain(value) for key, value in parsed.items()}


def text(data: bytes, file: str) -> str:
    """Decode UTF-8 with newlines as `\\n`, whatever wrote them. Raises DecodeError naming the byte."""
    try:
        return newlines(data.decode("utf-8").lstrip("\ufeff"))  # some editors begin a file with an invisible mark
    except UnicodeDecodeError as error:
        raise DecodeError(file, f"byte {error.start}", "expected UTF-8 text") from None


def newlines(value: str) -> str:
    """Write every line end as `\\n`."""
    return re.sub("\r\n?", "\n", value)


def decode(value: dict[str, Any], kind: type[T], file: str) -> T:
    """Turn plain values into `kind`. Raises DecodeError, also for a key that `kind` does not have."""
    for where, key, known in _unknown(value, inspect.type_info(kind), ""):
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(sorted(known))}"
        raise DecodeError(file, where or "top level", f"unknown key {key!r}; {hint}")
    return codec.convert(value, kind, file)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


def _unknown(value: Any, kind: inspect.Type, where: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (place, key, keys known there) for every key of `value` that the struct it will become does not have."""
    match kind:
        case inspect.UnionType(types=options):
            for option in options:
                if not isinstance(option, inspect.StructType) or _is(value, option):
                    yield from _unknown(value, option, where)
        case inspect.Metadata(type=inner):
            yield from _unknown(value, inner, where)
        case inspect.VarTupleType(item_type=item) if isinstance(value, list):
            for index, entry in enumerate(value):
                yield from _unknown(entry, item, f"{where}[{index}]{_name(entry)}")
        case inspect.StructType(fields=fields) if isinstance(value, dict):
            known = {field.encode_name: field.type for field in fields}
            for key, entry in value.items():
                if key == kind.tag_field:
                    continue
                if key not in known:
                    yield where, key, list(known)
                else:
                    yield from _unknown(entry, known[key], f"{where}.{key}".lstrip("."))


def _is(value: Any, kind: inspect.StructType) -> bool:
    """Whether it is marked as of that kind, or nothing need be marked."""
    return kind.tag_field is None or (isinstance(value, dict) and value.get(kind.tag_field) == kind.tag)


def _name(entry: Any) -> str:
    name = entry.get("id") or entry.get("handle") if isinstance(entry, dict) else None
    return f" ({name})" if isinstance(name, str) else ""
