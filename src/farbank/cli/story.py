"""farbank story: check the prose, compile the edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.case import Archive
from farbank.cli.output import Json, as_json
from farbank.cli.passphrase import DeskFolder, Person
from farbank.cli.sources import CaseSource, Day, Ledger, PackFolder, open_case

app = typer.Typer(name="story", help="Check the prose, compile the edition.", no_args_is_help=True)


@app.command()
def check(
    case: CaseSource,
    archive: Archive = None,
    pack: PackFolder = None,
    ledger: Ledger = None,
    on: Day = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Read the story in every language for what it gives away, lint it, try every gate; exit 1 if it may not go out."""
    from farbank.cli.report import show_gates, show_given, show_linked, show_lint, show_pictures
    from farbank.desk.check_case import check_filed
    from farbank.desk.link_quotations import link_quotations
    from farbank.desk.quoted import quoted_besides

    with open_case(case, pack, desk, person, ledger) as (filed, opened):
        report = check_filed(filed, archive, on and on.date())
        linked = link_quotations(filed, quoted_besides(opened, filed.case.name) if opened else {})
    if json:
        as_json(
            {
                "given_away": report.given_away, "linked": linked, "pictures": report.pictures, "lint": report.lint,
                "gates": report.gates, "open": report.open,
            }
        )  # fmt: skip
    else:
        show_given(report)
        show_linked(linked)
        show_pictures(report)
        show_lint(report)
        show_gates(report)
    raise typer.Exit(0 if report.open else 1)


@app.command(name="compile")
def compile_(
    case: CaseSource,
    out: Annotated[Path, typer.Option(help="Where to write the edition: a folder that is empty or new.")],
    edition: Annotated[str | None, typer.Option(help="The edition's name; the case's own unless given.")] = None,
    archive: Archive = None,
    pack: PackFolder = None,
    ledger: Ledger = None,
    on: Day = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Compile the edition, sign it as unreleased and write it; exit 1, with nothing written, if a gate is closed.

    With --desk the desk's key signs it and the ledger counts it as released; each edition is compiled once.
    """
    from farbank.cli.report import show_edition
    from farbank.desk.compile_edition import compile_edition

    with open_case(case, pack, desk, person, ledger) as (filed, opened):
        report = compile_edition(filed, out, archive, opened=opened, edition=edition, on=on and on.date())
    if json:
        as_json(report)
    else:
        show_edition(report)
    raise typer.Exit(0 if report.open else 1)
