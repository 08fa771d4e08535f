"""What people of the desk decided is only added to, whatever is tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from sqlalchemy import exc

from farbank import vault
from farbank.model.case import Case
from farbank.model.judgements import Judgement, Pairing, Resolution
from farbank.vault import case_store
from tests.vault.contract import on_files

Enter = Callable[[str], vault.Vault]
JUDGED = Judgement(
    claim="closed", passage="a" * 16, by="Vern", at=datetime(2031, 8, 1, tzinfo=UTC), verdict="silent", text="Rain."
)
WITHDRAWN = msgspec.structs.replace(JUDGED, verdict=None)


def test_entries_stay_in_order_and_apart_by_topic(enter: Enter, editor: str) -> None:
    with enter(editor) as opened:
        for topic, body in (("one", b"a"), ("two", b"b"), ("one", b"c")):
            opened.append("content", topic, body)
    with enter(editor) as opened:
        assert opened.log("content", "one") == (b"a", b"c")
        assert opened.log("content", "none") == ()


@on_files.only
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET body = x'00'",
        "DELETE FROM log",
        "INSERT OR REPLACE INTO log VALUES (1, 'one', x'00')",
        "REPLACE INTO log VALUES (2, 'one', x'00')",
        "INSERT INTO log VALUES (9, 'one', x'00')",
    ],
)
def test_direct_sql_cannot_rewrite_it(enter: Enter, editor: str, statement: str) -> None:
    with enter(editor) as opened:
        opened.append("content", "one", b"a")
        opened.append("content", "one", b"b")
        with pytest.raises(exc.IntegrityError):
            opened._files["content"].exec_driver_sql(statement)
        assert opened.log("content", "one") == (b"a", b"b")


def test_saving_a_case_again_adds_what_is_new_and_takes_nothing_back(enter: Enter, lead: str, case: Case) -> None:
    with enter(lead) as opened:
        case_store.save(opened, msgspec.structs.replace(case, judgements=(JUDGED,)))
        case_store.save(opened, case)
        case_store.judge(opened, case.name, WITHDRAWN)
        case_store.save(opened, msgspec.structs.replace(case, judgements=(JUDGED, WITHDRAWN)))
        assert case_store.load(opened, case.name).judgements == (JUDGED, WITHDRAWN)


@on_files.only
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET body = replace(body, 'same', 'different')",
        "DELETE FROM log WHERE topic LIKE 'judgements:%'",
        "INSERT OR REPLACE INTO log SELECT sequence, topic, x'00' FROM log",
    ],
)
def test_what_is_said_of_reports_and_outcomes_stays_and_a_withdrawal_only_follows(
    enter: Enter, lead: str, editor: str, case: Case, statement: str
) -> None:
    paired = Pairing(claim="closed", a="r1", b="r2", question="origin", by="Vern", at=JUDGED.at, verdict="same")
    said = Resolution(claim="closed", by="Ada", at=JUDGED.at, holds="true", why="Seen.")
    entries = (paired, said, msgspec.structs.replace(paired, verdict=None), msgspec.structs.replace(said, holds=None))
    with enter(lead) as opened:
        case_store.save(opened, case)
    for name, own in ((lead, entries[:2]), (editor, entries[2:])):
        with enter(name) as opened:
            for one in own:
                case_store.judge(opened, case.name, one)
    with enter(editor) as opened:
        with pytest.raises(exc.IntegrityError):
            opened._files["content"].exec_driver_sql(statement)
        assert case_store.judgements(opened, case.name) == entries
        assert case_store.content(opened, case.name).judgements == entries
