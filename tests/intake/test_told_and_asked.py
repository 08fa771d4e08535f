"""Amounts, seeds, inquiries and what is judged of them: read, written back, refused by name where they do not fit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from farbank.intake import case_folder, judgements
from farbank.model.amounts import Amount
from farbank.model.case import Case
from farbank.model.chains import Seed
from farbank.model.dates import When
from farbank.model.errors import DecodeError, MissingReference
from farbank.model.inquiries import Inquiry
from farbank.model.judgements import Pairing, Resolution
from farbank.model.people import Record

BRIDGE = Path(__file__).parents[1] / "cases" / "closed-bridge"
JUDGED = """
[[judgements]]
on = "pair"
claim = "closed"
a = "depot"
b = "quay"
question = "origin"
by = "desk reader 2"
at = 2031-08-01T12:00:00Z
verdict = "same"

[[judgements]]
on = "truth"
claim = "closed"
by = "desk reader 2"
at = 2031-08-02T12:00:00Z
holds = "true"
evidence = ["quay"]
"""


def read(folder: Path, file: str = "claims.toml", old: str = "", new: str = "") -> Case:
    shutil.copytree(BRIDGE, folder, dirs_exist_ok=True)
    (folder / "judgements.toml").write_text(JUDGED, "utf-8")
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return case_folder.read(folder)


def test_each_is_read_as_it_stands_and_written_back(tmp_path: Path) -> None:
    case = read(tmp_path / "in")
    assert case.seeds == (
        Seed(
            claim="closed", who="person:grebe", source="outlet:river-radio", when=When("2031-05-03"), probability=0.5
        ),
    )  # fmt: skip
    assert case.inquiries == (
        Inquiry(
            claim="closed", place="kp:KP02", when=When("2031-05-10"), answer="nothing", asked=6, partner="dipper"
        ),
    )  # fmt: skip
    lorries = Amount(chain="via-sedge", what="lorries", low=40, high=50, unit="lorries", extent="at-least")
    assert case.claims[0].amounts[0] == lorries and case.claims[0].amounts[1].of == "lorries"
    assert [partner.record for partner in case.partners] == [Record(right=4, wrong=1), Record(), Record()]
    assert [type(one) for one in case.judgements] == [Pairing, Resolution]
    case_folder.write(case, tmp_path / "out", identities=True)
    assert case_folder.read(tmp_path / "out") == case


@pytest.mark.parametrize(
    ("old", "new", "error", "named"),
    [
        ('[[seeds]]\nclaim = "closed"', '[[seeds]]\nclaim = "shut"', MissingReference, "seed of shut.*claim 'shut'"),
        ('who = "person:grebe"\nsource', 'who = "person:gulls"\nsource', MissingReference, "person 'gulls'"),
        ('"outlet:river-radio"', '"meeting:hall"', MissingReference, "audience 'hall'"),
        ('"outlet:river-radio"', '"unknown"', DecodeError, "seeds.*unknown"),
        ("probability = 0.5", "probability = 1.5", DecodeError, "seeds.*1.5"),
        ('[[inquiries]]\nclaim = "closed"', '[[inquiries]]\nclaim = "shut"', MissingReference, "claim 'shut'"),
        ('partner = "dipper"', 'partner = "rush"', MissingReference, "partner 'rush'"),
        ('place = "kp:KP02"', 'place = "case:ford"', MissingReference, "inquiry about closed.*'case:ford'"),
        ('place = "kp:KP02"', 'place = "qz:north"', DecodeError, "inquiry about closed.*qz:north"),
        ('answer = "nothing"', 'answer = "none"', DecodeError, "inquiries.*none"),
        ("asked = 6", "asked = -1", DecodeError, "inquiries.*asked"),
        ('chain = "via-sedge"', 'chain = "not-so"', MissingReference, "amounts.*chain of the claim 'not-so'"),
        ("low = 40", "low = 60", DecodeError, "amounts.*low <= high"),
        ('unit = "lorries"', 'unit = " "', DecodeError, "amounts.*unit"),
        ("extent =", "extend =", DecodeError, "amounts.*extent"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    tmp_path: Path, old: str, new: str, error: type[Exception], named: str
) -> None:
    with pytest.raises(error, match=named):
        read(tmp_path / "in", "claims.toml", old, new)


@pytest.mark.parametrize(
    ("old", "new", "error", "named"),
    [
        ('claim = "closed"', 'claim = "shut"', MissingReference, "judgement 1.*'shut'"),
        ('b = "quay"', 'b = "shore"', MissingReference, "judgement 1.*report 'shore'"),
        ('a = "depot"', 'a = "quay"', DecodeError, "judgements.*in order"),
        ('"origin"', '"origins"', DecodeError, "judgements.*origins"),
        ('verdict = "same"', 'verdict = "independent"', DecodeError, "judgements.*independent"),
        ('evidence = ["quay"]', 'evidence = ["shore"]', MissingReference, "judgement 2.*'shore'"),
        ('holds = "true"', "holds = true", DecodeError, "judgements.*holds"),
        ('by = "desk reader 2"', 'by = " "', DecodeError, "judgements.*by"),
    ],
)
def test_a_judgement_that_does_not_fit_is_refused_by_name(
    tmp_path: Path, old: str, new: str, error: type[Exception], named: str
) -> None:
    with pytest.raises(error, match=named):
        read(tmp_path / "in", "judgements.toml", old, new)


def test_a_negative_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DecodeError, match="record"):
        read(tmp_path / "in", "case.toml", "wrong = 1", "wrong = -1")


def test_entries_as_short_as_can_be_are_added_one_after_another_also_to_an_export(tmp_path: Path) -> None:
    case = read(tmp_path / "in")
    short = Resolution(claim="open", by="V", at=case.judgements[1].at)
    (tmp_path / "in" / "judgements.toml").write_bytes(judgements.entry(short) + judgements.entry(short))
    case = case_folder.read(tmp_path / "in")
    assert case.judgements == (short, short)
    case_folder.write(case, tmp_path / "out")
    with (tmp_path / "out" / "judgements.toml").open("ab") as file:
        file.write(judgements.entry(short))
    assert case_folder.read(tmp_path / "out").judgements == (short, short, short)
