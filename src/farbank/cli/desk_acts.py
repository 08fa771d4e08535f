"""farbank desk acts, agree, withdraw: what takes two people, as far as it has come."""

from __future__ import annotations

from typing import Annotated

import typer

from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person, open_desk

ActId = Annotated[str, typer.Argument(metavar="ACT", help="What farbank desk acts calls it.")]


def acts(
    all_: Annotated[bool, typer.Option("--all", help="Those that are done or withdrawn too.")] = False,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """List what was proposed and waits: for somebody else to agree, or to be carried out."""
    from farbank.vault import sign_off

    with open_desk(desk, person) as opened:
        found = [act for act in sign_off.sound(opened) if all_ or act.over is None]
    if json:
        as_json({"acts": found})
        return
    table(
        f"{len(found)} acts",
        ("act", "what", "about", "by", "stands", "why"),
        [
            (
                act.id,
                act.proposal.kind,
                act.proposal.about,
                act.by,
                act.over or (f"agreed by {act.agreed}" if act.agreed else "waits for somebody else"),
                act.proposal.reason,
            )
            for act in found
        ],
        wrap="why",
    )


def agree(act: ActId, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Agree to what somebody else proposed; a release is agreed to with story agree."""
    from farbank.desk.agree import agree as agree_

    with open_desk(desk, person) as opened:
        agreed = agree_(opened, act)
    if json:
        as_json(agreed)
    else:
        sentence(f"Agreed: {agreed.by} may {agreed.proposal.kind.replace('-', ' ')} of {agreed.proposal.about}.")


def withdraw(act: ActId, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Take back what was proposed, even what was agreed to, as long as it is not done."""
    from farbank.vault import sign_off

    with open_desk(desk, person) as opened:
        sign_off.withdraw(opened, act)
    if json:
        as_json({"withdrawn": act})
    else:
        sentence(f"Withdrawn: {act}. Nothing comes of it any more.")
