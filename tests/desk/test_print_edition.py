from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import pytest
from nacl.signing import SigningKey

sys.path.insert(0, str(Path(__file__).parent.parent / "publish"))  # the invented edition is shared with that room

from datetime import date

from printed import edition
from typer.testing import CliRunner

from farbank.cli import app
from farbank.desk.errors import NoEdition, NotInLanguage, PrintThere
from farbank.desk.print_edition import print_edition, printed, strangers, words
from farbank.desk.write_edition import write_edition
from farbank.publish import manifest
from farbank.publish.errors import FileChanged, PictureNotThere, SignatureBad
from farbank.publish.render import files

SIGNING = SigningKey.generate()
KEY = bytes(SIGNING.verify_key).hex()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition as signed, whose pictures somebody left out."""
    made = files(edition())
    listed = manifest.build(
        made, edition="dues-2", sequence=7, close=date(2031, 5, 20), expires=date(2032, 6, 30), languages=("en", "qtz"),
        key=KEY, status="released",
    )  # fmt: skip
    signed = manifest.signed(manifest.with_manifest(made, listed), lambda data: SIGNING.sign(data).signature)
    write_edition(signed, tmp_path / "site", manifest.edition_dated(signed))
    return tmp_path / "site"


def test_what_was_changed_is_never_printed(folder: Path, tmp_path: Path) -> None:
    page = folder / "en.html"
    page.write_bytes(page.read_bytes().replace(b"doubled", b"trebled"))
    with pytest.raises(FileChanged, match=r"en\.html"):
        print_edition(folder, "en", tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_nothing_is_printed_of_another_desk(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SignatureBad):
        print_edition(folder, "en", tmp_path / "out.pdf", key="cd" * 32)


def test_only_an_edition_in_the_language_is_printed_to_a_new_file(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotInLanguage, match="en, qtz"):
        print_edition(folder, "ko", tmp_path / "out.pdf")
    with pytest.raises(NoEdition):
        print_edition(folder / "none", "en", tmp_path / "out.pdf")
    (tmp_path / "held.pdf").write_bytes(b"held")
    with pytest.raises(PrintThere):
        print_edition(folder, "en", tmp_path / "held.pdf")
    assert (tmp_path / "held.pdf").read_bytes() == b"held"


def test_a_picture_that_is_not_there_stops_the_print(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PictureNotThere):
        print_edition(folder, "en", tmp_path / "out.pdf", key=KEY)


def test_the_command_says_why_and_exits_unhappily(folder: Path, tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["edition", "print", str(folder), "--language", "ko", "--out", str(tmp_path / "o")])
    assert isinstance(said.exception, NotInLanguage)


def test_a_word_the_page_does_not_say_is_named() -> None:
    page = words("<p>Harbour dues <b>dou</b>bled.</p><script>tripled</script><img alt='a quay'>")
    assert strangers(["Harbour dues dou-\nbled. · a quay"], page) == []
    assert strangers(["Harbour dues tripled."], page) == ["tripled."]


def test_lines_of_hangul_and_kanji_may_break_anywhere() -> None:
    assert strangers(["항만 사용\n료가 두 배로"], words("<p>항만 사용료가 두 배로</p>")) == []


def test_a_print_is_tagged_in_its_language_and_says_what_the_page_says(tmp_path: Path) -> None:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):  # OSError: Pango is not there
        pytest.skip("needs farbank[publish] and Pango (apt-get install libpango-1.0-0 libpangoft2-1.0-0)")
    from io import BytesIO

    import pypdfium2 as pdfium
    from PIL import Image

    from farbank.publish.render import html
    from farbank.publish.render.pdf import pdf

    held = BytesIO()
    Image.new("RGB", (96, 48), "grey").save(held, "JPEG")
    shown = {f"pictures/{width:020}.jpg": held.getvalue() for width in (480, 960)}
    data = pdf(edition(), "en", shown)
    assert data.startswith(b"%PDF-")
    with closing(pdfium.PdfDocument(data)) as document:
        assert pdfium.raw.FPDFCatalog_IsTagged(document)
    page = words(html.files(edition())["en.html"].decode("utf-8"))
    assert strangers(printed(data), page) == []
    assert strangers(printed(data), "another page")


@pytest.mark.parametrize("mark", ["\u0002", "\ufffe", "-"])
def test_a_word_broken_at_its_hyphen_is_the_word_of_the_page(mark: str) -> None:
    assert strangers([f"write self{mark}criticisms"], "to write self-criticisms") == []
    assert strangers([f"write self{mark}accusations"], "to write self-criticisms") == [f"self{mark}accusations"]
