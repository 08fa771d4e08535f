"""A page as one HTML file that needs nothing else: no script, no font, no request to anybody."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from farbank.publish.manifest import fingerprint
from farbank.publish.page import Page

_HERE = Path(__file__).parent
_POLICY = "default-src 'none'; img-src data:; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
"""Nothing may be loaded and nothing sent; the one style sheet is named by its hash."""


def page(page: Page, versions: Mapping[str, Page] | None = None) -> bytes:
    """The story, with links to the other `versions` (by path) of the edition. Equal pages give equal bytes."""
    others = [(path, other) for path, other in (versions or {}).items() if other != page]
    return _render("page.html.j2", page=page, others=others, map=Markup(page.map))  # noqa: S704 - embed.drawing has looked through it


def index(pages: Mapping[str, Page], *, key: str | None = None) -> bytes:
    """The way in: every language version by its path, status, as-of date, and the desk's public key (hexadecimal)."""
    versions = [(path, pages[path]) for path in pages]
    return _render("index.html.j2", versions=versions, fingerprint=fingerprint(key) if key else "")


def _render(template: str, **values: object) -> bytes:
    css, policy = _style()
    return _environment().get_template(template).render(css=Markup(css), policy=policy, **values).encode("utf-8")  # noqa: S704


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _style() -> tuple[str, str]:
    css = (_HERE / "edition.css").read_text("utf-8")
    digest = b64encode(sha256(css.encode("utf-8")).digest()).decode("ascii")
    return css, _POLICY.format(style=digest)
