"""farbank protect: who could be found."""

from __future__ import annotations

import typer

from farbank.cli.case import Archive
from farbank.cli.output import Json, as_json
from farbank.cli.passphrase import DeskFolder, Person
from farbank.cli.sources import CaseSource, PackFolder, filed_case

app = typer.Typer(name="protect", help="Who could be found, and what may be said of them.", no_args_is_help=True)


@app.callback()
def protect() -> None:
    """Who could be found, and what may be said of them."""


@app.command()
def show(
    case: CaseSource,
    archive: Archive = None,
    pack: PackFolder = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Show, for each person in each chain, how many fit what the story says; exit 1 below the threshold."""
    from farbank.cli.report import show_persons
    from farbank.desk.check_case import check_filed

    report = check_filed(filed_case(case, pack, desk, person), archive)
    if json:
        as_json(report.persons)
    else:
        show_persons(report.persons)
    raise typer.Exit(0 if report.gates.exposure else 1)
