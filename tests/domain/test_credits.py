"""Credits: exact amounts, read from one pattern and written back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import MAX_HUNDREDTHS, ZERO, Credits

from tests.domain.laws import tried

amounts = st.integers(-MAX_HUNDREDTHS, MAX_HUNDREDTHS).map(Credits)


@given(amounts)
@tried(200)
def test_every_amount_reads_back_as_it_was_written(amount: Credits) -> None:
    assert Credits.parse(str(amount)) == amount


@given(amounts, amounts)
@tried(100)
def test_amounts_add_subtract_and_compare_as_their_hundredths_do(a: Credits, b: Credits) -> None:
    assert (a + b).hundredths == a.hundredths + b.hundredths
    assert a - b == a + -b
    assert (a < b) == (a.hundredths < b.hundredths)
    assert (a >= b) == (a.hundredths >= b.hundredths)
    assert bool(a) == (a != ZERO)


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("0", 0),
        ("-0", 0),
        ("12", 1200),
        ("12.5", 1250),
        ("12.50", 1250),
        ("-3.05", -305),
        ("0.01", 1),
        ("9999999999999.99", MAX_HUNDREDTHS),
        ("-9999999999999.99", -MAX_HUNDREDTHS),
    ],
)
def test_a_decimal_with_at_most_two_places_is_read(text: str, hundredths: int) -> None:
    assert Credits.parse(text).hundredths == hundredths


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "1\n",
        "+1",
        "--1",
        ".5",
        "1.",
        "1.001",
        "1e3",
        "1_000",
        "1,000",
        "NaN",
        "Infinity",
        "1e400",
        "0x10",
        "１２",
        "10000000000000",
        "1" * 4301,
    ],
)
def test_anything_else_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="at most two places"):
        Credits.parse(text)


def test_an_amount_is_written_with_two_places_and_its_sign() -> None:
    assert [str(Credits(each)) for each in (0, 5, -5, 1250, -305)] == [
        "0.00",
        "0.05",
        "-0.05",
        "12.50",
        "-3.05",
    ]
