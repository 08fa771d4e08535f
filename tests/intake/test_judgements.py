"""`judgements.toml`: what was decided on reading comes with the case, and every reference in it is checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from farbank.intake import case_folder
from farbank.model.errors import DecodeError, MissingReference
from farbank.model.judgements import Closing, Judgement

FLOOD = Path(__file__).parents[2] / "examples" / "flood-2024"
JUDGED = """
[[judgements]]
on = "passage"
claim = "deaths"
passage = "0123456789abcdef"
by = "desk reader 2"
at = 2031-08-01T12:00:00Z
verdict = "silent"
text = "Rain fell."

[[judgements]]
on = "promise"
claim = "deaths"
outcome = "unknown"
by = "desk reader 2"
at = 2031-08-02T12:00:00Z
evidence = ["water"]
"""


def read(folder: Path, text: str):  # type: ignore[no-untyped-def]
    shutil.copytree(FLOOD, folder, dirs_exist_ok=True)
    (folder / "judgements.toml").write_text(text, "utf-8")
    return case_folder.read(folder)


def test_both_kinds_are_read_and_written_back(tmp_path: Path) -> None:
    case = read(tmp_path / "in", JUDGED)
    assert [type(one) for one in case.judgements] == [Judgement, Closing]
    case_folder.write(case, tmp_path / "out", identities=True)
    assert case_folder.read(tmp_path / "out") == case


@pytest.mark.parametrize(
    ("old", "new", "error", "named"),
    [
        ('claim = "deaths"', 'claim = "death"', MissingReference, "'death'"),
        ('evidence = ["water"]', 'evidence = ["wine"]', MissingReference, "'wine'"),
        ("verdict =", "verdikt =", DecodeError, "verdikt"),
        ('"0123456789abcdef"', '"0123"', DecodeError, "passage"),
        ('on = "passage"', 'on = "pasage"', DecodeError, "judgements"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    tmp_path: Path, old: str, new: str, error: type[Exception], named: str
) -> None:
    with pytest.raises(error, match=named):
        read(tmp_path / "in", JUDGED.replace(old, new, 1))
