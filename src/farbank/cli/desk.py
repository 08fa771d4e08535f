"""farbank desk: set up a desk, see what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, ask, open_desk

app = typer.Typer(name="desk", help="Set up a desk, see what it holds.", no_args_is_help=True)

Members = Annotated[
    list[str],
    typer.Option("--member", help="NAME=content,identities,ledger; once per person. Each passphrase is asked for."),
]


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or new.")], member: Members, json: Json = False
) -> None:
    """Create a desk: one encrypted file per compartment, keys wrapped for each person."""
    from farbank import vault
    from farbank.desk.init_desk import init_desk

    people = []
    for entry in member:
        name, _, compartments = entry.partition("=")
        try:
            people.append(vault.Member(name, ask(name), tuple(compartments.split(","))))  # type: ignore[arg-type]
        except ValueError as error:
            raise typer.BadParameter(f"{entry}: {error}") from None
    key = init_desk(folder, people)
    if json:
        as_json({"folder": str(folder), "members": [person.name for person in people], "key": key})
    else:
        sentence(f"The desk is in {folder}. Its public key, to be published where readers find it: {key}")


@app.command()
def status(desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Show the compartments you hold, the cases, and releases begun and never confirmed."""
    from farbank.desk.status import status as look

    with open_desk(desk, person) as opened:
        seen = look(opened)
    if json:
        as_json(seen)
        return
    table(
        f"{seen['person']} on this desk",
        ("what", "held"),
        [
            ("compartments", ", ".join(seen["compartments"])),
            ("cases", ", ".join(seen["cases"]) or "none"),
            ("released", "needs the ledger" if seen["released"] is None else ", ".join(seen["released"]) or "none"),
        ],
        wrap="held",
    )
    if seen["unconfirmed"]:
        sentence(f"Begun and never confirmed: {', '.join(seen['unconfirmed'])}. They count as released; look at each.")
