"""The example cases that ship with farbank."""

from __future__ import annotations

from pathlib import Path

from farbank.desk.errors import NoSuchExample

_PACKAGE = Path(__file__).parents[1]


def example(name: str) -> Path:
    """The folder of an example case. Raises NoSuchExample."""
    for folder in (_PACKAGE / "examples", _PACKAGE.parents[1] / "examples"):
        if (folder / name / "case.toml").is_file():
            return folder / name
    raise NoSuchExample(
        f"the example case {name!r} is not beside this installation; run farbank from a checkout or name a case folder"
    )
