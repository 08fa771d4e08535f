"""farbank watch: what the state says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.output import Json, as_json, progress, sentence, table
from farbank.cli.passphrase import DeskFolder, Person
from farbank.cli.sources import CaseSource, PackFolder, filed_case

app = typer.Typer(name="watch", help="What the state says, half-says, or passes over.", no_args_is_help=True)

ArchiveFolder = Annotated[Path, typer.Option("--archive", help="The archive's folder.")]


@app.command()
def ingest(
    files: Annotated[list[Path], typer.Argument(help="JSONL files, plain or gzip.")],
    archive: ArchiveFolder,
    json: Json = False,
) -> None:
    """Take state-media files into an archive, whole or not at all."""
    from farbank.desk.ingest import ingest as take_in

    with progress("articles") as taken:
        info = take_in(files, archive, taken)
    if json:
        as_json(info)
    else:
        sentence(
            f"{archive} holds {info.articles:,} articles ({info.bodies:,} in full, {info.titles_only:,} by title only) "
            f"from {info.first} to {info.last}, in {info.passages:,} passages."
        )


@app.command()
def check(
    case: CaseSource,
    claim_id: Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id.")],
    archive: ArchiveFolder,
    pack: PackFolder = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Look for one claim in the archive and print the result with its nearest passages."""
    from farbank.desk.check_claim import check_claim

    checked = check_claim(filed_case(case, pack, desk, person), claim_id, archive)
    if json:
        as_json(checked)
        return
    for text in checked.sentences.values():
        sentence(text)
    table(
        checked.search.result,
        ("date", "outlet", "", "result", "passage"),
        [(str(p.date), p.outlet, p.language, p.result, p.text[:300]) for p in checked.search.passages],
        wrap="passage",
    )
