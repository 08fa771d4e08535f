"""What the compiler would make of an invented case, for tests of what is done with an edition once it is made."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).parent.parent / "publish"))  # the invented edition is shared with that room

from printed import edition as printed

from farbank import country
from farbank.country.pack import Pack
from farbank.desk.compile_story import Compilation
from farbank.desk.timed import Timed
from farbank.model import codec
from farbank.model.case import Case, Desk
from farbank.model.corrections import Issued, Reason
from farbank.model.desk_keys import DeskKeys
from farbank.model.exposure import Gate, Record, Timing
from farbank.model.releases import Release, Released
from farbank.model.story import Lint
from farbank.publish import corrections, manifest, render

TINY = country.load(Path(__file__).parents[1] / "packs" / "tiny")
DAY = date(2026, 7, 19)
STORY = "mill-order"
SLIP = Lint(file="story.en.md", line=1, rule="bare-source", message="who says so?", blocking=True)

_CASE = {
    "name": STORY, "country": "qz", "close": DAY, "languages": ["en"],
    "desk": {"name": {"en": "The Weir"}, "byline": {"en": "The Weir's desk"}},
    "partners": [{"handle": "wren", "language": "en"}], "media": {},
    **dict.fromkeys(
        ("persons", "audiences", "disclosures", "places", "record", "contacts", "reports", "chains", "claims",
         "evidence", "coincidences", "statements", "searches", "pictures"), ()
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Unread:
    """As much of a filed case as releasing it needs."""

    case: Any
    pack: Pack = TINY
    releases: tuple[Release, ...] = ()
    issued: tuple[Issued, ...] = ()


def case(text: str = "The mill closed.") -> Case:
    return codec.convert({**_CASE, "stories": {"en": text}}, Case, "invented")


def unread(story: str, *why: Reason, zone: str = "UTC") -> Any:
    desk = Desk(name={"en": "W", "qtz": "W"}, byline={}, zone=zone)
    return Unread(SimpleNamespace(name=story, partners=(), desk=desk, corrections=why))


@cache
def files(name: str, story: str, sequence: int) -> dict[str, bytes]:
    return render.files(msgspec.structs.replace(printed(), id=name, story=story, sequence=sequence))


def compiled(
    filed: Unread,
    archive: object = None,
    *,
    edition: str,
    desk_keys: DeskKeys | None = None,
    sequence: int = 0,
    on: date | None = None,
    embargoed: datetime | None = None,
    slips: tuple[Lint, ...] = (),
) -> Compilation:
    made = files(edition, filed.case.name, sequence)
    listed = manifest.build(
        made,
        edition=edition,
        sequence=sequence,
        close=DAY,
        expires=DAY,
        languages=("en",),
        key="00" * 32 if desk_keys is None else desk_keys.keys[-1].key,
        status="released",
    )
    why = [reason for reason in filed.case.corrections if reason.edition == edition]
    entry = corrections.entry(filed.case.name, edition, DAY, filed.issued, {}, why)
    return Compilation(
        case=filed.case.name, close=DAY, languages=("en",), findings=(), sentences={}, wordings=(), disclosures=(),
        ways=(), issued=Issued(entry=entry, texts={}, claims=()), signed={}, weighed=True, given=(), pictures=(),
        lint=slips, dues=(), places={}, gate=Gate(open=True, files=2, slips=()),
        files=manifest.with_manifest(made, listed), status="released", sequence=sequence,
        record=Record(
            case=filed.case.name, on=DAY, seed=0, threshold=1000, population="", ledger="", releases=0, disclosures="",
            persons=(),
        ),
        release=Release(
            edition=edition, published=DAY, people=(Released(token="wren", facts=({"place": "qz:north"},)),)
        ),
        timed=Timed(on=DAY, embargoes=(), timing=Timing(not_before=DAY, reason="")),
    )  # fmt: skip
