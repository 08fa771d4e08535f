"""farbank desk: set up a desk, see what it holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from farbank.cli import desk_people
from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, ask_line, ask_new, open_desk

if TYPE_CHECKING:
    from farbank.vault import Member

app = typer.Typer(name="desk", help="Set up a desk, see what it holds.", no_args_is_help=True)
app.add_typer(desk_people.app)

Members = Annotated[
    list[str],
    typer.Option("--member", help="NAME=content,identities,ledger; once per person. Each passphrase is asked for."),
]


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or new.")], member: Members, json: Json = False
) -> None:
    """Create a desk: one encrypted file per compartment, keys wrapped for each person."""
    from farbank import whole
    from farbank.desk.init_desk import init_desk

    unasked = [_member(entry) for entry in member]
    whole.assert_free(folder)  # before anybody types a passphrase for nothing
    people = [replace(person, passphrase=ask_new(person.name)) for person in unasked]
    key = init_desk(folder, people)
    if json:
        as_json({"folder": str(folder), "members": [person.name for person in people], "key": key})
    else:
        sentence(f"The desk is in {folder}. Its public key, to be published where readers find it: {key}")


def _member(entry: str) -> Member:
    from farbank.vault import Member

    name, _, compartments = entry.partition("=")
    try:
        return Member(name, "", tuple(filter(None, compartments.split(","))))  # type: ignore[arg-type]
    except ValueError as error:
        raise typer.BadParameter(f"{entry}: {error}, as in NAME=content,ledger") from None


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


@app.command()
def search(
    desk: DeskFolder = None,
    person: Person = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Passages shown at the most.")] = 20,
    json: Json = False,
) -> None:
    """Find what partners said and the desk wrote. The words are asked for: what somebody looks for is secret too."""
    from farbank.desk.search_desk import search_desk

    with open_desk(desk, person) as opened:
        found = search_desk(opened, ask_line("Words: "), limit=limit)
    if json:
        as_json(found)
        return
    table(
        f"{len(found)} passages, the newest first",
        ("when", "where", "passage"),
        [(hit.when, f"{hit.kind} {hit.id}, {hit.part}", hit.text) for hit in found],
        wrap="passage",
    )
