"""farbank note, desk travel: word taken down where nothing may be found."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.output import Json, answer, as_json, sentence
from farbank.cli.passphrase import DeskFolder, Person, open_desk

app = typer.Typer(name="note", help="Seal a note where it cannot be opened, open it at home.", no_args_is_help=True)


def travel(
    out: Annotated[Path, typer.Argument(help="A new file for the key to take along.")],
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Make the key of one journey: what is sealed to it opens at this desk only, and never on the device."""
    from farbank import whole
    from farbank.vault import travel as journeys

    if out.exists():
        raise typer.BadParameter(f"{out} is there already; name a new file")
    with open_desk(desk, person) as opened:
        name, key = journeys.begin(opened)
    whole.file(out, key.encode() + b"\n")
    if json:
        as_json({"journey": name, "key": key})
    else:
        sentence(f"{out} is all the device needs. Note here, not there: this journey is {name}.")


def travelled(
    journey: Annotated[str, typer.Argument(help="What farbank desk travel called it.")],
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """End a journey: its key is erased, and notes not opened by now are lost wherever they lie."""
    from farbank.vault import travel as journeys

    with open_desk(desk, person) as opened:
        journeys.end(opened, journey)
    answer(json, {"journey": journey, "ended": True}, f"The key of {journey} is erased.")


@app.command()
def seal(
    key: Annotated[Path, typer.Argument(help="What farbank desk travel wrote.")],
    out: Annotated[Path, typer.Argument(help="A new file for the sealed note.")],
    json: Json = False,
) -> None:
    """Seal what is typed, or comes on standard input; nothing of it is kept here.

    Four lines (partner, when, channel, language), an empty line, then what was said.
    """
    from farbank import whole
    from farbank.vault import travel as journeys

    if out.exists():
        raise typer.BadParameter(f"{out} is there already; name a new file")
    if sys.stdin.isatty():
        sentence(f"Type the note, then ctrl-D on a line of its own:\n\n{journeys.FORM}\n")
    try:
        sealed = journeys.seal(sys.stdin.read(), key.read_text("utf-8"))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="KEY") from None
    whole.file(out, sealed)
    answer(json, {"sealed": str(out)}, "Sealed. This device cannot open it.")


@app.command("open")
def open_(
    notes: Annotated[list[Path], typer.Argument(help="Sealed notes that came home.")],
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Open notes at the desk and file each as a contact and a report of its partner, all of them or none."""
    from farbank.vault import travel as journeys

    sealed = [note.read_bytes() for note in notes]
    with open_desk(desk, person) as opened, opened.transaction():
        filed = [journeys.open(opened, each)[1].id for each in sealed]
    if json:
        as_json({"filed": filed})
    else:
        sentence(f"Filed {', '.join(filed)}.")
