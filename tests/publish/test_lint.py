from __future__ import annotations

import dataclasses

import msgspec
import pytest
from tide import draft_of, finding, quay, story, wording

from farbank.country.pack import Pack
from farbank.model.dates import When
from farbank.model.story import Draft, RecordEvent
from farbank.publish import lint
from farbank.publish.lint import LintContext


def rules(body: str, context: LintContext, headline: str = "A headline [@dues]") -> list[str]:
    return [found.rule for found in lint.check(draft_of(story(body, headline)), context)]


def test_a_clean_story_is_clean_but_for_the_record(draft: Draft, context: LintContext) -> None:
    found = lint.check(draft, context)
    assert [(item.rule, item.line, item.blocking) for item in found] == [("state-record", 8, False)]
    assert "3 May 2031" in found[0].message and "2–4 May 2031" in found[0].message


@pytest.mark.parametrize("body", ["No claim here.", "One. Two. [@dues]", "## Heading"])
def test_every_sentence_cites(body: str, context: LintContext) -> None:
    assert rules(body, context) == ["claim-missing"]


def test_the_headline_cites_too(context: LintContext) -> None:
    assert rules("One. [@dues]", context, "A headline") == ["claim-missing"]


@pytest.mark.parametrize(
    ("body", "blocked"),
    [
        ("Boats lie at Brask. [@dues]", True),
        ("Boats lie at Old Brask Port. [@dues]", True),
        ("boats lie at brask. [@dues]", True),
        ("Boats lie off Ollen. [@dues]", False),
        ("A candle burns. [@dues]", False),
    ],
)
def test_no_place_finer_than_the_first_level(body: str, blocked: bool, context: LintContext) -> None:
    assert ("finer-than-allowed" in rules(body, context)) is blocked


def test_the_words_of_a_pictures_record_are_read_too(context: LintContext) -> None:
    named = dataclasses.replace(context, pictures={"quay": quay()})
    assert rules("![](media:quay)", named) == []
    picture = quay()
    told = msgspec.structs.replace(picture, what={"en": "boats at Brask"})
    assert rules("![](media:quay)", dataclasses.replace(context, pictures={"quay": told})) == ["finer-than-allowed"]


@pytest.mark.parametrize(
    ("field", "words", "blocked"),
    [
        ("what", "boats at a quay on 14 May 2031", True),
        ("what", "boats at a quay at 6 a.m.", True),
        ("vantage", "the mole, 3 May", True),
        ("what", "boats at a quay in May 2031", False),
        ("what", "12 boats at a quay", False),
    ],
)
def test_a_caption_gives_the_month_and_its_words_no_day_or_hour(
    field: str, words: str, blocked: bool, context: LintContext
) -> None:
    pictures = {"quay": msgspec.structs.replace(quay(), **{field: {"en": words}})}
    found = rules("One. [@dues]\n\n![](media:quay)", dataclasses.replace(context, pictures=pictures))
    assert ("caption-detail" in found) is blocked


def test_a_what_if_is_not_written_out(kp: Pack, context: LintContext) -> None:
    here = dataclasses.replace(
        context, pack=kp, wordings={"tern": wording("tern", {"place": "kp:KP02"}, "a partner in North Hamgyong")}
    )
    text = story("@tern lives in a city in North Hamgyong. [@dues]").replace(
        "\n---\n", '\nwhatif: {tern: [{place: "kp:KP02/city"}]}\n---\n'
    )
    assert [item.rule for item in lint.check(draft_of(text), here)] == ["finer-than-allowed"]


def test_a_person_is_not_called_by_a_finer_body_than_their_wording(kp: Pack, context: LintContext) -> None:
    axis = next(axis for axis in kp.population.axes if axis.id == "organisation")
    assert axis.parents["org:party-local"] != "org:party"
    named = axis.names["org:party-local"]["en"]
    described = wording("alder", {"organisation": "org:party"}, "a party official")
    here = dataclasses.replace(context, pack=kp, wordings={"alder": described})
    assert rules(f"@alder, {named}, said so. [@dues]", here) == ["finer-than-allowed"]
    assert rules("@alder said so. [@dues]", here) == []
    as_fine = dataclasses.replace(
        here, wordings={"alder": wording("alder", {"organisation": "org:party-local"}, "somebody")}
    )
    assert rules(f"@alder, {named}, said so. [@dues]", as_fine) == []


