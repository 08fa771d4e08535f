"""Every rule of the lint stops its slip in an invented case, and lets its neighbour pass."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import _slip_case, _slips
from farbank.country.pack import Pack
from farbank.model.dates import When
from farbank.model.story import Draft, RecordEvent, ToldBefore
from farbank.publish import lint
from farbank.publish.lint import RULES, LintContext
from farbank.publish.parse import parse

TOLD = tomllib.loads((Path(__file__).parent / "slips.toml").read_text("utf-8"))
FRONT = '---\nheadline: "An order, an account says [@grain-order]"\nsummary: "It asks for grain [@grain-order]"\n'
FRONT += "close: 2031-09-10\n---\nIt asks for grain. [@grain-order]\n\n"


@pytest.fixture(scope="module")
def case() -> LintContext:
    return _slip_case.context()


def draft(body: str, language: str = "en") -> Draft:
    return parse(FRONT + body + "\n", f"story.{language}.md", language)


def rules(body: str, case: LintContext, language: str = "en") -> set[str]:
    """The rules that speak of what was added."""
    before = {(item.rule, item.message) for item in lint.check(draft("", language), case)}
    return {item.rule for item in lint.check(draft(body, language), case) if (item.rule, item.message) not in before}


@pytest.mark.parametrize(("language", "rule", "slip", "clean"), TOLD["slips"])
def test_a_slip_is_stopped_and_its_neighbour_is_not(
    language: str, rule: str, slip: str, clean: str, case: LintContext
) -> None:
    assert rule in rules(slip, case, language)
    assert rule not in rules(clean, case, language)


def test_unnamed_people_need_a_word_why_and_a_name_that_approved(case: LintContext) -> None:
    assert rules("@swift said so. [@grain-order]", case) == set()
    bare = dataclasses.replace(case, explained=False, approved=False)
    assert rules("@swift said so. [@grain-order]", bare) == {"anonymity-unexplained", "approval-missing"}
    assert rules("It was said. [@grain-order]", bare) == set()


def test_the_labels_of_a_map_are_read_as_any_sentence_is(case: LintContext) -> None:
    marked = dataclasses.replace(case, labels={"en": ("N. Hamgyung", "TK")})
    assert rules("More. [@grain-order]", marked) == set(), "they were there before the sentence"
    found = {item.rule for item in lint.check(draft(""), marked)}
    assert {"place-spelling", "editor-marks"} <= found


def test_an_event_of_the_record_is_held_against_earlier_stories(case: LintContext) -> None:
    event = RecordEvent(id="fair", name={"en": "the spring fair"}, when=When("2031-08"), spellings=("spring fair",))
    told = (ToldBefore(story="fairs", of="fair", when=When("2031-08-04")),)
    here = dataclasses.replace(case, record=(event,), before=told)
    assert "told-otherwise-before" in rules("The spring fair was held on 9 August. [@grain-order]", here)
    assert "told-otherwise-before" not in rules("The spring fair was held in August. [@grain-order]", here)


def test_what_the_whole_country_was_told_may_be_said_of_it(case: LintContext) -> None:
    known = msgspec.structs.replace(case.findings["grain-order"], reported_in=("kp",))
    wide = dataclasses.replace(case, findings={**case.findings, "grain-order": known})
    assert "wider-than-confirmed" not in rules("The order holds nationwide. [@grain-order]", wide)


def test_a_page_says_of_all_its_translations_that_they_are_or_is_stopped(case: LintContext, kp: Pack) -> None:
    """The letter is in English, which not everybody in the country speaks; the note is in Korean."""
    here = dataclasses.replace(case, pack=kp)
    letter = "> Lists hang by the door. [@grain-order; report=letter]"
    note = "> There were 12 kilos. [@ration; report=note]"
    assert "translation-unmarked" in rules(f"{letter}\n\n{note}", here), "the one without a mark would tell"
    assert "translation-unmarked" not in rules(note, here), "it is marked"
    assert "translation-unmarked" in rules(letter, here), "all other editions bear the mark, and this would not"
    assert "translation-unmarked" in rules("> 명단은 문 옆에 있다. [@grain-order; report=letter]", here, "ko")
    unsaid = dataclasses.replace(kp, about=msgspec.structs.replace(kp.about, spoken=()))
    assert "translation-unmarked" in rules(note, dataclasses.replace(case, pack=unsaid)), "nobody said who speaks what"


def test_what_was_written_is_not_quoted_word_for_word(case: LintContext) -> None:
    wrote = dataclasses.replace(case, written=frozenset({"note"}))
    assert "written-verbatim" in rules("> 12킬로였다. [@ration; report=note]", wrote, "ko")
    assert "written-verbatim" not in rules("> There were 12 kilos. [@ration; report=note]", wrote), "a translation"
    assert "written-verbatim" not in rules("> 12킬로였다. [@ration; report=note]", case, "ko"), "it was said"


def test_a_rule_has_a_name_of_its_own_and_its_evidence() -> None:
    names = [rule.RULE for rule in RULES]
    assert len(set(names)) == len(names) >= 30
    for rule in RULES:
        assert rule.__name__.rpartition(".")[2].replace("_", "-") == rule.RULE  # type: ignore[attr-defined]
    bare = [rule.RULE for rule in RULES if "(F" not in (rule.__doc__ or "")]
    assert bare == ["stale-accept"], "the one rule about the front matter"


def test_the_clean_story_of_the_bench_is_clean(case: LintContext) -> None:
    assert lint.check(parse(_slips.clean(), "story.en.md", "en"), case) == ()


def test_no_wording_of_a_slip_is_both_tuned_on_and_kept() -> None:
    tuned, kept = _slips.dealt(kept=False), _slips.dealt(kept=True)
    assert tuned.keys() == kept.keys()
    assert all(not {*tuned[rule]} & {*kept[rule]} for rule in tuned)
    assert [*_slips.slips(7, kept=True)] == [*_slips.slips(7, kept=True)]


@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="@＠﹫[]\\`*_<>&#!|~"), max_size=80)
)
def test_no_text_makes_a_rule_stumble(text: str) -> None:
    case = _slip_case.context()
    plain = " ".join(text.split())
    for language in ("en", "ko", "ja", "zh"):
        base = draft("", language)
        sentence = msgspec.structs.replace(base.summary, text=plain)
        lint.check(msgspec.structs.replace(base, summary=sentence), case)
