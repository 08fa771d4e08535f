"""farbank partner: who of the desk speaks with whom."""

from __future__ import annotations

from typing import Annotated

import typer

from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, open_desk

app = typer.Typer(name="partner", help="Who of the desk speaks with whom.", no_args_is_help=True)


@app.command()
def assign(
    handle: Annotated[str, typer.Argument(metavar="HANDLE", help="The partner's code word.")],
    to: Annotated[str, typer.Option("--to", help="The name of somebody of the desk.")],
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Assign a partner to somebody, for good: they read what is filed under that partner, and from then on neither
    release a story that rests on them nor open a profile behind it."""
    from farbank.desk.partners import assign as assign_

    with open_desk(desk, person) as opened:
        assign_(opened, handle, to)
    if json:
        as_json({"partner": handle, "handler": to})
    else:
        sentence(f"{to} speaks with {handle} from now on.")


@app.command(name="list")
def list_(desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """List every partner, the cases they speak in, and who speaks or ever spoke with them."""
    from farbank.desk.partners import partners

    with open_desk(desk, person) as opened:
        found = partners(opened)
    if json:
        as_json({"partners": found})
        return
    table(
        f"{len(found)} partners",
        ("partner", "cases", "spoken with by"),
        [(each.handle, ", ".join(each.cases), ", ".join(each.handlers) or "nobody yet") for each in found],
        wrap="cases",
    )
