from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.split import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["One.", "Two."],
        ["It came to N. Hamgyong in June.", "Nobody knew."],
        ["The shift begins at 5 a.m. in winter.", "It ends late."],
        ["Dr. Oss and Gen. Vell met.", "No. 3 mine closed."],
        ["He said no.", "She said yes."],
        ["“Go home.” he said.", "They went."],
        ["“Go home.”", "They went."],
        ["Is it so?", "It is!", "So be it."],
        ["Rice cost 5.2 thousand.", "Maize cost 2.1."],
        ["비가 왔다.", "강이 넘쳤다."],
        ["“먹을 것이 없다.”고 말했다.", "그뿐이다."],
        ["“먹을 것이 없다.” 라고 말했다.", "그뿐이다."],
        ["정말인가?", "그렇다."],
        ["지시… 함경북도에서 전해졌다.", "더는 모른다."],
        ["비가 왔다(큰비였다).", "강이 넘쳤다."],
    ],
)
def test_sentences_are_told_apart(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentences(text)] == parts


def test_chinese_sentences_need_no_space() -> None:
    text = "下雨了。河水上涨。"
    assert [text[start:end] for start, end in sentences(text)] == ["下雨了。", "河水上涨。"]


def test_a_citation_after_a_full_stop_ends_the_sentence_beyond_doubt() -> None:
    text = "It was plan B. Nobody knew."
    assert len(sentences(text)) == 1
    assert len(sentences(text, [14])) == 2


@given(st.text(alphabet='aB.!?다。”"… \n', max_size=50))
def test_nothing_but_space_is_lost_and_order_is_kept(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
