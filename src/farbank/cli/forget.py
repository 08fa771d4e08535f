"""farbank forget: what is due, what is held, what is spiked, and what is burned for good."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from farbank.cli.deciding import Why, reason
from farbank.cli.output import Json, answer, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, open_desk

if TYPE_CHECKING:
    from farbank.vault import Compartment

app = typer.Typer(
    name="forget", help="What is due, what is held, what is spiked, what is burned for good.", no_args_is_help=True
)

Kind = Annotated[str, typer.Argument(help="case, partner, report, contact or another kind of record.")]
Id = Annotated[str, typer.Argument(help="Its name.")]


@app.command()
def due(desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """List what was kept as long as its class is, each class and its days, holds, and traces left to overwrite."""
    from farbank.vault import burn, retention

    with open_desk(desk, person) as opened:
        found = retention.due(opened, date.today())
        rules = {name: rule.days for name, rule in retention.rules(opened).items()}
        held = {
            name: each
            for compartment in opened.compartments
            if compartment in ("content", "payments")
            for name, each in retention.holds(opened, compartment).items()
        }
        unpurged = burn.unpurged(opened)
    if json:
        as_json({"due": found, "days": rules, "holds": held, "unpurged": unpurged})
        return
    table("Kept", ("class", "days"), [(name, str(days or "for ever")) for name, days in rules.items()])
    table(
        f"{len(found)} due",
        ("class", "what", "since", "held"),
        [
            (each.class_, f"{each.kind} {each.id}", str(each.since), each.held.reason if each.held else "")
            for each in found
        ],
        wrap="what",
    )
    if held:
        table("Held", ("what", "by", "why"), [(name, each.by, each.reason) for name, each in held.items()], wrap="why")
    if unpurged:
        sentence(f"Traces of what was burned are left in {', '.join(unpurged)}; run farbank forget purge.")


@app.command()
def keep(
    class_: Annotated[str, typer.Argument(metavar="CLASS", help="A class farbank forget due lists.")],
    days: Annotated[int | None, typer.Argument(min=1, help="Days after it was last written; else for ever.")] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Set how long this desk keeps a class of records."""
    from farbank.vault import retention

    with open_desk(desk, person) as opened:
        retention.set_days(opened, class_, days)
    told = f"{class_} is kept {'for ever' if days is None else f'for {days} days'}."
    answer(json, {"class": class_, "days": days}, told)


@app.command()
def hold(kind: Kind, id: Id, why: Why, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Keep something from being spiked or burned, for as long as a court or a dispute needs it."""
    from farbank.vault import retention

    with open_desk(desk, person) as opened:
        retention.hold(opened, kind, id, reason(why), compartment=_where(kind))
    answer(json, {"kind": kind, "id": id, "held": True}, f"{kind} {id} is held.")


@app.command("let-go")
def let_go(kind: Kind, id: Id, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Lift a hold."""
    from farbank.vault import retention

    with open_desk(desk, person) as opened:
        retention.let_go(opened, kind, id, compartment=_where(kind))
    answer(json, {"kind": kind, "id": id, "held": False}, f"{kind} {id} is held no longer.")


@app.command()
def spike(kind: Kind, id: Id, why: Why, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Take a case, all a partner said, or one record out of sight; unspike brings it back until it is burned."""
    from farbank.vault import burn

    with open_desk(desk, person) as opened:
        burn.spike(opened, kind, id, reason(why))
    told = f"{kind} {id} is spiked. It is all there until it is burned: farbank forget unspike brings it back."
    answer(json, {"kind": kind, "id": id, "spiked": True}, told)


@app.command()
def unspike(kind: Kind, id: Id, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Bring back what was spiked."""
    from farbank.vault import burn

    with open_desk(desk, person) as opened:
        burn.unspike(opened, kind, id)
    answer(json, {"kind": kind, "id": id, "spiked": False}, f"{kind} {id} is back.")


@app.command("burn")
def burn_(
    kind: Kind,
    ids: Annotated[list[str], typer.Argument(help="One name or several, burned together or not at all.")],
    why: Why,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Erase for good what was spiked, or is due; the people of a case or a partner go first.

    The file is rebuilt once, however many names there are.
    """
    from farbank.vault import backup_places, burn

    with open_desk(desk, person) as opened:
        said = reason(why)
        burning = burn.burn_payment if kind == burn.PAYMENT else partial(burn.burn, kind=kind)
        with opened.transaction():
            for id in ids:
                burning(opened, id=id, reason=said, today=date.today())
        places = [each.place for each in backup_places.places(opened) if each.holds_burned]
    _told(f"{kind} {', '.join(ids)} {'is' if len(ids) == 1 else 'are'} burned.", places, json)


@app.command()
def people(
    case: Annotated[str, typer.Argument(help="A filed case.")],
    why: Why,
    who: Annotated[
        list[str] | None, typer.Option("--who", help="Code word of somebody; everybody of the case if left out.")
    ] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Burn exact profiles, at once and for good; the case is not released again until it is filed with the rest."""
    from farbank.vault import backup_places, burn

    with open_desk(desk, person) as opened:
        burn.burn_people(opened, case, tuple(who or ()), reason(why))
        places = [each.place for each in backup_places.places(opened) if each.holds_burned]
    _told(f"{', '.join(who or ()) or 'Everybody'} of {case} is burned.", places, json)


@app.command()
def purge(desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Overwrite what traces a burning that was cut short left in the files."""
    from farbank.vault import burn

    with open_desk(desk, person) as opened:
        burn.purge(opened)
    answer(json, {"purged": True}, "No trace of what was burned is left in the files you hold the keys to.")


def _where(kind: str) -> Compartment:
    return "payments" if kind == "payment" else "content"


def _told(what: str, places: list[str], json: bool) -> None:
    if json:
        as_json({"burned": True, "backups_that_hold_it": places})
        return
    sentence(what)
    for place in places:
        sentence(f"The backup in {place} still holds its keys: back up there again, or destroy it and say so.")
    sentence("Whatever copy somebody made of a backup before today still opens it, wherever that copy is.")
