"""Through the vault: what is filed comes out again, and nobody meets an identity alone."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from newsroom import CHEAP, EDITOR, HANDLER, JUNE, LEAD, OFFICER, PUBLISHER, ROLES, copied, enter, found, word

from farbank import vault
from farbank.desk.agree import agree
from farbank.desk.audit import read, verify
from farbank.desk.check_case import check_case, check_filed
from farbank.desk.errors import CaseOnFile, NobodyOnFile, NoSuchPartner
from farbank.desk.examples import example
from farbank.desk.export_case import export_case
from farbank.desk.import_case import filed, import_case
from farbank.desk.init_desk import init_desk
from farbank.desk.open_identity import open_person, propose_opening
from farbank.desk.partners import assign, partners
from farbank.intake import case_folder
from farbank.vault import case_store, sign_off
from tests.protect.media import corpus


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once") / "desk"
    found(folder, languages=("en", "ko", "ja", "zh"))
    return folder


@pytest.fixture
def desk(once: Path, tmp_path: Path) -> Path:
    return copied(once, tmp_path / "desk")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def agreed_opening(desk: Path, person: str | None) -> str:
    with enter(desk, OFFICER) as opened:
        act = propose_opening(opened, JUNE, person, "somebody may be in danger")
    with enter(desk, PUBLISHER) as opened:
        agree(opened, act)
    return act


@pytest.mark.parametrize("identities", [False, True])
def test_export_import_export_is_byte_identical(desk: Path, tmp_path: Path, identities: bool) -> None:
    second = tmp_path / "second"
    members = [vault.Member(name, word(name), roles) for name, roles in ROLES.items()]
    init_desk(second, members, cost=CHEAP)
    for folder, out in ((desk, "one"), (second, "two")):
        if out == "two":
            with enter(second, OFFICER) as opened:
                import_case(opened, tmp_path / "one")
        if identities:
            agreed_opening(folder, None)
        with enter(folder, OFFICER) as opened:
            export_case(opened, JUNE, tmp_path / out, identities=identities)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert (tmp_path / "two" / "persons.toml").exists() == identities


@pytest.mark.parametrize("identities", [True, False])
def test_a_case_on_file_is_replaced_only_when_asked(desk: Path, tmp_path: Path, identities: bool) -> None:
    if identities:
        agreed_opening(desk, None)
    with enter(desk, OFFICER) as opened:
        before = case_store.load(opened, JUNE)
        export_case(opened, JUNE, tmp_path / "out", identities=identities)
        story = tmp_path / "out" / "story.en.md"
        story.write_text(story.read_text("utf-8").replace("[@lead]", "It is so. [@lead]", 1), "utf-8")
        with pytest.raises(CaseOnFile, match="--replace"):
            import_case(opened, tmp_path / "out")
        assert case_store.load(opened, JUNE) == before
        import_case(opened, tmp_path / "out", replace=True)
        after = case_store.load(opened, JUNE)
        assert {each.person for each in case_store.people(opened, JUNE)} == {"heron", "alder"}
        assert case_store.authors(opened, JUNE) == (EDITOR, OFFICER)
    assert "It is so." in after.stories["en"]
    assert after.persons == before.persons


def test_a_case_not_on_file_may_be_replaced_too(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        import_case(opened, example("flood-2024"), replace=True)
        assert case_store.names(opened) == ("flood-2024", JUNE)


def test_an_original_comes_out_bit_for_bit_though_its_copy_is_covered_and_stripped(desk: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(example("june-order"), tmp_path / "in"))
    original = corpus.made("png")
    (folder / "media/levee.png").write_bytes(original)
    record = (folder / "media/levee.toml").read_text("utf-8").partition("\n# The detector")[0]
    looked = f'looked_over = {{ by = "picture editor", original = "{hashlib.sha256(original).hexdigest()}" }}\n'
    box = "cover = [{ left = 20, top = 20, width = 60, height = 60 }]\n"
    (folder / "media/levee.toml").write_text(box + looked + record, "utf-8")
    with enter(desk, OFFICER) as opened:
        import_case(opened, folder, replace=True)
        report = check_filed(filed(opened, JUNE))
        export_case(opened, JUNE, tmp_path / "out", identities=False)
    assert (tmp_path / "out" / "media" / "levee.png").read_bytes() == original
    (picture,) = report.pictures
    assert (picture.original, picture.covered) == (hashlib.sha256(original).hexdigest(), 1)
    assert {"author", "time of taking"} <= {*picture.removed}
    assert report.open


def test_an_export_without_identities_says_no_town(desk: Path, tmp_path: Path) -> None:
    with enter(desk, EDITOR) as opened:
        export_case(opened, JUNE, tmp_path / "out", identities=False)
    whole = b"".join(tree(tmp_path / "out").values())
    assert "마루봉".encode() not in whole
    assert b"Marubong" not in whole
    assert not (tmp_path / "out" / "persons.toml").exists()


def test_the_editor_compiles_without_a_key_to_identities(desk: Path) -> None:
    with enter(desk, EDITOR) as opened:
        content = filed(opened, JUNE)
        assert content.case.identities == ()
        assert content.case.places == ()
        with pytest.raises(vault.CompartmentClosed):
            opened.all("identities", "identities")
    in_vault, in_memory = check_filed(content), check_case(example(JUNE))
    assert in_vault.claims == in_memory.claims
    assert in_vault.persons == in_memory.persons
    assert in_vault.open


def test_nobody_exports_identities_alone(desk: Path, tmp_path: Path) -> None:
    with enter(desk, EDITOR) as opened, pytest.raises(vault.CompartmentClosed):
        export_case(opened, JUNE, tmp_path / "out", identities=True)
    with enter(desk, OFFICER) as opened:
        with pytest.raises(vault.NotAllowed, match="takes two people"):
            export_case(opened, JUNE, tmp_path / "out", identities=True)
        propose_opening(opened, JUNE, None, "to print them")
        with pytest.raises(vault.NotAllowed, match="takes two people"):
            export_case(opened, JUNE, tmp_path / "out", identities=True)
    agreed_opening(desk, "heron")  # of one person, which is no export
    with enter(desk, OFFICER) as opened, pytest.raises(vault.NotAllowed):
        export_case(opened, JUNE, tmp_path / "out", identities=True)
    assert not (tmp_path / "out").exists()


def test_an_opening_is_had_once_and_every_look_is_on_record(desk: Path) -> None:
    act = agreed_opening(desk, "alder")
    with enter(desk, PUBLISHER) as opened, pytest.raises(vault.NotAllowed, match="Han asked"):
        open_person(opened, act)
    with enter(desk, OFFICER) as opened:
        private = open_person(opened, act)
        assert private.identity.profile["place"] == "case:town-1"
        with pytest.raises(vault.ActNotOpen, match="done"):
            open_person(opened, act)
        steps = [(event.who, event.what) for _, event in read(opened) if "identit" in event.what]
        assert steps == [
            (OFFICER, "open-identity proposed"),
            (PUBLISHER, "open-identity agreed"),
            (OFFICER, "identity opened"),
            (OFFICER, "open-identity done"),
        ]
        assert [event.who for _, event in read(opened, who=PUBLISHER)] == [PUBLISHER]
        with pytest.raises(NobodyOnFile):
            propose_opening(opened, JUNE, "wren", "no such person")
    with enter(desk, EDITOR) as opened:
        assert verify(opened).holds
        with pytest.raises(vault.NotAnOfficer):
            list(read(opened))


def test_filed_anew_what_was_agreed_to_opens_nothing(desk: Path) -> None:
    act = agreed_opening(desk, "heron")
    with enter(desk, OFFICER) as opened:
        import_case(opened, example(JUNE), replace=True)
        with pytest.raises(vault.ActNotOpen, match="filed anew"):
            open_person(opened, act)


def test_who_speaks_with_a_partner_agrees_to_no_opening_behind_them(desk: Path) -> None:
    act = agreed_opening(desk, "alder")
    with enter(desk, OFFICER) as opened:
        assign(opened, "heron", PUBLISHER)
        assign(opened, "heron", HANDLER)
        (row,) = partners(opened)
        assert (row.handle, row.cases, row.handlers) == ("heron", (JUNE,), (HANDLER, PUBLISHER))
        assert sign_off.look(opened, act).over == "withdrawn", "what they agreed to before counts no more"
        again = propose_opening(opened, JUNE, "alder", "still in danger")
        with pytest.raises(NoSuchPartner):
            assign(opened, "wren", PUBLISHER)
        with pytest.raises(vault.UnknownMember):
            assign(opened, "heron", "Nobody")
        with pytest.raises(vault.NobodyToAgree):
            assign(opened, "heron", OFFICER)  # nobody else is a safety officer
        assert OFFICER not in case_store.handlers_of(opened, "heron")
    with enter(desk, PUBLISHER) as opened, pytest.raises(vault.NotAllowed, match="speaks with a source"):
        agree(opened, again)
    with enter(desk, LEAD) as opened:
        assert agree(opened, again).agreed == LEAD
        with pytest.raises(vault.CompartmentClosed):
            assign(opened, "heron", EDITOR)
        opened.put("content", "note", "n1", b"what heron said", scope=case_store.partner_scope("heron"))
    with enter(desk, HANDLER) as opened:
        assert opened.get("content", "note", "n1") == b"what heron said"


def test_a_case_without_profiles_stays_closed(tmp_path: Path) -> None:
    case = case_folder.read(example(JUNE))
    case_folder.write(case, tmp_path / "bare", identities=False)
    report = check_case(tmp_path / "bare")
    assert not report.open
    assert {person.verdict for person in report.persons} == {"refused"}
