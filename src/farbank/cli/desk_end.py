"""farbank desk succession, destroy: who gets what, and the end of a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.deciding import reason
from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, open_desk


def succession(
    file: Annotated[Path | None, typer.Argument(help="A succession.toml to keep; without, show what is kept.")] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Show or set who gets what if the newsroom closes; identities are nobody's to inherit."""
    from farbank.vault import succession as rules

    new = None if file is None else rules.decode(file.read_bytes(), str(file))
    with open_desk(desk, person) as opened:
        if new is not None:
            rules.keep(opened, new)
        kept = rules.rules(opened)
    if json:
        as_json(kept)
        return
    table(
        f"Agreed {kept.agreed}; {', '.join(kept.executors)} see to it",
        ("part", "what becomes of it", "to", "terms"),
        [
            ("identities", "burned first", "", ""),
            *((part, it.fate, it.to, it.terms) for part, it in kept.parts.items()),
        ],
        wrap="terms",
    )


def destroy(
    act: Annotated[str | None, typer.Argument(help="What somebody else agreed to; without, propose it.")] = None,
    why: Annotated[str, typer.Option("--why", help="Why, where it is proposed; - asks for it.")] = "-",
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """End a desk: identities first, then every key, the backups in reach, and the files. It takes two people."""
    from farbank.vault import destroy as ending

    with open_desk(desk, person) as opened:
        if act is None:
            proposed = ending.propose(opened, reason(why))
        else:
            done = ending.destroy(opened, act)
    if act is None:
        if json:
            as_json({"act": proposed})
        else:
            sentence(f"Proposed as {proposed}: once somebody else agreed, farbank desk destroy {proposed} does it.")
    elif json:
        as_json({"destroyed": True, "backups": done.places, "left": done.left})
    else:
        sentence("The desk is destroyed.")
        for place in done.left:
            sentence(f"Nobody reached the backup in {place}; destroy it, and every copy anybody made.")
