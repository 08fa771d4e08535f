"""The ranker puts the text a claim is about first, whatever stands beside it and in whatever order."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from farbank.watch.rank import PLAIN, Ranker, fit, rank
from farbank.watch.rank.features import NAMES, believed

TEXTS = [
    ("Dam finished ahead of schedule", "The builders of the Sinyang dam finished the second stage in July."),
    ("Rice planting begins", "Farms in the plain of Varn began to plant rice on 300 hectares."),
    ("Flood carries off a bridge", "Heavy rain carried off the bridge at Ollen; twelve people are missing."),
    ("", "Officials of the county visited the levee at Sorim and encouraged the workers."),
    ("Weather forecast", ""),
]
UNRELATED = st.text(alphabet="nopqrstuvwxyz", min_size=1, max_size=12)


def first(scores: Sequence[float]) -> int:
    return max(range(len(scores)), key=scores.__getitem__)


@pytest.mark.parametrize(
    ("claim", "place"),
    [
        ("The Sinyang dam was finished early.", 0),
        ("Rice is being planted near Varn.", 1),
        ("Twelve are missing after a flood took the bridge at Ollen.", 2),
        ("County officials inspected levees.", 3),
        ("A forecast of the weather was published.", 4),
    ],
)
def test_the_text_a_claim_is_about_comes_first(claim: str, place: int) -> None:
    assert first(rank(claim, TEXTS, "en")) == place


def test_korean_is_found_in_northern_and_southern_spelling_and_without_spaces() -> None:
    texts = [("큰물피해", "압록강 류역에서 큰물이 났다."), ("모내기", "협동농장들에서 모내기를 시작하였다.")]
    assert first(rank("압록강유역에 큰물", texts, "ko")) == 0
    assert first(rank("협동농장 모내기 시작", texts, "ko")) == 1


def test_spellings_that_differ_are_still_near() -> None:
    texts = [("", "A train left Hamgyŏng in the morning."), ("", "A train left Varn in the morning.")]
    assert first(rank("train from Hamgyong", texts, "en")) == 0


def test_nothing_asked_or_nothing_there() -> None:
    assert rank("", TEXTS, "en") == [0.0] * len(TEXTS)
    assert rank("?!", TEXTS, "en") == [0.0] * len(TEXTS)
    assert rank("A dam was finished.", [], "en") == []
    assert rank("A dam was finished.", [("", ""), ("", " ")], "en") == [0.0, 0.0]
    assert rank("zzz", [("only", "one")], "en") == [0.0]


@given(title=UNRELATED, body=UNRELATED, place=st.integers(0, len(TEXTS)))
def test_an_unrelated_text_never_rises_above_an_exact_mention(title: str, body: str, place: int) -> None:
    claim = "Bad milk had killed a calf"
    texts = [("", claim), ("", "A calf had milk")]
    texts.insert(min(place, 2), (title, body))
    scores = rank(claim, texts, "en")
    assert first(scores) == texts.index(("", claim))
    assert scores[texts.index((title, body))] == 0


@given(order=st.permutations(range(len(TEXTS))), claim=st.sampled_from([body for _, body in TEXTS if body]))
def test_the_order_of_the_texts_changes_no_score(order: list[int], claim: str) -> None:
    scores = rank(claim, TEXTS, "en")
    moved = rank(claim, [TEXTS[place] for place in order], "en")
    assert moved == pytest.approx([scores[place] for place in order])


@settings(max_examples=50)
@given(
    texts=st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=6),
    claim=st.text(max_size=60),
    language=st.sampled_from(["en", "ko", "xx", "zh-Hant"]),
)
def test_every_column_is_between_nothing_and_the_best(texts: list[tuple[str, str]], claim: str, language: str) -> None:
    features = Ranker(texts, language).features.of(claim)
    assert features.shape == (len(texts), len(NAMES))
    assert np.isfinite(features).all() and (features >= 0).all() and (features <= 1 + 1e-9).all()


def test_the_same_text_twice_has_the_same_score() -> None:
    scores = rank(TEXTS[2][1], [*TEXTS, TEXTS[2]], "en")
    assert scores[2] == scores[-1] == max(scores)


@pytest.mark.parametrize("piece", ["a", "가", "ﷺ", "a b ", "1.", "\u0301", "— "])
def test_a_hostile_text_takes_no_longer_than_a_long_one(piece: str) -> None:
    start = time.perf_counter()
    scores = rank("A dam was finished.", [*TEXTS, (piece * 1_000_000, piece * 1_000_000)], "en")
    assert first(scores) == 0
    rank(piece * 1_000_000, TEXTS, "en")
    assert time.perf_counter() - start < 5


def test_a_model_adds_its_view_where_one_is_given() -> None:
    """An embedder for whom a deluge and a flood are one."""

    def embed(texts: Sequence[str]) -> NDArray[np.floating]:
        rows = np.array([[any(w in text.lower() for w in ("flood", "deluge")), 1.0] for text in texts])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    claim = "There was a deluge."
    assert not any(rank(claim, TEXTS[:3], "en", weights={"meaning": 1.0}))
    assert first(rank(claim, TEXTS[:3], "en", embed=embed)) == 2
    assert rank(claim, [], "en", embed=embed) == []


def test_texts_that_tie_with_the_last_believed_are_believed_too() -> None:
    weights = believed(np.array([3.0, 1, 1, 1, 1, 1, 1, 0]))
    assert weights[1] == weights[6] > 0 == weights[7] and weights.sum() == pytest.approx(1)


def test_weights_are_learned_from_the_feature_that_tells() -> None:
    chance = np.random.default_rng(3)
    telling = NAMES.index("pairs")
    cases = []
    for _ in range(60):
        features = chance.random((12, len(NAMES)))
        cases.append((features, np.arange(12) == features[:, telling].argmax()))
    weights = fit(cases, ridge=1.0)
    assert max(weights, key=weights.__getitem__) == "pairs"
    assert weights["pairs"] > 5 * max(abs(weight) for name, weight in weights.items() if name != "pairs")


def test_who_has_seen_nothing_right_learns_nothing() -> None:
    assert fit([]) == PLAIN == fit([(np.ones((3, len(NAMES))), np.zeros(3, bool))])


def test_a_feature_that_is_always_the_same_counts_for_nothing() -> None:
    features = np.zeros((2, len(NAMES)))
    features[:, 0], features[:, 1] = (1, 0), 0.5
    assert fit([(features, np.array([True, False]))])["words-cosine"] == pytest.approx(0)
