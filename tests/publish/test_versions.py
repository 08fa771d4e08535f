"""No language version says more, more exactly or more surely than its master, and none is older than it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.pack import Pack
from farbank.model.story import Draft
from farbank.publish import versions
from farbank.publish.parse import parse
from farbank.publish.versions.finer_number import numbers
from farbank.publish.versions.revision import pinned, revision

HEAD = {"en": "Word of an order", "ko": "지시 소식", "ja": "指示の情報", "zh": "命令的消息"}
PAIRS: list[tuple[str, str, str, str]] = [
    (
        "version-finer-place",
        "People heard of it in North Hamgyong.",
        "ko",
        "함경북도 회령시에서 그 소식을 들었다고 한다.",
    ),
    ("version-finer-place", "People heard of it in North Hamgyong.", "ja", "会寧市で聞いたという。"),
    ("version-finer-place", "It was told of in Ryanggang.", "zh", "据说消息传自惠山市。"),
    ("version-finer-date", "It was in June 2023.", "ko", "2023년 6월 17일의 일이다."),
    ("version-finer-date", "It was in June 2023.", "ja", "2023年6月17日のことである。"),
    ("version-finer-date", "It was on 17 June 2023.", "zh", "那是2023年6月18日。"),
    ("version-finer-number", "Several cadres came.", "ko", "간부 세 명이 왔다."),
    ("version-finer-number", "Cadres came.", "ja", "幹部が二十三人来た。"),
    ("version-finer-number", "About 700 cadres came.", "zh", "来了700名干部。"),
    ("version-surer", "A cadre said that it came.", "ko", "간부에게 지시가 내려온 것이 확인됐다고 말했다."),
    ("version-surer", "A cadre said that it came.", "ja", "幹部に指示が来た。"),
    ("version-surer", "The desk could not confirm it.", "zh", "编辑部已证实此事。"),
    ("version-surer", "It is likely.", "ja", "それはほぼ確実だ。"),
    ("version-surer", "It is likely.", "ko", "가능성이 매우 높다."),
    ("version-surer", "It is unlikely.", "zh", "事情就是这样。"),
    ("version-glossary", "The Workers' Party of Korea met.", "ja", "同党が開いた。"),
    ("version-glossary", "Cadres came.", "zh", "官员来了。"),
]
ALIKE: list[tuple[str, str, str]] = [
    ("People heard of it in Hoeryong.", "ko", "함경북도에서 그 소식을 들었다고 한다."),
    ("It was on 17 June 2023.", "ja", "2023年6月のことである。"),
    ("In June it rained.", "zh", "6月下了雨。"),
    ("About 700 cadres came.", "ko", "간부 약 7백 명이 왔다."),
    ("Twenty-three cadres came.", "ja", "幹部が二十三人来た。"),
    ("Two hundred thousand cadres came.", "zh", "来了二十万名干部。"),
    ("The desk could not confirm whether it came.", "ko", "지시가 왔는지 확인하지 못했다."),
    ("It is very likely.", "zh", "这种可能性较大。"),
    ("KCNA told of it.", "zh", "据朝中社报道。"),
]


def draft(language: str, body: str, of: str = "") -> Draft:
    front = f'headline: "{HEAD[language]} [@order]"\nsummary: "{HEAD[language]} [@order]"\nclose: 2023-07-19\n'
    return parse(f"---\n{front}{of and f'of: {chr(34)}{of}{chr(34)}'}\n---\n{body}\n", f"story.{language}.md", language)


def found(drafts: Mapping[str, Draft], pack: Pack) -> list[str]:
    return [each.rule for each in versions.check(drafts, pack)]


def against(master: str, language: str, version: str, pack: Pack) -> list[str]:
    one = draft("en", master)
    return found({"en": one, language: draft(language, version, revision(one))}, pack)


@pytest.mark.parametrize(("rule", "master", "language", "version"), PAIRS)
def test_a_version_that_says_more_is_told_so(rule: str, master: str, language: str, version: str, kp: Pack) -> None:
    assert against(f"{master} [@order]", language, f"{version} [@order]", kp) == [rule]


@pytest.mark.parametrize(("master", "language", "version"), ALIKE)
def test_a_version_as_fine_or_coarser_passes(master: str, language: str, version: str, kp: Pack) -> None:
    assert against(f"{master} [@order]", language, f"{version} [@order]", kp) == []


def test_sentences_may_be_cut_and_joined_but_nothing_added(kp: Pack) -> None:
    master = "It came. [@order] It rained. [@order] It snowed. [@snow]"
    assert against(master, "ko", "지시가 왔고 비가 내렸다. [@order] 눈이 왔다. [@snow]", kp) == []
    for extra in (
        "지시가 왔다. [@order] 눈이 왔다. [@snow] 비가 내렸다. [@order]",
        "눈이 왔다. [@snow] 지시가 왔다. [@order]",
        "지시가 왔다. [@order; @top] 눈이 왔다. [@snow]",
        "지시가 왔다. [@order]",
        "지시가 왔다. [@order] 눈이 왔다. [@snow]\n\n또 왔다. [@order]",
    ):
        assert "version-aligned" in against(master, "ko", extra, kp)


def test_another_report_or_another_person_is_another_story(kp: Pack) -> None:
    assert "version-aligned" in against("> It came. [@order; report=r1]", "ko", "> 왔다. [@order; report=r2]", kp)
    assert "version-aligned" in against("It came. [@order]", "ko", "@heron은(는) 말했다. [@order]", kp)


def test_a_changed_master_makes_every_version_stale_and_pinning_cures_it(kp: Pack) -> None:
    before, after = draft("en", "It came. [@order]"), draft("en", "It came late. [@order]")
    old = {
        language: draft(language, f"{HEAD[language]}. [@order]", revision(before)) for language in ("ko", "ja", "zh")
    }
    assert found({"en": before, **old}, kp) == []
    stale = versions.check({"en": after, **old}, kp)
    assert [(each.rule, each.blocking) for each in stale] == [("version-stale", True)] * 3
    assert revision(after) in stale[0].message
    assert found({"en": after, "ko": draft("ko", f"{HEAD['ko']}. [@order]")}, kp) == ["version-stale"]


def test_what_only_the_desk_reads_makes_nothing_stale() -> None:
    told = "---\nheadline: A [@order]\nsummary: B [@order]\nclose: 2023-07-19\n{}---\nIt came. [@order]\n"
    plain = parse(told.format(""), "story.en.md", "en")
    for more in ("show: {heron: [place]}\n", "link: {heron: 0.5}\n", "# a note\n"):
        assert revision(parse(told.format(more), "story.en.md", "en")) == revision(plain)
    assert revision(parse(told.replace("[@order]\n", "[@top]\n", 1).format(""), "s", "en")) != revision(plain)


@given(st.lists(st.sampled_from("0123456789abcdef"), min_size=16, max_size=16).map("".join), st.booleans())
def test_a_pin_is_read_back_and_replaces_the_one_before(of: str, twice: bool) -> None:
    front = 'headline: "A [@order]"\nsummary: "B [@order]"\nclose: 2023-07-19\nshow: {heron: [place]}\n'
    story = f"---\n{front}---\nC. [@order]\n"
    made = pinned(pinned(story, "0" * 16) if twice else story, of)
    assert parse(made, "story.ko.md", "ko").of == of
    assert made.replace(f'of: "{of}"\n', "") == story


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "two hundred thousand, 1,200 and the eighth", {200000.0, 1200.0, 8.0}),
        ("ko", "3만 5천 명과 열두 명", {35000.0, 12.0}),
        ("ja", "二十三人と十七万人、2枚", {23.0, 170000.0, 2.0}),
        ("zh", "两页，1.5亿元，第八届", {2.0, 150000000.0, 8.0}),
    ],
)
def test_numbers_are_read_in_figures_and_words(language: str, text: str, wanted: set[float], kp: Pack) -> None:
    assert numbers(text, kp.phrases[language], draft("en", "It came. [@order]").close) == wanted
