"""A day's work on a desk, wherever it lies: filing, searching, burning, checking, a journey out and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from farbank import vault
from farbank.model.case import Case
from farbank.model.dates import When
from farbank.model.people import Partner
from farbank.model.reports import Contact, Report
from farbank.vault import audit, bundle, burn, case_store, history, reports

Enter = Callable[[str], vault.Vault]
TODAY = date(2031, 8, 1)


def filed(opened: vault.Vault, id: str, text: str, handle: str = "wren") -> None:
    reports.file_contact(opened, Contact(id=f"c-{id}", partner=handle, when=When("2031-07-02"), channel="call"))
    reports.file_report(opened, Report(id=id, contact=f"c-{id}", language="en", text=text))


def test_what_was_filed_is_found_by_whoever_may_read_it_and_by_nobody_once_it_is_burned(
    enter: Enter, lead: str, handler: str
) -> None:
    with enter(lead) as opened:
        reports.put_partner(opened, Partner(handle="wren", language="en"), handlers=[handler])
        reports.put_partner(opened, Partner(handle="stoat", language="en"))
        filed(opened, "r1", "They closed the mill at Osprey Ford.")
        filed(opened, "r2", "The mill is open.", "stoat")
    for name, found in ((lead, {"r1", "r2"}), (handler, {"r1"})):
        with enter(name) as opened, vault.Search(opened) as search:
            assert {hit.id for hit in search.find("mill")} == found
    with enter(lead) as opened:
        burn.spike(opened, "report", "r1", "asked for")
        burn.burn(opened, "report", "r1", "asked for", TODAY)
    with enter(handler) as opened, vault.Search(opened) as search:
        assert search.find("mill") == ()
        assert [each.id for each in reports.reports(opened, "wren")] == []


def test_a_case_is_spiked_brought_back_and_burned(enter: Enter, lead: str, case: Case) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case, forbidden=b"key and hashes")
        burn.spike(opened, "case", case.name, "not now")
        assert case_store.names(opened) == ()
        burn.unspike(opened, "case", case.name)
        assert case_store.load(opened, case.name).media.keys() == case.media.keys()
        burn.spike(opened, "case", case.name, "never")
        burn.burn(opened, "case", case.name, "never", TODAY)
        with pytest.raises(vault.RecordErased):
            case_store.save(opened, case)


def test_the_audit_is_whole_and_the_desk_checks(enter: Enter, lead: str, editor: str) -> None:
    for name in (lead, editor, lead):
        with enter(name) as opened:
            opened.note("looked", about="mill-order")
    with enter(editor) as opened:
        opened.check()
        with opened.file("audit") as file:
            assert audit.verify(file, opened.roster).lines > 3
    with enter(lead) as opened:
        assert [event.who for _, event in opened.audited()][-3:] == [lead, editor, lead]


def test_somebody_let_into_a_scope_and_out_of_it(enter: Enter, lead: str, handler: str) -> None:
    with enter(lead) as opened:
        opened.open_scope("content", "partner/wren", [])
        opened.put("content", "report", "r1", b"heard", scope="partner/wren")
        who = opened.roster.colleague(handler)
        assert who is not None
        opened.let_in("content", "partner/wren", who)
    with enter(handler) as opened:
        assert opened.all("content", "report") == {"r1": b"heard"}
    with enter(lead) as opened:
        opened.let_out("content", "partner/wren", handler)
        assert opened.get("content", "report", "r1") == b"heard"
    with enter(handler) as opened:
        assert opened.all("content", "report") == {}


def test_a_bundle_out_and_home(enter: Enter, lead: str, editor: str) -> None:
    at = datetime(2031, 7, 20, tzinfo=UTC)
    with enter(lead) as opened:
        opened.put("content", "note", "n0", b"home")
        opened.append("content", "judgements:mill", b"held")
        out = bundle.make(opened, [editor], at)
        opened.put("content", "note", "n0", b"changed since")
        opened.erase("content", "note", "n1")
    with enter(editor) as opened:
        assert bundle.take(opened, out).records == 0
        opened.put("content", "note", "n2", b"new")
        back = bundle.make(opened, [lead], at)
    with enter(lead) as opened:
        assert bundle.take(opened, back).records == 0
        assert opened.all("content", "note") == {"n0": b"changed since", "n2": b"new"}
        assert history.conflicts(opened) == ()
