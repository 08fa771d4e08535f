"""farbank publish, desk sign-site: put the site of all released editions in a folder, and have it signed anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.deciding import asked_reason
from farbank.cli.output import Json, answer, as_json, sentence
from farbank.cli.passphrase import DeskFolder, Person, open_desk


def publish(
    to: Annotated[Path, typer.Option(help="The folder of the site: new, or the one published to before.")],
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Bring the site up to what is released; whoever reads it meanwhile finds the old one or the new one, whole.

    It takes no key of the desk: everything was signed when it was released. What was killed is taken down.
    """
    from farbank.desk.publish_site import publish_site

    with open_desk(desk, person) as opened:
        published = publish_site(opened, to)
    if json:
        as_json(published)
        return
    new = f", {len(published.added)} of them new" if published.added else ", none of them new"
    sentence(
        f"Published: {published.stories} stories in {published.editions} editions{new}; this is number "
        f"{published.sequence} of the site. Open {to / 'index.html'}, and check a copy with farbank edition verify."
    )
    if published.down:
        sentence(
            f"Taken down: {', '.join(published.down)}. What the desk signed still lists it, so that the site does not "
            "verify: have it signed anew with farbank desk sign-site, which takes two people, and publish again."
        )


def sign_site(desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Propose that the site be signed anew as it stands: after a kill, or before its list expires.

    Somebody else agrees with desk agree, and with that it is signed. A release signs it too. The reason is asked for.
    """
    from datetime import date

    from farbank.desk.sign_anew import propose_site

    with open_desk(desk, person) as opened:
        act = propose_site(opened, asked_reason(), date.today())
    answer(json, {"act": act}, f"Proposed. Somebody else agrees: farbank desk agree {act}; then farbank publish.")
