from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from farbank.model.captures import Capture, Missed, Sweep
from farbank.watch import notes

AT = datetime(2031, 7, 31, 6, tzinfo=UTC)
MISSED = Missed(
    url="http://paper.example/1", outlet="gazette", language="en", noticed=AT, why="no answer", title="Rain"
)
SWEEP = Sweep(
    site="gazette", outlet="gazette", started=AT, ended=AT + timedelta(1), listed=3, fetched=2, unchanged=0, missed=1,
    whole=True,
)  # fmt: skip


def changed(capture: Capture, old: bytes, new: bytes) -> Capture:
    assert old in capture.body
    return msgspec.structs.replace(capture, body=capture.body.replace(old, new))


def test_what_is_noted_is_read_back() -> None:
    assert notes.missed(notes.of_missed(MISSED)) == MISSED
    assert notes.sweep(notes.of_sweep(SWEEP)) == SWEEP


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Rain", rb"\ud800"),
        (b"06:00:00Z", b"06:00:00"),
        (b"2031-07-31T06:00:00Z", b"9999-12-31T23:59:59-14:00"),
        (b"2031-07-31T06:00:00Z", b"0001-01-01T00:00:00+14:00"),
        (b'"http', b"[" * 200_000 + b'"http'),
    ],
)
def test_a_forged_note_of_a_missed_item_is_none(old: bytes, new: bytes) -> None:
    assert notes.missed(changed(notes.of_missed(MISSED), old, new)) is None


@pytest.mark.parametrize("count", [b"-1", b"9223372036854775808", b"1e999"])
def test_a_forged_note_of_a_sweep_is_none(count: bytes) -> None:
    assert notes.sweep(changed(notes.of_sweep(SWEEP), b'"listed":3', b'"listed":' + count)) is None
