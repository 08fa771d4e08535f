"""The days between a call and the page, and the habits that give away which call it was."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.case import Delay
from farbank.model.dates import When
from farbank.model.people import Partner
from farbank.model.releases import Means, Release, Released
from farbank.model.reports import Contact
from farbank.protect import rhythm
from farbank.protect.timing import earliest, extra, timing, warnings

SECRET = bytes(range(32))
CALL = date(2031, 5, 3)
CLOSE = date(2031, 5, 1)


def contact(when: str = str(CALL), partner: str = "tern", id: str = "c") -> Contact:
    return Contact(id=id, partner=partner, when=When(when), channel="call")


def gate(phrases: Phrases, *contacts: Contact, tellers: Any = (), close: date = CLOSE) -> Any:
    return timing(contacts, tellers, Delay(), SECRET, story="e", close=close, phrases=phrases)


def after(days: float, start: date = CALL) -> date:
    return start + timedelta(days=days)


# The draw


def test_the_same_story_draws_the_same_day_and_another_its_own() -> None:
    drawn = [extra(Delay(spread=365), SECRET, f"e-{n}", CALL) for n in range(20)]
    assert drawn == [extra(Delay(spread=365), SECRET, f"e-{n}", CALL) for n in range(20)]
    assert len(set(drawn)) > 15
    assert drawn != [extra(Delay(spread=365), bytes(32), f"e-{n}", CALL) for n in range(20)]


def test_a_later_call_of_one_story_draws_its_own() -> None:
    lags = Counter(extra(Delay(), SECRET, "e", after(n)) for n in range(400))
    assert set(lags) == set(range(8)) and max(lags.values()) < 80


def test_every_number_of_days_is_drawn_as_often() -> None:
    drawn = Counter(extra(Delay(spread=7), SECRET, f"e-{n}", CALL) for n in range(8000))
    assert set(drawn) == set(range(8))
    assert sum((count - 1000) ** 2 / 1000 for count in drawn.values()) < 24.3  # chi-squared, 7 degrees, p = 0.001


@given(least=st.integers(1, 30), spread=st.integers(1, 30), secret=st.binary(min_size=16, max_size=64))
def test_the_first_day_lies_within_the_delay(least: int, spread: int, secret: bytes) -> None:
    first = earliest([contact(), contact("2031-05-01")], Delay(least=least, spread=spread), secret, "e")
    assert first is not None and after(least) <= first <= after(least + spread)


@pytest.mark.parametrize("contacts", [[], [contact(), contact("2031-04/..")], [contact("2031-05-03/..")]])
def test_without_a_last_day_there_is_no_first(contacts: list[Contact]) -> None:
    assert earliest(contacts, Delay(), SECRET, "e") is None


def test_about_a_day_may_be_a_day_later() -> None:
    later, about = (earliest([contact(when)], Delay(), SECRET, "e") for when in ("2031-05-04", "2031-05-03~"))
    assert about == later is not None


dates = st.dates(date(2030, 1, 1), date(2033, 1, 1))


@given(first=dates, more=st.lists(dates, max_size=5))
def test_only_a_later_contact_changes_the_day_and_each_has_its_least(first: date, more: list[date]) -> None:
    one = earliest([contact(str(first))], Delay(), SECRET, "e")
    all_ = earliest([contact(str(day)) for day in (first, *more)], Delay(), SECRET, "e")
    assert one is not None and all_ is not None
    assert all_ >= max(first, *more, first) + timedelta(days=Delay().least)
    assert all_ == one or max(more) > first


# The gate


def test_too_soon_is_closed_and_later_is_open(phrases: Phrases) -> None:
    found = gate(phrases, contact(), tellers=["tern"])
    assert found.not_before is not None and found.not_before >= after(2)
    assert not found.open(found.not_before - timedelta(days=1))
    assert found.open(found.not_before) and found.open(found.not_before + timedelta(days=99))
    assert not found.open(None)


def test_a_teller_without_a_contact_on_file_keeps_it_closed(phrases: Phrases) -> None:
    found = gate(phrases, contact(), tellers=["tern", "gull"])
    assert found.not_before is None and not found.open(date(2099, 1, 1))
    assert "gull" in found.reason and "tern" not in found.reason


def test_a_contact_without_an_end_keeps_it_closed(phrases: Phrases) -> None:
    found = gate(phrases, contact("2031-05/..", id="call-7"), contact(), tellers=["tern"])
    assert found.not_before is None and "call-7" in found.reason


def test_what_nobody_inside_told_waits_for_the_close(phrases: Phrases) -> None:
    assert gate(phrases).not_before == CLOSE


def test_nothing_goes_out_before_the_close(phrases: Phrases) -> None:
    assert gate(phrases, contact(), close=date(2031, 8, 1)).not_before == date(2031, 8, 1)


# The warnings


def releases(*days: date, means: Means = "edition", token: str = "t1") -> list[Release]:
    return [
        Release(edition=f"e-{n}", published=day, means=means, people=(Released(token=token),))
        for n, day in enumerate(days)
    ]


def warned(phrases: Phrases, *past: Release, contacts: Any = (), partner: Any = None, on: Any = CALL) -> str:
    partners = (partner or Partner(handle="tern", language="en"),)
    return "\n".join(
        warnings(
            {"tern": "t1"}, partners, contacts, past, close=after(30), delay=Delay(), on=on, phrases=phrases
        )
    )  # fmt: skip


def test_nothing_unusual_says_nothing(phrases: Phrases) -> None:
    assert warned(phrases, *releases(after(-40), after(-15)), contacts=[contact(str(after(-3)))]) == ""


@pytest.mark.parametrize("state", ["burned", "silent", "overdue"])
def test_whoever_is_gone_is_spoken_of_and_the_desk_told(state: Any, phrases: Phrases) -> None:
    partner = Partner(handle="tern", language="en", state=state)
    assert f"tern {'is' if state != 'silent' else 'has'}" in warned(phrases, partner=partner, on=None)


def test_whoever_stands_not_behind_the_story_is_passed_over(phrases: Phrases) -> None:
    assert warned(phrases, partner=Partner(handle="gull", language="en", state="burned", lost=When("2031-04"))) == ""


def test_a_lost_phone_is_told(phrases: Phrases) -> None:
    assert "lost or taken" in warned(phrases, partner=Partner(handle="tern", language="en", lost=When("2031-04-20")))


def test_three_within_a_fortnight_are_a_burst(phrases: Phrases) -> None:
    assert "release 3 about tern in 14 days" in warned(phrases, *releases(after(-13), after(-5)))
    assert warned(phrases, *releases(after(-14), after(-5))) == ""
    assert warned(phrases, *releases(after(-13), after(-5), token="t2")) == ""


def test_the_captions_of_one_edition_are_no_burst(phrases: Phrases) -> None:
    kinds: tuple[Means, ...] = ("edition", "caption", "map", "translation")
    past = [Release(edition="e", published=after(-3), means=means, people=(Released(token="t1"),)) for means in kinds]
    assert warned(phrases, *past) == ""


def test_a_lag_that_never_changes_is_told(phrases: Phrases) -> None:
    calls = [after(-20 * n) for n in range(1, 7)]
    contacts = [contact(str(day), id=f"c-{n}") for n, day in enumerate(calls)]
    past = releases(*(after(4, day) for day in calls[1:]))
    assert "4 days nearly every time" in warned(phrases, *past, contacts=contacts, on=after(4, calls[0]))
    assert "nearly every time" not in warned(phrases, *past, contacts=contacts, on=None)


def test_silence_after_a_rhythm_is_told(phrases: Phrases) -> None:
    past = releases(*(after(-100 - 10 * n) for n in range(5)))
    assert "100 days without a release about tern" in warned(phrases, *past)
    assert warned(phrases, *past, on=after(-70)) == ""
    restless = releases(after(-100), after(-102), after(-130), after(-200))
    assert warned(phrases, *restless) == ""


@pytest.mark.parametrize(
    ("when", "close", "tells"),
    [
        ("2031-05-03", 0, True),
        ("2031-05-03", 1, True),
        ("2031-05-03", 2, False),
        ("2031-04-20/2031-05-03", 0, False),
        ("2031-05-01/2031-05-03", 0, True),
        ("2031-05/..", 0, False),
    ],
)
def test_a_close_beside_the_last_contact_tells_its_day(when: str, close: int, tells: bool, phrases: Phrases) -> None:
    told = warnings({}, (), [contact(when)], (), close=after(close), delay=Delay(), on=None, phrases=phrases)
    assert bool(told) is tells


def test_everything_is_worded_in_every_language(kp: Pack, tiny: Pack) -> None:
    gone = [Partner(handle="tern", language="en", state=s, lost=When("2031")) for s in ("burned", "silent", "overdue")]
    calls = [contact(str(after(-20 * n)), id=f"c-{n}") for n in range(7)]
    steady, quick = [after(4 - 20 * n) for n in range(1, 7)], [after(103), after(101)]
    for words in (*kp.phrases.values(), *tiny.phrases.values()):
        gates = [gate(words), gate(words, contact()), gate(words, contact("2031/..")), gate(words, tellers=["gull"])]
        said = [found.reason for found in gates]
        for on, days in ((after(4), steady), (after(104), quick), (after(400), steady)):
            past = releases(*days)
            said += warnings(
                {"tern": "t1"}, gone, calls, past, close=CALL, delay=Delay(), on=on, phrases=words
            )  # fmt: skip
        assert len(set(said)) >= 12
        assert not any("{" in line for line in said)


# Days alone


@given(st.lists(dates, max_size=12), dates)
def test_one_more_release_never_ends_a_burst(days: list[date], on: date) -> None:
    assert rhythm.burst([*days, on], on) >= rhythm.burst(days, on)


@given(st.lists(dates, max_size=12), dates)
def test_a_silence_is_never_longer_than_since_the_last_release(days: list[date], on: date) -> None:
    silent = rhythm.silence(days, on)
    assert silent == 0 or silent == min((on - day).days for day in days if day < on)


def test_who_calls_every_day_hides_every_lag() -> None:
    calls = [after(n) for n in range(90)]
    assert rhythm.lag(calls, [after(4, day) for day in calls[::9]]) is None


def test_a_lag_drawn_anew_is_no_lag() -> None:
    caught = 0
    for seed in range(200):
        draw = random.Random(seed)
        calls = [after(9 * n + draw.randrange(4)) for n in range(12)]
        caught += rhythm.lag(calls, sorted({after(2 + draw.randrange(8), day) for day in calls})) is not None
        assert rhythm.lag(calls, [after(4 + draw.randrange(2), day) for day in calls]) in (4, 5)
    assert caught <= 4
