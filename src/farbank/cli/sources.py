"""A case named on the command line: a case folder, or the name of one filed in a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from farbank.cli.errors import NoSuchCase
from farbank.cli.passphrase import open_desk

if TYPE_CHECKING:
    from farbank.desk.file_case import Filed
    from farbank.vault import Vault

CaseSource = Annotated[str, typer.Argument(metavar="CASE", help="A case folder, or with --desk a filed case's name.")]
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id.")]
Ledger = Annotated[
    Path | None, typer.Option("--ledger", help="What was published before, as `protect ledger --json` prints it.")
]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help="The day it goes out: with a desk today, else the first that will do."
    ),
]
Archives = Annotated[
    list[str],
    typer.Option("--archive", help="An archive, s3://... at scale, or a folder of archives; several are read as one."),
]
PackFolder = Annotated[Path | None, typer.Option("--pack", help="A country pack that does not ship.")]


def _folder(place: str) -> Path:
    if "://" in place:
        from farbank.watch.errors import NoCaptures

        raise NoCaptures(f"{place}: {NoCaptures.__doc__}")
    return Path(place)


ArchiveFolder = Annotated[
    Path, typer.Option("--archive", metavar="PATH", parser=_folder, help="The archive's folder, with its raw captures.")
]


@contextmanager
def open_case(
    case: str, pack: Path | None, desk: Path | None, person: str | None, ledger: Path | None = None
) -> Iterator[tuple[Filed, Vault | None]]:
    """Read a case from where it is, with the vault it is filed in while that is open; identities stay closed.

    `ledger` is what a case folder is held against; a desk has its own.
    """
    if desk is None and person is None:
        from farbank.desk.check_case import file_folder
        from farbank.desk.ledger import held_against

        if not Path(case).exists():
            raise NoSuchCase(f"there is no folder {case}; to name a filed case, add --desk FOLDER --as NAME")
        filed = file_folder(Path(case), pack)
        yield (filed if ledger is None else held_against(filed, ledger)), None
        return
    if pack is not None or ledger is not None:
        raise typer.BadParameter("a desk has its own pack and ledger; leave --pack and --ledger out, or name a folder")
    from farbank.desk import import_case

    with open_desk(desk, person) as opened:
        yield import_case.filed(opened, case), opened


def filed_case(
    case: str, pack: Path | None, desk: Path | None, person: str | None, ledger: Path | None = None
) -> Filed:
    """Read a case from where it is."""
    with open_case(case, pack, desk, person, ledger) as (filed, _):
        return filed
