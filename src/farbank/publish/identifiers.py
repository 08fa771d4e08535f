"""What a story is called by machines: a name that stays the same through every correction and on every host."""

from __future__ import annotations

from uuid import UUID, uuid5

from farbank.model.text import Language, Slug

_OURS = UUID("5f0c9b52-3c1e-4a7d-9b0a-6d1f2f6f7f41")
"""Drawn once, so that names of ours never meet names made from anybody else's words."""


def story(desk: str, story: Slug, language: Language) -> str:
    """The name of a story in one language, as `urn:uuid:`; `desk` is the desk's name in that language."""
    return _urn("story", desk, story, language)


def desk(desk: str, language: Language) -> str:
    """The name of all that a desk publishes in one language, as `urn:uuid:`."""
    return _urn("desk", desk, language)


def file(path: str) -> str:
    """The name of a file that its path names by its bytes, as `urn:uuid:`."""
    return _urn("file", path)


def _urn(*parts: str) -> str:
    return uuid5(_OURS, "\n".join(parts)).urn
