"""The story as it stands in the editor: who is exposed how far, what the prose gives away, and what the lint finds.

No page is made and no picture opened, so it answers as one types; whether the story may go out, `story check` says.
"""

from __future__ import annotations

import msgspec

from farbank.desk.drafts import drafts_of
from farbank.desk.establish import Established
from farbank.desk.file_case import Filed
from farbank.desk.lint_story import lint_story
from farbank.desk.shield import Shielded, shield
from farbank.model.story import Lint


class Prose(msgspec.Struct, frozen=True, kw_only=True):
    """The wordings of everybody behind the story with what the prose gives away, and the lint."""

    shielded: Shielded
    lint: tuple[Lint, ...]


def check_prose(filed: Filed, established: Established, before: Prose | None = None) -> Prose:
    """Read the drafts of a case against findings made before; they do not hang on a story's words.

    `before` is what came of the same case when its stories read otherwise. Raises what parsing the story raises.
    """
    drafts = drafts_of(filed.case)
    shielded = shield(filed, drafts, before.shielded.counted if before else None)
    wordings = {wording.person: wording for wording in shielded.wordings}
    return Prose(shielded=shielded, lint=lint_story(filed, established, drafts, wordings, {}))
