"""farbank media: what a file gives away, and a copy that does not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.output import Json, as_json, sentence

app = typer.Typer(name="media", help="What a file gives away, and a copy that does not.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="A picture, PDF, Word document or film.")]


@app.command()
def clean(
    file: File,
    out: Annotated[Path, typer.Option("--out", help="Where to write the copy; no file may be there yet.")],
    cover: Annotated[
        list[str] | None,
        typer.Option("--cover", metavar="LEFT,TOP,WIDTH,HEIGHT", help="A box of a picture to fill; may be repeated."),
    ] = None,
    json: Json = False,
) -> None:
    """Write a copy made anew from what a file shows, and say what was left behind; the original is not touched."""
    from farbank.desk.clean_media import boxes, clean_file

    copy = clean_file(file, out, boxes(cover or ()))
    if json:
        as_json({"original": copy.original, "removed": copy.removed, "notes": copy.notes, "type": copy.media_type})
        return
    sentence(f"Removed: {', '.join(copy.removed) or 'nothing, there was nothing but what it shows'}.")
    for note in copy.notes:
        sentence(f"Note: {note}.")
    sentence(f"SHA-256 of the original: {copy.original}")


@app.command()
def check(file: File, json: Json = False) -> None:
    """Say what a file gives away and where faces and number plates may be; exit 1 if it cannot go out as it is."""
    from farbank.desk.clean_media import look_at_file, record_lines

    look = look_at_file(file)
    if json:
        as_json(look)
    else:
        sentence(f"Gives away: {', '.join(look.carries) or 'nothing but what it shows'}.")
        for each in look.suggested:
            box = each.box
            sure = "" if each.sure else " (unsure)"
            sentence(f"Perhaps a {each.what}{sure}: --cover {box.left},{box.top},{box.width},{box.height}")
        if lines := record_lines(look):
            sentence("For the record of the picture, once somebody has looked and put in who:")
            for line in lines:
                sentence(f"    {line}")
        passes = "may go out as it is" if look.passes else "must be made anew before it goes out"
        sentence(f"As far as the gate can tell, it {passes}. It cannot tell what is seen or written in it.")
        sentence(f"SHA-256: {look.original}")
    raise typer.Exit(0 if look.passes else 1)
