"""Citation groups and source marks inside prose: `[@order; report=r3]`, `[@order; document=d1]` and `@heron`."""

from __future__ import annotations

import re
from typing import NamedTuple

from farbank.model.story import HANDLE
from farbank.model.text import SLUG, Slug

_OPENING = re.compile(r"\s*\[\s*(?=@|(?:report|document)\s*=)")


class Group(NamedTuple):
    """One citation group and where it stood: `at` counts the characters of the text left before it."""

    at: int
    claims: tuple[Slug, ...]
    report: Slug | None
    document: Slug | None

    @property
    def bound(self) -> bool:
        """Whether it names whose words it stands after."""
        return self.report is not None or self.document is not None


class Malformed(Exception):
    """A citation group or a source mark is not written as it should be; `at` is where in the text given."""

    def __init__(self, at: int, problem: str) -> None:
        self.at = at
        super().__init__(problem)


def take_out(text: str) -> tuple[str, list[int], tuple[Group, ...]]:
    """The text without its groups, for each character left its place in the original, and the groups.

    Space before a group goes with it. Raises Malformed.
    """
    kept: list[int] = []
    groups: list[Group] = []
    at = 0
    while found := _OPENING.search(text, at):
        kept.extend(range(at, found.start()))
        inside = found.end()
        close = text.find("]", inside)
        if close < 0:
            raise Malformed(inside, "a citation is not closed by ]")
        groups.append(_group(text[inside:close], len(kept), inside))
        at = close + 1
    kept.extend(range(at, len(text)))
    clean = "".join(text[i] for i in kept)
    _no_stray_marks(clean, kept)
    return clean, kept, tuple(groups)


def handles(text: str) -> tuple[Slug, ...]:
    """The handles a text mentions, in order, each once."""
    return tuple(dict.fromkeys(HANDLE.findall(text)))


def _group(inside: str, at: int, where: int) -> Group:
    claims: list[Slug] = []
    words: dict[str, Slug] = {}
    for part in (part.strip() for part in inside.split(";")):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if part.startswith("@") and re.match(SLUG, part[1:]):
            claims.append(part[1:])
        elif name in ("report", "document") and equals and re.match(SLUG, value) and name not in words:
            words[name] = value
        else:
            raise Malformed(where, f"expected [@claim; @claim; report=id; document=id], got [{inside}]")
    if not claims:
        raise Malformed(where, f"a citation names at least one claim, got [{inside}]")
    return Group(at, tuple(dict.fromkeys(claims)), words.get("report"), words.get("document"))


def _no_stray_marks(text: str, kept: list[int]) -> None:
    """A mistyped handle would be printed as it stands, so every @ must be one."""
    good = {found.start() for found in HANDLE.finditer(text)}
    for stray in re.finditer("[@＠﹫]", text):
        if stray.start() not in good:
            shown = text[stray.start() : stray.start() + 20]
            raise Malformed(kept[stray.start()], f"expected @ and a handle in lower case, got {shown!r}")
