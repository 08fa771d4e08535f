"""Versions of one record joined in any order, as often as anybody likes."""

from __future__ import annotations

from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.vault import versions
from farbank.vault.versions import ERASED, NONE, Version, Versions, joined

KIND, ID = "note", "n1"
PEOPLE = ("Ines Okafor", "박서윤", "Tomas Lindqvist")


@st.composite
def histories(draw: st.DrawFn) -> list[Versions]:
    """What three machines know after each did what it liked: wrote, deleted, erased, heard of another."""
    first = Version(scope="desk", digest=versions.digest(b"as it was filed"))
    machines = [versions.said(NONE, KIND, ID, first)] * len(PEOPLE)
    for _ in range(draw(st.integers(0, 12))):
        at = draw(st.integers(0, len(PEOPLE) - 1))
        step = draw(st.sampled_from(("write", "write", "delete", "hear", "erase")))
        if step == "hear":
            machines[at] = joined(machines[at], machines[draw(st.integers(0, len(PEOPLE) - 1))])
        elif step == "erase":
            machines[at] = draw(st.sampled_from((ERASED, machines[at], machines[at])))
        elif machines[at].remaining:
            body = None if step == "delete" else versions.digest(draw(st.binary(max_size=2)))
            replaces = versions.ordered(draw(st.sampled_from([[each] for each in machines[at].remaining])))
            said = Version(scope="desk", digest=body, by=PEOPLE[at], replaces=replaces)
            machines[at] = versions.said(machines[at], KIND, ID, said)
    return machines


@given(histories())
@settings(deadline=None)
def test_joining_is_a_union(known: list[Versions]) -> None:
    one, two, three = known
    assert joined(one, two) == joined(two, one)
    assert joined(joined(one, two), three) == joined(one, joined(two, three))
    assert joined(one, one) == one == joined(one, NONE)
    assert joined(one, ERASED) == ERASED


@given(histories(), st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=12))
@settings(deadline=None)
def test_whatever_the_order_all_end_with_the_same(known: list[Versions], order: list[tuple[int, int]]) -> None:
    all_of_it = reduce(joined, known)
    machines = list(known)
    for here, there in [*order, (0, 1), (1, 2), (2, 0), (0, 1), (1, 2), (2, 0)]:
        machines[here] = joined(machines[here], machines[there])
    assert machines == [all_of_it] * 3
    assert versions.sound(all_of_it, KIND, ID)


@given(histories())
@settings(deadline=None)
def test_nothing_said_is_lost_unless_somebody_replaced_or_erased_it(known: list[Versions]) -> None:
    all_of_it = reduce(joined, known)
    for each in known:
        for id in each.remaining:
            assert all_of_it.erased or id in all_of_it.remaining or id in all_of_it.replaced


def test_two_who_change_one_record_are_in_conflict_until_somebody_settles_it() -> None:
    first = Version(scope="desk", digest=versions.digest(b"a"))
    base = versions.said(NONE, KIND, ID, first)
    of = first.id(KIND, ID)
    mine, theirs = (
        versions.said(base, KIND, ID, Version(scope="desk", digest=versions.digest(body), by=by, replaces=(of,)))
        for body, by in ((b"b", PEOPLE[0]), (b"c", PEOPLE[1]))
    )
    both = joined(mine, theirs)
    assert len(both.remaining) == 2
    settled = Version(
        scope="desk", digest=versions.digest(b"b"), by=PEOPLE[2], replaces=versions.ordered(both.remaining)
    )
    after = versions.said(both, KIND, ID, settled)
    assert list(after.remaining.values()) == [settled]
    assert joined(after, theirs) == after


def test_a_version_under_another_id_or_out_of_nowhere_is_not_sound() -> None:
    version = Version(scope="desk", digest=versions.digest(b"a"), replaces=(bytes(32),))
    assert not versions.sound(Versions(remaining={bytes(32): version}), KIND, ID)
    assert not versions.sound(Versions(remaining={version.id(KIND, ID): version}), KIND, ID)
    assert not versions.sound(NONE, KIND, ID)
    assert not versions.sound(Versions(erased=True, replaced=frozenset({bytes(32)})), KIND, ID)
