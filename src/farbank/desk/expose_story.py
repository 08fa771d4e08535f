"""Who could be found by a story, without compiling its pages."""

from __future__ import annotations

import msgspec

from farbank.desk.drafts import drafts_of
from farbank.desk.file_case import Filed
from farbank.desk.record import record
from farbank.desk.report import PersonReport, person_report
from farbank.desk.shield import shield
from farbank.model.exposure import Choice, Record
from farbank.protect.decide import settled, signatures


class Exposed(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody behind a story, the ways to word all of it, what the verdicts rest on, and whether the gate is open."""

    persons: tuple[PersonReport, ...]
    ways: tuple[Choice, ...]
    record: Record
    open: bool


def expose_story(filed: Filed) -> Exposed:
    """Count everybody the drafts speak of. Raises what parsing the story raises."""
    shielded = shield(filed, drafts_of(filed.case))
    signed = signatures(shielded.wordings, filed.case.decisions, filed.case.close)
    return Exposed(
        persons=tuple(person_report(each, signed.get(each.person)) for each in shielded.wordings),
        ways=shielded.ways,
        record=record(filed, shielded),
        open=settled(shielded.wordings, signed) and not any(each.why == "unread" for each in shielded.given),
    )
