"""A report as an editor reads it in a terminal: claims, people, gates, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from farbank.cli.output import sentence, table

if TYPE_CHECKING:
    from farbank.desk.report import PersonReport, Report, WhatIf
    from farbank.model.text import Text


def show_report(report: Report) -> None:
    """Print the whole of it, what stops the story last."""
    show_claims(report)
    show_persons(report.persons)
    show_lint(report)
    show_gates(report)


def show_edition(report: Report) -> None:
    """Print the whole of it, who signed the edition, and which file to open."""
    show_report(report)
    if report.site is None:
        return
    if report.number:
        sentence(f"Signed with the desk's key and entered in its ledger as edition {report.number}.")
    else:
        sentence("Signed with a key made for the occasion, not the desk's; compile the filed case to sign with that.")
    sentence(f"Open {report.site}/index.html")


def show_claims(report: Report) -> None:
    """One row a claim."""

    def named(places: tuple[str, ...]) -> str:
        return ", ".join(_english(report.places[place]) for place in places) or "nowhere"

    table(
        f"{report.case}: claims as of {report.claims[0].as_of if report.claims else ''}",
        ("claim", "standing", "origins", "reported", "confirmed", "state media"),
        [
            (
                claim.id,
                claim.standing,
                str(claim.origins),
                named(claim.reported_in),
                named(claim.confirmed_in),
                claim.state_media,
            )
            for claim in report.claims
        ],
        wrap="reported",
    )


def show_persons(persons: tuple[PersonReport, ...]) -> None:
    """One row a person and one for every finer wording that was asked about, then why it was refused."""
    rows: list[tuple[str, ...]] = []
    for person in persons:
        mark = "modelled" if person.modelled else ""
        effective = "" if person.effective is None else f"{person.effective:,}"
        rows.append((person.id, _english(person.published_as), *_counted(person), effective, person.verdict, mark))
        rows += [
            ("", f"what if: {_english(what.published_as)}", *_counted(what), "", what.verdict, mark)
            for what in person.what_if
        ]
    threshold = f"{persons[0].threshold:,}" if persons else ""
    table(
        f"People (threshold {threshold})",
        ("who", "published as", "low", "mid", "effective", "verdict", ""),
        rows,
        wrap="published as",
    )
    for what in (what for person in persons for what in person.what_if if what.verdict != "safe"):
        sentence(f"“{_english(what.published_as)}”: {what.reason}")


def _english(text: Text) -> str:
    return text.get("en") or next(iter(text.values()), "")


def _counted(counted: PersonReport | WhatIf) -> tuple[str, str]:
    return f"{counted.k_low:,}", f"{counted.k_mid:,}"


def show_lint(report: Report) -> None:
    """One line a finding, as compilers print them."""
    for item in report.lint:
        sentence(f"{item.file}:{item.line} {item.rule} {item.message}")


def show_gates(report: Report) -> None:
    """What is shut and why; one sentence if nothing is."""
    for person in report.persons:
        if not person.safe:
            sentence(f"exposure: {person.id}: {person.reason}")
    for slip in report.gates.bytes.slips:
        sentence(f"byte gate: {slip.file}: {slip.kind}: {slip.hint}")
    if report.open:
        sentence("Every gate is open. The edition is marked unreleased: releasing it takes two people's signatures.")
    else:
        sentence("The story may not go out as it stands; nothing was written.")
