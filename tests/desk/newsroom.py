"""A desk of three with the June order on file, as it is filed: the editor writes, the safety officer says who they are.

Shared by the tests of the desk; made once, and copied.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import msgspec

from farbank import vault
from farbank.desk.examples import example
from farbank.desk.file_case import content_of
from farbank.desk.import_case import keep_case
from farbank.desk.init_desk import init_desk
from farbank.desk.take_step import take_step
from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.text import Language

JUNE = "june-order"
CHEAP = vault.Cost(passes=1, memory=8192)
EDITOR, OFFICER, PUBLISHER, LEAD, HANDLER = "Ryu", "Han", "Seo", "Bak", "Cho"
ROLES: dict[str, tuple[vault.Role, ...]] = {
    EDITOR: ("editor",),
    OFFICER: ("safety-officer",),
    PUBLISHER: ("publisher",),
    LEAD: ("verification-lead",),
    HANDLER: ("handler",),
}
ON = date(2023, 8, 1)
"""A day on which the June order may go out."""


def word(name: str) -> str:
    return f"{name} has six words of her own"


def found(folder: Path, languages: tuple[Language, ...] = ("en", "ko")) -> vault.Founded:
    """A desk with the June order on file, told in some of its languages: each is a page more to compile and to read."""
    made, founded = _made(languages)
    shutil.copytree(made, folder)
    return founded


def found_cleared(folder: Path, languages: tuple[Language, ...] = ("en", "ko")) -> vault.Founded:
    """The same desk, once the safety officer has read the June order and cleared it."""
    made, founded = _cleared(languages)
    shutil.copytree(made, folder)
    return founded


def june(languages: tuple[Language, ...]) -> Case:
    """The June order, told in some of its languages."""
    case = case_folder.read(example(JUNE))
    stories = {language: case.stories[language] for language in languages}
    return msgspec.structs.replace(case, languages=languages, stories=stories)


@cache
def _cleared(languages: tuple[Language, ...]) -> tuple[Path, vault.Founded]:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    founded = found(folder / "desk", languages)
    clear(folder / "desk")
    return folder / "desk", founded


@cache
def _made(languages: tuple[Language, ...]) -> tuple[Path, vault.Founded]:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    return folder / "desk", _filed(folder / "desk", june(languages))


def _filed(folder: Path, case: Case) -> vault.Founded:
    members = [vault.Member(name, word(name), roles) for name, roles in ROLES.items()]
    founded = init_desk(folder, members, since=date(2023, 1, 1), cost=CHEAP)
    with enter(folder, EDITOR) as opened:
        keep_case(opened, content_of(case))
    with enter(folder, OFFICER) as opened:
        keep_case(opened, case, replace=True)
    return founded


def enter(folder: Path, name: str) -> vault.Vault:
    return vault.open(folder, name, word(name))


def clear(folder: Path, edition: str | None = None, story: str = JUNE) -> None:
    """Have the safety officer read it as it stands, and clear it."""
    with enter(folder, OFFICER) as opened:
        take_step(opened, story, "submit", edition=edition, now=datetime.now(UTC), reason="it is written")
        take_step(opened, story, "clear", edition=edition, now=datetime.now(UTC), reason="nobody is exposed by it")


def copied(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to))
