"""By which rules captures are read: what they say is compared only with what the same rules read again."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

import farbank
from farbank.country.pack import Pack
from farbank.model import codec
from farbank.watch import outlets

ROOMS = ("model", "country", "watch")
"""Where the code is that reads: any change of it makes other rules, for nobody can say which one changes a reading."""
LIBRARIES = ("resiliparse", "trafilatura", "htmldate", "lxml", "py3langid", "numpy", "PyStemmer")


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a reading depends on: the version of farbank, its code, the libraries it reads with, and from the pack the
    rules of its sites and the names of its outlets. `code`, `sites` and `outlets` are fingerprints."""

    farbank: str
    code: str
    libraries: dict[str, str]
    sites: str
    outlets: str


def current(pack: Pack | None) -> str:
    """The rules by which this program reads with that pack, as JSON."""
    return codec.to_json(
        Rules(
            farbank=farbank.__version__,
            code=_code(),
            libraries=_libraries(),
            sites=_digest([msgspec.json.encode(pack.sites if pack else ())]),
            outlets=_digest([msgspec.json.encode(outlets.ids(pack), order="sorted")]),
        )
    ).decode()


@cache
def _code() -> str:
    root = Path(farbank.__file__).parent
    files = sorted(path for room in ROOMS for path in (root / room).rglob("*.py"))
    return _digest(part for path in files for part in (str(path.relative_to(root)).encode(), path.read_bytes()))


@cache
def _libraries() -> dict[str, str]:
    return {"unicode": unicodedata.unidata_version} | {name: _version(name) for name in LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _digest(parts: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()[:16]
