"""What of the vault's records can be searched, and when each piece of it was said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from farbank.model import codec
from farbank.model.case import Case
from farbank.model.dates import When
from farbank.model.reports import Contact, Report
from farbank.vault.index import Passage

KINDS = ("case", "contact", "report")

Contacts = Callable[[str], Contact]
"""The contact of an id; what a report says is of its day."""


def passages(kind: str, id: str, body: bytes, contacts: Contacts) -> Iterator[Passage]:
    """The passages of a record of one of `KINDS`."""
    if kind == "report":
        report = codec.from_json(body, Report, f"report/{id}")
        yield _said(report, contacts(report.contact))
    elif kind == "contact":
        yield from _asked(codec.from_json(body, Contact, f"contact/{id}"))
    else:
        yield from _case(codec.from_json(body, Case, f"case/{id}"))


def text(kind: str, id: str, part: str, body: bytes, contacts: Contacts) -> Passage | None:
    """The passage of a record by the name of its part, None if it has none of that name."""
    return next((each for each in passages(kind, id, body, contacts) if each.part == part), None)


def _case(case: Case) -> Iterable[Passage]:
    contacts = {contact.id: contact for contact in case.contacts}
    for contact in case.contacts:
        yield from _asked(contact)
    for report in case.reports:
        yield _said(report, contacts[report.contact])
    for claim in case.claims:
        for language, sentence in claim.text.items():
            yield Passage(part=f"claim/{claim.id}/{language}", language=language, text=sentence, when=claim.when)
    for language, story in case.stories.items():
        yield Passage(part=f"story/{language}", language=language, text=story, when=When(case.close.isoformat()))


def _said(report: Report, contact: Contact) -> Passage:
    return Passage(part=f"report/{report.id}", language=report.language, text=report.text, when=contact.when)


def _asked(contact: Contact) -> Iterator[Passage]:
    for name, lines in (("questions", contact.questions), ("told", contact.told)):
        if lines:
            part = f"contact/{contact.id}/{name}"
            yield Passage(part=part, language="und", text="\n".join(lines), when=contact.when)
