"""The bench of the lint counts what it says it counts."""

from __future__ import annotations

from collections import Counter

import pytest

from bench import _slip_case, _slips, lint
from farbank.model.story import Lint


def test_a_slip_counts_only_by_its_own_rule_at_its_own_line() -> None:
    slip = next(iter(_slips.slips(1, kept=False)))
    wrong = slip._replace(line=slip.line + 1), slip._replace(rule="too-certain")
    assert lint._found([slip, *wrong], _slip_case.context()) == [True, False, False]


def test_what_an_example_is_declared_to_be_told_is_no_alarm() -> None:
    items = [Lint(file="story.en.md", line=n, rule="state-record", message="m") for n in (1, 2)]
    assert lint._undeclared(items, {"state-record": 1}) == 1
    assert lint._undeclared(items, {}) == 2


@pytest.mark.parametrize("kept", [False, True])
def test_every_rule_has_ten_slips_in_each_half(kept: bool) -> None:
    made = [slip.rule for slip in _slips.slips(lint.SEED, kept=kept)]
    assert len(set(made)) >= 30
    assert all(made.count(rule) == _slips.EACH for rule in set(made))


def test_both_bars_are_held_on_every_fourth_slip_of_the_half_that_was_kept() -> None:
    context = _slip_case.context()
    assert lint._share(lint._found([*_slips.slips(lint.SEED, kept=True)][::4], context)) >= 0.95
    assert lint._alarms(context)[0] == 0


def test_the_other_hand_wrote_for_every_rule_and_no_slip_twice() -> None:
    written = [*_slips.other_hand()]
    each = Counter(slip.rule for slip in written)
    assert each.keys() == _slips.dealt(kept=True).keys()
    assert min(each.values()) >= 5
    assert len({slip.words for slip in written}) == len(written)
    assert not {slip.words for slip in written} & {slip.words for slip in _slips.slips(lint.SEED, kept=True)}


def test_the_other_hand_s_clean_prose_is_long_and_raises_few_alarms() -> None:
    alarms, words = lint._alarms_of(_slips.clean_other_hand(), _slip_case.context())
    assert words > 3000
    assert 1000 * alarms / words < 2
