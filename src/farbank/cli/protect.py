"""farbank protect: who could be found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.deciding import asked_reason
from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, open_desk
from farbank.cli.sources import CaseSource, ClaimId, Ledger, PackFolder, filed_case

app = typer.Typer(name="protect", help="Who could be found, and what may be said of them.", no_args_is_help=True)


@app.command()
def show(
    case: CaseSource,
    pack: PackFolder = None,
    ledger: Ledger = None,
    record: Annotated[
        Path | None, typer.Option("--record", help="Write down what the verdicts rest on, for `protect verify`.")
    ] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Show how many fit all that was ever said, for everybody in every chain; exit 1 if that is not enough."""
    from farbank.cli.report import show_exposure
    from farbank.desk.expose_story import expose_story
    from farbank.desk.record import write

    exposed = expose_story(filed_case(case, pack, desk, person, ledger))
    if record is not None:
        write(exposed.record, record)
    if json:
        as_json(exposed)
    else:
        show_exposure(exposed)
    raise typer.Exit(0 if exposed.open else 1)


@app.command(name="what-if")
def what_if(
    case: CaseSource,
    who: Annotated[str, typer.Argument(metavar="PERSON", help="The code word of somebody the story speaks of.")],
    facts: Annotated[list[str], typer.Argument(metavar="AXIS=NODE", help="What would be said: place=kp:KP0203 …")],
    pack: PackFolder = None,
    ledger: Ledger = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Judge a description nobody has written yet, and say what would help; exit 1 unless it is safe."""
    from farbank.cli.report import show_what_if
    from farbank.desk.what_if import what_if as ask

    asked = dict(fact.partition("=")[::2] for fact in facts)
    found = ask(filed_case(case, pack, desk, person, ledger), who, asked)
    if json:
        as_json(found)
    else:
        show_what_if(found)
    raise typer.Exit(0 if found.verdict == "safe" else 1)


@app.command(name="ledger")
def ledger_(desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Show what has ever been published of whom: editions, days, nodes and tokens, never a name."""
    from farbank.desk.ledger import releases
    from farbank.model.releases import prefix_hash

    with open_desk(desk, person) as opened:
        released = releases(opened)
    if json:
        as_json({"releases": released, "hash": prefix_hash(released)})
        return
    table(
        f"{len(released)} releases",
        ("edition", "published", "by", "token", "said"),
        [
            (
                release.edition if number == 0 else "",
                str(release.published) if number == 0 else "",
                release.means if number == 0 else "",
                one.token,
                one.label or ", ".join(node for facts in one.facts for node in facts.values()),
            )
            for release in released
            for number, one in enumerate(release.people)
        ],
        wrap="said",
    )
    sentence(f"Hash of the whole: {prefix_hash(released)}")


@app.command()
def enter(
    file: Annotated[Path, typer.Argument(help="Releases, as `protect ledger --json` prints them.")],
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Enter in the desk's ledger what got out by another way: a talk, a caption, a price table."""
    from farbank.desk.ledger import enter as enter_

    with open_desk(desk, person) as opened:
        told = enter_(opened, file)
    if json:
        as_json({"entered": [release.edition for release in told]})
    else:
        sentence(f"Entered {len(told)} releases; every check counts them from now on.")


@app.command()
def lift(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The name of a filed case.")],
    claim: ClaimId,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Propose that a movement be told of before its embargo ends, for somebody else to agree to with desk agree.

    Neither of the two speaks with a source of the case. The reason is asked for, and shown at every check from then on.
    """
    from farbank.desk.lift_embargo import propose_lift

    with open_desk(desk, person) as opened:
        act = propose_lift(opened, case, claim, asked_reason())
    if json:
        as_json({"act": act})
    else:
        sentence(f"Proposed. Somebody else agrees to it with: farbank desk agree {act}")


@app.command()
def verify(
    case: CaseSource,
    record: Annotated[Path, typer.Option("--record", help="What `protect show --record` wrote.")],
    pack: PackFolder = None,
    ledger: Ledger = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Find recorded verdicts again from population, ledger, disclosures and seed; exit 1 if one comes out otherwise."""
    from farbank.desk import record as records

    verified = records.verify(filed_case(case, pack, desk, person, ledger), records.read(record))
    if json:
        as_json(verified)
    elif verified.holds:
        sentence("Every verdict comes out as recorded.")
    else:
        sentence(f"Not as recorded: {', '.join(verified.differs)}. Look what changed before you rely on either.")
    raise typer.Exit(0 if verified.holds else 1)
