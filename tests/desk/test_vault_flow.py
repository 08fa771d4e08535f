"""Through the vault: what is filed comes out again, and editing needs no identity."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from farbank import vault
from farbank.desk.check_case import check_case, check_filed
from farbank.desk.errors import CaseOnFile
from farbank.desk.examples import example
from farbank.desk.export_case import export_case
from farbank.desk.import_case import filed, import_case
from farbank.desk.init_desk import init_desk
from farbank.intake import case_folder
from tests.protect.media import corpus

CHEAP = vault.Cost(passes=1, memory=8 * 1024 * 1024)
OFFICER, EDITOR = "a long passphrase of hers", "another long passphrase"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    members = (
        vault.Member("officer", OFFICER, ("content", "identities", "ledger")),
        vault.Member("editor", EDITOR, ("content", "ledger")),
    )
    init_desk(tmp_path / "desk", members, cost=CHEAP)
    with vault.open(tmp_path / "desk", "officer", OFFICER) as opened:
        import_case(opened, example("june-order"))
    return tmp_path / "desk"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("identities", [False, True])
def test_export_import_export_is_byte_identical(desk: Path, tmp_path: Path, identities: bool) -> None:
    with vault.open(desk, "officer", OFFICER) as opened:
        export_case(opened, "june-order", tmp_path / "one", identities=identities)
    second = tmp_path / "second"
    init_desk(second, (vault.Member("officer", OFFICER, ("content", "identities", "ledger")),), cost=CHEAP)
    with vault.open(second, "officer", OFFICER) as opened:
        import_case(opened, tmp_path / "one")
        export_case(opened, "june-order", tmp_path / "two", identities=identities)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


@pytest.mark.parametrize("identities", [True, False])
def test_a_case_on_file_is_replaced_only_when_asked(desk: Path, tmp_path: Path, identities: bool) -> None:
    with vault.open(desk, "officer", OFFICER) as opened:
        before = vault.case_store.load(opened, "june-order")
        export_case(opened, "june-order", tmp_path / "out", identities=identities)
        story = tmp_path / "out" / "story.en.md"
        story.write_text(story.read_text("utf-8").replace("[@lead]", "It is so. [@lead]", 1), "utf-8")
        with pytest.raises(CaseOnFile, match="--replace"):
            import_case(opened, tmp_path / "out")
        assert vault.case_store.load(opened, "june-order") == before
        import_case(opened, tmp_path / "out", replace=True)
        after = vault.case_store.load(opened, "june-order")
    assert "It is so." in after.stories["en"]
    assert (after.identities, after.places) == (before.identities, before.places)


def test_a_case_not_on_file_may_be_replaced_too(tmp_path: Path, desk: Path) -> None:
    with vault.open(desk, "officer", OFFICER) as opened:
        import_case(opened, example("flood-2024"), replace=True)
        assert vault.case_store.names(opened) == ("flood-2024", "june-order")


def test_an_original_comes_out_bit_for_bit_though_its_copy_is_covered_and_stripped(desk: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(example("june-order"), tmp_path / "in"))
    original = corpus.made("png")
    (folder / "media/levee.png").write_bytes(original)
    record = (folder / "media/levee.toml").read_text("utf-8").partition("\n# The detector")[0]
    looked = f'looked_over = {{ by = "picture editor", original = "{hashlib.sha256(original).hexdigest()}" }}\n'
    box = "cover = [{ left = 20, top = 20, width = 60, height = 60 }]\n"
    (folder / "media/levee.toml").write_text(box + looked + record, "utf-8")
    with vault.open(desk, "officer", OFFICER) as opened:
        import_case(opened, folder, replace=True)
        report = check_filed(filed(opened, "june-order"))
        export_case(opened, "june-order", tmp_path / "out", identities=True)
    assert (tmp_path / "out" / "media" / "levee.png").read_bytes() == original
    (picture,) = report.pictures
    assert (picture.original, picture.covered) == (hashlib.sha256(original).hexdigest(), 1)
    assert {"author", "time of taking"} <= {*picture.removed}
    assert report.open


def test_an_export_without_identities_says_no_town(desk: Path, tmp_path: Path) -> None:
    with vault.open(desk, "officer", OFFICER) as opened:
        export_case(opened, "june-order", tmp_path / "out", identities=False)
    whole = b"".join(tree(tmp_path / "out").values())
    assert "마루봉".encode() not in whole
    assert b"Marubong" not in whole
    assert not (tmp_path / "out" / "persons.toml").exists()


def test_the_editor_compiles_without_a_key_to_identities(desk: Path) -> None:
    with vault.open(desk, "editor", EDITOR) as opened:
        content = filed(opened, "june-order")
        assert content.case.identities == ()
        assert content.case.places == ()
        with pytest.raises(vault.CompartmentClosed):
            opened.all("identities", "identities")
    in_vault, in_memory = check_filed(content), check_case(example("june-order"))
    assert in_vault.claims == in_memory.claims
    assert in_vault.persons == in_memory.persons
    assert in_vault.open


def test_the_editor_may_not_export_identities(desk: Path, tmp_path: Path) -> None:
    with vault.open(desk, "editor", EDITOR) as opened, pytest.raises(vault.CompartmentClosed):
        export_case(opened, "june-order", tmp_path / "out", identities=True)


def test_a_case_without_profiles_stays_closed(tmp_path: Path) -> None:
    case = case_folder.read(example("june-order"))
    case_folder.write(case, tmp_path / "bare", identities=False)
    report = check_case(tmp_path / "bare")
    assert not report.open
    assert {person.verdict for person in report.persons} == {"refused"}
