"""A story as one HTML file a language: no script, no font, no request but for its pictures beside it."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from farbank.publish.edition import Edition
from farbank.publish.manifest import fingerprint
from farbank.publish.page import Drawn, Page
from farbank.publish.render import news_article

_HERE = Path(__file__).parent
_POLICY = "default-src 'none'; img-src 'self'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
"""Nothing may be loaded but pictures that lie beside the page, nothing sent; the style sheet is named by its hash."""

_LISTED = "promises"
"""Drawn in a file of its own: the page has the same as a list already."""


def files(edition: Edition) -> dict[str, bytes]:
    """`<language>.html` for each language, `index.html` to choose between them. Equal editions give equal bytes."""
    made = {f"{language}.html": _story(edition, language) for language in edition.languages}
    return made | {"index.html": _index(edition)}


def render(template: str, *, script: str = "", **values: object) -> bytes:
    """A page of a template of this room, with the one style sheet and what it may load.

    A page with a `script` may run it, named by its hash, and ask the site itself for data; all others run nothing.
    """
    css, policy = _style()
    if script:
        policy += f"; script-src 'sha256-{_digest(script)}'; connect-src 'self'"
        values["script"] = Markup(script)  # noqa: S704 - ours, from a file of this room
    return environment().get_template(template).render(css=Markup(css), policy=policy, **values).encode("utf-8")  # noqa: S704


def drawings(page: Page) -> list[tuple[Drawn, Markup]]:
    """The drawings that stand in a page, each with its markup."""
    return [(drawn, Markup(drawn.svg)) for drawn in page.drawings if drawn.shows != _LISTED]  # noqa: S704 - embed.drawing has looked through


@cache
def environment() -> Environment:
    """How every template of this room is filled: all words escaped, and none left out."""
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _story(edition: Edition, language: str) -> bytes:
    page = edition.pages[language]
    others = [(f"{tag}.html", other) for tag, other in edition.pages.items() if tag != language]
    return render(
        "page.html.j2",
        edition=edition,
        page=page,
        others=others,
        drawings=drawings(page),
        structured=Markup(news_article.block(edition, language)),  # noqa: S704 - escaped there
        fingerprint=fingerprint(edition.key),
    )


def _index(edition: Edition) -> bytes:
    versions = [(f"{language}.html", page) for language, page in edition.pages.items()]
    return render("index.html.j2", versions=versions, fingerprint=fingerprint(edition.key))


@cache
def _style() -> tuple[str, str]:
    css = (_HERE / "edition.css").read_text("utf-8")
    return css, _POLICY.format(style=_digest(css))


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
