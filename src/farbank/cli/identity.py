"""farbank identity: who somebody is, which no one person finds out."""

from __future__ import annotations

from typing import Annotated

import typer

from farbank.cli.deciding import asked_reason
from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, open_desk

app = typer.Typer(
    name="identity", help="Who somebody is, which no one person of the desk finds out.", no_args_is_help=True
)


@app.command()
def propose(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The name of a filed case.")],
    who: Annotated[
        str | None, typer.Argument(metavar="PERSON", help="The code word of one person; all for an export if left out.")
    ] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Ask somebody else to agree that you, a safety officer, open one profile or export all; say why when asked."""
    from farbank.desk.open_identity import propose_opening

    with open_desk(desk, person) as opened:
        act = propose_opening(opened, case, who, asked_reason())
    if json:
        as_json({"act": act})
    else:
        sentence(f"Proposed. Somebody else agrees to it with: farbank desk agree {act}")


@app.command(name="open")
def open_(
    act: Annotated[str, typer.Argument(metavar="ACT", help="What farbank desk acts calls it.")],
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Show the profile that somebody agreed you open: once, and on record."""
    from farbank.desk.open_identity import open_person

    with open_desk(desk, person) as opened:
        private = open_person(opened, act)
    if json:
        as_json(private)
        return
    identity = private.identity
    rows = [*identity.profile.items(), ("spellings", ", ".join(identity.spellings))]
    table(identity.id, ("what", "is"), [(what, said) for what, said in rows if said], wrap="is")
