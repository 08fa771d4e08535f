"""Folders with something wrong: each refusal names the file, the place in it and what to do, and nothing leaves it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.intake import case_folder, decode, tree
from farbank.intake.errors import NotACaseFolder, TooLarge, UnsafePath
from farbank.model.errors import DecodeError, FarbankError, MissingReference

JUNE = Path(__file__).parents[2] / "examples" / "june-order"


@pytest.fixture
def june(tmp_path: Path) -> Path:
    return Path(shutil.copytree(JUNE, tmp_path / "case"))


def _edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text, "the test edits something that is not there"
    (folder / name).write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("claims.toml", 'chains = [', 'chians = [', "(order): unknown key 'chians'; did you mean 'chains'"),
        ("claims.toml", 'who = "body:wpk-prov', 'whom = "body:wpk-prov', "(via-alder).hops[0]: unknown key 'whom'"),
        ("claims.toml", '"body:wpk-central-committee"', '"body:wpk-provincial-committee"', "cannot have learned it"),
        ("claims.toml", 'when = "2023-06-17"', 'when = "2023-06-31"', "claims.toml: claims[0].when"),
        ("claims.toml", 'kind = "order"', 'kind = "ordre"', "claims.toml: claims[0].kind"),
        ("claims.toml", 'id = "length"', 'id = "order"', "claims.toml: claims: 'order' is there twice"),
        ("claims.toml", 'part_of = "order"', 'part_of = "length"', "'length' leads back to itself"),
        ("claims.toml", 'place = "kp:KP02"', 'place = "tq:1"', "claim order: expected a place of the country"),
        ("claims.toml", "[[claims]]", "[[claims]", "claims.toml: line"),
        ("case.toml", "format = 1", "format = 2", "case.toml: case.format"),
        ("case.toml", 'country = "kp"', 'country = "../kp"', "case.toml: case.country"),
        ("case.toml", "threshold = 1000", "treshold = 1000", "did you mean 'threshold'"),
        ("case.toml", '[places."case:town-1"]', '[places."kp:KP0299"]', "case.toml: places.kp:KP0299"),
        ("case.toml", 'languages = ["en", "ko",', 'languages = ["en", "ko", "en",', "'en' is there twice"),
        ("case.toml", "low = 0.08, mid", "low = 0.18, mid", "case.toml: audiences[0].spread"),
        ("contacts/call-1.md", 'channel = "call"', 'channel = "call"\nid = "call-1"', "contacts/call-1.md: id"),
        ("contacts/call-1.md", "+++\n", "---\n", "contacts/call-1.md: line 1"),
        ("reports/mood.md", 'language = "ko"', 'text = "x"', "reports/mood.md: text"),
        ("media/levee.toml", "left = 932", "left = -1", "media/levee.toml: shown[0].box.left"),
        ("media/levee.toml", "width = 223", "width = 0", "media/levee.toml: shown[0].box.width"),
        ("media/levee.toml", "width = 223", "wide = 223", "shown[0].box: unknown key 'wide'"),
        ("media/levee.toml", 'reason = "strokes for water, no face"', 'reason = ""', "shown[1].reason"),
        ("media/levee.toml", 'original = "6b', 'original = "6', "media/levee.toml: looked_over.original"),
        ("media/levee.toml", 'by = "picture editor"', 'by = ""', "media/levee.toml: looked_over.by"),
        ("media/levee.toml", 'by = "picture editor"', 'by = "heron"', "looked_over.by: expected the post of somebody"),
        ("searches/hunger.toml", 'last = "2023-06-20"', 'last = "2023-06-01"', "searches/hunger.toml: window"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(june: Path, name: str, old: str, new: str, told: str) -> None:
    _edit(june, name, old, new)
    with pytest.raises(DecodeError) as refusal:
        case_folder.read(june)
    assert told in str(refusal.value)
    assert refusal.value.file == name


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("claims.toml", 'chains = ["via-alder"]', 'chains = ["via-elm"]', "claim order: there is no chain 'via-elm'"),
        ("claims.toml", 'chains = ["via-alder"]', "chains = []", "claims.toml: claim order: it has no chain"),
        ("claims.toml", 'audience = "told"', 'audience = "all"', "claim order: there is no audience 'all'"),
        ("claims.toml", 'part_of = "order"', 'part_of = "ordre"', "claim length: there is no claim 'ordre'"),
        ("claims.toml", 'place = "kp:KP02"', 'place = "case:town-2"', "claim order: there is no place 'case:town-2'"),
        ("claims.toml", 'reports = ["order"]', 'reports = ["odrer"]', "chain via-alder: there is no report"),
        ("claims.toml", "person:alder", "person:elder", "chain via-alder: there is no partner or person 'elder'"),
        ("claims.toml", 'ref = "kcna-2023-06-19"', 'ref = "kcna"', "evidence on blame: there is no statement"),
        ("claims.toml", 'ko = "자기비판서의', 'es = "자기비판서의', "claim length: it is not worded in 'ko'"),
        ("case.toml", 'languages = ["en", "ko",', 'languages = ["en",', "its name: there is no language 'ko'"),
        ("case.toml", 'languages = ["en", "ko",', 'languages = ["es", "en", "ko",', "there is no story in 'es'"),
        ("case.toml", 'parent = "kp:KP02"', 'parent = "case:town-2"', "there is no place 'case:town-2'"),
        ("persons.toml", 'id = "alder"', 'id = "elder"', "identities: there is no partner or person 'elder'"),
        ("story.en.md", "kp:KP02/city", "case:town-2", "story.en.md: front matter: there is no place 'case:town-2'"),
        ("contacts/call-1.md", "heron", "hern", "contacts/call-1.md: partner: there is no partner 'hern'"),
        ("reports/mood.md", "call-2", "call-9", "reports/mood.md: contact: there is no contact 'call-9'"),
        ("searches/discipline.toml", '["kcna-2023-06-19"]', '["x"]', "statements: there is no statement"),
        ("searches/order.toml", '"top"', '"tops"', "searches/order.toml: claims: there is no claim 'tops'"),
        ("media/levee.toml", "levee.png", "levy.png", "media/levee.png: no record speaks of this picture"),
    ],
)  # fmt: skip
def test_what_is_cited_must_be_there(june: Path, name: str, old: str, new: str, told: str) -> None:
    _edit(june, name, old, new)
    with pytest.raises(MissingReference) as refusal:
        case_folder.read(june)
    assert told in str(refusal.value)
    assert (june / str(refusal.value).partition(":")[0]).is_file()


def test_a_place_of_a_profile_that_is_nowhere_is_told_without_being_named(june: Path) -> None:
    _edit(june, "persons.toml", "case:town-1", "case:town-2")
    with pytest.raises(DecodeError, match=r"persons.toml: identity heron: expected a place that case.toml declares"):
        case_folder.read(june)


def test_a_record_without_its_picture_file(june: Path) -> None:
    (june / "media/levee.png").unlink()
    with pytest.raises(MissingReference, match=r"media/levee.toml: file: there is no picture file 'levee.png'"):
        case_folder.read(june)


@pytest.mark.parametrize(
    "file",
    [
        "../levee.png",
        "/etc/hostname",
        "a/b.png",
        "le\\u0007vee.png",
        "..",
        ".levee.png",
        "C:levee.png",
        "levee\\u202Egnp.exe",
    ],
)
def test_a_picture_lies_inside_media(june: Path, file: str) -> None:
    _edit(june, "media/levee.toml", "levee.png", file)
    with pytest.raises(UnsafePath):
        case_folder.read(june)


def _link_out(june: Path) -> None:
    (june.parent / "secret.md").write_text("+++\n+++\n")
    (june / "reports/leak.md").symlink_to(june.parent / "secret.md")


def _link_folder(june: Path) -> None:
    shutil.move(june / "reports", june.parent / "reports")
    (june / "reports").symlink_to(june.parent / "reports")


def _link_nowhere(june: Path) -> None:
    (june / "story.en.md").unlink()
    (june / "story.en.md").symlink_to("nowhere")


def _pipe(june: Path) -> None:
    os.mkfifo(june / "reports/pipe.md")


def _subfolder(june: Path) -> None:
    (june / "reports/deeper.md").mkdir()


def _control_character(june: Path) -> None:
    (june / "reports/new\nline.md").write_text("")


@pytest.mark.parametrize("spoil", [_link_out, _link_folder, _link_nowhere, _pipe, _subfolder, _control_character])
def test_only_plain_files_are_read(june: Path, spoil: Callable[[Path], None]) -> None:
    spoil(june)
    with pytest.raises(UnsafePath):
        case_folder.read(june)


@pytest.mark.parametrize(
    "name", ["claims.tml", "notes.txt", "story.english.md", "reports/mood.txt", "searches/hunger.md", "evil/x.toml"]
)
def test_a_file_that_is_no_part_of_it_is_not_passed_over(june: Path, name: str) -> None:
    (june / name).parent.mkdir(exist_ok=True)
    (june / name).write_text("")
    with pytest.raises(NotACaseFolder, match=name.partition("/")[0].partition(".")[0]):
        case_folder.read(june)


def test_hidden_files_and_expected_results_are_passed_over(june: Path) -> None:
    (june / ".DS_Store").write_bytes(b"\xff")
    (june / "expected.toml").write_bytes(b"\xff not even TOML")
    assert case_folder.read(june).name == "june-order"


def test_no_folder_and_an_empty_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(NotACaseFolder, match=r"case\.toml"):
            case_folder.read(folder)


def test_too_much_is_refused_before_it_is_decoded(june: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (june / "reports/mood.md").open("ab") as file:
        file.truncate(tree.TEXT_LIMIT + 1)
    with pytest.raises(TooLarge, match=r"reports/mood\.md"):
        case_folder.read(june)
    (june / "reports/mood.md").unlink()
    monkeypatch.setattr(tree, "COUNT_LIMIT", 5)
    with pytest.raises(TooLarge, match="5 files"):
        case_folder.read(june)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"a = " + b"[" * 50_000, "nested too deep"),
        (b"a = \xff", "byte 4"),
        (b"[case]\n[case]\n", "line 2"),
        (b"", "case"),
        (b"places = 3", "places"),
        (b"case = 1999-01-01T00:00:00Z", "case"),
    ],
)
def test_hostile_toml(june: Path, text: bytes, told: str) -> None:
    (june / "case.toml").write_bytes(text)
    with pytest.raises(DecodeError, match=told) as refusal:
        case_folder.read(june)
    assert str(refusal.value).startswith("case.toml: ")


def test_windows_line_ends_and_marks_are_read(june: Path) -> None:
    before = case_folder.read(june)
    for name in ("case.toml", "reports/mood.md", "story.ko.md"):
        (june / name).write_bytes(b"\xef\xbb\xbf" + (june / name).read_bytes().replace(b"\n", b"\r\n"))
    assert case_folder.read(june) == before


def test_toml_dates_may_stand_without_quotation_marks(june: Path) -> None:
    before = case_folder.read(june)
    _edit(june, "case.toml", '"2023-07-19"', "2023-07-19")
    _edit(june, "claims.toml", '"2023-06-17"', "2023-06-17")
    assert case_folder.read(june) == before


@given(
    st.dictionaries(
        st.sampled_from(["case.toml", "claims.toml", "persons.toml", "reports/r.md", "media/p.toml", "story.en.md"]),
        st.binary(max_size=80),
    )
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_case_or_a_sentence(files: dict[str, bytes]) -> None:
    with pytest.raises(FarbankError):
        decode.case(files)
