"""Print a published edition: a PDF of one language, made from files the desk signed, and held against its page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from farbank import whole
from farbank.desk.errors import NoEdition, NotInLanguage, PrintDiffers, PrintThere
from farbank.desk.verify_edition import read_edition
from farbank.model import codec
from farbank.model.text import Language
from farbank.publish import manifest, render
from farbank.publish.edition import PUBLIC, Edition
from farbank.publish.render.pdf import pdf

_SET = re.compile(r"[\s·+–•“”‘’\-\u00ad\u200b\u0002\ufffe⁰¹²³⁴-⁹]+")
"""What the setting of a page adds or takes: spaces, the marks between dates, hyphens, the numbers of notes.

Two of them are what PDFium reads where a line ends in a hyphen.
"""


def print_edition(folder: Path, language: Language, out: Path, key: str | None = None) -> int:
    """Write the PDF to `out`, which is new, and say how many pages it has.

    With `key`, the desk's public key in hexadecimal, the edition has to be signed with it. Raises EditionNotWhole,
    NoEdition, NotInLanguage, NoPrinter, PictureNotThere, PrintDiffers if it says a word its page does not, PrintThere.
    """
    if out.exists() or out.is_symlink():
        raise PrintThere(f"{out} is there already; name a new file, nothing was changed")
    files = read_edition(folder)
    manifest.verify(files, key=key)
    edition = _edition(files)
    if language not in edition.pages:
        raise NotInLanguage(f"{folder} is not in {language}; it is in {', '.join(edition.languages)}")
    data = pdf(edition, language, {path: held for path, held in files.items() if path.startswith("pictures/")})
    said = printed(data)
    if strange := strangers(said, words(files[f"{language}.html"].decode("utf-8"))):
        raise PrintDiffers(f"the print says “{strange[0]}”, which its page does not; nothing was written")
    whole.file(out, data)
    return len(said)


def printed(data: bytes) -> list[str]:
    """The text of each page of a PDF."""
    from pypdfium2 import PdfDocument

    with PdfDocument(BytesIO(data)) as opened:
        return [page.get_textpage().get_text_bounded() for page in opened]


def strangers(pages: list[str], page: str) -> list[str]:
    """Words of a print that are not in the text of its page, spaces, hyphens and line ends apart."""
    known = _bare(page)
    return [word for text in pages for word in text.split() if _bare(word) not in known]


def words(html: str) -> str:
    """All text of a page that a reader sees or hears."""
    reader = _Words()
    reader.feed(html)
    return " ".join(reader.said)


def _bare(text: str) -> str:
    return _SET.sub("", unicodedata.normalize("NFKC", _SET.sub("", text)))


def _edition(files: Mapping[str, bytes]) -> Edition:
    if PUBLIC not in files:
        raise NoEdition(f"{PUBLIC} is not in this edition; it was made by a farbank that could not print")
    return render.with_drawings(codec.from_json(files[PUBLIC], Edition, PUBLIC), files)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.said += [value for name, value in attrs if name == "alt" and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)
