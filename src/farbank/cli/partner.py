"""farbank partner: who of the desk speaks with whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from farbank.cli.deciding import asked_reason
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


@app.command()
def compromised(
    handle: Annotated[str, typer.Argument(metavar="HANDLE", help="The partner's code word.")],
    lost: Annotated[
        datetime | None, typer.Option("--lost", formats=["%Y-%m-%d"], help="The day it happened; today unless given.")
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take it back: it was a false alarm. Say why when asked.")
    ] = False,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """A partner or their phone is lost: block all contact, list what is exposed, freeze what rests on them, and say
    what to do now. Why you think so is asked for. Said again, it lists what is so by then."""
    from farbank.desk.blocked import unblock
    from farbank.desk.compromised import compromised as compromised_
    from farbank.desk.drill import steps

    with open_desk(desk, person) as opened:
        if undo:
            mark = unblock(opened, handle, asked_reason()).id
        else:
            today = date.today()
            found = compromised_(opened, handle, asked_reason(), lost=lost.date() if lost else today, on=today)
    if undo:
        if json:
            as_json({"partner": handle, "undone": mark})
        else:
            sentence(f"{handle} is as before, and their stories are not frozen. The audit has both as {mark}.")
        return
    drill = list(steps(found))
    if json:
        as_json({"found": found, "drill": drill})
        return
    table(
        f"What {handle} exposes",
        ("case", "known there as", "calls", "reports", "claims", "others in their chains", "story"),
        [
            (
                each.case,
                each.handle,
                str(len(each.contacts)),
                str(len(each.reports)),
                ", ".join(each.claims),
                ", ".join(each.others),
                "frozen" if each.story else "does not rest on them",
            )
            for each in found.resting
        ],
        wrap="claims",
    )
    for number, step in enumerate(drill, 1):
        sentence(f"{number}. {step}")


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
