"""Which places of failing calls a run tries."""

from datetime import date, timedelta

from tests.support.places import is_drawn

PLACES = [f"tests/faults/test_lost_calls.py::test_x[a spend, call {n}]" for n in range(300)]


def test_a_run_that_names_no_day_tries_every_place() -> None:
    assert all(is_drawn(each, "") for each in PLACES)


def test_a_day_draws_about_a_quarter_and_always_the_same() -> None:
    drawn = [each for each in PLACES if is_drawn(each, "2026-11-26")]

    assert 50 < len(drawn) < 100
    assert drawn == [each for each in PLACES if is_drawn(each, "2026-11-26")]


def test_a_month_draws_every_place() -> None:
    days = [str(date(2026, 11, 1) + timedelta(days=n)) for n in range(30)]

    assert all(any(is_drawn(each, day) for day in days) for each in PLACES)
