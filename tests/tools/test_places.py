"""Which places of failing calls a run tries."""

from datetime import date, timedelta

import pytest

from tests.support.places import is_chosen, is_drawn

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


STORES = [
    f"tests/ledger/test_stores.py::test_x[{database}-{n}]"
    for n in range(100)
    for database in ("memory", "moto", "ministack")
]


def chosen(day: str, nodeids: list[str] = STORES) -> list[str]:
    return [each for each in nodeids if is_chosen(each, nodeids, day)]


def test_a_run_that_names_no_day_tries_every_database() -> None:
    assert chosen("") == STORES


@pytest.mark.parametrize("day", ["2026-11-26", "2026-11-27"])
def test_a_day_chooses_memory_and_one_database(day: str) -> None:
    found = chosen(day)

    numbers = [each.rpartition("-")[2] for each in found if "memory" not in each]
    assert len(found) == 200
    assert numbers == [f"{n}]" for n in range(100)]
    assert 30 < sum("moto" in each for each in found) < 70


def test_another_day_chooses_another() -> None:
    assert chosen("2026-11-26") != chosen("2026-11-27")


def test_what_is_tried_on_one_database_alone_is_tried_every_day() -> None:
    alone = [each for each in STORES if "ministack" not in each]

    assert chosen("2026-11-26", alone) == alone
