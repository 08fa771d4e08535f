"""farbank story: check the prose, pin its versions, compile the edition, release it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.case import Archive
from farbank.cli.deciding import asked_reason
from farbank.cli.output import Json, answer, as_json, english, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, open_desk
from farbank.cli.sources import CaseSource, Day, Ledger, PackFolder, open_case

Sarif = Annotated[
    Path | None, typer.Option(help="Also write the lint as SARIF 2.1.0 to this file, which quotes the story.")
]
app = typer.Typer(name="story", help="Check the prose, compile the edition, release it.", no_args_is_help=True)


@app.command()
def check(
    case: CaseSource,
    archive: Archive = None,
    pack: PackFolder = None,
    ledger: Ledger = None,
    on: Day = None,
    desk: DeskFolder = None,
    person: Person = None,
    sarif: Sarif = None,
    json: Json = False,
) -> None:
    """Read the story in every language for what it gives away, lint it, try every gate; exit 1 if it may not go out."""
    from farbank.cli.report import show_gates, show_given, show_linked, show_lint, show_pictures
    from farbank.desk.check_case import check_filed
    from farbank.desk.link_quotations import link_quotations
    from farbank.desk.meant import next_edition
    from farbank.desk.quoted import quoted_besides
    from farbank.desk.write_sarif import write_sarif

    with open_case(case, pack, desk, person, ledger) as (filed, opened):
        under_way = None if opened is None else next_edition(opened, filed.case.name)
        report = check_filed(filed, archive, on and on.date(), under_way)
        linked = link_quotations(filed, quoted_besides(opened, filed.case.name) if opened else {})
    if sarif is not None:
        write_sarif(report.lint, sarif)
    if json:
        as_json(
            {
                "given_away": report.given_away, "linked": linked, "pictures": report.pictures, "lint": report.lint,
                "gates": report.gates, "open": report.open,
            }
        )  # fmt: skip
    else:
        show_given(report)
        show_linked(linked)
        show_pictures(report)
        show_lint(report)
        show_gates(report)
    raise typer.Exit(0 if report.open else 1)


@app.command()
def pin(case: CaseSource, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Pin the language versions to the words the master has now; read them against it first.

    From then on they are stale as soon as the master says anything else, and a stale version closes the lint gate.
    """
    from farbank.desk.pin_versions import pin_filed, pin_folder

    if desk is None and person is None:
        pins = pin_folder(Path(case))
    else:
        with open_desk(desk, person) as opened:
            pins = pin_filed(opened, case)
    of = ", ".join(f"{language} to {revision}" for language, revision in pins.items())
    answer(json, pins, f"Pinned {of}." if pins else "There is one language only; nothing to pin.")


@app.command(name="compile")
def compile_(
    case: CaseSource,
    out: Annotated[Path, typer.Option(help="Where to write the edition: a folder that is empty or new.")],
    edition: Annotated[str | None, typer.Option(help="The edition's name; the case's own unless given.")] = None,
    archive: Archive = None,
    pack: PackFolder = None,
    ledger: Ledger = None,
    on: Day = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Compile the edition, mark it unreleased and write it; exit 1, with nothing written, if a gate is closed.

    It is to be looked at: no ledger knows it. What readers are to have is released: story release, then story agree.
    """
    from farbank.cli.report import show_edition
    from farbank.desk.compile_edition import compile_edition

    with open_case(case, pack, desk, person, ledger) as (filed, _):
        report = compile_edition(filed, out, archive, edition=edition, on=on and on.date())
    if json:
        as_json(report)
    else:
        show_edition(report)
    raise typer.Exit(0 if report.open else 1)


@app.command()
def corrections(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The name of a filed case.")],
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Show what readers were told has changed since the first edition, the earliest first."""
    from farbank.desk.correct import issued

    with open_desk(desk, person) as opened:
        told = [each for one in issued(opened, case) for each in one.entry.corrections]
    if json:
        as_json(told)
    elif told:
        rows = [(each.id, str(each.day), each.edition, each.kind, english(each.what)) for each in told]
        table("Corrections", ("id", "day", "edition", "kind", "what"), rows, wrap="what")
    else:
        sentence(f"Nothing was corrected in {case}.")


@app.command()
def owed(desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """List stories that are out and cite what has since turned out true or false, and the correction to propose.

    What is printed goes into the case's corrections.toml once it has been read over.
    """
    from farbank.desk.outcomes import as_toml
    from farbank.desk.outcomes import owed as owed_by

    with open_desk(desk, person) as opened:
        found = owed_by(opened)
    if json:
        as_json(found)
        return
    for each in found:
        sentence(f"# {each.case}: {each.claim} turned out {each.holds}; for corrections.toml, to be read over:")
        sentence(as_toml(each.reason))
    if not found:
        sentence("Nothing is owed: no story that is out cites anything that has turned out otherwise than it says.")


@app.command()
def release(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The name of a filed case.")],
    edition: Annotated[str | None, typer.Option(help="The edition's name; the one under way unless given.")] = None,
    archive: Archive = None,
    on: Annotated[
        str | None, typer.Option("--on", help="The day it goes out, or the hour with its zone; today unless it waits.")
    ] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Propose an edition, byte for byte, for somebody else to agree to; exit 1 if a gate is closed.

    It has been cleared as it stands (story step). Neither of the two wrote the story or speaks with a source of it. The
    reason is asked for.
    """
    from farbank.cli.report import show_report
    from farbank.desk.import_case import filed
    from farbank.desk.moments import a_day, moment
    from farbank.desk.release import propose_release

    with open_desk(desk, person) as opened:
        why, found = asked_reason(), filed(opened, case)
        day = None if on is None else a_day(on)
        hour = None if on is None or day is not None else moment(on, found.case.desk.zone)
        proposed = propose_release(opened, found, archive, edition=edition, on=day, at=hour, reason=why)
    if json:
        as_json(proposed)
    else:
        show_report(proposed.report)
        if proposed.act is not None:
            sentence(f"Proposed. Somebody else releases it: farbank story agree {proposed.act} --out FOLDER")
    raise typer.Exit(0 if proposed.act is not None else 1)


@app.command()
def agree(
    act: Annotated[str, typer.Argument(metavar="ACT", help="What farbank desk acts calls it.")],
    out: Annotated[Path, typer.Option(help="Where to write the edition: a folder that is empty or new.")],
    archive: Archive = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Compile what somebody else proposed, and if not a byte differs sign it with the desk's key and write it.

    From then on the ledger counts it as released; exit 1, with nothing signed, if a gate is closed.
    """
    from farbank.cli.report import show_edition
    from farbank.desk.release import agree_release

    with open_desk(desk, person) as opened:
        report = agree_release(opened, act, out, archive)
    if json:
        as_json(report)
    else:
        show_edition(report)
    raise typer.Exit(0 if report.site is not None else 1)
