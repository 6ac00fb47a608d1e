"""What is stored of warnings, word for word: written so, and read by every later release."""

from dataclasses import replace

import pytest
from prepaid.alerts.dynamodb.outbox import alert_from_item, alert_to_item
from prepaid.domain.account import RunwayThreshold, Setting
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.usage import HourlyUsage
from prepaid.dynamodb.values import Item
from prepaid.ledger.dynamodb import items

from tests.golden.reading import stored

ALERTED = Instant(1_794_991_000)
HOUR = HourlyUsage(hour=498_611, credits=Credits(13_458))


def test_an_account_with_chosen_warnings_is_written_word_for_word_as_it_was_read() -> None:
    item = stored("release_3", "account_with_warnings")

    account = items.account_from_item(item)

    assert account.week == tuple(map(Credits, (31_250, 0, -200, 3_458)))
    assert account.hour == replace(HOUR, announced=True)
    assert account.runway_thresholds == (
        RunwayThreshold(days=3),
        RunwayThreshold(days=7, alerted_at=ALERTED),
        RunwayThreshold(days=14, alerted_at=ALERTED, open=True),
    )
    assert Setting.RUNWAY_THRESHOLDS in account.chosen
    assert items.account_to_item(account, version=account.version) == item


def test_a_default_warning_that_was_announced_is_written_word_for_word_as_it_was_read() -> None:
    item = stored("release_3", "account_with_default_warnings")

    account = items.account_from_item(item)

    assert account.runway_thresholds == (RunwayThreshold(days=7, alerted_at=ALERTED, open=True),)
    assert (account.week, account.hour) == ((), HOUR)
    assert Setting.RUNWAY_THRESHOLDS not in account.chosen
    assert items.account_to_item(account, version=account.version) == item


@pytest.mark.parametrize("release", ["release_1", "release_2"])
def test_an_account_of_before_knows_of_no_week_and_of_no_hour(release: str) -> None:
    account = items.account_from_item(stored(release, "account"))

    assert (account.week, account.hour) == ((), None)
    assert account.runway_thresholds == (RunwayThreshold(days=7),)


@pytest.mark.parametrize("item", stored("release_3", "alerts_of_usage"))
def test_an_alert_of_usage_is_written_word_for_word_as_it_was_read(item: Item) -> None:
    assert alert_to_item(alert_from_item(item)) == item
