"""A device that can only seal: what is on it opens nothing and names nobody."""

from __future__ import annotations

import sys
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from small_desk import EDITOR, HANDLER, OFFICER, WORDS, enter, found

from farbank import vault
from farbank.model.errors import DecodeError
from farbank.vault import age, backup, travel

NOTE = "partner: wren\nwhen: 2031-07-02\nchannel: call\nlanguage: en\n\nThey closed the mill at dawn.\n\nShe saw it.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    found(tmp_path / "desk")
    with enter(tmp_path / "desk", OFFICER) as opened:
        opened.open_scope("content", "partner/wren", [HANDLER])
    return tmp_path / "desk"


def test_a_note_comes_home_and_its_handler_reads_it(desk: Path) -> None:
    with enter(desk, EDITOR) as opened:
        _, key = travel.begin(opened)
        travel.begin(opened)  # somebody else travels too
        sealed = travel.seal(NOTE, key)
        contact, report = travel.open(opened, sealed)
        with pytest.raises(vault.NoteOnFile):
            travel.open(opened, sealed)
    assert (contact.partner, contact.channel, report.text) == (
        "wren", "call", "They closed the mill at dawn.\n\nShe saw it."
    )  # fmt: skip
    with enter(desk, HANDLER) as handler:
        assert list(handler.all("content", "report")) == list(handler.all("content", "contact")) == [report.id]
        assert handler.all("content", travel.JOURNEY) == {}


def test_a_device_that_is_seized_gives_away_nothing(desk: Path, tmp_path: Path) -> None:
    device = tmp_path / "device"
    device.mkdir()
    with enter(desk, EDITOR) as opened:
        name, key = travel.begin(opened)
    (device / "key").write_text(key + "\n")
    (device / "note").write_bytes(travel.seal(NOTE, (device / "key").read_text()))
    assert {path.name for path in device.iterdir()} == {"key", "note"}
    yields = b"".join(path.read_bytes() for path in device.iterdir())
    for word in (b"wren", b"mill", b"2031", b"call", name.encode(), *map(str.encode, WORDS), b"farbank", b"desk"):
        assert word not in yields
    assert (device / "key").read_text().startswith("age1") and len((device / "key").read_text().split()) == 1
    with pytest.raises(pyrage.IdentityError):
        pyrage.x25519.Identity.from_str((device / "key").read_text().strip())
    for other in (vault.Secret.new(), *people(desk)):
        assert age.open((device / "note").read_bytes(), other) is None


def people(desk: Path) -> list[vault.Secret]:
    secrets = []
    for name in (OFFICER, EDITOR, HANDLER):
        with enter(desk, name) as opened:
            secrets.append(opened.secret)
    return secrets


def test_once_the_journey_is_over_no_note_of_it_opens(desk: Path, tmp_path: Path) -> None:
    with enter(desk, OFFICER) as opened:
        name, key = travel.begin(opened)
        sealed = travel.seal(NOTE, key)
        seed = opened.get("content", travel.JOURNEY, name)
        travel.end(opened, name)
        with pytest.raises(vault.NoteNotOpened):
            travel.open(opened, sealed)
        with pytest.raises(vault.NoSuchRecord):
            travel.end(opened, name)
        backup.backup(opened, tmp_path / "place")
    assert age.open(sealed, vault.Secret(seed)) is not None  # it was that key and no other


@pytest.mark.parametrize("lengths", [(1, 3_000), (4_100, 8_000)])
def test_notes_of_a_page_are_one_length(lengths: tuple[int, int]) -> None:
    key = age.recipient(vault.Secret.new().public)
    header = NOTE.partition("\n\n")[0] + "\n\n"
    sizes = [[len(travel.seal(header + "x" * length, key)) for _ in range(20)] for length in lengths]
    assert max(max(each) for each in sizes) - min(min(each) for each in sizes) < 400  # age's own grease


def test_any_age_program_seals_a_note_and_windows_line_ends_are_read(desk: Path) -> None:
    with enter(desk, EDITOR) as opened:
        _, key = travel.begin(opened)
        sealed = pyrage.encrypt(NOTE.replace("\n", "\r\n").encode(), [pyrage.x25519.Recipient.from_str(key)])
        assert travel.open(opened, bytes(sealed))[1].text == "They closed the mill at dawn.\n\nShe saw it."


@pytest.mark.parametrize(
    "wrong",
    ["", "said", "partner: wren\n\nsaid", NOTE.replace("call", "pigeon"), NOTE.replace("2031", "soon"),
     NOTE.replace("wren", "The Wren"), "name: Orla\n" + NOTE, NOTE.partition("\n\n")[0], "partner: wren\n" + NOTE],
)  # fmt: skip
def test_a_note_that_would_not_be_read_at_home_is_not_sealed(wrong: str) -> None:
    with pytest.raises(DecodeError):
        travel.seal(wrong, age.recipient(vault.Secret.new().public))


def test_a_note_for_a_partner_nobody_speaks_with_is_not_filed(desk: Path) -> None:
    with enter(desk, EDITOR) as opened:
        _, key = travel.begin(opened)
        with pytest.raises(vault.NotAssigned):
            travel.open(opened, travel.seal(NOTE.replace("wren", "stoat"), key))
        assert opened.ids("content", "report") == ()
        with pytest.raises(ValueError, match="age1"):
            travel.seal(NOTE, "AGE-SECRET-KEY-1")


@given(st.binary(max_size=300))
def test_whatever_is_opened_at_home_is_a_note_or_refused(data: bytes) -> None:
    try:
        travel.read(data.decode("utf-8", "replace"))
    except DecodeError:
        return
    raise AssertionError("random bytes were taken for a note")
