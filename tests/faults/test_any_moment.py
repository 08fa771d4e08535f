"""Writers killed at any moment, power cuts and full disks: what was told as kept is there, whole."""

from __future__ import annotations

import os

from bench.faults import CUTS, trials

KILLS = int(os.environ.get("FARBANK_KILLS", "10"))


def test_what_was_told_as_kept_is_there_whole_after_any_of_them() -> None:
    counted = trials(KILLS, seed=29)
    assert counted["kills"] == KILLS
    assert counted["power_cuts"] == counted["full_disks"] == KILLS // CUTS
    assert int(str(counted["told"])) > KILLS, "the writers died before they wrote"
    assert (counted["lost"], counted["unopenable"], counted["partial"]) == (0, 0, 0)
