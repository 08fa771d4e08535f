"""The page on the lint names every rule, and whether it blocks."""

from __future__ import annotations

import re
from pathlib import Path

from farbank.publish.lint import RULES

PAGE = Path(__file__).parents[2] / "docs" / "method" / "lint.md"


def test_the_table_is_the_rules() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|.*\| (blocks|warns) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert dict(rows) == {rule.RULE: "blocks" if rule.BLOCKING else "warns" for rule in RULES}
    assert len(rows) == len(RULES)
