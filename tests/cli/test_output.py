"""What a partner or a paper wrote cannot steer the terminal it is shown on."""

from __future__ import annotations

import pytest

from farbank.cli.output import sentence, side_by_side, table

STEERING = "\x1b[2Jgone\x07 \x9b31m \u202egnorw\u2069\r\x7f"


def test_nothing_shown_is_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    sentence(STEERING)
    table("title", ("what",), [(STEERING,)], wrap="what")
    side_by_side((STEERING, STEERING), ("b", "water\n물"))
    shown = capsys.readouterr().out
    assert "gone" in shown and "물" in shown
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2069", "\r", "\x7f"} & set(shown)
