"""Names and hints that trained detectors find are shown and never counted; a handle is no name."""

from __future__ import annotations

import pytest

from farbank.model.detections import Detection
from farbank.protect.detect.inferred import inferred
from farbank.protect.detect.prose import Parts
from farbank.protect.detect.read import detections
from farbank.protect.names import is_korean_name


def words(text: str, found: tuple[Detection, ...], sort: str) -> list[str]:
    return [text[one.start : one.end] for one in found if one.sort == sort]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("The list was signed by Mr Ryang Chol Min of the second team.", "en", "Ryang Chol Min"),
        ("명단에는 제2작업반 량철민의 이름이 있었다.", "ko", "량철민"),
    ],
)
def test_a_name_is_shown_and_never_sure(parts: Parts, text: str, language: str, name: str) -> None:
    found = [one for one in detections(text, language, parts) if one.sort == "person"]
    assert any(name in text[one.start : one.end] for one in found)
    assert not any(one.sure for one in found)


@pytest.mark.parametrize("text", ["@heron은 그 말을 아는 사람에게서 들었다.", "옥수수가 아직 여물지 않았다고 했다."])
def test_neither_a_handle_nor_a_northern_word_is_a_name(parts: Parts, text: str) -> None:
    assert words(text, detections(text, "ko", parts), "person") == []


def test_a_quotation_that_lets_a_reader_infer_something_says_where() -> None:
    text = "I left school at sixteen, and my husband has been in the mine since our first boy was born."
    found = inferred(text, "en")
    assert words(text, found, "relationship")
    assert not any(one.sure or one.reading for one in found)


def test_a_korean_name_begins_with_a_surname() -> None:
    assert [is_korean_name(word) for word in ("량철민", "김철", "옥수수", "로", "선중")] == [
        True,
        True,
        False,
        False,
        False,
    ]
