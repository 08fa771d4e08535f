"""Pin the language versions of a story to the words their master has now, once somebody has read them against it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from farbank import vault, whole
from farbank.desk.drafts import drafts_of
from farbank.desk.import_case import keep_case
from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.text import Language
from farbank.publish.versions.revision import pinned, revision


def pin_folder(folder: Path) -> dict[Language, str]:
    """Pin every version in a case folder, and say per language to what. Raises what reading the folder raises."""
    case = case_folder.read(folder)
    changed = pinned_stories(case)
    for language, story in changed.items():
        whole.file(folder / f"story.{language}.md", story.encode())
    return _pins(case)


def pin_filed(opened: vault.Vault, name: str) -> dict[Language, str]:
    """Pin every version of a filed case; whoever does is one of its authors. Raises NoSuchRecord."""
    with opened.transaction():
        case = vault.case_store.load(opened, name)
        changed = pinned_stories(case)
        if changed:
            keep_case(opened, msgspec.structs.replace(case, stories={**case.stories, **changed}), replace=True)
    return _pins(case)


def pinned_stories(case: Case) -> dict[Language, str]:
    """The stories that pinning changes: those that render other words than the master's, or nobody knew which."""
    drafts = drafts_of(case)
    return {
        language: pinned(case.stories[language], of)
        for language, of in _pins(case).items()
        if drafts[language].of != of
    }


def _pins(case: Case) -> dict[Language, str]:
    master, *versions = drafts_of(case).values()
    return dict.fromkeys((version.language for version in versions), revision(master))
