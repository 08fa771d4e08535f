"""The story's prose held against everything the desk knows of it, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape

from farbank.country.pack import Pack
from farbank.desk.cite_documents import document_lint
from farbank.desk.establish import Established
from farbank.desk.file_case import Filed
from farbank.model.case import Case
from farbank.model.drawings import Drawing
from farbank.model.exposure import Wording
from farbank.model.story import Draft, Lint
from farbank.model.text import Language, Slug
from farbank.publish import lint

_LABEL = re.compile(rb"<text\b[^>]*>([^<]+)</text>")


def lint_story(
    filed: Filed,
    established: Established,
    drafts: Mapping[Language, Draft],
    wordings: Mapping[Slug, Wording],
    drawings: Mapping[Language, Sequence[Drawing]],
) -> tuple[Lint, ...]:
    """Everything the rules find in the drafts, and what speaks against the documents they quote or show.

    `drawings` are the story's maps and charts, whose labels are read as any sentence is.
    """
    context = context_of(filed, established, wordings, drawings)
    return (
        *(item for draft in drafts.values() for item in lint.check(draft, context)),
        *document_lint(drafts.values(), filed.case),
    )


def context_of(
    filed: Filed,
    established: Established,
    wordings: Mapping[Slug, Wording],
    drawings: Mapping[Language, Sequence[Drawing]],
) -> lint.LintContext:
    """What the rules are told: the one place where it is put together."""
    case, pack = filed.case, filed.pack
    return lint.LintContext(
        pack=pack,
        findings={finding.claim: finding for finding in established.findings},
        wordings=wordings,
        pictures={picture.id: picture for picture in case.pictures},
        record=case.record,
        claims={claim.id: claim for claim in case.claims},
        searches=established.searches,
        statements={statement.id: statement for statement in case.statements},
        reports={report.id: report for report in case.reports},
        contacts=tuple(contact.when for contact in case.contacts),
        labels={language: _labels(drawn, pack) for language, drawn in drawings.items()},
        before=filed.before,
        unconsented=_unconsented(case),
        written=_written(case),
        explained=any(disclosure.text for disclosure in case.disclosures),
        approved=bool(case.decisions),
    )


def _labels(drawings: Iterable[Drawing], pack: Pack) -> tuple[str, ...]:
    """The words on drawings; the lines of attribution under a map are the pack's and name no story's place."""
    found = (found.group(1) for drawing in drawings for found in _LABEL.finditer(drawing.svg))
    words = (unescape(each.decode("utf-8")).strip() for each in found)
    return tuple(dict.fromkeys(each for each in words if each and each not in pack.attribution))


def _written(case: Case) -> frozenset[Slug]:
    """The reports that came as a message somebody wrote."""
    messages = {contact.id for contact in case.contacts if contact.channel in ("text", "note", "mail")}
    return frozenset(report.id for report in case.reports if report.contact in messages)


def _unconsented(case: Case) -> frozenset[Slug]:
    """The reports of partners who have not agreed that what they say be printed."""
    silent = {partner.handle for partner in case.partners if "text" not in partner.consent}
    return frozenset(report for report, speaker in case.speakers.items() if speaker in silent)
