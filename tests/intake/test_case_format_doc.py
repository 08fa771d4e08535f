"""The manual's example is a whole case; it reads, and shows every kind of file and every field a desk may write."""

import re
from pathlib import Path
from typing import get_args

from farbank.intake import case_folder, layout
from farbank.model.judgements import Judged

MANUAL = Path(__file__).parents[2] / "docs" / "case-format.md"
BLOCK = re.compile(r"^### (\S+)\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_example_in_the_manual_is_a_case(tmp_path: Path) -> None:
    files = dict(BLOCK.findall(MANUAL.read_text()))
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "media/field.png").write_bytes(b"")
    case = case_folder.read(tmp_path)
    assert case.chains[0].people == ("rowan", "finch")
    assert {name.partition("/")[0] for name in files} >= {
        *layout.SUBFOLDERS,
        layout.CASE,
        layout.CLAIMS,
        layout.PERSONS,
        layout.DOCUMENTS,
    }
    said = (case.partners, case.persons, case.audiences, case.disclosures, case.record, case.places, case.identities)
    heard = (case.contacts, case.reports, case.evidence, case.coincidences, case.statements, case.searches)
    asked = (case.claims[0].amounts, case.seeds, case.inquiries, case.partners[0].record.right)
    assert all((*said, *heard, *asked, case.pictures, case.documents))
    assert {type(one) for one in case.judgements} == set(get_args(Judged))


def test_every_limit_in_the_manual_is_the_one_that_holds() -> None:
    from farbank.intake import tree

    manual = MANUAL.read_text()
    assert f"text file above {tree.TEXT_LIMIT >> 20} MB" in manual
    assert f"picture above {tree.PICTURE_LIMIT >> 20} MB" in " ".join(manual.split())
    assert f"folder above {tree.TOTAL_LIMIT >> 20} MB or {tree.COUNT_LIMIT:,} files" in manual
