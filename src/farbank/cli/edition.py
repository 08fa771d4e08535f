"""farbank edition: check an edition or a whole site, print one, follow a story from one edition to the next."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from farbank.cli.output import Json, answer, as_json, english, sentence, table

if TYPE_CHECKING:
    from farbank.desk.verify_edition import Verdict
    from farbank.desk.verify_site import SiteVerdict

app = typer.Typer(name="edition", help="Check a published edition, and print it.", no_args_is_help=True)


@app.callback()
def edition() -> None:
    """Check a published edition, and print it."""


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="The folder of an edition or of a site, with manifest.json in it.")],
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
    seen: Annotated[int, typer.Option(help="The highest number you ever saw of this site: an older one is told.")] = 0,
    json: Json = False,
) -> None:
    """Say whether every file is the one the desk signed, and whether it is out of date; exit 1 if it is not."""
    from farbank.desk.verify_edition import verify_edition
    from farbank.desk.verify_site import is_site, verify_site

    day = (on or datetime.now()).date()
    if is_site(folder):
        verdict: SiteVerdict | Verdict = verify_site(folder, key, day, root=root, keys=keys, seen=seen)
    else:
        verdict = verify_edition(folder, key, day, root=root, keys=keys)
    if json:
        as_json(verdict)
    else:
        sentence(verdict.sentence)
    raise typer.Exit(0 if verdict.holds else 1)


@app.command("print")
def print_(
    folder: Annotated[Path, typer.Argument(help="The folder of the edition, with manifest.json in it.")],
    language: Annotated[str, typer.Option(help="The language to print, such as en or ko.")],
    out: Annotated[Path, typer.Option(help="The PDF to write, a new file.")],
    key: Annotated[str | None, typer.Option(help="The desk's public key, 64 hexadecimal digits.")] = None,
    json: Json = False,
) -> None:
    """Print one language as a tagged PDF, once every file is found to be as signed; needs farbank[publish]."""
    from farbank.desk.print_edition import print_edition

    pages = print_edition(folder, language, out, key)
    answer(json, {"out": str(out), "pages": pages}, f"{out} holds {pages} pages; every word of it is on the page.")


@app.command()
def follow(
    older: Annotated[Path, typer.Argument(help="The folder of the edition you have.")],
    newer: Annotated[Path, typer.Argument(help="The folder of a later edition of the same story.")],
    json: Json = False,
) -> None:
    """Replay the log of corrections from one edition to a later one, and say what was corrected on the way.

    It leads to the later text to the letter, or the command fails. Check both with edition verify first.
    """
    from farbank.desk.follow_edition import follow_edition

    followed = follow_edition(older, newer)
    if json:
        as_json(followed)
        return
    rows = [(str(each.day), each.kind, english(each.what)) for each in followed.corrections]
    if rows:
        table(f"Corrections since {followed.older}", ("day", "kind", "what"), rows, wrap="what")
    sentence(f"The log leads from {followed.older} to {followed.newer}, to the letter.")
