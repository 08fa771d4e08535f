from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.watch import days, merkle
from farbank.watch.days import DayRoot
from farbank.watch.errors import BrokenChain, DaySealed

FIRST = date(2031, 3, 1)

filings = st.lists(st.lists(st.binary(max_size=8), max_size=5), min_size=1, max_size=8)


def sealed(filed: list[list[bytes]]) -> list[DayRoot]:
    chain: list[DayRoot] = []
    for number, entries in enumerate(filed):
        chain.append(days.seal(FIRST + timedelta(2 * number), entries, chain[-1] if chain else None))
    return chain


def test_a_record_can_be_computed_with_nothing_but_a_hash_function() -> None:
    record = days.seal(FIRST, [b"one"], None)
    root = sha256(b"\x00one").hexdigest()
    text = f'{{"count":1,"day":"2031-03-01","previous":null,"root":"{root}"}}'
    assert record.hash == sha256(text.encode()).hexdigest()
    assert days.seal(FIRST + timedelta(1), [], record).previous == record.hash


@given(filings)
def test_a_chain_holds_and_its_days_hold_what_was_filed(filed: list[list[bytes]]) -> None:
    chain = sealed(filed)
    assert days.verify(chain) == chain[-1].hash
    for record, entries in zip(chain, filed, strict=True):
        assert days.holds(record, entries)
        assert not days.holds(record, [*entries, b"more"])
        assert record.root == merkle.root(entries).hex()


@given(filings.filter(lambda filed: len(filed) > 1), st.data())
def test_no_record_but_the_last_can_be_changed_taken_out_or_moved(
    filed: list[list[bytes]], data: st.DataObject
) -> None:
    chain = sealed(filed)
    at = data.draw(st.integers(0, len(chain) - 2))
    changed = replace(chain[at], count=chain[at].count + 1)
    for spoiled in (
        [*chain[:at], changed, *chain[at + 1 :]],
        [*chain[:at], *chain[at + 1 :]],
        [*chain[:at], chain[at + 1], chain[at], *chain[at + 2 :]],
        [*chain[: at + 1], *chain[at:]],
    ):
        with pytest.raises(BrokenChain, match="changed, taken out or put in"):
            days.verify(spoiled)


def test_the_end_cut_off_shows_in_the_last_hash_only() -> None:
    chain = sealed([[b"a"], [b"b"], [b"c"]])
    assert days.verify(chain[:-1]) not in (None, days.verify(chain))
    assert days.verify([]) is None


@pytest.mark.parametrize("back", [0, 1])
def test_a_day_is_sealed_once(back: int) -> None:
    with pytest.raises(DaySealed, match="2031-0"):
        days.seal(FIRST - timedelta(back), [], days.seal(FIRST, [], None))


def test_days_out_of_order_are_no_chain_even_where_their_hashes_fit() -> None:
    first = days.seal(FIRST, [], None)
    with pytest.raises(BrokenChain, match="2031-02-28"):
        days.verify([first, replace(first, day=FIRST - timedelta(1), previous=first.hash)])


def test_a_record_survives_the_disk_and_a_short_hash_does_not() -> None:
    record = days.seal(FIRST, [b"a"], None)
    assert codec.from_json(record.encoded, DayRoot, "days.jsonl") == record
    spoiled = record.encoded.replace(record.root.encode(), record.root[:-1].encode())
    with pytest.raises(DecodeError, match="root"):
        codec.from_json(spoiled, DayRoot, "days.jsonl")
    assert msgspec.json.decode(record.encoded)["previous"] is None
