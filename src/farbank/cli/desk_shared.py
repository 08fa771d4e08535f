"""farbank desk share, fetch, bundle, conflicts: one desk for many machines, on a server or apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, ask_database, open_desk

bundles = typer.Typer(
    name="bundle", help="Carry content between machines that cannot reach each other.", no_args_is_help=True
)

File = Annotated[Path, typer.Argument(help="The bundle.")]
Administrator = Annotated[
    str | None, typer.Option("--administrator", help="A superuser of the server, if not named like you.")
]
T = TypeVar("T")
SHOWN = 60
"""Characters shown of each version in conflict."""


def share(
    into: Annotated[Path, typer.Argument(help="A new folder that opens the desk on the server; all get a copy.")],
    url: Annotated[str, typer.Option("--url", help="postgresql://HOST/DATABASE, without a password.")],
    administrator: Administrator = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Put a copy of the compartments you hold on a PostgreSQL server, sealed, and let the desk's people in."""
    from farbank.vault import share as sharing

    with open_desk(desk, person) as opened:
        new = _asked(lambda word: sharing.share(opened, url, into, administrator=administrator, password=word))
        roles = sharing.roles(opened.roster)
    if json:
        as_json({"folder": str(into), "compartments": new, "roles": roles})
        return
    sentence(f"On the server by now: {', '.join(new) or 'nothing new'}. {into} opens the desk there.")
    table("Give each a way to log in", ("person", "role"), sorted(roles.items()), wrap="person")


def fetch(
    into: Annotated[Path, typer.Argument(help="A new folder, or the one in which a colleague began.")],
    administrator: Administrator = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Bring the compartments you hold back from the server into a folder; there they can only be read from now on."""
    from farbank.vault import fetch as fetching

    with open_desk(desk, person) as opened:
        fetched, left = _asked(lambda word: fetching.fetch(opened, into, administrator=administrator, password=word))
    if json:
        as_json({"folder": str(into), "compartments": fetched, "left": left})
        return
    sentence(f"{into} holds {', '.join(fetched)}, checked to the last line. The server takes no more of it.")
    if left:
        sentence(f"Still on the server: {', '.join(left)}. Have whoever holds it fetch it into the same folder.")


def _asked(do: Callable[[str | None], T]) -> T:
    """Do it without a password of the server, and with one where it wants one."""
    from farbank.vault import PasswordWanted

    try:
        return do(None)
    except PasswordWanted:
        return do(ask_database())


@bundles.command("out")
def out(
    file: File,
    to: Annotated[list[str] | None, typer.Option("--to", help="For whom; all who read all of content if none.")] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Write the content that you and they may read to a sealed file; no identities, ledger, payments or audit."""
    from farbank.desk.carry import take_out

    with open_desk(desk, person) as opened:
        take_out(opened, file, to or ())
    if json:
        as_json({"bundle": str(file)})
    else:
        sentence(f"{file} is sealed and signed. It opens for whom it is made, as long as they keep it.")


@bundles.command("in")
def in_(file: File, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Join a bundle to what is here, all of it or nothing; what was changed on both sides is kept side by side."""
    from farbank.desk.carry import bring_back

    with open_desk(desk, person) as opened:
        taken = bring_back(opened, file)
    if json:
        as_json(taken)
        return
    sentence(f"From {taken.by}, {taken.at:%Y-%m-%d}: {taken.records} records and {taken.entries} entries were new.")
    if taken.conflicts:
        sentence(f"{taken.conflicts} of them were changed here too; look with farbank desk conflicts.")


def conflicts(
    keep: Annotated[
        tuple[str, str, str] | None, typer.Option("--keep", help="KIND ID VERSION: the version that is to stand.")
    ] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Show what was changed on two machines, side by side, and say which is to stand."""
    from farbank.vault import history

    with open_desk(desk, person) as opened:
        if keep is not None:
            history.settle(opened, keep[0], keep[1], history.version_named(opened, *keep))
        found = history.conflicts(opened)
    rows = [
        (each.kind, each.id, id.hex()[:12], version.by or "as it was filed", _shown(body))
        for each in found
        for id, version, body in each.versions
    ]
    if json:
        as_json({"conflicts": [dict(zip(("kind", "id", "version", "by", "says"), row, strict=True)) for row in rows]})
        return
    table(f"{len(found)} in conflict", ("kind", "id", "version", "by", "says"), rows, wrap="says")


def _shown(body: bytes | None) -> str:
    return "deleted" if body is None else body.decode(errors="replace")[:SHOWN]
