"""What of the vault's records can be searched, and when each piece of it was said."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model import codec
from farbank.model.case import Case
from farbank.model.dates import When
from farbank.model.reports import Contact, Report
from farbank.vault.index import Passage

KINDS = ("case", "contact", "report")


def passages(kind: str, id: str, body: bytes) -> Iterator[Passage]:
    """The passages of a record of one of `KINDS`."""
    if kind == "report":
        yield _said(codec.from_json(body, Report, f"report/{id}"))
    elif kind == "contact":
        yield from _asked(codec.from_json(body, Contact, f"contact/{id}"))
    else:
        yield from _case(codec.from_json(body, Case, f"case/{id}"))


def text(kind: str, id: str, part: str, body: bytes) -> str:
    """The text of a record's part, empty if it has none of that name."""
    return next((each.text for each in passages(kind, id, body) if each.part == part), "")


def _case(case: Case) -> Iterator[Passage]:
    days = {contact.id: contact.when for contact in case.contacts}
    for contact in case.contacts:
        yield from _asked(contact)
    for report in case.reports:
        yield _said(report, days[report.contact])
    for claim in case.claims:
        for language, sentence in claim.text.items():
            yield Passage(part=f"claim/{claim.id}/{language}", language=language, text=sentence, when=claim.when)
    for language, story in case.stories.items():
        yield Passage(part=f"story/{language}", language=language, text=story, when=When(case.close.isoformat()))


def _said(report: Report, when: When | None = None) -> Passage:
    return Passage(
        part=f"report/{report.id}", language=report.language, text=report.text, when=when, contact=report.contact
    )


def _asked(contact: Contact) -> Iterator[Passage]:
    for name, lines in (("questions", contact.questions), ("told", contact.told)):
        if lines:
            part = f"contact/{contact.id}/{name}"
            yield Passage(part=part, language="und", text="\n".join(lines), when=contact.when)
