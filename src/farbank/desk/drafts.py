"""The story in every language, parsed, with everything it cites looked up."""

from __future__ import annotations

from collections.abc import Container

from farbank.model.case import Case
from farbank.model.errors import MissingReference
from farbank.model.story import Draft
from farbank.model.text import Language
from farbank.publish.parse import parse


def drafts_of(case: Case) -> dict[Language, Draft]:
    """Parse every `story.<lang>.md` of the case, master language first.

    Raises DecodeError with file and line, MissingReference for a claim, source, report or picture that is not there.
    """
    drafts = {
        language: parse(case.stories[language], f"story.{language}.md", language)
        for language in case.languages
        if language in case.stories
    }
    if not drafts:
        raise MissingReference(f"the case {case.name} has no story yet; add story.{case.languages[0]}.md")
    for draft in drafts.values():
        _check(draft, case)
    return drafts


def _check(draft: Draft, case: Case) -> None:
    if draft.close != case.close:
        raise MissingReference(f"{draft.file}: closes on {draft.close}, the case on {case.close}; make them agree")
    claims = {claim.id for claim in case.claims}
    people = {person.id for person in case.persons} | {partner.handle for partner in case.partners}
    reports = {report.id for report in case.reports}
    documents = {document.id for document in case.documents}
    pictures = {picture.id for picture in case.pictures}
    for sentence in draft.sentences:
        _need(draft, sentence.line, "claim", sentence.claims, claims)
        _need(draft, sentence.line, "source", sentence.sources, people)
    for block in draft.blocks:
        _need(draft, block.line, "report", (block.report,) if block.report else (), reports)
        _need(draft, block.line, "document", (block.document,) if block.document else (), documents)
        _need(draft, block.line, "picture", (block.picture,) if block.picture else (), pictures)
    _need(draft, 1, "source", (*draft.show, *draft.whatif, *draft.fit, *draft.link), people)


def _need(draft: Draft, line: int, what: str, cited: tuple[str, ...], known: Container[str]) -> None:
    for name in cited:
        if name not in known:
            raise MissingReference(
                f"{draft.file}:{line}: cites {what} {name!r}, which the case has not; add it or correct the citation"
            )
