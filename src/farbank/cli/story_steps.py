"""farbank story state, step, cancel: where every edition stands, what to do next, and doing it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.case import Archive
from farbank.cli.deciding import asked_reason
from farbank.cli.output import Json, answer, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, open_desk
from farbank.model.steps import Event

Named = Annotated[str, typer.Argument(metavar="STORY", help="The name of a filed case.")]
Edition = Annotated[str | None, typer.Option("--edition", help="The edition's name; the one meant unless given.")]


def state(
    story: Annotated[str | None, typer.Argument(metavar="STORY", help="A story; all of them unless given.")] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Show where every edition stands and what to do next; of one story, every step that was taken."""
    from farbank.desk.show_standing import show_standing

    with open_desk(desk, person) as opened:
        shown = show_standing(opened, story)
    if json:
        as_json(shown)
        return
    if story is None:
        rows = [(each.story, each.edition, each.state, each.waits, each.next) for each in shown.editions]
        table("Editions", ("story", "edition", "stands", "not before", "next"), rows, wrap="next")
    else:
        steps = [(each.at, each.by, each.edition, each.event, each.until, each.reason) for each in shown.steps]
        table(story, ("when", "who", "edition", "step", "until", "why"), steps, wrap="why")
    for line in shown.sentences:
        sentence(line)


def step(
    story: Named,
    event: Annotated[Event, typer.Argument(metavar="STEP", help="What is done with it, as the state table has it.")],
    edition: Edition = None,
    at: Annotated[
        str | None, typer.Option("--at", help="For embargo and schedule: a day, or a time with its zone.")
    ] = None,
    archive: Archive = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Take an edition a step: submit, clear, send-back, embargo, lift, schedule, hold-back, or kill.

    Without --edition it is the one under way, and for a kill the one readers have. The reason is asked for. A kill is
    done at once, and no clock and no gate refuses it.
    """
    from farbank.desk.moments import moment, shown
    from farbank.desk.show_standing import in_words, zone_of
    from farbank.desk.take_step import take_step

    with open_desk(desk, person) as opened:
        why, zone = asked_reason(), zone_of(opened, story)
        until = None if at is None else moment(at, zone)
        done = take_step(
            opened, story, event, now=datetime.now(UTC), reason=why, edition=edition, until=until, archive=archive
        )
    if done.act is not None:
        said = f"Proposed. Somebody else lifts it: farbank desk agree {done.act}"
    else:
        stands = [f"{name} is {in_words(state)}" for name, state in done.moved.items()]
        said = "; ".join(stands) or f"{done.edition} stays as it is"
        said += "." if done.until is None else f", and may not go out before {shown(done.until, zone)}."
    answer(json, done, said)


def cancel(
    story: Named,
    out: Annotated[Path, typer.Option(help="Where to write the messages: a folder that is empty or new.")],
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Write what asks those who reprint a story to take it out, once it is retracted or killed; it repeats no word.

    Farbank sends nothing: hand the messages over the way the story went.
    """
    from farbank.desk.cancel import cancel as written

    with open_desk(desk, person) as opened:
        files = written(opened, story, out, datetime.now(UTC))
    answer(
        json, {"out": str(out), "files": files}, f"{out} holds {len(files)} messages; hand them over as the story went."
    )
