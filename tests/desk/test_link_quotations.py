"""A quotation is held against what other stories of the desk quote of the same person; plainer words are offered."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from farbank import vault
from farbank.cli.sources import filed_case
from farbank.desk.drafts import drafts_of
from farbank.desk.file_case import Filed
from farbank.desk.import_case import filed, import_case
from farbank.desk.init_desk import init_desk
from farbank.desk.link_quotations import link_quotations
from farbank.desk.quoted import quotations, quoted_besides
from farbank.desk.shield import token
from farbank.model.linked import Linked, Quoted

CHEAP = vault.Cost(passes=1, memory=8 * 1024 * 1024)
WORDS = "a long passphrase of hers"
JUNE = "examples/june-order"
OWN = (
    "Honestly, we just get by. The harvest came late again, and the neighbours borrow maize from one another, "
    "don't they? Well, anyhow, nobody here has seen a lorry since spring."
)


@pytest.fixture(scope="module")
def june() -> Filed:
    return filed_case(JUNE, None, None, None)


def before(filed: Filed, text: str, language: str = "en") -> dict[str, tuple[Quoted, ...]]:
    return {token(filed, "heron"): (Quoted(case="spring", language=language, text=text),)}


def of_heron(filed: Filed, quoted: Mapping[str, Sequence[Quoted]]) -> list[Linked]:
    return [each for each in link_quotations(filed, quoted) if each.person == "heron"]


def test_a_story_with_nothing_before_it_is_compared_with_nothing(june: Filed) -> None:
    assert all(each.mid is None and each.cases == () for each in of_heron(june, {}))


def test_what_was_quoted_before_is_named_with_the_ratio_and_its_interval(june: Filed) -> None:
    (found,) = (each for each in of_heron(june, before(june, OWN)) if each.file == "story.en.md")
    assert found.cases == ("spring",)
    assert found.low is not None and found.mid is not None and found.high is not None
    assert found.low < found.mid < found.high
    assert found.low < 1 < found.high, "a few quoted sentences settle nothing"


def test_another_language_is_not_compared(june: Filed) -> None:
    assert all(each.mid is None for each in of_heron(june, before(june, OWN, "es")))


def test_the_same_words_again_are_likelier_one_mouth_than_other_words(june: Filed) -> None:
    draft = drafts_of(june.case)["en"]
    same = " ".join(text for speaker, _, text in quotations(draft, june.case) if speaker == "heron")
    again, other = (
        next(each.mid for each in of_heron(june, before(june, text)) if each.file == "story.en.md")
        for text in (same, OWN)
    )
    assert again is not None and other is not None
    assert again > other


def test_the_vault_hands_over_what_other_filed_cases_quote(tmp_path: Path) -> None:
    people = (vault.Member("officer", WORDS, ("safety-officer",)), vault.Member("editor", WORDS, ("editor",)))
    init_desk(tmp_path / "desk", people, cost=CHEAP)
    again = Path(shutil.copytree(JUNE, tmp_path / "again"))
    named = again / "case.toml"
    named.write_text(named.read_text("utf-8").replace('"june-order"', '"june-again"', 1), "utf-8")
    with vault.open(tmp_path / "desk", "officer", WORDS) as opened:
        import_case(opened, Path(JUNE))
        import_case(opened, again)
        second = filed(opened, "june-again")
        found = [each for each in of_heron(second, quoted_besides(opened, "june-again")) if each.mid is not None]
        assert {each.cases for each in found} == {("june-order",)}
        assert {each.file for each in found} == {f"story.{tag}.md" for tag in ("en", "ko", "ja", "zh")}
