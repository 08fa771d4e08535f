"""farbank demo: the June order, from what was said to a signed edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.output import Json, as_json, sentence


def demo(
    out: Annotated[Path, typer.Option(help="Where to write; an earlier demo there is replaced.")] = Path("out"),
    json: Json = False,
) -> None:
    """Compile the example case end to end: file it, find, protect, publish, sign; then say which file to open."""
    from farbank.cli.report import show_report
    from farbank.desk.demo import demo as run

    report = run(out)
    if json:
        as_json(report)
    else:
        show_report(report)
        if report.site:
            sentence(f"Open {out / 'site' / 'index.html'}")
    raise typer.Exit(0 if report.open else 1)
