"""Lines that fit, and that joined are the sentence again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from farbank.chart.broken import broken, width


@given(st.text(max_size=200), st.floats(20, 400))
def test_joined_they_are_the_text_and_no_line_is_too_long(text: str, room: float) -> None:
    lines = broken(text, 13, room)
    assert "".join(lines) == text
    for line in lines:
        kept = line.rstrip()
        while (
            kept and kept[-1] in "、。，．・：；！？」』）》〉】〕ーっゃゅょッャュョ々”’…"
        ):  # these may hang over the edge
            kept = kept[:-1]
        assert len(kept) <= 1 or width(kept, 13) <= room


def test_korean_breaks_at_spaces_and_chinese_anywhere_but_before_a_stop() -> None:
    assert broken("다리 근처 장사꾼들에게", 10, 65) == ("다리 근처 ", "장사꾼들에게")
    assert broken("桥边的商贩。", 10, 50) == ("桥边的商贩。",)
    assert broken("桥边的商贩离开。", 10, 50) == ("桥边的商贩", "离开。")
