"""No edit is silent, and whoever replays the log from the first edition has the latest, to the letter."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model import codec
from farbank.model.corrections import Issued, Log, Pieces, Reason
from farbank.publish import corrections
from farbank.publish.errors import CircularCorrection, LogBroken
from farbank.publish.pieces import digest

DAY = date(2031, 6, 1)
FIRST: dict[str, Pieces] = {"en": ("Dues doubled.\n", "Brask pays. ", "Ollen does not.\n"), "ko": ("두 배가 됐다.\n",)}

sentence = st.sampled_from(["One. ", "Two.\n", "하나. ", "둘.\n", "一。", "\n", "One. \n"]) | st.text(
    min_size=1, max_size=4
)
pieces = st.lists(sentence, max_size=8).map(tuple)
texts = st.dictionaries(st.sampled_from(["en", "ko", "ja"]), pieces, min_size=1)


def why(edition: str, kind: str = "correction", corrects: str | None = None) -> Reason:
    made = {"edition": edition, "kind": kind, "what": {"en": f"{edition} is right now"}, "corrects": corrects}
    return msgspec.convert({**made, "claims": ["dues"]}, Reason)


def issue(before: list[Issued], text: dict[str, Pieces], *reasons: Reason, name: str = "") -> list[Issued]:
    name = name or f"tide-{len(before) + 1}"
    entry = corrections.entry("tide", name, DAY, before, text, reasons)
    return [*before, Issued(entry=entry, texts=text, claims=("dues",))]


def public(issued: list[Issued]) -> bytes:
    latest = issued[-1].texts
    return codec.to_json(corrections.log("tide", [each.entry for each in issued], latest))


def rules(before: list[Issued], text: dict[str, Pieces], *reasons: Reason) -> list[str]:
    return [rule for rule, _ in corrections.slips("tide-9", before, text, reasons)]


@given(st.lists(texts, min_size=1, max_size=5))
def test_the_log_replayed_from_the_first_edition_is_the_latest_to_the_letter(every: list[dict[str, Pieces]]) -> None:
    issued: list[Issued] = []
    for text in every:
        issued = issue(issued, text, why(f"tide-{len(issued) + 1}"))
    replayed = corrections.replay(corrections.read(public(issued)), every[0])
    latest = {language: "".join(text) for language, text in every[-1].items() if text}
    assert {language: "".join(text) for language, text in replayed.items() if any(text)} == {
        language: text for language, text in latest.items() if text
    }


@given(st.lists(texts, min_size=2, max_size=5))
def test_the_log_prints_no_words_that_the_latest_edition_does_not(every: list[dict[str, Pieces]]) -> None:
    issued: list[Issued] = []
    for text in every:
        issued = issue(issued, text)
    for entry in corrections.read(public(issued)).entries:
        for language, rewriting in entry.texts.items():
            put = {piece for change in rewriting.changes for piece in change.put if piece}
            assert put <= {*every[-1].get(language, ())}


@given(texts, texts)
def test_a_changed_word_without_a_reason_is_a_silent_edit_and_an_unchanged_text_is_none(
    one: dict[str, Pieces], other: dict[str, Pieces]
) -> None:
    before = issue([], one)
    assert rules(before, one) == []
    changed = any("".join(one.get(each, ())) != "".join(other.get(each, ())) for each in {*one, *other})
    if changed:
        assert rules(before, other) == ["silent-edit"]
        assert rules(before, other, why("tide-9")) == []


def test_one_changed_letter_in_one_language_is_named() -> None:
    before = issue([], FIRST)
    found = dict(corrections.slips("tide-2", before, {**FIRST, "ko": ("세 배가 됐다.\n",)}, ()))
    assert "in ko" in found["silent-edit"] and "tide-2" in found["silent-edit"]


def test_a_reason_for_nothing_and_a_correction_of_what_never_was_are_slips() -> None:
    assert rules([], FIRST, why("tide-9")) == ["nothing-to-correct"]
    before = issue([], FIRST)
    assert rules(before, FIRST, why("tide-9")) == ["nothing-changed"]
    changed = {**FIRST, "en": ("Dues tripled.\n",)}
    assert rules(before, changed, why("tide-9", corrects="c-" + "0" * 16)) == ["unknown-correction"]


def test_nothing_follows_a_retraction() -> None:
    issued = issue(issue([], FIRST), {"en": ("Retracted.\n",)}, why("tide-2", "retraction"))
    assert rules(issued, {"en": ("Back.\n",)}, why("tide-9")) == ["after-retraction"]


def test_a_correction_of_a_correction_names_the_earlier_one() -> None:
    issued = issue(issue([], FIRST), {"en": ("Dues tripled.\n",)}, why("tide-2"))
    wrong = issued[-1].entry.corrections[0].id
    again = {"en": ("Dues doubled after all.\n",)}
    assert rules(issued, again, why("tide-9", corrects=wrong)) == []
    issued = issue(issued, again, why("tide-3", corrects=wrong))
    assert corrections.read(public(issued)).entries[2].corrections[0].corrects == wrong


def test_ids_follow_from_what_is_said_and_from_nothing_else() -> None:
    def made(reason: Reason, text: str = "Dues tripled.\n") -> str:
        return issue(issue([], FIRST), {"en": (text,)}, reason)[-1].entry.corrections[0].id

    assert made(why("tide-2")) == made(why("tide-2"))
    assert made(msgspec.structs.replace(why("tide-2"), claims=())) == made(why("tide-2")), "claims are the desk's"
    others = {made(why("tide-2", "update")), made(why("tide-2"), "Dues fell.\n"), made(why("tide-2"))}
    assert len(others) == 3


def test_readers_see_no_claim_and_equal_logs_are_equal_bytes() -> None:
    issued = issue(issue([], FIRST), {"en": ("Dues tripled.\n",)}, why("tide-2"))
    assert issued[-1].entry.corrections[0].claims == ("dues",)
    assert b"dues" not in public(issued).replace(b"Dues", b"")
    assert public(issued) == public(list(issued))


def test_words_taken_out_stay_out_even_if_an_earlier_correction_brought_them_in() -> None:
    issued = issue(issue([], FIRST), {"en": ("Brask has nine boats.\n",)}, why("tide-2"))
    issued = issue(issued, {"en": ("Some place has boats.\n",)}, why("tide-3"))
    assert b"Brask" not in public(issued)
    assert corrections.replay(corrections.read(public(issued)), FIRST) == {"en": ("Some place has boats.\n",)}


def broken(issued: list[Issued], old: str, new: str) -> bytes:
    data = public(issued)
    assert old.encode() in data
    return data.replace(old.encode(), new.encode(), 1)


@pytest.fixture
def thrice() -> list[Issued]:
    issued = issue(issue([], FIRST), {**FIRST, "en": ("Dues tripled.\n",)}, why("tide-2"))
    return issue(issued, {**FIRST, "en": ("Dues fell.\n",)}, why("tide-3", corrects=issued[-1].entry.corrections[0].id))


def test_circular_corrections_are_refused(thrice: list[Issued]) -> None:
    second, third = (each.entry.corrections[0].id for each in thrice[1:])
    log = codec.from_json(public(thrice), Log, "log")
    turned = [
        msgspec.structs.replace(
            each, corrections=tuple(msgspec.structs.replace(one, corrects=third) for one in each.corrections)
        )
        if each.nth == 2
        else each
        for each in log.entries
    ]
    assert second != third
    with pytest.raises(CircularCorrection, match="comes no earlier"):
        corrections.read(codec.to_json(msgspec.structs.replace(log, entries=tuple(turned))))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"nth":3,"texts"', '"nth":4,"texts"', "not numbered"),
        ("tide-2 is right now", "tide-2 was right all along", "not the correction its name was made for"),
        ('"kind":"correction"', '"kind":"update"', "not the correction its name was made for"),
        ("2031-06-01", "2031-06-02", "not the correction its name was made for"),
        ('"format":1', '"format":2', "corrections.json"),
    ],
)
def test_a_log_that_was_touched_is_refused(thrice: list[Issued], old: str, new: str, problem: str) -> None:
    with pytest.raises(LogBroken, match=problem):
        corrections.read(broken(thrice, old, new))


def test_a_log_that_leaves_an_edition_out_is_refused(thrice: list[Issued]) -> None:
    log = codec.from_json(public(thrice), Log, "log")
    first, _, third = log.entries
    left = msgspec.structs.replace(log, entries=(first, msgspec.structs.replace(third, nth=2)))
    with pytest.raises(LogBroken, match="does not follow"):
        corrections.read(codec.to_json(left))


def test_replaying_from_another_text_is_refused(thrice: list[Issued]) -> None:
    log = corrections.read(public(thrice))
    with pytest.raises(LogBroken, match="of no edition"):
        corrections.replay(log, {**FIRST, "en": ("Something else.\n",)})
    with pytest.raises(LogBroken, match="of no edition"):
        corrections.replay(log, {"en": FIRST["en"]})


def test_any_edition_is_a_start(thrice: list[Issued]) -> None:
    log = corrections.read(public(thrice))
    for each in thrice:
        assert corrections.replay(log, each.texts) == thrice[-1].texts


def test_words_put_in_by_somebody_else_do_not_give_the_latest_text(thrice: list[Issued]) -> None:
    log = corrections.read(broken(thrice, "Dues fell.", "Dues rose."))
    with pytest.raises(LogBroken, match="does not give the latest text"):
        corrections.replay(log, FIRST)


def test_a_digest_is_of_the_text_and_not_of_how_it_is_cut() -> None:
    assert digest(("One. ", "Two.\n")) == digest(("One. Two.\n",))
