from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.watch.extract.language import language

AMONG = ("ko", "en", "es", "zh-Hans", "ja", "ru")
KO = "평양 7월 14일발 큰물피해를 입은 소림군에서 살림집건설이 힘있게 벌어지고있다. 군인들은 매일 계획을 넘쳐 수행한다."
JA = "洪水の被害を受けたソリム郡で住宅建設が力強く進められている。動員された軍人たちは毎日計画を超過遂行している。"
ZH = "遭受洪水灾害的索林郡正在大力进行住宅建设。动员的军人每天超额完成计划。" * 4
EN = (
    "The houses in the county of Sorim are going up every day, and the soldiers who came to build them sleep in tents. "
)
ES = "Las casas del condado de Sorim se levantan cada día, y los soldados venidos a construirlas duermen en carpas. "
FR = "Les maisons du comté de Sorim s'élèvent chaque jour, et les soldats venus les construire dorment sous la tente. "
RU = "Дома в уезде Сорим растут с каждым днём, а солдаты, которые приехали их строить, спят в палатках. "
TEXTS = {"ko": KO, "ja": JA, "zh-Hans": ZH, "en": EN * 2, "es": ES * 2, "ru": RU}


@pytest.mark.parametrize("declared", ["", *AMONG])
@pytest.mark.parametrize("spoken", TEXTS)
def test_a_long_text_is_believed_over_what_is_declared(spoken: str, declared: str) -> None:
    assert language(TEXTS[spoken], declared, AMONG) == spoken


@pytest.mark.parametrize("declared", AMONG)
@pytest.mark.parametrize("text", ["", "42", "Sorim", "소림군", "索林郡", "…", "Kim Chol Su"])
def test_a_short_text_keeps_what_is_declared(text: str, declared: str) -> None:
    assert language(text, declared, AMONG) == declared


def test_a_japanese_headline_without_kana_stays_japanese() -> None:
    assert language("索林郡水害復旧住宅建設完了式典挙行、軍民代表多数参加、祝賀公演開催", "ja", AMONG) == "ja"


def test_a_region_or_script_that_is_declared_stays() -> None:
    assert language(KO, "ko-KP", AMONG) == "ko-KP"
    assert language(ZH, "zh-Hant", AMONG) == "zh-Hant"


def test_only_the_languages_given_come_into_question() -> None:
    assert language(FR * 2, "", ("en", "es", "fr")) == "fr"
    assert language(FR * 2, "", ()) == "fr"
    assert language(FR * 2, "en", ("en",)) == "en"


def test_quotations_in_another_script_do_not_turn_a_text() -> None:
    assert language(EN + "《소림군》 " + EN, "en", AMONG) == "en"
    assert language(KO + " Sorim Dam (SD) 2024", "ko", AMONG) == "ko"


def test_nothing_tells_of_nothing() -> None:
    assert language("", "", AMONG) == "und"
    assert language("1234 !!!", "", ()) == "und"


@given(
    st.text(max_size=300),
    st.sampled_from(["", *AMONG]),
    st.lists(st.sampled_from(["ko", "en", "es", "xx"]), unique=True),
)
def test_there_is_always_an_answer(text: str, declared: str, among: list[str]) -> None:
    assert language(text, declared, among)
