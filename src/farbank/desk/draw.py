"""The drawings of a story: those readers may see, and those of the desk alone."""

from __future__ import annotations

from pathlib import Path

from farbank import whole
from farbank.chart.areas import told_map
from farbank.chart.attention import attention
from farbank.chart.gaps import gaps
from farbank.chart.path import path
from farbank.chart.promises import calendar_of
from farbank.chart.themes import themes
from farbank.chart.timeline import timeline
from farbank.desk import drawn_areas, drawn_counts, drawn_dates, drawn_ways
from farbank.desk.drafts import drafts_of
from farbank.desk.errors import NotForReaders, NothingToDraw
from farbank.desk.establish import Established, establish
from farbank.desk.file_case import Filed
from farbank.model.claims import Claim
from farbank.model.drawings import Drawing, Shows
from farbank.model.errors import MissingReference
from farbank.model.story import Draft
from farbank.publish.grain import finer
from farbank.watch.archives import Places


def for_readers(filed: Filed, draft: Draft, established: Established) -> tuple[Drawing, ...]:
    """Map, timeline, way of its orders, promises and state media's attention, of what the story cites, in its language.

    A drawing of nothing is left out, as is a claim whose text names a place too finely to be printed. None shows where
    the desk has nobody, who fell silent, or how many spoke. Raises MissingReference for a claim not worded in the
    story's language.
    """
    pack, case = filed.pack, filed.case
    phrases = pack.phrases[draft.language]
    findings = {finding.claim: finding for finding in established.findings}
    claims = _printable(filed, draft)
    told = drawn_areas.told([findings[id] for id in draft.cited], pack.gazetteer, draft.close)
    events = drawn_dates.for_readers(claims, case, findings, phrases)
    ways = drawn_ways.for_readers(claims, findings, pack, phrases)
    promised = drawn_dates.promises_for_readers(claims, case, findings, phrases)
    months = drawn_counts.attention(case, established.searches, draft.cited)
    return (
        *([told_map(pack, told, draft.language)] if told.reported else []),
        *([timeline(events, draft.close, phrases)] if events else []),
        *([path(ways, phrases)] if ways else []),
        *([calendar_of(promised, draft.close, phrases)] if promised else []),
        *([attention(months, phrases)] if any(one.passages for one in months) else []),
    )


def for_desk(filed: Filed, established: Established) -> tuple[Drawing, ...]:
    """All there is to draw of a case, gaps too, in the desk's language; each says that it is not to be published."""
    case, pack, phrases = filed.case, filed.pack, filed.pack.desk_phrases
    findings = {finding.claim: finding for finding in established.findings}
    known = drawn_areas.known(case, established.findings, pack.gazetteer)
    note = phrases.say("chart.desk-only")
    events = drawn_dates.for_desk(case, findings, phrases)
    ways = drawn_ways.for_desk(case, pack, phrases)
    promised = drawn_dates.promises_for_desk(filed, phrases)
    came = drawn_counts.reports_by_month(case)
    months = drawn_counts.attention(case, established.searches, {*findings}, came)
    return (
        gaps(pack, known, case.close, phrases.language),
        *([timeline(events, case.close, phrases, note)] if events else []),
        *([path(ways, phrases, note)] if ways else []),
        *([calendar_of(promised, case.close, phrases, note)] if promised else []),
        themes(drawn_counts.reports(case, pack.gazetteer), pack, phrases.language),
        *([attention(months, phrases, came)] if months else []),
    )


def draw(filed: Filed, shows: Shows, file: Path, *, desk_view: bool = False, archive: Places | None = None) -> Drawing:
    """Write one drawing of a case to `file`: of the story in its first language, or with `desk_view` the desk's own.

    Raises NotForReaders, NothingToDraw, MissingReference, ClaimWithoutChain, NoArchive, OSError.
    """
    if shows == "themes" and not desk_view:
        raise NotForReaders(NotForReaders.__doc__)
    established = establish(filed, archive)
    if desk_view:
        drawings = for_desk(filed, established)
    else:
        drawings = for_readers(filed, next(iter(drafts_of(filed.case).values())), established)
    for drawing in drawings:
        if drawing.shows == shows:
            whole.file(file, drawing.svg)
            return drawing
    raise NothingToDraw(f"{filed.case.name} has nothing for {shows}: {NothingToDraw.__doc__}")


def _printable(filed: Filed, draft: Draft) -> list[Claim]:
    claims = {claim.id: claim for claim in filed.case.claims}
    cited = [claims[id] for id in draft.cited]
    for claim in cited:
        if draft.language not in claim.text:
            raise MissingReference(f"{claim.id} is not worded in {draft.language}; add it to claims.toml")
    return [claim for claim in cited if not finer(claim.text[draft.language], filed.pack.gazetteer)]
