"""farbank desk backup, backups, restore, export: that a desk outlives its disk."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, ask, open_desk

if TYPE_CHECKING:
    from farbank.vault import Secret

Place = Annotated[Path, typer.Argument(help="The folder of a backup.")]


def backup(
    place: Place,
    verify_all: Annotated[
        bool, typer.Option("--verify-all", help="Restore all of it into a temporary folder too; it takes longer.")
    ] = False,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Bring a backup up to now, then prove it: all of it is read again, and what is new since the last proof opened."""
    from farbank.vault import backup as backing
    from farbank.vault import prove
    from farbank.vault import restore as restoring

    with open_desk(desk, person) as opened:
        backing.backup(opened, place)
        done = restoring.verify(opened, place) if verify_all else prove.prove(opened, place)
    if json:
        as_json({"place": str(place), "compartments": done.compartments, "left_out": done.left_out})
        return
    sentence(f"{place} holds {', '.join(done.compartments)} as of now, and every record of them opens.")
    if done.left_out:
        sentence(f"It also holds {', '.join(done.left_out)}, from when somebody who holds it last backed up.")


def backups(
    destroyed: Annotated[str | None, typer.Option("--destroyed", help="A place that is no more.")] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """List where backups are, how old, and which still hold keys of what was burned since."""
    from farbank.vault import backup_places

    with open_desk(desk, person) as opened:
        if destroyed is not None:
            backup_places.destroyed(opened, destroyed)
        found = backup_places.places(opened)
    if json:
        as_json({"places": found})
        return
    table(
        f"{len(found)} places",
        ("place", "made", "holds what was burned"),
        [
            (each.place, f"{max(each.made.values()):%Y-%m-%d %H:%M}", ", ".join(each.holds_burned) or "no")
            for each in found
        ],
        wrap="place",
    )


def restore(
    place: Place,
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or new, or a desk that lacks some of it.")],
    person: Person = None,
    json: Json = False,
) -> None:
    """Put a desk back: asks for shares of its root, one a line, an empty line after the last, then your passphrase.

    What you hold no key to is put back by somebody who does, with the same command, into the same folder. A recoverable
    desk is put back without --as, by its root alone.
    """
    from farbank.vault import keyring
    from farbank.vault import restore as restoring

    if person is None:
        done = restoring.restore_by_root(place, folder, _root())
    elif (folder / keyring.FILE).exists():
        done = restoring.restore_rest(place, folder, person, ask(person))
    else:
        done = restoring.restore(place, folder, _root(), person, ask(person))
    checked = None if done.audit is None else {"lines": done.audit.lines, "last": done.audit.last}
    if json:
        as_json({"compartments": done.compartments, "left_out": done.left_out, "audit": checked})
        return
    sentence(f"{', '.join(done.compartments)} are back in {folder}; every signature holds.")
    if done.audit is not None:
        sentence(f"The audit has {done.audit.lines} lines and ends in {done.audit.last}: compare both with your notes.")
    if done.left_out:
        sentence(f"Still to be put back by whoever holds the keys: {', '.join(done.left_out)}.")


def export(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or new.")],
    editions: Annotated[Path | None, typer.Option("--editions", help="A folder of editions to take along.")] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Write the whole desk as plain files for a reader without farbank: no identities, no payments, not encrypted."""
    from farbank.desk.export_desk import export_desk

    with open_desk(desk, person) as opened:
        done = export_desk(opened, folder, date.today(), editions)
    if json:
        as_json(done)
    else:
        sentence(f"Wrote {len(done.cases)} cases, the ledger and the audit to {folder}: open index.html there.")
        sentence("It is not encrypted. Identities and payments are not in it.")


def _root() -> Secret:
    from farbank.vault import words

    shares: list[str] = []
    while share := _share(len(shares) + 1):
        shares.append(share)
    return words.join(shares)


def _share(number: int) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    import getpass

    return getpass.getpass(f"Share {number} of the root, empty after the last: ").strip()
