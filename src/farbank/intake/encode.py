"""A case made into the files of a case folder, always the same bytes for the same case."""

from __future__ import annotations

from typing import Any

import msgspec
import tomli_w

from farbank.intake import layout
from farbank.intake.strict import newlines
from farbank.model.case import Case
from farbank.model.codec import to_builtins
from farbank.model.corrections import Reason
from farbank.model.judgements import Judged
from farbank.model.places import Place


def files(case: Case, *, identities: bool) -> dict[str, bytes]:
    """Make files by relative name; without `identities`, neither profiles nor places that content does not speak of."""
    kept = case.places if identities else case.spoken_places
    made = {layout.CASE: _case_file(case, kept), layout.CLAIMS: toml(_claims_file(case))}
    if case.judgements:
        made[layout.JUDGEMENTS] = b"\n".join(map(judgement, case.judgements))
    if case.documents:
        made[layout.DOCUMENTS] = toml(to_builtins(layout.DocumentsFile(documents=case.documents)))
    if case.corrections:
        made[layout.CORRECTIONS] = b"\n".join(map(correction, case.corrections))
    if identities and case.identities:
        made[layout.PERSONS] = toml(to_builtins(layout.PersonsFile(identities=case.identities)))
    for contact in case.contacts:
        made[f"{layout.CONTACTS}/{contact.id}.md"] = _sheet(contact, None)
    for report in case.reports:
        made[f"{layout.REPORTS}/{report.id}.md"] = _sheet(report, "text")
    for folder, items in (
        (layout.STATEMENTS, case.statements),
        (layout.SEARCHES, case.searches),
        (layout.MEDIA, case.pictures),
    ):
        for item in items:
            made[f"{folder}/{item.id}.toml"] = toml(_without_id(item))
    made |= {f"{layout.MEDIA}/{name}": data for name, data in case.media.items()}
    made |= {f"story.{language}.md": newlines(story).encode() for language, story in case.stories.items()}
    return dict(sorted(made.items()))


def _case_file(case: Case, places: tuple[Place, ...]) -> bytes:
    head = layout.Head(format=1, name=case.name, country=case.country, close=case.close, languages=case.languages)
    top = layout.CaseFile(
        case=head,
        desk=case.desk,
        partners=case.partners,
        persons=case.persons,
        audiences=case.audiences,
        disclosures=case.disclosures,
        record=case.record,
        suspicions=case.suspicions,
        bystanders=case.bystanders,
        decisions=case.decisions,
    )
    value = to_builtins(top)
    if places:
        value["places"] = {place.id: _without_id(place) for place in sorted(places, key=lambda place: place.id)}
    return toml(value)


def _claims_file(case: Case) -> Any:
    return to_builtins(
        layout.ClaimsFile(
            claims=case.claims,
            chains=case.chains,
            evidence=case.evidence,
            coincidences=case.coincidences,
            seeds=case.seeds,
            inquiries=case.inquiries,
        )
    )


def _without_id(item: msgspec.Struct) -> dict[str, Any]:
    value: dict[str, Any] = to_builtins(item)
    return {key: entry for key, entry in value.items() if key != "id"}


def _sheet(item: msgspec.Struct, body: str | None) -> bytes:
    value = _without_id(item)
    text = newlines(value.pop(body)) if body else None
    front = f"+++\n{tomli_w.dumps(value)}+++\n"
    return (front if text is None else f"{front}\n{text}\n").encode()


def judgement(judged: Judged) -> bytes:
    """One table of the list of judgements; never a list by itself, after which none could be added."""
    return b"[[judgements]]\n" + toml(to_builtins(judged))


def correction(reason: Reason) -> bytes:
    """One table of corrections.toml."""
    return toml(to_builtins(layout.CorrectionsFile(corrections=(reason,))))


def toml(value: Any) -> bytes:
    """Plain values as TOML, without what is None."""
    return tomli_w.dumps(_no_nulls(value)).encode()


def _no_nulls(value: Any) -> Any:
    """TOML has no null: a field that is None and was not left out as its default is left out here."""
    if isinstance(value, dict):
        return {key: _no_nulls(item) for key, item in value.items() if item is not None}
    return [_no_nulls(item) for item in value] if isinstance(value, list | tuple) else value
