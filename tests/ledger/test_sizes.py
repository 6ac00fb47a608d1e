"""What the ledger costs: bytes, units and round trips, counted where DynamoDB would bill them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from prepaid.domain.account import DEFAULT_RUNWAY_THRESHOLDS, Account, Version
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.errors import InsufficientCredits
from prepaid.domain.pricing import Quantity
from prepaid.domain.usage import ClosedDay, Counter, local_day
from prepaid.dynamodb.values import deserialize, serialize
from prepaid.ledger.dynamodb import items
from prepaid.ledger.dynamodb.store import DynamoLedgerStore

from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.full_account import OPERATIONS, TODAY, full_account, with_operations
from tests.support.ledger_harness import DAY_SECONDS, NOW, LedgerHarness, new_account_id
from tests.support.measures import Units, item_size, metered
from tests.support.memory import MemoryLedgerStore
from tests.support.samples import decision
from tests.support.wire import Wire

ONE_UNIT_BYTES = 1_024
IDENTIFIER = AccountId("3f0c9a52-7d1e-4b63-9a41-52d0c8e7b6f9")
BATCH = 50


@dataclass
class MeasuredLedger:
    """A shop on the emulator whose calls and units are counted."""

    harness: LedgerHarness
    store: DynamoLedgerStore
    wire: Wire
    units: Units

    def open(self, account: Account) -> AccountId:
        """Write *account* as it is, then begin to count."""
        self.store.commit(Decision(account=account, now=NOW), seen=Version(0))
        self.wire.sent.clear()
        self.units.clear()
        return account.account_id


@pytest.fixture(scope="module")
def measured(emulator: str) -> MeasuredLedger:
    """Return a shop with tables of its own."""
    client, prefix = new_client(emulator), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    store = ledger_store(client, prefix)
    return MeasuredLedger(LedgerHarness(store), store, Wire(client), metered(client))


def test_the_full_account_stays_below_one_write_unit() -> None:
    size = _size(full_account(IDENTIFIER))

    assert local_day(NOW, "Europe/Berlin") == TODAY
    assert size < ONE_UNIT_BYTES


def test_a_day_that_touches_two_utc_days_stays_below_one_write_unit_too() -> None:
    account = full_account(IDENTIFIER)
    early = {TODAY - timedelta(1): account.usage[TODAY], **account.usage}

    size = _size(replace(account, usage=early))

    assert size < ONE_UNIT_BYTES


def test_a_hold_that_is_captured_in_parts_is_a_few_bytes_longer() -> None:
    account = full_account(IDENTIFIER)
    [long, *others] = account.holds
    used = {"call": Quantity(1_000_000), "minute": Quantity(1_439_250_000)}
    parted = replace(long, parts=1_000, used=used, expires_at=Instant(NOW + 7 * DAY_SECONDS))
    plain = item_size(items.account_to_item(account, version=Version(10_460)))

    size = item_size(
        items.account_to_item(replace(account, holds=(parted, *others)), version=Version(10_460))
    )

    assert size - plain <= 45
    assert size < ONE_UNIT_BYTES


def test_an_account_grows_as_the_documentation_says() -> None:
    page = Path("docs/scale.md").read_text(encoding="utf-8")
    full = full_account(IDENTIFIER)
    idle = replace(full, usage={})

    documented = dict(re.findall(r"^\| ([^|]+) \| (\d+) bytes \|", page, re.MULTILINE))

    assert {name: int(size) for name, size in documented.items()} == {
        "the account above": _size(full),
        "the same on a day without usage": _size(idle),
        "an open hold": _size(full) - _size(replace(full, holds=full.holds[1:])),
        "what warnings know: the week, the hour, two runways": _size(full)
        - _size(replace(full, week=(), hour=None, runway_thresholds=DEFAULT_RUNWAY_THRESHOLDS)),
        "a spending limit": _size(full) - _size(replace(full, limits=full.limits[1:])),
        "a grant that holds credits": _size(full) - _size(replace(full, grants=full.grants[1:])),
        "an operation that was used today": _size(full) - _size(with_operations(full, 7)),
        "an operation with a carry alone": _size(idle) - _size(with_operations(idle, 7)),
    }


def test_a_row_of_the_account_is_as_short_as_it_can_be() -> None:
    item = deserialize(items.account_to_item(full_account(IDENTIFIER), version=Version(10_460)))
    idle = replace(full_account(IDENTIFIER), usage={})

    carried = deserialize(items.account_to_item(idle, version=Version(10_460)))

    assert item["h"][0] == [10_441, 1_550, NOW + 3_600, 0, 3_600]
    assert item["o"][1] == ["message", 4_567_000_000, 14, 3_458, 0, 0, "message", 18_760_000]
    assert carried["o"][1] == ["message", 4_567_000_000]
    assert item["k"] == [31_250, 27_664, 29_180, 0, 3_458, 25_911, 30_002]
    assert (item["hr"], item["r"][0]) == ([NOW // 3_600, 13_458, 1], [3, NOW - 30_000, 1])
    assert item["g"][1] == [1_205, "b", 5_000, 5_000, NOW + 90 * DAY_SECONDS]
    assert max(item_size(serialize({"": row})) for row in item["h"]) <= 26
    assert max(item_size(serialize({"": row})) for row in item["o"][1:]) <= 72


def test_a_spend_on_the_full_account_takes_two_round_trips_and_six_units(
    measured: MeasuredLedger,
) -> None:
    account_id = measured.open(full_account(new_account_id()))

    measured.harness.spend(account_id, "k" * 36)

    assert measured.wire.sent == ["GetItem", "TransactWriteItems"]
    assert measured.units == Units(read=1, write=5, calls=2)


def test_the_first_commit_of_an_account_lists_it_for_four_units_more(
    measured: MeasuredLedger,
) -> None:
    account_id = measured.open(replace(full_account(new_account_id()), listed=False))

    measured.harness.spend(account_id, "k" * 36)
    first = replace(measured.units)
    measured.units.clear()
    measured.harness.spend(account_id, "l" * 36)

    assert first == Units(read=1, write=9, calls=2)
    assert measured.units == Units(read=1, write=5, calls=2)


def test_a_spend_that_raises_an_alert_takes_five_units_more(measured: MeasuredLedger) -> None:
    account_id = _with_balance(measured, "21.00")

    measured.harness.spend(account_id, "k", 2)

    assert measured.wire.sent == ["GetItem", "TransactWriteItems"]
    assert measured.units == Units(read=1, write=10, calls=2)


def test_a_part_and_an_extension_take_two_round_trips_and_five_units(
    measured: MeasuredLedger,
) -> None:
    account_id = measured.open(full_account(new_account_id()))
    hold_id = full_account(account_id).holds[3].number

    measured.harness.capture(account_id, hold_id, "p" * 36, final=False)
    parts = measured.wire.sent[:], replace(measured.units)
    measured.wire.sent.clear()
    measured.units.clear()
    measured.harness.extend(account_id, hold_id, "x" * 36, "1", 7_200)

    assert parts == (["GetItem", "TransactWriteItems"], Units(read=1, write=5, calls=2))
    assert measured.wire.sent == ["GetItem", "TransactWriteItems"]
    assert measured.units == Units(read=1, write=5, calls=2)


def test_the_end_of_a_hold_with_parts_looks_up_its_key_among_them(measured: MeasuredLedger) -> None:
    account_id = measured.open(full_account(new_account_id()))
    hold_id = full_account(account_id).holds[3].number
    measured.harness.capture(account_id, hold_id, "p", final=False)
    measured.wire.sent.clear()

    measured.harness.capture(account_id, hold_id, "e")

    assert measured.wire.sent == ["GetItem", "GetItem", "TransactWriteItems"]


def test_a_spend_that_closes_a_day_takes_two_units_more(measured: MeasuredLedger) -> None:
    account_id = measured.open(replace(full_account(new_account_id()), holds=()))

    measured.harness.spend(account_id, "k" * 36, now=Instant(NOW + DAY_SECONDS))

    assert measured.wire.sent == ["GetItem", "TransactWriteItems"]
    assert measured.units == Units(read=1, write=7, calls=2)


def test_a_replay_takes_two_round_trips(measured: MeasuredLedger) -> None:
    account_id = measured.open(full_account(new_account_id()))
    measured.harness.spend(account_id, "k")
    measured.wire.sent.clear()

    assert measured.harness.spend(account_id, "k").replayed

    assert measured.wire.sent == ["GetItem", "TransactWriteItems"]


def test_a_replay_after_the_balance_is_gone_takes_two_round_trips(measured: MeasuredLedger) -> None:
    account_id = _with_balance(measured, "3.00")
    measured.harness.spend(account_id, "k", 3)
    measured.wire.sent.clear()

    assert measured.harness.spend(account_id, "k", 3).replayed

    assert measured.wire.sent == ["GetItem", "GetItem"]


def test_a_refusal_takes_two_round_trips_and_writes_nothing(measured: MeasuredLedger) -> None:
    account_id = _with_balance(measured, "3.00")

    with pytest.raises(InsufficientCredits):
        measured.harness.spend(account_id, "k", 4)

    assert measured.wire.sent == ["GetItem", "GetItem"]
    assert measured.units.write == 0


def test_a_batch_takes_about_three_units_for_each_entry(measured: MeasuredLedger) -> None:
    account_id = _with_balance(measured, "100.00")

    measured.harness.spend_many(account_id, [f"event-{number:032d}" for number in range(BATCH)])

    assert measured.wire.sent == ["GetItem", "TransactWriteItems"]
    assert measured.units.write / BATCH <= 3.1


def test_a_batch_that_is_repeated_writes_nothing_in_two_round_trips(
    measured: MeasuredLedger,
) -> None:
    account_id = _with_balance(measured, "100.00")
    texts = [f"event-{number}" for number in range(BATCH)]
    measured.harness.spend_many(account_id, texts)
    measured.wire.sent.clear()
    measured.units.clear()

    measured.harness.spend_many(account_id, texts)

    assert measured.wire.sent == ["GetItem", "TransactWriteItems"]
    assert measured.units.write == 0


def test_a_batch_that_is_refused_looks_up_its_keys_together(measured: MeasuredLedger) -> None:
    account_id = _with_balance(measured, "0.50")

    measured.harness.spend_many(account_id, [f"event-{number}" for number in range(BATCH)])

    assert measured.wire.sent == ["GetItem", "BatchGetItem"]
    assert measured.units.write == 0


def test_ninety_days_of_usage_cost_the_same_after_a_thousand_events_and_a_million(
    measured: MeasuredLedger,
) -> None:
    few, many = (_read_ninety_days(measured, events) for events in (1_000, 1_000_000))

    assert few == many
    assert few.calls == 1


def test_ninety_days_of_usage_are_ninety_rows_however_often_was_used() -> None:
    rows = [_rows_after(events_a_day) for events_a_day in (1, 30)]

    assert rows == [90, 90]


def _size(account: Account) -> int:
    return item_size(items.account_to_item(account, version=Version(10_460)))


def _with_balance(measured: MeasuredLedger, amount: str) -> AccountId:
    account_id = new_account_id()
    measured.harness.give(account_id, amount)
    measured.wire.sent.clear()
    measured.units.clear()
    return account_id


def _read_ninety_days(measured: MeasuredLedger, events: int) -> Units:
    account_id = new_account_id()
    days = [TODAY - timedelta(each) for each in range(1, 91)]
    count = events // len(days) // len(OPERATIONS) or 1
    usage = {
        operation: Counter(
            count=count,
            credits=Credits(100 * count),
            units={unit: Quantity(1_000_000 * count) for unit in units},
        )
        for operation, units in OPERATIONS.items()
    }
    closed = tuple(_closed(account_id, day, usage) for day in days)
    measured.store.commit(decision(account_id, days=closed), seen=Version(0))
    measured.units.clear()
    found = measured.store.closed_days(account_id, since=days[-1], until=days[0])
    assert len(found) == len(days)
    return replace(measured.units)


def _closed(account_id: AccountId, day: date, usage: dict[str, Counter]) -> ClosedDay:
    return ClosedDay(account_id=account_id, day=day, time_zone="UTC", portions={day: usage})


def _rows_after(events_a_day: int) -> int:
    harness, account_id = LedgerHarness(MemoryLedgerStore()), new_account_id()
    harness.give(account_id, "100000.00")
    text: Callable[[int, int], str] = "{}-{}".format
    for day in range(91):
        now = type(NOW)(NOW + day * 86_400)
        harness.spend_many(account_id, [text(day, n) for n in range(events_a_day)], now=now)
    return len(harness.store.closed_days(account_id))
