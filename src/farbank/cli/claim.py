"""farbank claim: what is established about one claim."""

from __future__ import annotations

from typing import Annotated

import typer

from farbank.cli.case import Archive
from farbank.cli.output import Json, as_json, sentence, table
from farbank.cli.passphrase import DeskFolder, Person
from farbank.cli.sources import CaseSource, PackFolder, filed_case

app = typer.Typer(name="claim", help="What is established about one claim.", no_args_is_help=True)


@app.callback()
def claim() -> None:
    """What is established about one claim."""


@app.command()
def show(
    case: CaseSource,
    claim_id: Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id.")],
    archive: Archive = None,
    pack: PackFolder = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Show a claim's standing, origins, territory, state media, and the two sentences in every language."""
    from farbank.desk.show_claim import show_claim

    shown = show_claim(filed_case(case, pack, desk, person), claim_id, archive)
    if json:
        as_json(shown)
        return
    found = shown.finding
    table(
        f"{found.claim}, as of {found.as_of}",
        ("", " "),
        [
            ("standing", found.standing),
            ("origins", f"{found.origins} sure; {', '.join(found.origin_kinds)}"),
            ("chains", "; ".join(shown.chains)),
            ("reported in", " ".join(found.reported_in)),
            ("confirmed in", " ".join(found.confirmed_in) or "nowhere"),
            ("state media", found.state_media + (" (attested reading)" if found.attested else "")),
        ],
        wrap=" ",
    )
    for language, text in shown.sentences.reader.items():
        sentence(f"{language}  reader: {text}")
        sentence(f"{' ' * len(language)}  desk:   {shown.sentences.desk[language]}")
