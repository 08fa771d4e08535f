"""The shapes that one Chinese character has in several countries, taken for one."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "han"


def rows(name: str) -> list[tuple[str, str]]:
    """The lines of one of the character tables."""
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return [(key, value) for key, value in (line.split("\t") for line in lines)]


ONE_SHAPE = {ord(other): first for first, others in rows("variants.tsv") for other in others}
"""Traditional and Japanese shapes and the one that stands for all (國, 国; 壤, 壌; 後, 后): for `str.translate`.

Characters that simplified writing has made one are one here (干 for 乾, 幹 and 干): no spelling is missed for it, and
what stands beside them tells them apart.
"""
