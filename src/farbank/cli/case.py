"""farbank case: bring a case in, check it, take it out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.output import Json, as_json, sentence
from farbank.cli.passphrase import DeskFolder, Person, open_desk
from farbank.cli.sources import PackFolder

app = typer.Typer(name="case", help="Bring a case in, check it, take it out.", no_args_is_help=True)

CaseFolder = Annotated[Path, typer.Argument(help="A case folder (docs/case-format.md).")]
Archive = Annotated[
    list[str] | None,
    typer.Option("--archive", help="State media to check the claims against: an archive, or several read as one."),
]


@app.command("import")
def import_(
    folder: CaseFolder,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in place of the filed case of its name.")] = False,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """File a case in the desk: exact profiles go to identities, content keeps only blocks.

    Replaced by a folder without persons.toml, the people on file stay, and so does what must not be printed of them.
    """
    from farbank.desk.import_case import import_case

    with open_desk(desk, person) as opened:
        filed = import_case(opened, folder, replace=replace)
    if json:
        as_json({"case": filed.case.name, "claims": len(filed.case.claims), "persons": len(filed.case.persons)})
    else:
        sentence(
            f"Filed {filed.case.name}: {len(filed.case.claims)} claims, {len(filed.case.persons)} people in chains."
        )


@app.command()
def export(
    name: Annotated[str, typer.Argument(help="The name of a filed case.")],
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or new.")],
    identities: Annotated[bool, typer.Option("--identities", help="Write the private profiles too.")] = False,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Write a filed case as a case folder, without identities unless asked, and agreed by somebody else."""
    from farbank.desk.export_case import export_case

    with open_desk(desk, person) as opened:
        export_case(opened, name, folder, identities=identities)
    if json:
        as_json({"case": name, "folder": str(folder), "identities": identities})
    else:
        sentence(f"Wrote {name} to {folder}, {'with' if identities else 'without'} identities.")


@app.command()
def check(folder: CaseFolder, archive: Archive = None, pack: PackFolder = None, json: Json = False) -> None:
    """Run the whole flow in memory and write nothing; exit 1 if the story may not go out as it stands."""
    from farbank.cli.report import show_report
    from farbank.desk.check_case import check_case

    report = check_case(folder, archive, pack)
    if json:
        as_json(report)
    else:
        show_report(report)
    raise typer.Exit(0 if report.open else 1)
