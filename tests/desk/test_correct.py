"""A story is corrected in public or not at all: proposed, signed, shown at the top, and replayed to the letter."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from newsroom import EDITOR, JUNE, OFFICER, ON, PUBLISHER, clear, enter, found

from farbank.country.pack import Pack
from farbank.desk.check_case import check_filed
from farbank.desk.compile_story import compile_story
from farbank.desk.correct import issued
from farbank.desk.follow_edition import follow_edition
from farbank.desk.import_case import filed, keep_case
from farbank.desk.meant import next_edition
from farbank.desk.moments import first_moment
from farbank.desk.outcomes import as_toml, owed, owed_of
from farbank.desk.publish_site import publish_site
from farbank.desk.release import _told, agree_release, propose_release
from farbank.desk.report import Report
from farbank.intake import decode
from farbank.intake.encode import files
from farbank.intake.layout import CORRECTIONS
from farbank.model.case import Case
from farbank.model.corrections import Issued, Reason
from farbank.model.judgements import Holds, Resolution
from farbank.publish.corrections import entry
from farbank.publish.errors import LogBroken, StepRefused
from farbank.vault import case_store

SECOND = f"{JUNE}-2"
OLD, NEW = "There is much discontent about the order", "There is some discontent about the order"
WHAT = {"en": "An earlier edition spoke of much discontent; the account that reached the desk said less."}


def propose(desk: Path, edition: str) -> tuple[str | None, Report]:
    with enter(desk, OFFICER) as opened:
        made = propose_release(opened, filed(opened, JUNE), edition=edition, on=ON, reason="it is checked")
    return made.act, made.report


def release(desk: Path, edition: str, to: Path) -> None:
    clear(desk)
    act, report = propose(desk, edition)
    assert act is not None, report.lint
    with enter(desk, PUBLISHER) as opened:
        assert agree_release(opened, act, to).site


def change(desk: Path, *reasons: Reason, old: str = "", new: str = "") -> None:
    with enter(desk, EDITOR) as opened:
        case: Case = case_store.load(opened, JUNE)
        stories = {tag: text.replace(old, new) for tag, text in case.stories.items()} if old else case.stories
        made = msgspec.structs.replace(case, stories=stories, corrections=(*case.corrections, *reasons))
        keep_case(opened, made, replace=True)


def blocking(report: Report) -> set[str]:
    return {item.rule for item in report.lint if item.blocking}


def reason(kind: str) -> Reason:
    return msgspec.convert({"edition": SECOND, "kind": kind, "what": WHAT, "claims": ["order"]}, Reason)


def said(holds: Holds | None) -> Resolution:
    return Resolution(claim="discontent", by=EDITOR, at=datetime.now(UTC), holds=holds)


def turned_out(desk: Path, holds: Holds | None) -> list[tuple[str, str]]:
    with enter(desk, EDITOR) as opened:
        case_store.judge(opened, JUNE, said(holds))
        return [(each.claim, each.reason.kind) for each in owed(opened)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose June order is out, in one language and without its picture so that it is made quickly."""
    folder = tmp_path_factory.mktemp("correct")
    found(folder / "desk")
    with enter(folder / "desk", EDITOR) as opened:
        case = case_store.load(opened, JUNE)
        story = {"en": case.stories["en"].replace("![](media:levee)\n\n", "")}
        keep_case(opened, msgspec.structs.replace(case, languages=("en",), stories=story), replace=True)
    release(folder / "desk", JUNE, folder / "one")
    return folder / "desk"


def test_an_edit_is_silent_and_refused_until_its_reason_is_proposed_with_it(desk: Path, tmp_path: Path) -> None:
    one, two = desk.parent / "one", tmp_path / "two"
    assert follow_edition(one, one).corrections == ()
    change(desk, old=OLD, new=NEW)
    with pytest.raises(StepRefused, match="A gate is closed"):
        clear(desk)
    with enter(desk, OFFICER) as opened:
        report = check_filed(filed(opened, JUNE), edition=next_edition(opened, JUNE))
        assert blocking(report) == {"silent-edit"}

    change(desk, reason("correction"))
    release(desk, SECOND, two)
    page = (two / "en.html").read_text("utf-8")
    assert page.index(WHAT["en"]) < page.index("The blame goes down"), "at the top, not in a footer"
    assert [(each.kind, each.nth, each.day) for each in follow_edition(one, two).corrections] == [("correction", 2, ON)]
    assert OLD not in (two / "corrections.json").read_text("utf-8"), "what was taken out is not repeated"
    with pytest.raises(LogBroken, match="of no edition"):
        follow_edition(two, one)
    with enter(desk, PUBLISHER) as opened:
        assert [each.entry.edition for each in issued(opened, JUNE)] == [JUNE, SECOND]
        publish_site(opened, tmp_path / "site")
    corrections = (tmp_path / "site" / "corrections.en.html").read_text("utf-8")
    (link,) = re.findall(rf'href="(s/{JUNE}/en\.html)#(c-[0-9a-f]+)"', corrections)
    assert WHAT["en"] in corrections
    assert f'id="{link[1]}"' in (tmp_path / "site" / link[0]).read_text("utf-8"), (
        "it leads to what the story says of it"
    )


def test_an_hour_that_was_named_goes_with_it_in_utc_and_passes_the_gate(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        at = datetime(2023, 8, 2, 6, tzinfo=timezone(timedelta(hours=9))).astimezone(UTC)
        made = compile_story(filed(opened, JUNE), edition="june-order-9", on=ON, embargoed=at)
    assert json.loads(made.files["en.ninjs.json"])["embargoed"] == "2023-08-01T21:00:00+00:00"
    assert made.gate.open, made.gate.slips
    assert b"+09:00" not in b"".join(made.files.values())


def test_an_hour_that_a_day_begins_at_is_not_told() -> None:
    seoul, hour = "Asia/Seoul", datetime(2031, 6, 1, 21, tzinfo=UTC)
    assert _told(None, seoul) is None and _told(hour, seoul) == hour
    assert _told(first_moment(date(2031, 6, 1), seoul), seoul) is None, "at fifteen in UTC it would tell which zone"


def test_an_outcome_that_becomes_known_is_owed_until_it_is_said(desk: Path) -> None:
    assert turned_out(desk, "never-known") == []
    assert turned_out(desk, "false") == [("discontent", "downgrade")]
    with enter(desk, EDITOR) as opened:
        (due,) = owed(opened)
        (copy,) = decode.case(
            {**files(case_store.load(opened, JUNE), identities=False), CORRECTIONS: as_toml(due.reason).encode()}
        ).corrections
    assert copy == due.reason
    change(desk, due.reason)
    with enter(desk, EDITOR) as opened:
        assert owed(opened) == (), "it waits to be said"
    assert turned_out(desk, "true") == [("discontent", "upgrade")], "what turns about is owed anew"
    assert turned_out(desk, "false") == []


def test_nothing_is_owed_for_what_was_retracted_or_never_out(desk: Path, kp: Pack) -> None:
    with enter(desk, EDITOR) as opened:
        case, out = case_store.content(opened, JUNE), issued(opened, JUNE)
    case = msgspec.structs.replace(case, judgements=(said("false"),), corrections=())
    assert len(owed_of(case, out, kp)) == 1
    assert owed_of(case, (), kp) == ()
    back = entry(JUNE, SECOND, ON, out[:1], {"en": ("Retracted.\n",)}, [reason("retraction")])
    assert owed_of(case, (*out[:1], Issued(entry=back, texts={}, claims=())), kp) == ()
