"""farbank demo: the June order, from what was said to a signed edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.output import Json, as_json


def demo(
    out: Annotated[Path, typer.Option(help="Where to write; an earlier demo there is replaced.")] = Path("out"),
    json: Json = False,
) -> None:
    """Compile the example case end to end: file it, find, protect, release by two; then say which file to open."""
    from farbank.cli.report import show_edition
    from farbank.desk.demo import demo as run

    report = run(out)
    if json:
        as_json(report)
    else:
        show_edition(report)
    raise typer.Exit(0 if report.open else 1)
