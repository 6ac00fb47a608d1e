"""What this release stores, word for word: it is written so and read by every later one."""

from datetime import date

import pytest
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.grants import Burn, Grant, GrantKind
from prepaid.domain.holds import Hold
from prepaid.domain.keys import Writer
from prepaid.domain.pricing import Quantity
from prepaid.domain.usage import Counter
from prepaid.dynamodb.values import Item
from prepaid.ledger.dynamodb import items
from prepaid.payments.dynamodb.payments import payment_from_item, payment_to_item

from tests.golden.reading import stored

SECOND = "release_2"
DAY = date(2026, 11, 18)


def test_an_account_is_written_word_for_word_as_it_was_read() -> None:
    item = stored(SECOND, "account_with_parts")
    account = items.account_from_item(item)

    assert items.account_to_item(account, version=account.version) == item


def test_an_account_whose_day_touches_two_utc_days_is_written_shorter_and_read_again() -> None:
    item = dict(stored(SECOND, "account"))
    account = items.account_from_item(item)

    item.pop("l")  # limits that nobody could set and nothing enforced
    portion = item["o"]["L"][1]["L"][-1]["L"]
    waived_and_reversed = portion[3:5]
    del portion[3:5]
    again = items.account_to_item(account, version=account.version)
    assert waived_and_reversed == [{"N": "0"}, {"N": "0"}]
    assert again == item
    assert items.account_from_item(again) == account


def test_an_account_is_read() -> None:
    account = items.account_from_item(stored(SECOND, "account"))

    assert account.grants[0] == Grant(
        grant_id=1,
        kind=GrantKind.PURCHASED,
        amount=Credits(10_000),
        remaining=Credits(7_600),
        expires_at=Instant(1_795_086_400),
        cost_basis=1_500,
        currency="jpy",
    )
    assert account.grants[3] == Grant(
        grant_id=7,
        kind=GrantKind.RESTORED,
        amount=Credits(1_000),
        remaining=Credits(1_000),
        expires_at=Instant(1_795_172_800),
        cost_basis=150,
        origin=1,
        currency="jpy",
    )
    assert account.holds[1] == Hold(
        number=10,
        amount=Credits(100),
        expires_at=Instant(1_795_000_060),
        operation="vapi_call",
        maker=Writer.USER,
        plan="default",
        opened_at=Instant(1_795_000_000),
    )
    assert (account.balance, account.usage_day) == (Credits(11_550), DAY)
    assert account.carry == {"idle": 5, "workflow_execution": 7}
    used = Counter(count=1, credits=Credits(200), units={"execution": Quantity(2_000_000)})
    assert account.usage == {day: {"workflow_execution": used} for day in (date(2026, 11, 17), DAY)}


def test_a_hold_that_was_extended_and_captured_in_parts_is_read() -> None:
    account = items.account_from_item(stored(SECOND, "account_with_parts"))

    assert account.holds == (
        Hold(
            number=2,
            amount=Credits(1_165),
            expires_at=Instant(1_795_086_440),
            operation="vapi_call",
            maker=Writer.SERVICE,
            plan="default",
            opened_at=Instant(1_795_000_000),
            parts=2,
            used={"call": Quantity(1_000_000), "minute": Quantity(4_700_000)},
        ),
    )


def test_parts_and_extensions_are_read() -> None:
    entries = [items.entry_from_item(each) for each in stored(SECOND, "entries_of_holds")]

    assert [(each.key, each.final, each.extends) for each in entries] == [
        ("s:hold:h", True, False),
        ("s:hold:g", True, False),
        ("s:capture:p1", False, False),
        ("s:extend:x", True, True),
        ("s:capture:q1", False, False),
        ("hold-end:3", True, False),
        ("s:capture:p2", False, False),
    ]
    assert [each.held_change for each in entries if each.hold_id == 2] == [
        *(Credits(1_000), Credits(-260), Credits(500), Credits(-75))
    ]


@pytest.mark.parametrize("item", stored(SECOND, "entries") + stored(SECOND, "entries_of_holds"))
def test_an_entry_is_written_word_for_word_as_it_was_read(item: Item) -> None:
    assert items.entry_to_item(items.entry_from_item(item)) == item


def test_entries_are_read() -> None:
    entries = [items.entry_from_item(each) for each in stored(SECOND, "entries")]

    assert (entries[0].cost_basis, entries[0].currency) == (1_500, "jpy")
    assert entries[3].burned == (
        Burn(
            1,
            Credits(700),
            basis=105,
            kind=GrantKind.PURCHASED,
            ends=Instant(1_795_086_400),
            currency="jpy",
        ),
    )
    assert entries[5].returned == (Burn(2, Credits(100), kind=GrantKind.BONUS),)
    assert entries[6].returned[0].origin == 1
    assert entries[-1].merged == (1, 2)


def test_closed_days_and_what_was_taken_are_written_word_for_word_as_they_were_read() -> None:
    [day] = stored(SECOND, "closed_days")
    payment = stored(SECOND, "payment")

    assert items.closed_day_to_item(items.closed_day_from_item(day)) == day
    assert payment_to_item(payment_from_item(payment))["taken"] == payment["taken"]
    assert payment_from_item(payment).taken[0].currency == "jpy"
