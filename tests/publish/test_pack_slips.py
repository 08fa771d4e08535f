"""A country pack adds to the lint as plain data, and the rules keep what they have read."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from tide import draft_of, story

from farbank import country
from farbank.country.pack import Pack
from farbank.model.errors import DecodeError
from farbank.publish import lint
from farbank.publish.lint import LintContext, reading

OWN = """
[[rules]]
rule = "council-name"
evidence = "F27"
blocking = true
patterns = { en = ['\\bthe Board\\b'] }
message = { en = "write the Council" }

[[rules]]
rule = "bare-source"
evidence = "E42"
patterns = { en = ['\\ba little bird\\b'], qtz = ['lïttlä'] }
message = { en = "whose word is it?" }

[[beside]]
name = { en = "the strait" }
words = { en = ['\\bstrait\\b'] }
places = ["tq:S"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "tiny"
    shutil.copytree(Path(__file__).parents[1] / "packs" / "tiny", here)
    (here / "lint.toml").write_text(OWN, "utf-8")
    return here


def found(body: str, context: LintContext, pack: Pack) -> list[tuple[str, bool]]:
    items = lint.check(draft_of(story(body)), dataclasses.replace(context, pack=pack))
    return [(item.rule, item.blocking) for item in items]


def test_a_pack_brings_rules_and_waters_of_its_own(folder: Path, context: LintContext) -> None:
    pack = country.load(folder)
    assert found("The Board met. [@dues]", context, pack) == [("council-name", True)]
    assert found("A little bird said so. [@dues]", context, pack) == [("bare-source", False)]
    assert found("Ollen, by the strait, is calm. [@dues]", context, pack) == [("border-or-river", False)]
    assert found("Skembry, by the strait, is calm. [@dues]", context, pack) == []
    assert found("> The Board met. [@dues; report=r1]", context, pack) == [], "what was said stays as it was said"


def test_a_pack_without_rules_adds_none(tiny: Pack, context: LintContext) -> None:
    assert found("The Board met by the strait off Ollen. [@dues]", context, tiny) == []


def test_a_pattern_that_is_none_is_named_with_its_file(folder: Path) -> None:
    (folder / "lint.toml").write_text(OWN.replace("bthe Board", "b(the Board"), "utf-8")
    with pytest.raises(DecodeError, match=r"lint\.toml"):
        _ = country.load(folder).slips


def test_a_sentence_that_stands_is_not_read_again(tiny: Pack, context: LintContext) -> None:
    lines = [f"Boats number {n} stay in. [@dues]" for n in range(50)]
    lint.check(draft_of(story(" ".join(lines))), context)
    before = reading.hits.cache_info().misses, reading.places.cache_info().misses
    lint.check(draft_of(story(" ".join([*lines, "One more came. [@dues]"]))), context)
    after = reading.hits.cache_info().misses, reading.places.cache_info().misses
    assert after[1] - before[1] == 1
    assert 0 < after[0] - before[0] < 60, "one sentence for every list, and no other"
