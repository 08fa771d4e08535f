"""Who decided what, and what stands of it."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from farbank.model.judgements import NEAREST, Judgement, standing
from farbank.model.statemedia import Result

NOON = datetime(2031, 8, 1, 12, tzinfo=UTC)
A, B = "a" * 16, "b" * 16


def said(verdict: Result | None, by: str = "Vern", passage: str = A, claim: str = "flood") -> Judgement:
    return Judgement(claim=claim, passage=passage, by=by, at=NOON, verdict=verdict)


def test_the_latest_of_one_person_counts_and_can_be_withdrawn() -> None:
    assert standing([said("said"), said("silent")], "flood") == {A: "silent"}
    assert standing([said("silent"), said(None)], "flood") == {}
    assert standing([said("silent"), said("said", claim="deaths"), said("said", passage=B)], "flood") == {
        A: "silent",
        B: "said",
    }


def test_where_two_differ_the_one_nearer_to_a_mention_counts_whoever_spoke_last() -> None:
    assert standing([said("cannot-tell", "Ada"), said("silent")], "flood") == {A: "cannot-tell"}
    assert standing([said("silent"), said("cannot-tell", "Ada")], "flood") == {A: "cannot-tell"}
    assert standing([said("silent"), said("said", "Ada"), said(None, "Ada")], "flood") == {A: "silent"}


@given(
    st.lists(st.tuples(st.sampled_from([*NEAREST, None]), st.sampled_from(["Vern", "Ada"]))), st.sampled_from(NEAREST)
)
def test_another_persons_voice_never_moves_it_towards_silence(
    voices: list[tuple[Result | None, str]], new: Result
) -> None:
    before = standing([said(verdict, by) for verdict, by in voices], "flood")
    after = standing([*(said(verdict, by) for verdict, by in voices), said(new, "Bo")], "flood")
    if A in before:
        assert NEAREST.index(after[A]) <= NEAREST.index(before[A])
