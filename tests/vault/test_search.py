"""Search of secret text: found by whoever may read it, gone without a trace once they may not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from farbank import vault
from farbank.model.dates import When
from farbank.model.people import Partner
from farbank.model.reports import Contact, Report
from farbank.model.statemedia import Window
from farbank.vault import records, reports, search

CHEAP = vault.Cost(passes=1, memory=8192)
LEAD, HANDLER = "Ines Okafor", "Jun Aoki"
WORDS = "seven grey herons wade"
MEMBERS = [
    vault.Member(LEAD, WORDS, ("safety-officer", "editor")),
    vault.Member(HANDLER, WORDS, ("handler",)),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    vault.create(tmp_path / "desk", MEMBERS, since=date(2031, 1, 1), cost=CHEAP)
    return tmp_path / "desk"


@pytest.fixture
def lead(folder: Path) -> Iterator[vault.Vault]:
    with vault.open(folder, LEAD, WORDS) as opened:
        for handle in ("wren", "stoat"):
            reports.put_partner(opened, Partner(handle=handle, language="ko"), handlers=[HANDLER][: handle == "wren"])
        yield opened


def said(
    opened: vault.Vault, id: str, text: str, *, by: str = "wren", when: str = "2031-07-02", language: str = "en"
) -> None:
    contact = Contact(id=f"c-{id}", partner=by, when=When(when), channel="call")
    reports.file_contact(opened, contact)
    reports.file_report(opened, Report(id=id, contact=contact.id, language=language, text=text))


def ids(opened: vault.Vault, words: str, window: Window | None = None) -> list[str]:
    with vault.Search(opened) as searching:
        return [hit.id for hit in searching.find(words, window=window)]


def test_every_word_must_be_in_the_passage_and_the_newest_comes_first(lead: vault.Vault) -> None:
    said(lead, "old", "The mill closed in spring", when="2029-02-03")
    said(lead, "new", "They closed the mills again", when="2031-07-02")
    said(lead, "other", "The weir closed")
    assert ids(lead, "mill closed") == ["new", "old"]
    assert ids(lead, '"mill closed"') == ["old"]
    assert ids(lead, "mill harvest") == []
    assert ids(lead, "") == ids(lead, "…") == []


def test_korean_is_found_inside_words_and_in_either_spelling(lead: vault.Vault) -> None:
    said(lead, "r1", "식량배급이 중단되였다고 한다", language="ko")
    assert ids(lead, "배급") == ids(lead, "중단되었다") == ids(lead, "식량 배급이") == ["r1"]


def test_what_the_desk_asked_and_told_is_found_too(lead: vault.Vault) -> None:
    told = Contact(id="c9", partner="wren", when=When("2031-07"), channel="note", told=("the ferry sank",))
    reports.file_contact(lead, told)
    with vault.Search(lead) as searching:
        (hit,) = searching.find("ferry")
    assert (hit.kind, hit.id, hit.part, hit.text) == ("contact", "c9", "contact/c9/told", "the ferry sank")


def test_a_window_takes_what_may_be_of_its_days(lead: vault.Vault) -> None:
    for id, when in [("q1", "2031-02-03"), ("q2", "2031-04-30"), ("year", "2031"), ("open", "2031-06-01/..")]:
        said(lead, id, "rain", when=when)
    assert set(ids(lead, "rain", Window(first=date(2031, 4, 1), last=date(2031, 4, 30)))) == {"q2", "year"}
    assert set(ids(lead, "rain", Window(first=date(2031, 1, 1), last=date(2031, 3, 31)))) == {"q1", "year"}
    assert ids(lead, "rain", Window(first=date(2040, 1, 1), last=date(2040, 3, 31))) == ["open"]


def test_a_handler_finds_what_their_partners_said_and_nothing_else(lead: vault.Vault, folder: Path) -> None:
    said(lead, "theirs", "the mill")
    said(lead, "others", "the mill", by="stoat")
    with vault.open(folder, HANDLER, WORDS) as handler:
        assert ids(handler, "mill") == ["theirs"]
        assert reports.partners(handler) == (Partner(handle="wren", language="ko"),)
        assert [each.id for each in reports.reports(handler, "wren")] == ["theirs"]
        assert reports.contacts(handler, "stoat") == ()
        with pytest.raises(vault.NoSuchRecord):
            reports.report(handler, "others")
        with pytest.raises(vault.AlreadyFiled):  # nor is another's put in the place of one they cannot see
            reports.file_contact(handler, Contact(id="c-others", partner="wren", when=When("2031"), channel="call"))
        reports.put_partner(lead, Partner(handle="stoat", language="ko"), handlers=[HANDLER])
        assert set(ids(handler, "mill")) == {"theirs", "others"}
        lead.let_out("content", "partner/stoat", HANDLER)
        assert ids(handler, "mill") == ["theirs"]


@pytest.mark.parametrize("how", ["deleted", "erased", "rescoped", "let out"])
def test_what_may_not_be_read_any_more_leaves_no_token(lead: vault.Vault, folder: Path, how: str) -> None:
    said(lead, "stays", "the harvest")
    for number in range(30):
        said(lead, f"r{number}", f"quicksilver {number} 황금두꺼비", language="ko")
    with vault.open(folder, HANDLER, WORDS) as handler:
        with vault.Search(handler) as searching:
            assert len(searching.find("quicksilver", limit=50)) == 30
            assert {"quicksilver", "두꺼"} <= tokens_left(handler)
        for number in range(30):
            leave(lead, f"r{number}", how)
        with vault.Search(handler) as searching:
            assert [hit.id for hit in searching.find("harvest")] == ["stays"] * (how != "let out")
            assert searching.find("quicksilver") == ()
            left = tokens_left(handler)  # while it is open: the log is still there
        assert not {"quicksilver", "두꺼"} & left
        assert ("harvest" in left) == (how != "let out")


def leave(opened: vault.Vault, id: str, how: str) -> None:
    if how == "let out":
        opened.let_out("content", "partner/wren", HANDLER)
    elif how == "rescoped":
        opened.put("content", "report", id, opened.get("content", "report", id))
    else:
        with opened.file("content") as file:
            records.remove(file, "report", id, how)  # type: ignore[arg-type]


def tokens_left(opened: vault.Vault) -> set[str]:
    """Which of the invented words stand in a page of the index or its log, decrypted page by page."""
    (path,) = opened.folder.glob("search-*.db")
    key = opened.secret.derived(b"farbank search", search._salt(opened))
    clear = b""
    for suffix in ("", "-wal"):
        clear += decrypted(Path(f"{path}{suffix}"), key, path, 32 if suffix else 0)
    return {word for word in ("quicksilver", "두꺼", "harvest") if word.encode()[1:] in clear}


def decrypted(file: Path, key: bytes, main: Path, header: int) -> bytes:
    """Every page, free ones too: AES-256-CBC, the last 80 bytes of a page are its vector and its HMAC."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    data, step = (file.read_bytes() if file.exists() else b""), 4096 + (24 if header else 0)
    clear = b""
    for start in range(header, len(data) - step + 1, step):
        page = data[start + step - 4096 : start + step]
        skip = 16 if (header and data[start : start + 4] == b"\0\0\0\1") or start == 0 else 0
        box = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        clear += box.update(page[skip:-80])
    return clear


