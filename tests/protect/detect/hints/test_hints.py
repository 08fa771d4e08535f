"""What invented people give away of themselves, and what nobody gives away."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.protect.detect.hints import ATTRIBUTES, flagged, hints
from farbank.protect.detect.hints.lexicon import entries

NEUTRAL = (Path(__file__).parents[4] / "bench" / "known" / "neutral.txt").read_text("utf-8").splitlines()
OUTRIGHT = {
    "age": "I turned 61 and my knees are not what they were since I got my bus pass.",
    "sex": "As a woman I walk home with my keys between my fingers.",
    "place": "I live near the old bridge and take the tram line by the bay.",
    "origin": "I grew up in Sofia, and my grandmother would make banitsa.",
    "education": "I dropped out of college before my thesis was due.",
    "occupation": "My boss put me on the night shift, so I sleep by day.",
    "income": "We live paycheck to paycheck and buy what is on sale.",
    "relationship": "Since the divorce I cook for one.",
}
KOREAN = {
    "age": "내가 어렸을 때는 배급이 나왔고 지금은 손자가 있다.",
    "sex": "시어머니를 모시는 며느리로서 힘들었다.",
    "place": "우리 인민반에서는 아침마다 청소를 한다.",
    "origin": "저는 청진에서 태어나 열 살까지 살았다.",
    "education": "전공은 금속이었고 대학을 졸업했다.",
    "occupation": "우리 작업반은 야간 근무를 한다.",
    "income": "월급이 적어 하루 벌어 하루 산다.",
    "relationship": "이혼한 뒤로 혼자 산다.",
}
HOSTILE = [
    "a" * 3 * 10**5, "1" * 3 * 10**5 + "x", "1," * 150_000 + "x", "'" * 3 * 10**5, "a'" * 150_000, "New " * 75_000,
    "i am " * 60_000, "$ 1" * 90_000, " " * 3 * 10**5, "." * 3 * 10**5, "우리 " * 90_000, "my ex " * 50_000,
]  # fmt: skip


@pytest.mark.parametrize(("language", "said"), [("en", OUTRIGHT), ("ko", KOREAN)])
def test_what_is_said_outright_is_flagged_and_sure(language, said):
    for attribute, text in said.items():
        assert attribute in flagged(text, language), text
        assert any(one.sort == attribute for one in hints(text, language)), text
        if language == "en":
            assert any(one.sort == attribute and one.sure for one in hints(text)), text


def test_what_is_not_said_is_flagged_all_the_same_and_not_sure():
    text = (
        "Ha, when I was young we waited for the dial up to connect and taped songs off the radio on a cassette. "
        "These days the kids laugh at me, and my doctor says I should watch my cholesterol."
    )
    assert "age" in flagged(text)
    assert any(one.sort == "age" and not one.sure and "dial up" in text[one.start : one.end] for one in hints(text))


def test_a_reading_says_what_is_given_away():
    text = "My knees are not what they were since I got the bus pass."
    assert {("age", "60-")} == {(one.sort, one.reading) for one in hints(text)}


@pytest.mark.parametrize(
    ("attribute", "text"),
    [("age", "My knees creak since I got the bus pass."), ("place", "It is our tram line, the one by the bay.")],
)
def test_two_likely_cues_side_by_side_are_enough_in_a_short_text(attribute, text):
    assert flagged(text) == {attribute}
    assert flagged("The bus pass costs more.") == frozenset()


def test_names_in_small_letters_count_where_nobody_writes_capitals():
    assert any(one.sort == "origin" for one in hints("i grew up in lisbon. we were poor."))
    assert not [one for one in hints("They ate turkey. They ate it cold.") if one.sort == "origin"]


@pytest.mark.parametrize("text", ["", " ", "The bridge reopened on Friday.", "🙂🙂", "\u0301\u0301"])
def test_nothing_is_said_of_nothing(text):
    assert hints(text) == ()
    assert flagged(text) == frozenset()


def test_a_language_without_cues_yields_nothing():
    assert hints(OUTRIGHT["age"], "fr") == ()
    assert hints(OUTRIGHT["age"], "en-GB") == hints(OUTRIGHT["age"])


pieces = st.lists(st.sampled_from([*OUTRIGHT.values(), *KOREAN.values(), *NEUTRAL[:9], "’", "1,", "\n"]), max_size=5)


@given(pieces.map(" ".join) | st.text(), st.sampled_from(["en", "ko"]))
def test_spans_lie_within_the_text_and_every_flag_points_at_one(text, language):
    found = hints(text, language)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert flagged(text, language) == {one.sort for one in found}
    assert found == hints(text, language)


@given(pieces.map(" ".join), st.sampled_from(NEUTRAL))
def test_more_neutral_text_takes_no_sure_hint_away(text, neutral):
    sure = {one for one in hints(text) if one.sure}
    assert sure <= set(hints(f"{text}\n\n{neutral}"))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:6]))
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_hostile_text_takes_no_longer_than_its_length(text, language):
    def spent(length):
        start = time.process_time()
        flagged(text[:length], language)
        return time.process_time() - start

    spent(1000)
    tenth = spent(len(text) // 10)
    assert spent(len(text)) < 30 * tenth + 1


def test_every_file_of_cues_is_read_and_says_how_strong_they_are():
    for language in ("en", "ko"):
        cues = {entry.cue for entry in entries(language)}
        assert {cue.attribute for cue in cues} == set(ATTRIBUTES)
        assert all(cue.weight in (1, 2, 3) for cue in cues)
        assert all(cue.weight == 3 for cue in cues if cue.sure)
