"""farbank edition: check a published edition."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.output import Json, as_json, sentence

app = typer.Typer(name="edition", help="Check a published edition.", no_args_is_help=True)


@app.callback()
def edition() -> None:
    """Check a published edition."""


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="The folder of the edition, with manifest.json in it.")],
    key: Annotated[str | None, typer.Option(help="The desk's public key, 64 hexadecimal digits.")] = None,
    root: Annotated[
        str | None,
        typer.Option(help="The public key of the desk's root; it certifies the others."),
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help="The newest desk.json you have of the desk; the edition's own unless given.")
    ] = None,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day to ask about; today unless given.")
    ] = None,
    json: Json = False,
) -> None:
    """Say whether every file is the one the desk signed, and whether it is out of date; exit 1 if it is not."""
    from farbank.desk.verify_edition import verify_edition

    verdict = verify_edition(folder, key, (on or datetime.now()).date(), root=root, keys=keys)
    if json:
        as_json(verdict)
    else:
        sentence(verdict.sentence)
    raise typer.Exit(0 if verdict.holds else 1)
