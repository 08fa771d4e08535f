"""farbank publish: put the site of all released editions in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from farbank.cli.output import Json, as_json, sentence
from farbank.cli.passphrase import DeskFolder, Person, open_desk


def publish(
    to: Annotated[Path, typer.Option(help="The folder of the site: new, or the one published to before.")],
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Bring the site up to what is released; whoever reads it meanwhile finds the old one or the new one, whole.

    It takes no key of the desk: everything was signed when it was released.
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
