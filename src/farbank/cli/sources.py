"""A case named on the command line: a case folder, or the name of one filed in a desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from farbank.cli.passphrase import open_desk

if TYPE_CHECKING:
    from farbank.desk.file_case import Filed

CaseSource = Annotated[str, typer.Argument(metavar="CASE", help="A case folder, or with --desk a filed case's name.")]


def filed_case(case: str, desk: Path | None, person: str | None) -> Filed:
    """Read a case from where it is; with --desk, identities stay closed."""
    if desk is None:
        from farbank.desk.check_case import file_folder

        return file_folder(Path(case))
    from farbank.desk.import_case import filed

    with open_desk(desk, person) as opened:
        return filed(opened, case)
