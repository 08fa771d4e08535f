from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
import pytest

from farbank.country.pack import Pack
from farbank.model.statemedia import Coverage, Passage, Result, Search, Verdict, Window
from farbank.watch.sentence import sentence

RESULTS: tuple[Result, ...] = ("said", "half-said", "said-elsewhere", "contradicted", "silent", "cannot-tell")
SEARCH = Search(
    id="machine-c",
    claims=("c",),
    window=Window(first=date(2024, 7, 27), last=date(2024, 8, 31)),
    outlets=("KCNA",),
    languages=("en",),
    result="silent",
    coverage=(Coverage(outlet="KCNA", language="en", days_held=36, days_missing=(), bodies=1250, titles_only=3),),
)
READ = Search(
    id="s1",
    claims=("c",),
    window=Window(first=date(2023, 6, 17), last=date(2023, 6, 20)),
    outlets=("rodong-sinmun", "kcna"),
    languages=("ko",),
    result="silent",
    reader="reader-2",
)


def test_silence_says_what_was_searched(kp: Pack) -> None:
    assert sentence(SEARCH, kp, "en") == (
        "KCNA (English), 27 July – 31 August 2024, 1,250 articles on 36 days: no mention found."
    )
    assert sentence(SEARCH, kp, "ko") == (
        "조선중앙통신(영어판), 2024년 7월 27일~8월 31일, 36일 보도 1,250건: 언급을 찾지 못함."
    )


def test_a_bound_is_said_of_silence_and_rounded_up(kp: Pack) -> None:
    bounded = msgspec.structs.replace(SEARCH, bound=0.01601)
    assert sentence(bounded, kp, "en").endswith(
        ": no mention found. A search like this misses at most 1.7 % of the mentions that are there."
    )
    assert sentence(bounded, kp, "ko").endswith("언급을 놓치는 비율은 최대 1.7%다.")
    assert "misses" not in sentence(msgspec.structs.replace(bounded, result="said"), kp, "en")


def test_passages_nobody_has_read_are_said(kp: Pack) -> None:
    waiting = msgspec.structs.replace(SEARCH, result="cannot-tell", waiting=3)
    assert sentence(waiting, kp, "en").endswith("3 passages that may mention it have yet to be read.")
    assert "yet to be read" not in sentence(msgspec.structs.replace(waiting, waiting=0), kp, "en")


def test_versions_that_differ_each_say_their_own(kp: Pack) -> None:
    (english,) = SEARCH.coverage
    korean = Coverage(outlet="KCNA", language="ko", days_held=36, days_missing=(), bodies=1400, titles_only=0)
    day = date(2024, 7, 31)
    search = msgspec.structs.replace(
        SEARCH,
        result="said",
        coverage=(english, korean),
        verdicts=(
            Verdict(outlet="KCNA", language="en", result="silent", bound=0.02),
            Verdict(outlet="KCNA", language="ko", result="said", first=day),
        ),
    )
    assert sentence(search, kp, "en") == (
        "KCNA (English), 27 July – 31 August 2024, 1,250 articles on 36 days: no mention found; "
        "KCNA (Korean), 27 July – 31 August 2024, 1,400 articles on 36 days: reported on 31 July 2024."
    )


def test_days_not_held_are_said(kp: Pack) -> None:
    held = Coverage(
        outlet="KCNA", language="en", days_held=1, days_missing=(date(2024, 7, 28),), bodies=1, titles_only=0
    )
    search = msgspec.structs.replace(SEARCH, coverage=(held,), result="cannot-tell")
    said = sentence(search, kp, "en")
    assert "1 article on 1 day, missing: 28 July 2024" in said
    assert said.endswith("whether it was mentioned cannot be told.")


def test_the_days_not_held_are_named_and_the_many_are_counted(kp: Pack, tiny: Pack) -> None:
    def said(days: Iterable[date], pack: Pack, language: str) -> str:
        held = Coverage(outlet="KCNA", language="en", days_held=1, days_missing=tuple(days), bodies=1, titles_only=0)
        return sentence(msgspec.structs.replace(SEARCH, coverage=(held,), result="cannot-tell"), pack, language)

    august = [date(2024, 8, day) for day in (*range(3, 10), 14)]
    assert "on 1 day, missing: 3–9 and 14 August 2024: whether" in said(august, kp, "en")
    assert "(자료 없는 날: 2024년 8월 3~9일과 14일): 언급" in said(august, kp, "ko")
    assert "mëssëng: 3–9 önd 14 Öügüst 2024" in said(august, tiny, "qtz")
    odd = [date(2024, 8, day) for day in range(1, 32, 2)]
    assert "missing: 1, 3, 5, 7 and 9 August 2024 and 11 more days:" in said(odd, kp, "en")
    assert "그 밖의 11일" in said(odd, kp, "ko")


def test_the_best_passages_give_the_dates(kp: Pack) -> None:
    def passage(day: int, result: Result) -> Passage:
        return Passage(
            article=f"a{day}", outlet="KCNA", language="en", date=date(2024, 8, day), title="T", text="t", result=result
        )

    passages = (*(passage(day, "said") for day in (14, 3, 14, 9, 1)), passage(2, "half-said"))
    said = sentence(msgspec.structs.replace(SEARCH, result="said", passages=passages), kp, "en")
    assert said.endswith("reported on 3 August 2024, 9 August 2024 and 14 August 2024.")


def test_an_attested_search_says_that_the_desk_read(kp: Pack) -> None:
    assert sentence(READ, kp, "en") == (
        "The desk read Rodong Sinmun and KCNA of 17–20 June 2023 and found no mention of it."
    )
    assert "조선중앙통신을 읽어 보았으나" in sentence(READ, kp, "ko")


def test_a_window_is_said_to_the_day(kp: Pack) -> None:
    window = Window(first=date(2024, 8, 20), last=date(2024, 8, 31))
    said = sentence(msgspec.structs.replace(SEARCH, window=window), kp, "en")
    assert "20 August 2024 – 31 August 2024" in said


def test_an_archive_without_anything_of_an_outlet(kp: Pack) -> None:
    assert "cannot be told" in sentence(msgspec.structs.replace(SEARCH, coverage=(), result="cannot-tell"), kp, "en")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("result", RESULTS)
def test_every_result_has_its_words(kp: Pack, language: str, result: Result) -> None:
    for search in (SEARCH, READ):
        said = sentence(msgspec.structs.replace(search, result=result), kp, language)
        assert "{" not in said
        assert said.endswith(".")
