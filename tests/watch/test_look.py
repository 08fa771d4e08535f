"""What people judge decides, each language version speaks for itself, and a mention never helps silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from farbank.country.pack import Pack
from farbank.model.claims import Claim, Query
from farbank.model.dates import When
from farbank.model.judgements import NEAREST, Judgement
from farbank.model.statemedia import Article, Result, Search, Window
from farbank.watch import archive, check
from farbank.watch.look import look

WINDOW = Window(first=date(2031, 8, 1), last=date(2031, 8, 5))
CLAIM = Claim(
    id="water",
    kind="event",
    text={"en": "The ferry landing stood under muddy water"},
    place="kp:KP01",
    when=When("2031-08"),
    query=Query(event=("flood",)),
)
VAGUE = "The ferry landing at the upper river stood flooded under muddy water, officials say."
SENTENCES = (
    VAGUE,
    "Floods hit Ryanggang Province.",
    "Floods hit North Hamgyong Province.",
    "Floods hit Kenya.",
    "No flood was reported in Ryanggang Province.",
    "A concert took place.",
    "A flood of letters reached the newspaper.",
)


def item(day: int, text: str, lang: str = "en", outlet: str = "Wire") -> Article:
    name = f"{day}-{lang}-{outlet}-{text}"
    when = WINDOW.first + timedelta(day)
    return Article(id=name, outlet=outlet, lang=lang, date=when, title="Report", body=text)


def quiet(lang: str = "en") -> list[Article]:
    text = "A concert took place." if lang == "en" else "음악회가 진행되였다."
    return [item(day, text, lang) for day in range(5)]


def looked(folder: Path, pack: Pack, items: Sequence[Article], judged: Sequence[Judgement] = ()) -> Search:
    archive.build(items, folder)
    with archive.open(folder) as opened:
        return check(CLAIM, opened, pack, WINDOW, judged=judged)


def says(passage: str, verdict: Result | None, by: str = "Vern") -> Judgement:
    return Judgement(claim="water", passage=passage, by=by, at=datetime(2031, 9, 1, tzinfo=UTC), verdict=verdict)


def test_a_passage_that_names_no_place_waits_to_be_judged(kp: Pack, tmp_path: Path) -> None:
    waiting = looked(tmp_path, kp, [*quiet(), item(2, VAGUE)])
    assert waiting.result in ("cannot-tell", "half-said")
    (mark,) = {one.mark for one in waiting.passages if one.result == waiting.result}
    none = looked(tmp_path, kp, [], [says(mark, "silent")])
    assert (none.result, none.waiting, [one.judged for one in none.passages]) == ("silent", 0, [True])
    assert looked(tmp_path, kp, [], [says(mark, "said")]).result == "said"
    assert looked(tmp_path, kp, [], [says(mark, "silent"), says(mark, None)]).result == waiting.result
    assert looked(tmp_path, kp, [], [says(mark, "silent"), says(mark, "said", "Ada")]).result == "said"


def test_what_has_little_to_do_with_the_claim_does_not_wait(kp: Pack, tmp_path: Path) -> None:
    assert looked(tmp_path, kp, [*quiet(), item(2, "A flood of letters reached the newspaper.")]).result == "silent"


def test_a_judgement_holds_in_an_archive_built_anew(kp: Pack, tmp_path: Path) -> None:
    first = looked(tmp_path / "one", kp, [*quiet(), item(2, VAGUE)])
    (mark,) = {one.mark for one in first.passages if one.result == first.result}
    other = looked(tmp_path / "other", kp, [item(2, VAGUE), *reversed(quiet())], [says(mark, "silent")])
    assert other.result == "silent"


def test_each_language_version_says_for_itself_and_since_when(kp: Pack, tmp_path: Path) -> None:
    korean = [*quiet("ko"), item(3, "량강도에 큰물이 났다.", "ko"), item(1, "량강도에서 큰물이 났다.", "ko")]
    search = looked(tmp_path, kp, [*quiet(), *korean])
    found = {one.language: (one.result, one.first) for one in search.verdicts}
    assert found == {"en": ("silent", None), "ko": ("said", date(2031, 8, 2))}
    assert search.result == "said"
    assert min(one.date for one in search.passages if one.result == "said") == date(2031, 8, 2)


@pytest.mark.parametrize("missing", range(5))
def test_a_hole_is_never_silence_whatever_was_judged(kp: Pack, tmp_path: Path, missing: int) -> None:
    held = [one for one in quiet() if one.date != WINDOW.first + timedelta(missing)]
    assert looked(tmp_path, kp, held).result == "cannot-tell"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(SENTENCES)), max_size=4), st.integers(0, 4))
def test_one_more_mention_never_moves_it_towards_silence(
    kp: Pack, tmp_path_factory: pytest.TempPathFactory, extra: list[tuple[int, str]], day: int
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    before = looked(folder, kp, [*quiet(), *(item(when, text) for when, text in extra)])
    after = looked(folder, kp, [item(day, "Floods hit Ryanggang Province again.")])
    assert NEAREST.index(after.result) <= NEAREST.index(before.result)
    assert after.result == "said"


def by_topic(texts: Sequence[str]) -> NDArray[np.floating]:
    """A model for which the big wet and a flood are one."""
    wet = [float(any(word in text.lower() for word in ("flood", "big wet", "water"))) for text in texts]
    return np.array([(one, 1 - one) for one in wet])


def test_a_model_offers_what_no_word_reaches_after_all_else(kp: Pack, tmp_path: Path) -> None:
    wet = item(1, "The big wet took the bridge in Ryanggang Province.")
    archive.build([*quiet(), item(3, "Floods hit Kenya."), wet, item(4, "A concert in Ryanggang Province.")], tmp_path)
    assert CLAIM.query is not None
    with archive.open(tmp_path) as opened:
        plain = look(CLAIM, CLAIM.query, opened, kp, WINDOW, None, ())
        modelled = look(CLAIM, CLAIM.query, opened, kp, WINDOW, None, (), by_topic)
        verdict = check(CLAIM, opened, kp, WINDOW, embed=by_topic).result
    assert [one.text for one in modelled.order] == [
        *(one.text for one in plain.order), wet.body, "A concert in Ryanggang Province.",
    ]  # fmt: skip
    assert (modelled.found, modelled.waiting) == (plain.found, plain.waiting)
    assert verdict == "said-elsewhere"
