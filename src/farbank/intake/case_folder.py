"""Case folders: one story's raw material as plain text, read with every reference checked."""

from __future__ import annotations

from pathlib import Path

from farbank.intake import decode, encode, layout, tree
from farbank.model.case import Case


def read(path: Path) -> Case:
    """Read a case folder (docs/case-format.md). Nothing in it is executed and nothing outside it is opened.

    Raises NotACaseFolder, UnsafePath or TooLarge for the folder, DecodeError or MissingReference for what it says.
    """
    return decode.case(tree.load(path, layout.SUBFOLDERS))


def write(case: Case, path: Path, *, identities: bool = False) -> None:
    """Write `case` as a case folder at `path`, whole or not at all, byte for byte the same whenever it is read back.

    Without `identities`, persons.toml and every invented place that nothing else speaks of stay behind.
    Raises FolderInUse if `path` holds something, and whatever `read` would raise for what is written.
    """
    # Decoding what was encoded refuses a case that could not be read back, and settles whole numbers into decimals.
    settled = decode.case(encode.files(case, identities=identities))
    tree.store(encode.files(settled, identities=identities), path)
