"""A story as a tagged PDF (PDF/UA-1) for print and messengers, set from the same page as the site's.

It is no file of an edition: which fonts a machine has decides its bytes, so that two people would not make the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from farbank.model.text import Language
from farbank.publish.edition import Edition
from farbank.publish.errors import NoPrinter, PictureNotThere
from farbank.publish.render import paper, prose

_BASE = "https://edition.invalid/"
"""An address nobody can have (RFC 2606): pictures are looked up below it in the edition, and nothing is ever asked."""


def pdf(edition: Edition, language: Language, pictures: Mapping[str, bytes]) -> bytes:
    """The page in one language; `pictures` are files by their path in the edition.

    Raises NoPrinter, and PictureNotThere for a picture the page shows that is not given.
    """
    shown = {file.path for placed in prose.placed(edition.pages[language]) for file in placed.files}
    if missing := sorted(shown - pictures.keys()):
        raise PictureNotThere(f"{missing[0]} is not in the edition; fetch the edition again")
    page = paper.page(edition, language)
    try:
        from weasyprint import HTML
    except (ImportError, OSError):  # OSError: the package is there and the library it loads is not
        raise NoPrinter(
            "printing needs weasyprint and Pango; run pip install 'farbank[publish]', and on Debian "
            "apt install libpango-1.0-0 libpangoft2-1.0-0"
        ) from None
    made: bytes = HTML(string=page, base_url=_BASE, url_fetcher=_fetcher(pictures), media_type="print").write_pdf(
        pdf_variant="pdf/ua-1"
    )
    return made


def _fetcher(pictures: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class FromTheEdition(URLFetcher):  # type: ignore[misc]
        """Answers with pictures of the edition, and asks nobody for anything."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            """The picture at an address below the edition's own; ValueError for any other."""
            path = url.removeprefix(_BASE)
            if not url.startswith(_BASE) or path not in pictures:
                raise ValueError("only the pictures of the edition are printed")
            return URLFetcherResponse(url, pictures[path])

    return FromTheEdition(allowed_protocols=("https",), allow_redirects=False)
