"""What this release stores of calls and alerts, word for word: later ones read it as well."""

from datetime import date

import pytest
from moto import mock_aws
from prepaid.alerts.dynamodb.outbox import alert_from_item, alert_to_item
from prepaid.alerts.dynamodb.repeats import DynamoRepeats
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.pricing import Quantity
from prepaid.domain.thresholds import Alert, AlertKind, Ending
from prepaid.domain.usage import Counter
from prepaid.dynamodb.values import Item
from prepaid.ledger.dynamodb import items

from tests.golden.reading import stored
from tests.support.dynamodb import create_tables, new_client
from tests.support.memory import repeat_of

THIRD = "release_3"
DAY = date(2026, 11, 19)
CALL = Counter(
    count=1,
    credits=Credits(260),
    units={"call": Quantity(1_000_000), "minute": Quantity(3_200_000)},
    provider_cost=318_500,
)
BOTH_DAYS = {day: {"vapi_call": CALL} for day in (date(2026, 11, 18), DAY)}


def test_an_account_with_a_providers_cost_is_written_word_for_word_as_it_was_read() -> None:
    item = stored(THIRD, "account_with_provider_cost")
    account = items.account_from_item(item)

    assert account.usage == BOTH_DAYS
    assert items.account_to_item(account, version=account.version) == item


def test_a_closed_day_with_a_providers_cost_is_written_word_for_word_as_it_was_read() -> None:
    [item] = stored(THIRD, "closed_days_with_provider_cost")
    day = items.closed_day_from_item(item)

    assert (day.day, day.portions) == (DAY, BOTH_DAYS)
    assert items.closed_day_to_item(day) == item


@pytest.mark.parametrize("item", stored(THIRD, "entries_of_calls"))
def test_an_entry_of_a_call_is_written_word_for_word_as_it_was_read(item: Item) -> None:
    assert items.entry_to_item(items.entry_from_item(item)) == item


def test_what_a_provider_takes_stands_on_the_captures_of_calls() -> None:
    entries = [items.entry_from_item(each) for each in stored(THIRD, "entries_of_calls")]

    assert [(str(each.kind), each.provider_cost) for each in entries] == [
        ("adjustment", None),
        ("hold", None),
        ("capture", 318_500),
        ("hold", None),
        ("capture", 318_500),
    ]


def test_an_expiry_notice_is_written_word_for_word_as_it_was_read() -> None:
    item = stored(THIRD, "alert_of_expiry")
    alert = alert_from_item(item)

    assert alert == Alert(
        account_id=AccountId("konto-é-1"),
        seq=7,
        raised_at=Instant(1_795_000_000),
        about=AlertKind.EXPIRY_NEAR,
        ends=(
            Ending(Instant(1_795_604_800), Credits(500)),
            Ending(Instant(1_797_592_000), Credits(1)),
        ),
        balance=Credits(1_999),
        available=Credits(-1),
    )
    assert alert_to_item(alert) == item


def test_an_alert_that_repeats_another_is_written_word_for_word_as_it_was_read() -> None:
    again, first = stored(THIRD, "alerts_repeated")
    alert = alert_from_item(again)

    assert (alert.about, alert.repeats) == (AlertKind.BALANCE_STILL_LOW, first["alert_id"]["S"])
    assert alert.thresholds == (Credits(2_000),)
    assert alert_to_item(alert) == again


def test_an_alert_that_waits_to_be_repeated_is_found_as_it_was_written() -> None:
    _, first = stored(THIRD, "alerts_repeated")
    with mock_aws():
        client = new_client()
        create_tables(client, "", ["credit_alerts"])
        client.put_item(TableName="credit_alerts", Item=first)
        repeats = DynamoRepeats(client, "credit_alerts")
        at = Instant(1_795_604_801)

        [due] = repeats.due(now=at)

        assert (due, due.read()) == (repeat_of(due.read(), at), alert_from_item(first))
        assert list(repeats.due(now=Instant(at - 1))) == []
