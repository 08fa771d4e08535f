"""farbank desk audit: what was done on the desk, and whether anybody touched the record of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, open_desk


def audit(
    read: Annotated[bool, typer.Option("--read", help="Read it, as a safety officer.")] = False,
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="With --read: from this day on (UTC).")
    ] = None,
    who: Annotated[str | None, typer.Option("--who", help="With --read: what this person did.")] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Check every line of the audit, every act of two and every release; exit 1 and say where if one does not hold.

    Everybody of the desk can check it; safety officers can read it. Note the last hash down elsewhere: lines cut off
    the end are found by comparing it.
    """
    from farbank.desk.audit import read as read_
    from farbank.desk.audit import verify

    if not read and (since is not None or who is not None):
        raise typer.BadParameter("--since and --who choose what to read; add --read")
    with open_desk(desk, person) as opened:
        checked = verify(opened)
        lines = list(read_(opened, since=since and since.date(), who=who)) if read and checked.at is None else []
    if json:
        as_json({"checked": checked, "lines": [{"line": number, "event": event} for number, event in lines]})
    else:
        if read:
            table(
                f"{len(lines)} of {checked.lines} lines",
                ("line", "when (UTC)", "who", "what", "about", "note"),
                [
                    (str(number), f"{event.at:%Y-%m-%d %H:%M}", event.who, event.what, event.about, event.note)
                    for number, event in lines
                ],
                wrap="note",
            )
        if checked.broken:
            sentence(checked.broken)
        for edition in checked.unsigned or ():
            sentence(
                f"edition {edition} is in the ledger, and no two people agreed to it: somebody used the desk's key"
            )
        if checked.holds:
            sentence(f"All {checked.lines} lines are as they were written. Hash of the last: {checked.last}")
    raise typer.Exit(0 if checked.holds else 1)
