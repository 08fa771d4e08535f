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
    from farbank.desk.root_shares import Scheme

app = typer.Typer(name="desk", help="Set up a desk, see what it holds.", no_args_is_help=True)
app.add_typer(desk_people.app)

Members = Annotated[
    list[str],
    typer.Option("--member", help="NAME=editor,publisher,...; once per person. Each passphrase is asked for."),
]


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or new.")],
    member: Members,
    root: Annotated[
        str, typer.Option("--root", help="Of how many shares of the root how many make it again: 2-of-3, 1-of-1.")
    ] = "2-of-3",
    qr: Annotated[Path | None, typer.Option("--qr", help="A new folder for the shares as QR codes (SVG).")] = None,
    recoverable: Annotated[
        bool, typer.Option("--recoverable", help="Let whoever puts the root together open the desk, all of it.")
    ] = False,
    json: Json = False,
) -> None:
    """Create a desk: one encrypted file per compartment, keys sealed to each person, and a root to keep on paper.

    Roles: handler, editor, verification-lead, safety-officer, publisher, paymaster. The root takes people in and renews
    the key of the editions; its shares are shown once, now, and are in no file but those of --qr.
    """
    from farbank import whole
    from farbank.desk.init_desk import init_desk
    from farbank.desk.root_shares import draw, shares

    unasked, of = [desk_people.as_member(entry) for entry in member], _scheme(root)
    whole.assert_free(folder)  # before anybody types a passphrase for nothing
    if qr is not None:
        whole.assert_free(qr)
    people = [replace(person, passphrase=ask_new(person.name)) for person in unasked]
    founded = init_desk(folder, people, recoverable=recoverable)
    words = shares(founded.root, of)
    key = founded.key.hex()
    if json:
        as_json({"folder": str(folder), "members": [person.name for person in people], "key": key, "root": words})
    else:
        sentence(f"The desk is in {folder}. Its public key, to be published where readers find it: {key}")
        sentence(f"Its root, {of}. Write each share on paper now, each for another place: they are never shown again.")
        for number, share in enumerate(words, 1):
            sentence(f"Share {number} of {len(words)}: {share}")
    if qr is not None:
        draw(words, qr)


def _scheme(text: str) -> Scheme:
    from farbank.desk.root_shares import scheme

    try:
        return scheme(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text}: {error}", param_hint="--root") from None


@app.command()
def status(desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Show your roles, the cases, what waits for somebody to agree, and releases begun and never confirmed."""
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
            ("roles", ", ".join(seen["roles"])),
            ("compartments", ", ".join(seen["compartments"])),
            ("cases", ", ".join(seen["cases"]) or "none"),
            ("released", "needs the ledger" if seen["released"] is None else ", ".join(seen["released"]) or "none"),
            ("waiting", ", ".join(f"{act.proposal.kind} {act.proposal.about}" for act in seen["waiting"]) or "nothing"),
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