def test_an_index_follows_whatever_is_filed_and_deleted(folder: Path) -> None:
    words = st.sampled_from(["mill", "weir", "ferry", "harvest"])
    steps = st.lists(st.tuples(st.integers(0, 5), st.lists(words, max_size=3)), max_size=12)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps)
    def follows(steps: list[tuple[int, list[str]]]) -> None:
        held: dict[str, list[str]] = {}
        with vault.open(folder, LEAD, WORDS) as opened, vault.Search(opened) as searching:
            if "partner/wren" not in opened.held_scopes("content"):
                reports.put_partner(opened, Partner(handle="wren", language="en"))
                reports.file_contact(opened, Contact(id="c", partner="wren", when=When("2031-07-02"), channel="call"))
            for number, text in steps:
                id = f"r{number}"
                if text:
                    report = Report(id=id, contact="c", language="en", text=" ".join(text))
                    opened.put("content", "report", id, report, scope="partner/wren")
                    held[id] = text
                else:
                    opened.delete("content", "report", id)
                    held.pop(id, None)
                for word in ("mill", "weir"):
                    assert {hit.id for hit in searching.find(word)} == {id for id in held if word in held[id]}
            for id in held:
                opened.delete("content", "report", id)

    follows()


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped", "emptied"])
def test_a_damaged_index_is_made_anew(lead: vault.Vault, damage: str) -> None:
    for number in range(200):
        said(lead, f"r{number}", f"mill {number} " + "levee " * number)
    assert len(ids(lead, "mill")) == 20
    (path,) = lead.folder.glob("search-*.db")
    data = bytearray(path.read_bytes())
    assert len(data) > 5 * 4096
    if damage == "missing":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(data[: len(data) // 2 // 4096 * 4096])
    elif damage == "flipped":
        for page in range(0, len(data), 4096):
            data[page + 1000] ^= 1
        path.write_bytes(data)
    else:
        path.write_bytes(b"")
    assert len(ids(lead, "mill")) == 20


def test_a_plain_file_in_the_place_of_an_index_is_refused(lead: vault.Vault) -> None:
    said(lead, "r1", "the mill")
    assert ids(lead, "mill") == ["r1"]
    (path,) = lead.folder.glob("search-*.db")
    path.unlink()
    with dbapi2.connect(path) as plain:
        plain.execute("CREATE TABLE state (key TEXT, value TEXT)")
    plain.close()
    planted = path.read_bytes()
    with pytest.raises(vault.CipherNotLive):
        ids(lead, "mill")
    assert path.read_bytes() == planted


def test_every_page_of_an_index_flipped_alone_still_gives_all_there_is(lead: vault.Vault) -> None:
    for number in range(60):
        said(lead, f"r{number}", f"mill {number} " + "levee weir ferry " * number)
    with vault.Search(lead) as searching:
        expected = [hit.id for hit in searching.find("mill weir", limit=100)]
    assert len(expected) == 59
    (path,) = lead.folder.glob("search-*.db")
    sound = path.read_bytes()
    for page in range(0, len(sound), 4096):
        path.write_bytes(sound[: page + 2000] + bytes([sound[page + 2000] ^ 64]) + sound[page + 2001 :])
        with vault.Search(lead) as searching:
            assert [hit.id for hit in searching.find("mill weir", limit=100)] == expected, page


def test_a_desk_restored_from_before_is_indexed_anew(lead: vault.Vault, folder: Path, tmp_path: Path) -> None:
    said(lead, "r1", "the mill")
    with vault.Search(lead):
        pass  # the salt is there before the copy is made
    lead.check()
    shutil.copytree(folder, tmp_path / "before")
    said(lead, "r2", "the mill")
    assert set(ids(lead, "mill")) == {"r1", "r2"}
    (path,) = folder.glob("search-*.db")
    shutil.copy(path, tmp_path / "before")
    with vault.open(tmp_path / "before", LEAD, WORDS) as restored:
        assert ids(restored, "mill") == ["r1"]


def test_forgetting_makes_every_copy_of_every_index_noise(lead: vault.Vault, folder: Path, tmp_path: Path) -> None:
    said(lead, "r1", "the mill")
    with vault.open(folder, HANDLER, WORDS) as handler:
        assert ids(handler, "mill") == ids(lead, "mill") == ["r1"]
        copies = [shutil.copy(path, tmp_path / path.name) for path in folder.glob("search-*.db")]
        salts = [search._salt(lead), search._salt(handler)]
        search.forget(lead)
        assert len(copies) == 2
        assert not list(folder.glob("search-*"))
        assert ids(handler, "mill") == ids(lead, "mill") == ["r1"]
        assert not {*salts} & {search._salt(lead), search._salt(handler)}


@pytest.mark.parametrize("before", [99_990, 99_995, 100_000, 199_995, 200_000, 250_000])
def test_no_word_is_cut_where_a_long_text_is(lead: vault.Vault, before: int) -> None:
    said(lead, "long", "x" + " " * (before - 1) + "lockkeeper")
    assert ids(lead, "lockkeeper") == ids(lead, "x") == ["long"]


def test_a_long_text_is_indexed_to_its_end(lead: vault.Vault) -> None:
    said(lead, "long", "배급 " * 100_000 + "자물쇠", language="ko")
    assert ids(lead, "자물쇠") == ids(lead, "배급") == ["long"]


def test_whoever_holds_no_content_searches_none(tmp_path: Path) -> None:
    members = [*MEMBERS, vault.Member("Sol", WORDS, ("paymaster",))]
    vault.create(tmp_path / "paid", members, since=date(2031, 1, 1), cost=CHEAP)
    with vault.open(tmp_path / "paid", "Sol", WORDS) as opened, pytest.raises(vault.CompartmentClosed):
        vault.Search(opened)
