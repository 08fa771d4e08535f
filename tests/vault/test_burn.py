"""What is burned no key opens: not from the files, their logs and free pages, nor from a backup made since."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).parent))

import plain_pages
from small_desk import EDITOR, HANDLER, OFFICER, PAYMASTER, case, enter, found

from farbank import vault
from farbank.vault import backup, backup_places, burn, case_store, identities, retention, sign_off
from farbank.vault.backup_parts import latest, read_chunk, read_keys
from farbank.vault.schema import half, pair, record

TODAY = date.today()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    found(tmp_path / "desk")
    return tmp_path / "desk"


def wrapped(opened: vault.Vault, compartment: vault.Compartment) -> dict[tuple[str, str], bytes]:
    with opened.records(compartment) as file:
        rows = file.execute(select(record.c.kind, record.c.id, record.c.key).where(record.c.key.is_not(None)))
        return {(row.kind, row.id): row.key for row in rows}


def everything(opened: vault.Vault) -> bytes:
    """Every page this person could decrypt, and every other byte of the folder."""
    pages = [plain_pages.of(opened.path(name), opened.keys[name]) for name in opened.compartments]
    return b"".join([*pages, *(path.read_bytes() for path in opened.folder.rglob("*") if path.is_file())])


def in_backup(opened: vault.Vault, place: Path) -> bytes:
    """All of a backup that this person can open, keys and segments, as it decrypts."""
    found = []
    for path in latest(place).glob("*.age"):
        if path.stem in opened.compartments:
            keys = read_keys(path, opened.secret, opened.roster)
            found += [repr(keys.records).encode(), repr(keys.tables).encode()]
            found += [repr(read_chunk(place, segment)).encode() for segment in keys.segments]
    return b"".join(found)


def test_a_report_is_spiked_brought_back_and_burned(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        opened.open_scope("content", "partner/wren", [HANDLER])
        opened.put("content", "report", "r1", b"They closed the mill.", scope="partner/wren")
        burn.spike(opened, "report", "r1", "doubtful")
        with enter(desk, HANDLER) as handler:
            assert handler.all("content", "report") == {}
        burn.unspike(opened, "report", "r1")
        with enter(desk, HANDLER) as handler:
            assert handler.get("content", "report", "r1") == b"They closed the mill."
        with pytest.raises(vault.NotSpiked):
            burn.burn(opened, "report", "r1", "asked for", TODAY)
        burn.spike(opened, "report", "r1", "doubtful")
        burn.burn(opened, "report", "r1", "asked for", TODAY)
        for again in (lambda: burn.unspike(opened, "report", "r1"), lambda: opened.get("content", "report", "r1")):
            with pytest.raises(vault.NoSuchRecord):
                again()
        with pytest.raises(vault.RecordErased):
            opened.put("content", "report", "r1", b"once more")


@settings(max_examples=4, deadline=None, phases=[Phase.generate])
@given(data=st.data())
def test_no_burned_key_is_left_in_any_page_file_or_later_backup(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("burn")
    found(folder / "desk")
    sizes = data.draw(st.lists(st.sampled_from([5, 90, 600, 9_000]), min_size=20, max_size=40))
    burned = data.draw(st.sets(st.integers(0, len(sizes) - 1), min_size=1))
    with enter(folder / "desk", OFFICER) as opened:
        with opened.transaction():
            for i, size in enumerate(sizes):
                opened.put("content", "report", f"r{i}", bytes([i]) * size)
        keys = wrapped(opened, "content")
        backup.backup(opened, folder / "place")
        for i in burned:
            burn.spike(opened, "report", f"r{i}", "x")
        keys |= wrapped(opened, "content")
        with opened.transaction():
            for i in list(burned)[1:]:
                opened.erase("content", "spiked", f"report/r{i}")
        burn.burn(opened, "report", f"r{next(iter(burned))}", "x", TODAY)
        backup.backup(opened, folder / "place")
        lost = [keys[kind, name] for i in burned for kind, name in (("report", f"r{i}"), ("spiked", f"report/r{i}"))]
        kept = [keys["report", f"r{i}"] for i in range(len(sizes)) if i not in burned]
        here, there = everything(opened), in_backup(opened, folder / "place")
        assert [key for key in lost if key in here or repr(key).encode() in there] == []
        assert all(key in here and repr(key).encode() in there for key in kept)  # the scan sees what is there


def test_burning_a_case_takes_its_people_pictures_judgements_and_list(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        case_store.save(opened, case(), forbidden=b"the gate's list")
        opened.append("content", "judgements:mill-order", b"what Ines thought")
        case_store.save(opened, case("ferry"), forbidden=b"another list")
        sealed = case_store.people(opened, "mill-order")
        keys = wrapped(opened, "content") | wrapped(opened, "identities")
        with opened.file("audit") as file:
            pairs = [row.sealed for row in file.execute(select(pair)) if row.about in {each.about for each in sealed}]
        assert pairs and all(key in everything(opened) for key in pairs)
        burn.spike(opened, "case", "mill-order", "the desk was told to")
        assert case_store.names(opened) == ("ferry",)
        with pytest.raises(vault.SpikedBefore):
            case_store.save(opened, case())
        burn.burn(opened, "case", "mill-order", "the desk was told to", TODAY)
        seen = everything(opened)
        left = [name for name, key in keys.items() if key in seen]
        assert left and not [name for name in left if "mill-order" in "".join(name)]
        assert not [key for key in pairs if key in seen]
        assert opened.log("content", "judgements:mill-order") == ()
        assert case_store.load(opened, "ferry").media and len(case_store.people(opened, "ferry")) == 2
        with pytest.raises(vault.RecordErased):
            case_store.save(opened, case())


def test_a_profile_burned_after_somebody_agreed_is_opened_by_nobody(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        case_store.save(opened, case(), forbidden=b"the gate's list")
        wren, stoat = sorted(case_store.people(opened, "mill-order"), key=lambda each: each.person, reverse=True)
        act = sign_off.propose(opened, "open-identity", "wren", "to check", keys=(wren.about, stoat.about))
    with enter(desk, EDITOR) as other:
        sign_off.agree(other, act)
    with enter(desk, OFFICER) as opened:
        with opened.file("audit") as file:
            halves = {row.about: row.sealed for row in file.execute(select(half))}
        burn.burn_people(opened, "mill-order", ["wren"], "found out")
        with pytest.raises(vault.NotAllowed):
            identities.open(opened, wren, act)
        assert halves[wren.about] not in everything(opened)
        assert wren.body not in everything(opened)
        assert [each.person for each in case_store.people(opened, "mill-order")] == ["stoat"]
        assert identities.open(opened, stoat, act).identity.id == "stoat"
        with pytest.raises(vault.NoSuchRecord):  # with the key beside it, the list tells who was in it
            case_store.forbidden(opened, "mill-order")
        with pytest.raises(vault.NoSuchRecord):
            burn.burn_people(opened, "mill-order", ["wren"], "again")
        burn.burn_people(opened, "mill-order", [], "all of them")
        assert case_store.people(opened, "mill-order") == ()
        assert case_store.load(opened, "mill-order").reports


def test_burning_a_partner_takes_every_record_of_theirs_and_their_profile_in_every_case(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        opened.open_scope("content", "partner/wren", [HANDLER])
        case_store.save(opened, case())
        case_store.save(opened, case("ferry"))
        for id in ("r1", "r2"):
            opened.put("content", "report", id, b"said", scope="partner/wren")
        burn.spike(opened, "partner", "wren", "taken")
        burn.burn(opened, "partner", "wren", "taken", TODAY)
        assert opened.ids("content", "report") == ()
        for name in ("mill-order", "ferry"):
            assert [each.person for each in case_store.people(opened, name)] == ["stoat"]
        assert opened.scope_members("content", "partner/wren") == ()
    with enter(desk, HANDLER) as handler, pytest.raises(vault.NotAssigned):
        handler.put("content", "report", "r3", b"more", scope="partner/wren")


def test_who_holds_no_identities_burns_no_case_and_a_handler_nothing(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        case_store.save(opened, case())
        opened.open_scope("content", "partner/wren", [HANDLER])
        opened.put("content", "report", "r1", b"said", scope="partner/wren")
    with enter(desk, EDITOR) as editor:
        burn.spike(editor, "case", "mill-order", "x")
        with pytest.raises(vault.CompartmentClosed):
            burn.burn(editor, "case", "mill-order", "x", TODAY)
        burn.unspike(editor, "case", "mill-order")
        assert case_store.load(editor, "mill-order").media
    with enter(desk, HANDLER) as handler:
        for refused in (burn.spike, lambda *args: burn.burn(*args, TODAY)):
            with pytest.raises(vault.NotAssigned):
                refused(handler, "report", "r1", "x")


@pytest.mark.parametrize(
    ("held", "burned"),
    [(("case", "mill-order"), ("case", "mill-order")), (("partner", "wren"), ("report", "r1")),
     (("report", "r1"), ("partner", "wren"))],
)  # fmt: skip
def test_what_is_held_is_neither_spiked_nor_burned(desk: Path, held: tuple[str, str], burned: tuple[str, str]) -> None:
    with enter(desk, OFFICER) as opened:
        case_store.save(opened, case())
        opened.open_scope("content", "partner/wren", [])
        opened.put("content", "report", "r1", b"said", scope="partner/wren")
        burn.spike(opened, *burned, "x")
        retention.hold(opened, *held, "a court asks")
        with pytest.raises(vault.UnderHold, match="a court asks"):
            burn.burn(opened, *burned, "x", TODAY)
        if held[0] == "case":
            with pytest.raises(vault.UnderHold):
                burn.burn_people(opened, "mill-order", [], "x")
        retention.let_go(opened, *held)
        burn.burn(opened, *burned, "x", TODAY)


def test_each_class_is_due_when_its_days_are_over_and_not_before(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        case_store.save(opened, case())
        opened.put("content", "report", "r1", b"said")
        rules = retention.rules(opened)
        assert retention.due(opened, TODAY) == ()
        days = rules["report"].days
        assert days is not None
        end = TODAY + timedelta(days=31 + days)
        assert {each.class_ for each in retention.due(opened, end)} == {"report", "identity"}
        retention.set_days(opened, "report", None)
        retention.hold(opened, "case", "mill-order", "a court asks")
        (due,) = retention.due(opened, end)
        assert due.class_ == "identity" and due.held is not None
        retention.set_days(opened, "report", 1)
        burn.burn(opened, "report", "r1", "kept long enough", TODAY + timedelta(days=40))
        with pytest.raises(vault.NoSuchRecord):
            retention.set_days(opened, "rumour", 3)


def test_a_place_is_listed_until_it_holds_no_burned_key(desk: Path, tmp_path: Path) -> None:
    with enter(desk, OFFICER) as opened:
        case_store.save(opened, case())
        for name in ("one", "two"):
            backup.backup(opened, tmp_path / name)
        assert [each.holds_burned for each in backup_places.places(opened)] == [(), ()]
        burn.burn_people(opened, "mill-order", ["wren"], "found out")
        assert [each.holds_burned for each in backup_places.places(opened)] == [("identities",)] * 2
        backup.backup(opened, tmp_path / "one")
        assert [each.holds_burned for each in backup_places.places(opened)] == [(), ("identities",)]
        backup_places.destroyed(opened, str(tmp_path / "two"))
        assert [each.place for each in backup_places.places(opened)] == [str(tmp_path / "one")]


def test_burning_cut_short_by_a_reader_is_finished_later(desk: Path) -> None:
    with enter(desk, OFFICER) as opened, enter(desk, EDITOR) as reader:
        opened.put("content", "report", "r1", b"said")
        key = wrapped(opened, "content")["report", "r1"]
        with reader.file("content") as file:
            file.exec_driver_sql("BEGIN")
            file.execute(select(record)).all()
        burn.spike(opened, "report", "r1", "x")
        with pytest.raises(vault.VaultBusy, match="forget purge"):
            burn.burn(opened, "report", "r1", "x", TODAY)
        assert "content" in burn.unpurged(opened)
        assert key in everything(opened)
        with reader.file("content") as file:
            file.exec_driver_sql("ROLLBACK")
        burn.purge(opened)
        assert burn.unpurged(opened) == () and key not in everything(opened)


def test_several_burned_together_leave_one_file_rebuilt_and_no_key(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        for id in ("r1", "r2"):
            opened.put("content", "report", id, b"said")
            burn.spike(opened, "report", id, "x")
        keys = wrapped(opened, "content")
        with opened.transaction():
            for id in ("r1", "r2"):
                burn.burn(opened, "report", id, "x", TODAY)
            assert burn.unpurged(opened) == ("content",)
        assert burn.unpurged(opened) == ()
        assert not [name for name, key in keys.items() if name[0] == "spiked" and key in everything(opened)]


def test_the_audit_tells_an_officer_what_was_burned_and_by_whom(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        opened.put("content", "report", "r1", b"said")
        burn.spike(opened, "report", "r1", "doubtful")
        burn.burn(opened, "report", "r1", "asked for", TODAY)
        told = [(event.who, event.what, event.about, event.note) for _, event in opened.audited()][-2:]
    assert told == [(OFFICER, "spiked", "report/r1", "doubtful"), (OFFICER, "burned", "report/r1", "asked for")]


def test_a_payment_is_burned_once_the_accounts_are_closed_by_who_keeps_them(desk: Path) -> None:
    with enter(desk, OFFICER) as officer, pytest.raises(vault.CompartmentClosed):
        burn.burn_payment(officer, "p1", "x", TODAY)
    with enter(desk, PAYMASTER) as opened:
        opened.put("payments", "payment", "p1", b"nine coins")
        key = wrapped(opened, "payments")["payment", "p1"]
        with pytest.raises(vault.NotSpiked):
            burn.burn_payment(opened, "p1", "closed", TODAY)
        later = TODAY + timedelta(days=600)
        retention.hold(opened, "payment", "p1", "an audit", compartment="payments")
        with pytest.raises(vault.UnderHold):
            burn.burn_payment(opened, "p1", "closed", later)
        retention.let_go(opened, "payment", "p1", compartment="payments")
        burn.burn_payment(opened, "p1", "closed", later)
        assert key not in everything(opened)
        assert opened.ids("payments", "payment") == ()


def test_what_is_burned_inside_a_transaction_is_purged_after_it(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        opened.put("content", "report", "r1", b"said")
        key = wrapped(opened, "content")["report", "r1"]
        with opened.transaction():
            burn.spike(opened, "report", "r1", "x")
            burn.burn(opened, "report", "r1", "x", TODAY)
        assert burn.unpurged(opened) == () and key not in everything(opened)
