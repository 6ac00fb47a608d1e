"""A day is held to its counters as soon as a later one begins; then it is forgotten."""

from dataclasses import replace
from datetime import date, timedelta

from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.entries import Entry
from prepaid.domain.usage import Counter
from prepaid.ledger.day_verification import DaySums

from tests.support.samples import entry

FIRST = date(2026, 11, 17)
USED = {"message": Counter(count=1, credits=Credits(30))}


def used(days_later: int, seq: int) -> Entry:
    return replace(
        entry(AccountId("a"), seq),
        usage_day=FIRST + timedelta(days=days_later),
        operation="message",
        amount=Credits(-30),
    )


def test_a_day_is_compared_when_the_next_one_begins() -> None:
    sums = DaySums()

    said = [
        list(sums.add(used(later, seq), 1, {FIRST: USED}))
        for seq, later in enumerate([0, 0, 1, 3, 3], start=1)
    ]

    assert said[2] == [
        f"message on {FIRST} counts 1 times, 0.30 credits, 0.00 waived,"
        " its entries 2 times, 0.60 credits, 0.00 waived"
    ]
    assert [len(each) for each in said] == [0, 0, 1, 1, 0]
    assert sums.compared == FIRST + timedelta(days=3)
    assert list(sums.counted) == [sums.compared]


def test_a_day_of_which_the_counters_agree_says_nothing() -> None:
    sums = DaySums()

    said = [*sums.add(used(0, 1), 1, {}), *sums.add(used(1, 2), 1, {FIRST: USED})]

    assert said == []
