"""Every call of every money path, lost before it was sent and lost after: one entry in the end."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import pytest
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.errors import Unavailable
from prepaid.ledger.posting import Posting

from tests.faults.conftest import EmulatorTables
from tests.support.ledger_harness import NOW, LedgerHarness, new_account_id
from tests.support.memory import MemoryRetryBudget
from tests.support.verifying import verify
from tests.support.wire import Fault, Killed, only, since

HOLD_ID = 2
AFTER_EXPIRY = Instant(NOW + 61)
BATCH = [f"item-{number}" for number in range(60)]
LARGE_BATCH = [f"item-{number}" for number in range(110)]


@dataclass(frozen=True)
class Movement:
    """A request that moves money, and all that is true once it has been made.

    `calls` is what it sends when nothing fails. `opening` is given first; `before` prepares the
    account. Afterwards there are `entries` entries and `balance` is left.
    """

    name: str
    calls: tuple[str, ...]
    opening: str
    before: Callable[[LedgerHarness, AccountId], object]
    request: Callable[[LedgerHarness, AccountId], list[Posting]]
    entries: int
    balance: str


def _nothing(_: LedgerHarness, __: AccountId) -> None:
    """Prepare nothing."""


def _with_a_part(harness: LedgerHarness, account_id: AccountId) -> None:
    harness.hold(account_id, "h", "2.00")
    harness.capture(account_id, HOLD_ID, "p", final=False)


def _batch(texts: list[str]) -> Callable[[LedgerHarness, AccountId], list[Posting]]:
    def request(harness: LedgerHarness, account_id: AccountId) -> list[Posting]:
        answers = harness.spend_many(account_id, texts)
        for answer in answers:
            if not isinstance(answer, Posting):
                raise answer
        return [answer for answer in answers if isinstance(answer, Posting)]

    return request


def _settled(harness: LedgerHarness, account_id: AccountId) -> list[Posting]:
    return [Posting(each, replayed=False) for each in harness.settle(account_id, AFTER_EXPIRY)]


READ, PRICE, WRITE, FIND = "GetItem", "Query", "TransactWriteItems", "GetItem"
MOVEMENTS = [
    Movement(
        "a spend of all there is",
        (READ, PRICE, WRITE),
        "2.00",
        _nothing,
        lambda harness, account_id: [harness.spend(account_id, "k", 2)],
        entries=2,
        balance="0.00",
    ),
    Movement(
        "a repeat of a spend whose balance is gone",
        (READ, PRICE, FIND),
        "2.00",
        lambda harness, account_id: harness.spend(account_id, "k", 2),
        lambda harness, account_id: [harness.spend(account_id, "k", 2)],
        entries=2,
        balance="0.00",
    ),
    Movement(
        "an adjustment",
        (READ, WRITE),
        "2.00",
        _nothing,
        lambda harness, account_id: [harness.give(account_id, "-1.50", "k")],
        entries=2,
        balance="0.50",
    ),
    Movement(
        "a hold",
        (READ, PRICE, WRITE),
        "2.00",
        _nothing,
        lambda harness, account_id: [harness.hold(account_id, "k", "2.00")],
        entries=2,
        balance="2.00",
    ),
    Movement(
        "a capture",
        (READ, PRICE, WRITE),
        "2.00",
        lambda harness, account_id: harness.hold(account_id, "h", "2.00"),
        lambda harness, account_id: [harness.capture(account_id, HOLD_ID, "k", 2)],
        entries=3,
        balance="0.00",
    ),
    Movement(
        "a part of a hold",
        (READ, PRICE, WRITE),
        "2.00",
        lambda harness, account_id: harness.hold(account_id, "h", "2.00"),
        lambda harness, account_id: [harness.capture(account_id, HOLD_ID, "k", 2, final=False)],
        entries=3,
        balance="0.00",
    ),
    Movement(
        "the end of a hold with parts",
        (READ, FIND, PRICE, WRITE),
        "3.00",
        _with_a_part,
        lambda harness, account_id: [harness.capture(account_id, HOLD_ID, "k", 2)],
        entries=4,
        balance="0.00",
    ),
    Movement(
        "a void of a hold with parts",
        (READ, FIND, WRITE),
        "3.00",
        _with_a_part,
        lambda harness, account_id: [harness.void(account_id, HOLD_ID, "k")],
        entries=4,
        balance="2.00",
    ),
    Movement(
        "an extension by all there is",
        (READ, WRITE),
        "3.00",
        lambda harness, account_id: harness.hold(account_id, "h", "2.00"),
        lambda harness, account_id: [harness.extend(account_id, HOLD_ID, "k", "1.00", 600)],
        entries=3,
        balance="3.00",
    ),
    Movement(
        "a hold of what is available",
        (READ, PRICE, WRITE),
        "2.00",
        _nothing,
        lambda harness, account_id: [harness.hold_range(account_id, "k", "1.00", "5.00")],
        entries=2,
        balance="2.00",
    ),
    Movement(
        "a void",
        (READ, WRITE),
        "2.00",
        lambda harness, account_id: harness.hold(account_id, "h", "2.00"),
        lambda harness, account_id: [harness.void(account_id, HOLD_ID, "k")],
        entries=3,
        balance="2.00",
    ),
    Movement(
        "a spend after a hold has expired",
        (READ, PRICE, WRITE),
        "2.00",
        lambda harness, account_id: harness.hold(account_id, "h", "2.00"),
        lambda harness, account_id: [harness.spend(account_id, "k", 2, now=AFTER_EXPIRY)],
        entries=4,
        balance="0.00",
    ),
    Movement(
        "a settlement",
        (READ, WRITE),
        "2.00",
        lambda harness, account_id: harness.hold(account_id, "h", "2.00"),
        _settled,
        entries=3,
        balance="2.00",
    ),
    Movement(
        "a batch of 60",
        (READ, PRICE, WRITE),
        "60.00",
        _nothing,
        _batch(BATCH),
        entries=61,
        balance="0.00",
    ),
    Movement(
        "a batch of two commits",
        (READ, PRICE, WRITE, WRITE),
        "110.00",
        _nothing,
        _batch(LARGE_BATCH),
        entries=111,
        balance="0.00",
    ),
]
EVERY_CALL = [
    pytest.param(movement, n, fault, id=f"{movement.name}, call {n} {fault.value}")
    for movement in MOVEMENTS
    for n, fault in product(range(1, len(movement.calls) + 1), (Fault.NOT_SENT, Fault.REPLY_LOST))
]
every_call = pytest.mark.parametrize(("movement", "n", "fault"), EVERY_CALL)


@pytest.mark.parametrize("movement", MOVEMENTS, ids=lambda movement: movement.name)
def test_a_clean_run_makes_the_calls_that_are_failed_below(
    tables: EmulatorTables, movement: Movement
) -> None:
    account_id = _opened(tables, movement)
    harness, wire = tables.harness()

    answers = movement.request(harness, account_id)

    assert tuple(wire.sent) == movement.calls
    _assert_done(tables, movement, account_id, answers)


@pytest.mark.fault(
    "A3",
    "A reply is lost and the SDK sends again",
    "One entry, and no refusal of what has landed",
)
@every_call
def test_the_sdk_makes_up_for_one_lost_call(
    tables: EmulatorTables, movement: Movement, n: int, fault: Fault
) -> None:
    account_id = _opened(tables, movement)
    harness, wire = tables.harness(only(n, fault))

    answers = movement.request(harness, account_id)

    assert len(wire.sent) == len(movement.calls) + 1
    assert any(each.replayed for each in answers) == ("repeat" in movement.name)
    _assert_done(tables, movement, account_id, answers)


@every_call
def test_a_call_that_the_sdk_gave_up_leaves_one_entry(
    tables: EmulatorTables, movement: Movement, n: int, fault: Fault
) -> None:
    account_id = _opened(tables, movement)
    harness, _ = tables.harness(only(n, fault), attempts=1)
    price_was_lost = movement.calls[n - 1] == PRICE

    answers = _answers(movement, harness, account_id)

    assert (answers is None) == price_was_lost
    assert any(each.replayed for each in answers or []) == (
        "repeat" in movement.name and not price_was_lost
    )
    _assert_repeating_settles(tables, movement, account_id, answers)


@pytest.mark.fault(
    "A4",
    "No reply arrives at all",
    "503 with Retry-After and the advice to repeat under the same key; the repeat settles it",
)
@every_call
def test_a_ledger_that_stays_silent_is_settled_by_a_repeat(
    tables: EmulatorTables, movement: Movement, n: int, fault: Fault
) -> None:
    account_id = _opened(tables, movement)
    harness, _ = tables.harness(since(n, fault), budget=lambda: MemoryRetryBudget(pauses=2))

    answers = _answers(movement, harness, account_id)

    assert answers is None
    _assert_repeating_settles(tables, movement, account_id, answers)


@pytest.mark.fault(
    "A1",
    "The function dies before it writes",
    "Nothing is there; the same key works",
)
@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER])
@pytest.mark.parametrize("movement", MOVEMENTS, ids=lambda movement: movement.name)
def test_a_process_that_is_killed_at_its_first_write_wrote_all_or_nothing(
    tables: EmulatorTables, movement: Movement, fault: Fault
) -> None:
    account_id = _opened(tables, movement)
    clean = tables.clean
    before = clean.store.load(account_id), clean.entries(account_id)
    last = movement.calls.index(WRITE) + 1 if WRITE in movement.calls else len(movement.calls)
    harness, _ = tables.harness(only(last, fault))

    with pytest.raises(Killed):
        movement.request(harness, account_id)

    now = clean.store.load(account_id), clean.entries(account_id)
    written = fault is Fault.KILLED_AFTER and WRITE in movement.calls
    assert (now != before) == written
    _assert_repeating_settles(tables, movement, account_id, None)


def _opened(tables: EmulatorTables, movement: Movement) -> AccountId:
    account_id = new_account_id()
    tables.clean.give(account_id, movement.opening)
    movement.before(tables.clean, account_id)
    return account_id


def _answers(
    movement: Movement, harness: LedgerHarness, account_id: AccountId
) -> list[Posting] | None:
    """Make the request; `None` when its outcome is not known. No refusal is expected, ever."""
    try:
        return movement.request(harness, account_id)
    except Unavailable:
        return None


def _assert_repeating_settles(
    tables: EmulatorTables, movement: Movement, account_id: AccountId, answers: list[Posting] | None
) -> None:
    clean = tables.clean
    stored = clean.entries(account_id)
    for answer in answers or []:
        assert answer.entry in stored

    repeated = movement.request(clean, account_id)

    assert {each.entry.key for each in repeated if not each.replayed}.isdisjoint(_keys(stored))
    if answers is not None:
        assert all(each.replayed for each in repeated)
    _assert_done(tables, movement, account_id, repeated)


def _assert_done(
    tables: EmulatorTables, movement: Movement, account_id: AccountId, answers: list[Posting]
) -> None:
    clean = tables.clean
    entries = clean.entries(account_id)
    assert len(entries) == movement.entries
    assert clean.store.load(account_id).balance == Credits.parse(movement.balance)
    assert all(answer.entry in entries for answer in answers)
    assert verify(clean.store, account_id) == []


def _keys(entries: list[Entry]) -> set[str]:
    return {entry.key for entry in entries}
