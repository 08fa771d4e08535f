from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from farbank.desk.search_archive import search_archive
from farbank.model.statemedia import Article, Window
from farbank.watch import archive

TEXTS = {
    "en": "Rain fell in Chongjin.",
    "ko": "청진시에서 비가 내렸다.",
    "ko-KP": "淸津市(청진시)에서 비가 내리였다.",
    "zh-Hans": "清津市降雨。",
    "zh-Hant": "淸津市降雨，朝鮮勞動黨。",
    "ja": "清津で雨が降った。",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("archive")
    day = date(2031, 7, 1)
    archive.build(
        [Article(id=tag, outlet="Wire", lang=tag, date=day, title="-", body=text) for tag, text in TEXTS.items()], made
    )
    return made


def languages(folder: Path, words: str) -> set[str]:
    window = Window(first=date(2031, 7, 1), last=date(2031, 7, 1))
    return {hit.language for hit in search_archive(folder, words, window=window).hits}


@pytest.mark.parametrize(
    "spelling",
    [
        "Chongjin",
        "Cheongjin",
        "Ch’ŏngjin",
        "Ch'ongjin",
        "CHONGJIN",
        "chungjin",
        "청진",
        "청진시",
        "清津",
        "淸津",
        "清津市",
    ],
)
def test_a_place_is_found_in_every_language_whatever_spelling_was_typed(folder: Path, spelling: str) -> None:
    assert languages(folder, spelling) == set(TEXTS)


@pytest.mark.parametrize("words", ["朝鮮勞動黨", "朝鲜劳动党"])
def test_a_word_is_found_in_either_writing(folder: Path, words: str) -> None:
    assert languages(folder, words) == {"zh-Hant"}


def test_a_word_in_characters_is_found_in_hangul(folder: Path) -> None:
    assert languages(folder, "淸津市에서") == {"ko", "ko-KP"}
