"""farbank claim resolve: say what became known of a claim since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from farbank.cli.deciding import By, Evidence, Why, reason, who
from farbank.cli.output import Json, as_json, sentence
from farbank.cli.passphrase import DeskFolder, Person
from farbank.cli.sources import CaseSource, ClaimId, PackFolder, open_case

if TYPE_CHECKING:
    from farbank.model.judgements import Holds

SAID = {
    "true": "{claim} turned out true, says {by}.",
    "false": "{claim} turned out false, says {by}.",
    "never-known": "What {claim} came to will never be known, says {by}.",
    None: "{by} takes back what they said of {claim}.",
}


def resolve(
    case: CaseSource,
    claim_id: ClaimId,
    holds: Annotated[
        str | None,
        typer.Argument(metavar="HOLDS", help="true, false or never-known; of a statement, that it was said."),
    ] = None,
    why: Why = "",
    evidence: Evidence = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take back what you said of it, in place of HOLDS.")
    ] = False,
    by: By = None,
    pack: PackFolder = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Say whether a claim turned out true or false; kept with the name, and its tellers' records count it."""
    from farbank.desk import judge
    from farbank.desk.resolve import counting, resolution

    if withdraw == (holds is not None):
        raise typer.BadParameter("say true, false or never-known, or --withdraw what you said", param_hint="HOLDS")
    if holds not in SAID:
        raise typer.BadParameter("true, false or never-known", param_hint="HOLDS")
    with open_case(case, pack, desk, person) as (filed, vault):
        name, rests = who(by, vault), "" if withdraw else reason(why)
        said = resolution(filed, claim_id, cast("Holds | None", holds), name, rests, evidence or ())
        judge.keep(case, vault, said)
        found = counting(filed, said)
    if json:
        as_json(found)
        return
    sentence(SAID[holds].format(claim=claim_id, by=said.by))
    if found.stands not in (said.holds, None):
        sentence(f"With what others say of it, it stands as {found.stands}.")
    for teller, record in found.records.items():
        sentence(f"{teller}: {record.right} right, {record.wrong} wrong.")
    sentence(f"Outcomes the desk knows: {found.outcomes:,}.")
