"""farbank desk seize: what somebody would have who took a machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import ask

if TYPE_CHECKING:
    from farbank.desk.handset import Handset
    from farbank.vault.seizure import Seizure


def seize(
    folder: Annotated[Path, typer.Argument(help="A copy of the machine, the place of a backup, or the desk.")],
    machine: Annotated[str, typer.Option("--as", help="partner-phone, editor-laptop, server, backup or content-file.")],
    with_passphrase: Annotated[
        bool, typer.Option("--with-passphrase", help="As if whoever took it knew a passphrase, which is asked for.")
    ] = False,
    json: Json = False,
) -> None:
    """List what a machine would give to whoever took it, by trying it: no name and no word of a report is printed.

    A partner's phone and one file of content with its key need --with-passphrase: the one shows what the desk knows of
    the calls, the other takes its key from the desk.
    """
    from farbank.desk.seize import MACHINES
    from farbank.desk.seize import seize as seize_

    found = next((each for each in MACHINES if each == machine), None)
    if found is None:
        raise typer.BadParameter(f"{machine} is none of {', '.join(MACHINES)}", param_hint="--as")
    passphrase = ask("whoever's machine it is") if with_passphrase else None
    seized = seize_(folder, found, passphrase)
    if json:
        as_json(seized)
    elif seized.image is not None:
        _image(machine, seized.image)
    else:
        _handsets(seized.handsets)


def _image(machine: str, seen: Seizure) -> None:
    table(
        f"{len(seen.files)} files of this {machine}",
        ("file", "bytes", "mode", "looks like"),
        [(each.path, f"{each.size:,}", each.mode, each.looks) for each in seen.files],
        wrap="file",
    )
    table(
        "What can be read of it",
        ("what", "found", "read from"),
        [(each.sort, f"{each.count:,}", ", ".join(each.files) or "nowhere") for each in seen.yields],
        wrap="read from",
    )
    if seen.passphrases:
        sentence("The passphrase is one of the desk's.")
    for key in seen.keys:
        sentence(f"It gives {key}.")
    for each in seen.yields:
        if each.as_they_lie:
            sentence(f"A plain search of the bytes finds {each.sort} in {', '.join(each.as_they_lie)}.")


def _handsets(seen: tuple[Handset, ...]) -> None:
    sentence("Nothing of ours is kept on a partner's phone. What it may show is what was not deleted on it:")
    table(
        f"{len(seen)} phones",
        ("partner", "calls, with number and hour", "written", "days", "asked", "told by the desk", "lost"),
        [
            (
                each.partner,
                str(each.calls),
                str(each.written),
                ", ".join(each.days),
                str(each.questions),
                str(each.told),
                each.lost or "no",
            )
            for each in seen
        ],
        wrap="days",
    )