@pytest.mark.parametrize(
    "sentence",
    ["Sources said so.", "Several officials said so.", "According to residents, it is so.", "Two people confirmed it."],
)
def test_one_origin_is_never_plural(sentence: str, context: LintContext) -> None:
    assert rules(f"{sentence} [@dues]", context) == ["plural-sources"]
    two = dataclasses.replace(context, findings={"dues": finding("dues", origins=2)})
    assert rules(f"{sentence} [@dues]", two) == []
    mixed = dataclasses.replace(context, findings={"dues": finding("dues", origins=2), "boats": finding("boats")})
    assert rules(f"{sentence} [@dues; @boats]", mixed) == ["plural-sources"]


@pytest.mark.parametrize("sentence", ["An official said so.", "Boats have sources of light.", "People were hungry."])
def test_what_is_no_attribution_stays(sentence: str, context: LintContext) -> None:
    assert rules(f"{sentence} [@dues]", context) == (["plural-sources"] if "sources" in sentence else [])


@pytest.mark.parametrize(
    ("sentence", "stale"),
    [
        ("소식통들은 그렇다고 했다.", True),
        ("간부들은 먹을 것이 없다고 전했다.", True),
        ("주민들에 따르면 비가 왔다.", True),
        ("간부들은 옥수수가 익기를 기다린다고 @tern은(는) 말했다.", False),
        ("간부들이 감자를 들여온다는 말도 있다.", False),
    ],
)
def test_korean_plurals(sentence: str, stale: bool, kp: Pack, context: LintContext) -> None:
    here = dataclasses.replace(context, pack=kp)
    found = lint.check(draft_of(story(f"{sentence} [@dues]"), "ko"), here)
    assert ("plural-sources" in [item.rule for item in found]) is stale


@pytest.mark.parametrize(
    ("sentence", "stale"),
    [
        ("As of 20 May 2031 nobody knows.", False),
        ("As of 20 May nobody knows.", False),
        ("As of 19 May 2031 nobody knows.", True),
        ("As of May 2031 nobody knows.", True),
        ("Nobody knows today.", True),
        ("Nobody currently knows.", True),
        ("Nobody knows today, 20 May 2031.", False),
        ("The dues fall due on 1 June 2031.", False),
    ],
)
def test_the_as_of_date_is_the_close(sentence: str, stale: bool, context: LintContext) -> None:
    assert rules(f"{sentence} [@dues]", context) == (["stale-as-of"] if stale else [])


def test_a_sources_own_today_stays(context: LintContext) -> None:
    assert rules("> Nobody paid today. [@dues; report=r1]", context) == []


@pytest.mark.parametrize(
    ("sentence", "stale"),
    [
        ("2031년 5월 20일 현재 확인하지 못했다.", False),
        ("2031년 5월 19일 현재 확인하지 못했다.", True),
        ("현재 확인하지 못했다.", True),
        ("오늘 확인했다.", True),
        ("오늘날의 문제다.", False),
    ],
)
def test_korean_as_of(sentence: str, stale: bool, kp: Pack, context: LintContext) -> None:
    found = lint.check(draft_of(story(f"{sentence} [@dues]"), "ko"), dataclasses.replace(context, pack=kp))
    assert ("stale-as-of" in [item.rule for item in found]) is stale


@pytest.mark.parametrize(
    ("sentence", "conflict"),
    [
        ("The Council met on 3 May 2031.", True),
        ("The Council met on 9 June.", True),
        ("The Council met on 2–4 May 2031.", False),
        ("The Council met in May 2031.", False),
        ("The Council met.", False),
        ("Nobody met on 3 May 2031.", False),
    ],
)
def test_a_date_beside_the_record(sentence: str, conflict: bool, context: LintContext) -> None:
    assert rules(f"{sentence} [@dues]", context) == (["state-record"] if conflict else [])


def test_a_phrase_of_one_year_is_not_credited_to_anothers_event(context: LintContext) -> None:
    old = RecordEvent(id="old", name={"en": "the old phrase"}, when=When("2029-05"), spellings=("lean water",))
    here = dataclasses.replace(context, record=(*context.record, old))
    found = lint.check(draft_of(story("When the Council met it spoke of lean water. [@dues]")), here)
    assert {item.rule for item in found} == {"state-record"}
    assert len(found) == 2
