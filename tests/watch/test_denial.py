from __future__ import annotations

import pytest

from farbank.watch.denial import denied

EN = ("no", "not", "without", "never")
KO = ("없다", "없었", "않았", "못했")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No deaths were reported.", True),
        ("No one died.", True),
        ("It passed without a single death.", True),
        ("Two people died.", False),
        ("No deaths in the north, but two deaths in the south.", False),
        ("Officials spared no effort after the deaths.", False),
        ("They did not sleep; deaths were many.", False),
        ("Nobody noted the deaths.", False),
        ("There was no rain.", False),
        ("", False),
    ],
)
def test_english(text: str, expected: bool) -> None:
    assert denied(text, "en", ("death", "died"), EN) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("사망자가 없다.", True),
        ("사망자는 한명도 없었다.", True),
        ("사망자가 3명이다.", False),
        ("사망자가 3명이며, 집이 없다.", False),
        ("사망자가 많았으나 그 누구도 끝까지 포기하지 않았다.", False),
    ],
)
def test_korean(text: str, expected: bool) -> None:
    assert denied(text, "ko", ("사망",), KO) is expected


@pytest.mark.parametrize(
    ("text", "language", "form", "negator"),
    [
        ("死亡者가 없다.", "ko", "사망", "없다"),
        ("피해를 입지 않게 되였다.", "ko", "피해", "되었다"),
        ("没有洪澇。", "zh", "洪涝", "没有"),
        ("沒有洪涝。", "zh-Hant", "洪涝", "没有"),
    ],
)
def test_spelling_makes_no_difference(text: str, language: str, form: str, negator: str) -> None:
    assert denied(text, language, (form,), (negator,))
