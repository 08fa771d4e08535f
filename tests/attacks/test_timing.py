"""Two ways a day has killed: a leader's train told of before the state did, and a story a fixed time after a call."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from bench._calls import DELAY, DESKS, FAIR, STORIES, average, desk, gain, in_order, lagged, right
from farbank.desk.compile_story import Compilation, compile_story
from farbank.desk.drafts import drafts_of
from farbank.desk.establish import establish, window_of
from farbank.desk.file_case import file_case, pack_of
from farbank.desk.pin_versions import pinned_stories
from farbank.desk.timed import Timed, timed
from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.releases import Release, Released
from farbank.model.reports import Contact
from farbank.model.story import Lint
from farbank.protect import rhythm
from farbank.protect.timing import earliest
from farbank.publish import lint

CASE = Path(__file__).parents[1] / "cases" / "night-train"
PUBLISHED = date(2031, 10, 16)
"""The day state media told of the visit, without saying when it was."""
FREE = date(2031, 11, 20)
"""The first day after the desk's thirty, counted from the end of mid-October."""
LATE = date(2033, 1, 1)


@pytest.fixture(scope="module")
def train() -> Case:
    return case_folder.read(CASE)


def compiled(case: Case, on: date | None = None, **changes: object) -> Compilation:
    return compile_story(file_case(msgspec.structs.replace(case, **changes)), on=on)


def asked(case: Case, on: date | None = None, **changes: object) -> Timed:
    """The two gates alone: the rest of the flow takes its time."""
    filed = file_case(msgspec.structs.replace(case, **changes))
    drafts = drafts_of(filed.case).values()
    return timed(filed, drafts, establish(filed), case.name, on)


def embargoed(found: Timed) -> bool:
    return not all(embargo.open(found.on) for embargo in found.embargoes)


def slips(case: Case, **changes: object) -> list[Lint]:
    """What the lint finds of the movement, in every language."""
    here = msgspec.structs.replace(case, **changes)
    context = lint.LintContext(
        pack=pack_of(here),
        claims={claim.id: claim for claim in here.claims},
        searches=here.searches,
        statements={statement.id: statement for statement in here.statements},
    )
    found = [item for draft in drafts_of(file_case(here).case).values() for item in lint.check(draft, context)]
    return [item for item in found if item.rule == "movement-detail"]


def unpublished(case: Case) -> dict[str, object]:
    return {"searches": (), "statements": (), "stories": {k: said(v, "") for k, v in case.stories.items()}}


def said(story: str, instead: str) -> str:
    """The story with another sentence in place of the one about state media."""
    for told in ("State media published it on 16 October. [@visit]", "관영매체는 10월 16일 이를 보도했다. [@visit]"):
        story = story.replace(told, instead)
    return story


def telling(case: Case, sentence: str, language: str, cited: str = "visit") -> dict[str, object]:
    more = said(case.stories[language], f"{sentence} [@{cited}]")
    assert more != case.stories[language]
    stories = {**case.stories, language: more}
    return {"stories": {**stories, **pinned_stories(msgspec.structs.replace(case, stories=stories))}}


# The train


def test_before_the_state_tells_of_it_nothing_goes_out(train: Case) -> None:
    found = compiled(train, FREE - timedelta(days=1), **unpublished(train))
    assert found.timing_open and not found.embargo_open and not found.open
    assert found.timed.not_before == FREE
    assert not embargoed(asked(train, FREE, **unpublished(train)))


def test_the_day_it_is_published_is_too_early_and_the_next_is_not(train: Case) -> None:
    assert embargoed(asked(train, PUBLISHED))
    assert not embargoed(asked(train, PUBLISHED + timedelta(days=1)))


def test_a_half_said_visit_stays_closed(train: Case) -> None:
    half = tuple(msgspec.structs.replace(search, result="half-said") for search in train.searches)
    assert embargoed(asked(train, date(2031, 10, 28), searches=half))


def test_after_it_the_vague_story_passes(train: Case) -> None:
    found = compiled(train)
    assert found.open
    assert found.timed.on == found.timed.not_before
    assert date(2031, 10, 20) <= found.timed.on <= date(2031, 10, 23)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("A special train passed at about five in the morning.", "en"),
        ("The station was closed for thirteen hours.", "en"),
        ("The visit was on 13 October.", "en"),
        ("State media told of it three days later.", "en"),
        ("새벽 다섯 시쯤 특별열차가 지나갔다.", "ko"),
        ("열차가 지나가는 동안 역을 막았다.", "ko"),
        ("시찰은 10월 13일이었다.", "ko"),
        ("사흘 뒤 관영매체가 이를 보도했다.", "ko"),
    ],
)
def test_hour_stop_and_day_never_pass(sentence: str, language: str, train: Case) -> None:
    assert any(item.blocking for item in slips(train, **telling(train, sentence, language)))
    assert slips(train) == []


def test_years_later_the_hour_still_closes_the_story(train: Case) -> None:
    found = compiled(train, LATE, **telling(train, "A train passed at about 5 a.m.", "en"))
    assert found.embargo_open and found.timing_open
    assert not found.lint_open and not found.open


def test_that_a_road_was_closed_is_not_published_with_the_visit(train: Case) -> None:
    closing = telling(train, "Travel was stopped in part of the province.", "en", "closed")
    assert embargoed(asked(train, date(2031, 10, 28), **closing))
    assert not embargoed(asked(train, FREE, **closing))


