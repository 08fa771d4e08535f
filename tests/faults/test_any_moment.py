"""Writers killed at any moment, power cuts and full disks: what was told as kept is there, whole."""

from __future__ import annotations

from bench.faults import trials


def test_what_was_told_as_kept_is_there_whole_after_any_of_them() -> None:
    counted = trials(15, seed=29)
    assert counted["kills"] == 15
    assert counted["power_cuts"] == counted["full_disks"] == 3
    assert int(str(counted["told"])) > 15, "the writers died before they wrote"
    assert (counted["lost"], counted["unopenable"], counted["partial"]) == (0, 0, 0)
