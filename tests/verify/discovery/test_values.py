import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.verify.discovery.support import strength_of
from farbank.verify.discovery.values import Clock, Names, Number, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", Number(1200.0, 100.0)),
        ("1199", Number(1199.0, 1.0)),
        ("30.30", Number(30.3, 0.1)),
        ("-0.0", Number(0.0, 0.1)),
        ("10", Number(10.0, 1.0)),
        (" 6:55aDec 5", Clock(415)),
        ("2030-12-04 06:55 AM (Estimated)", Clock(415)),
        ("Sun., Dec.04, 2030 6:50 p.m.", Clock(1130)),
        ("12:05 AM", Clock(5)),
        ("23:50", Clock(1430)),
        ("Ryang, Chol ;  kim", Names(frozenset({"ryang, chol", "kim"}))),
        ("Gagné", Names(frozenset({"gagne"}))),
        ("nan", Names(frozenset({"nan"}))),
        ("", None),
        (" ; ", None),
    ],
)
def test_the_kind_of_a_value_is_read_off_it(text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("vague", "exact", "strength"),
    [
        ("1,200", "1,199", 1.0),
        ("1,199", "1,200", 0.0),
        ("1,200", "1,270", 0.0),
        ("30.3", "30.28", 1.0),
        ("10", "7", 0.0),
        ("kim", "kim; ryang", 0.5),
        ("kim; ryang", "kim", 0.0),
        ("ryang", "ryang chol", 1.0),
        ("ryan", "ryang chol", 0.0),
        ("6:50", "6:55", 0.0),
        ("650", "6:50", 0.0),
    ],
)
def test_a_vaguer_value_speaks_for_a_more_exact_one(vague, exact, strength):
    assert strength_of(read(vague), read(exact)) == strength


@given(st.text())
def test_any_text_is_read_or_nothing(text):
    value = read(text)
    assert value is None or (value == value and hash(value) == hash(read(text)))


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_is_read_as_it_is_written(number):
    value = read(f"{number:f}")
    assert isinstance(value, Number)
    assert value.number == float(f"{number:f}")
    assert value.unit > 0
