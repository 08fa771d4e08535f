"""Bytes to nouns and back; every refusal names file, place, field and what was expected."""

from __future__ import annotations

import re
import tomllib
from typing import Any, TypeVar

import msgspec

from farbank.model.dates import When
from farbank.model.errors import DecodeError

T = TypeVar("T")


def from_toml(data: bytes, kind: type[T], file: str) -> T:
    """Decode TOML into `kind`. Raises DecodeError naming the line (syntax) or the path (content)."""
    try:
        parsed = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DecodeError(file, f"byte {error.start}", "expected UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise DecodeError(file, *_line(str(error))) from None
    return convert(parsed, kind, file)


def from_json(data: bytes | str, kind: type[T], file: str) -> T:
    """Decode JSON into `kind`. Raises DecodeError naming the byte (syntax) or the path (content)."""
    try:
        return msgspec.json.decode(data, type=kind, dec_hook=_decode_hook)
    except msgspec.ValidationError as error:
        raise DecodeError(file, *_path(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DecodeError(file, "", f"expected JSON: {error}") from None


def convert(value: object, kind: type[T], file: str) -> T:
    """Turn plain dicts and lists into `kind`. Raises DecodeError naming the path of what does not fit."""
    try:
        return msgspec.convert(value, kind, dec_hook=_decode_hook)
    except msgspec.ValidationError as error:
        raise DecodeError(file, *_path(str(error))) from None


def to_json(value: object) -> bytes:
    """Encode a noun as JSON with sorted keys, so that equal values give equal bytes."""
    return msgspec.json.encode(value, enc_hook=_encode_hook, order="sorted")


def to_builtins(value: object) -> Any:
    """Turn a noun into plain dicts, lists and strings."""
    return msgspec.to_builtins(value, enc_hook=_encode_hook, order="deterministic")


def _decode_hook(kind: type, value: object) -> object:
    if kind is When and isinstance(value, str):
        return When(value)
    raise ValueError(f"expected {kind.__name__}, got {type(value).__name__}")


def _encode_hook(value: object) -> str:
    if isinstance(value, When):
        return str(value)
    raise TypeError(f"cannot encode {type(value).__name__}")


def _path(message: str) -> tuple[str, str]:
    problem, _, path = message.partition(" - at `")
    return path.rstrip("`").removeprefix("$").lstrip(".") or "top level", problem


def _line(message: str) -> tuple[str, str]:
    found = re.search(r"\(at (.*?)\)$", message)
    return (found.group(1), message[: found.start()].strip()) if found else ("end of file", message)
