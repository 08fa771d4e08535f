"""The front matter of a story: the fields above the prose, checked, each with its line."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

import msgspec
import yaml

from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.model.story import Accepted
from farbank.model.text import Slug

_FENCE = "---"


class Front(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields an editor writes above the prose; `headline` and `summary` still hold their citations."""

    headline: str
    summary: str
    close: date
    of: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")] | None = None
    byline: str = ""
    show: dict[Slug, tuple[str, ...]] = {}
    whatif: dict[Slug, tuple[dict[str, str], ...]] = {}
    fit: tuple[Slug, ...] = ()
    link: dict[Slug, Annotated[float, msgspec.Meta(gt=0, le=1)]] = {}
    accept: tuple[Accepted, ...] = ()


def read(lines: list[str], file: str) -> tuple[Front, dict[str, int], int]:
    """The fields, the line each stands on, and how many lines the front matter takes.

    Raises DecodeError with the line.
    """
    if not lines or lines[0].rstrip() != _FENCE:
        raise DecodeError(file, "line 1", "expected front matter between two lines of ---")
    try:
        end = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE)
    except StopIteration:
        raise DecodeError(file, "line 1", "the front matter is not closed by a line of ---") from None
    text = "\n".join(lines[1:end])
    where = _lines(text, file)
    return _fields(text, where, file), where, end + 1


def _lines(text: str, file: str) -> dict[str, int]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise DecodeError(file, f"line {mark.line + 2 if mark else 1}", f"expected YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise DecodeError(file, "line 1", f"expected YAML: {error}") from None
    if not isinstance(node, yaml.MappingNode):
        raise DecodeError(file, "line 1", "expected front matter with headline, summary and close")
    found: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 2
        if key.value in found:
            raise DecodeError(file, f"line {line}", f"{key.value} is given twice")
        found[str(key.value)] = line
    return found


def _fields(text: str, where: dict[str, int], file: str) -> Front:
    try:
        return codec.convert(yaml.safe_load(text), Front, file)
    except DecodeError as error:
        named = re.search(r"field `(\w+)`", error.problem)
        field = error.where if error.where != "top level" else named.group(1) if named else ""
        line = where.get(re.split(r"[.\[]", field)[0], 1)
        raise DecodeError(file, f"line {line}", f"{error.problem} ({error.where})") from None
    except (yaml.YAMLError, ValueError) as error:
        raise DecodeError(file, f"line {where.get('close', 1)}", f"expected a date or plain YAML: {error}") from None