def test_no_file_tells_the_day(train: Case) -> None:
    closing = telling(train, "Travel was stopped in part of the province.", "en", "closed")
    told = msgspec.structs.replace(train, **closing)
    found = compiled(train, FREE, **telling(told, "도 일부에서 통행이 막혔다.", "ko", "closed"))
    assert found.open, [item for item in found.lint if item.blocking]
    printed = b"\n".join(found.files.values()).decode()
    for day in (
        "12 October",
        "13 October",
        "14 October",
        "10월 12",
        "10월 13",
        "10월 14",
        "2031-10-12",
        "2031-10-13",
        "2031-10-14",
        "12–13",
    ):
        assert day not in printed, day


def test_a_machines_search_does_not_tell_the_day(train: Case) -> None:
    firsts = {claim.id: window_of(claim, train).first for claim in train.claims}
    assert firsts == {"visit": date(2031, 10, 11), "closed": date(2031, 10, 11), "snow": date(2031, 10, 1)}


def test_a_plan_to_come_stays_closed_until_it_has_come(train: Case) -> None:
    def planned(claim: Claim) -> Claim:
        return msgspec.structs.replace(claim, kind="plan", due=When("2031-12-24")) if claim.id == "visit" else claim

    found = asked(train, date(2031, 12, 24), claims=tuple(map(planned, train.claims)), **unpublished(train))
    assert embargoed(found)
    assert found.not_before == date(2032, 1, 31)


def test_too_soon_after_the_call_is_closed(train: Case) -> None:
    found = compiled(train, date(2031, 10, 19))
    assert found.embargo_open and not found.timing_open and not found.open


def test_a_call_without_an_end_or_not_on_file_closes(train: Case) -> None:
    ongoing = tuple(msgspec.structs.replace(contact, when=When("2031-10-14/..")) for contact in train.contacts)
    for contacts in (ongoing, ()):
        found = asked(train, LATE, contacts=contacts, reports=(), chains=unreported(train))
        assert not found.timing.open(LATE) and found.not_before is None


def unreported(case: Case) -> tuple[object, ...]:
    return tuple(msgspec.structs.replace(chain, reports=()) for chain in case.chains)


def test_compiling_again_gives_the_same_day(train: Case) -> None:
    filed = file_case(train)
    established, drafts = establish(filed), drafts_of(filed.case).values()
    days = {timed(filed, drafts, established, "visit-1").not_before for _ in range(3)}
    assert len(days) == 1


def test_the_third_release_in_a_fortnight_is_warned_of(train: Case) -> None:
    filed = file_case(train)
    past = tuple(
        Release(edition=f"e-{n}", published=date(2031, 10, 14 + n), people=(Released(token="sparrow"),))
        for n in range(2)
    )
    told = replace(filed, releases=past)
    (warning,) = timed(told, drafts_of(filed.case).values(), establish(filed), "visit").timing.warnings
    assert "release 3 about sparrow" in warning


def test_the_day_it_opens_is_the_same_for_every_day_it_may_have_been(train: Case) -> None:
    """Else whoever saw the story appear on the first day allowed would count back thirty-one."""
    opened = set()
    for day in (11, 13, 20):
        on = When(f"2031-10-{day}")
        claims = tuple(
            msgspec.structs.replace(claim, when=on) if claim.movement or claim.part_of else claim
            for claim in train.claims
        )
        opened |= {each.open_from for each in asked(train, claims=claims, **unpublished(train)).embargoes}
    assert opened == {FREE}


# The call


def test_no_lag_is_right_more_often_than_a_blind_guess() -> None:
    for days in range(DELAY.least, DELAY.least + DELAY.spread + 1):
        hits = [right(lagged(stories, days), calls) for calls, stories in map(desk, DESKS)]
        assert average(hits) < FAIR * 1.15


def test_a_mole_who_knows_twenty_learns_nothing_of_the_other_twenty() -> None:
    half, hits = STORIES // 2, []
    for calls, stories in map(desk, DESKS):
        known = Counter((story - call).days for call, story in zip(calls[:half], stories[:half], strict=True))
        hits.append(right(lagged(stories[half:], known.most_common(1)[0][0]), calls[half:]))
    assert average(hits) < FAIR * 1.15


def test_corrections_after_later_calls_do_not_share_a_lag() -> None:
    """Four editions of one story, each after a call of its own: whoever tries one lag for all seldom fits."""
    fit = 0
    for seed in DESKS:
        secret = random.Random(seed).randbytes(32)
        calls = [date(2031, 1, 1) + timedelta(days=40 * n) for n in range(4)]
        days = [
            earliest([Contact(id="c", partner="p", when=When(str(call)), channel="call")], DELAY, secret, "story")
            for call in calls
        ]
        fit += len({(day - call).days for day, call in zip(days, calls, strict=True) if day}) == 1
    assert fit <= 3


def test_to_match_all_at_once_is_not_twice_as_good() -> None:
    assert gain(gap=1) < 2


def test_every_story_may_belong_to_as_many_calls_as_the_spread_has_days() -> None:
    calls, stories = desk(1)
    for story in stories[DELAY.spread : -DELAY.spread]:
        fits = [call for call in calls if DELAY.least <= (story - call).days <= DELAY.least + DELAY.spread]
        assert len(fits) == DELAY.spread + 1


def test_where_calls_are_rarer_than_the_spread_nothing_is_hidden() -> None:
    """The limit, kept in sight: a delay hides a call among others, and there must be others."""
    hits = [right(in_order(calls, stories), calls) for calls, stories in (desk(seed, gap=9) for seed in DESKS)]
    assert average(hits) == 1.0


def test_a_desk_that_never_varies_is_caught_and_one_that_draws_is_not() -> None:
    drawn = 0
    for seed in DESKS:
        calls, stories = desk(seed, gap=3)
        assert rhythm.lag(calls, lagged(calls, -4)) == 4
        drawn += rhythm.lag(calls, sorted(set(stories))) is not None
    assert drawn <= 2
