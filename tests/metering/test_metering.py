"""Metering: which price applies, who may say when, what makes a repeat, and asking beforehand."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Status
from prepaid.domain.commands import Actor, Spend
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.errors import (
    Forbidden,
    HoldEnded,
    InsufficientCredits,
    InvalidRequest,
    KeyReused,
    NotFound,
    Refusal,
    UnknownOperation,
)
from prepaid.domain.keys import Writer
from prepaid.domain.limits import Limit, LimitOwner, Window
from prepaid.domain.pricing import ONE, Price, Quantity
from prepaid.domain.spending import MAX_AGE_SECONDS
from prepaid.ledger.posting import Posting

from tests.domain.laws import tried
from tests.ledger.test_limits import limited
from tests.support import asking
from tests.support.asking import again, new_request_id
from tests.support.ledger_harness import NOW, LedgerHarness, new_account_id, price
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.stores import TroubledStore

HOUR = 3600
TALK = {"call": Quantity(ONE), "minute": Quantity(3_200_000)}


def user(account_id: AccountId, *, unlimited: bool = False) -> Actor:
    return Actor(
        writer=Writer.USER,
        name=f"user:{account_id}",
        request_id=new_request_id(),
        unlimited=unlimited,
    )


def talked(key: str = "k", by: Actor | None = None) -> Spend:
    return asking.spend(key, "vapi_call", TALK, by)


def since(made: Price, instant: int, plan: str = "default") -> Price:
    return replace(made, effective_from=Instant(instant), plan=plan)


def messages(key: str = "k", at: int | None = None) -> Spend:
    occurred_at = None if at is None else Instant(at)
    return asking.spend(key, "message", Quantity(ONE), occurred_at=occurred_at)


def on_plan(harness: LedgerHarness, account_id: AccountId, plan: str) -> None:
    """Give an account 10.00 and a plan."""
    harness.give(account_id, "10")
    account = harness.store.load(account_id)
    decision = Decision(account=replace(account, plan=plan), now=NOW)
    harness.store.commit(decision, seen=account.version)


def test_one_call_and_three_point_two_minutes_cost_two_sixty(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "100")

    posted = harness.metering.record(account_id, talked(by=user(account_id)), NOW)

    assert (posted.entry.amount, posted.entry.balance_after) == (Credits(-260), Credits(9740))
    assert posted.entry.actor == f"user:{account_id}"


def test_a_plans_own_price_comes_before_the_default_one(
    store: TroubledStore, account_id: AccountId
) -> None:
    versions = [price("message", message=ONE), since(price("message", message=2 * ONE), 0, "gold")]
    harness = LedgerHarness(
        store, MemoryCatalogue([*versions, price("vapi_call", call=ONE, minute=ONE // 2)])
    )
    on_plan(harness, account_id, "gold")

    own = harness.metering.record(account_id, messages(), NOW)
    default = harness.metering.record(account_id, talked("other"), NOW)

    assert own.entry.amount == Credits(-200)
    assert default.entry.amount == Credits(-260)


def test_a_plans_price_that_has_not_begun_leaves_the_default_one(
    store: TroubledStore, account_id: AccountId
) -> None:
    later = since(price("message", message=2 * ONE), NOW + 1, "gold")
    harness = LedgerHarness(store, MemoryCatalogue([price("message", message=ONE), later]))
    on_plan(harness, account_id, "gold")

    posted = harness.metering.record(account_id, messages(), NOW)

    assert posted.entry.amount == Credits(-100)


def test_the_price_is_the_one_in_force_when_the_usage_occurred(
    store: TroubledStore, account_id: AccountId
) -> None:
    versions = [price("message", message=ONE), since(price("message", message=3 * ONE), NOW - HOUR)]
    harness = LedgerHarness(store, MemoryCatalogue(versions))
    harness.give(account_id, "100")

    before = harness.metering.record(account_id, messages("a", NOW - HOUR - 1), NOW)
    after = harness.metering.record(account_id, messages("b", NOW - HOUR), NOW)
    unsaid = harness.metering.record(account_id, messages("c"), NOW)

    amounts = [each.entry.amount for each in (before, after, unsaid)]
    assert amounts == [Credits(-100), Credits(-300), Credits(-300)]
    assert before.entry.posted_at == NOW
    assert before.entry.occurred_at == NOW - HOUR - 1
    assert before.entry.calculation is not None
    assert before.entry.calculation.price_version == "default#message@0"


def test_usage_before_the_first_price_is_of_an_unknown_operation(
    store: TroubledStore, account_id: AccountId
) -> None:
    first = since(price("message", message=ONE), NOW - 10)
    harness = LedgerHarness(store, MemoryCatalogue([first]))
    harness.give(account_id, "100")

    with pytest.raises(UnknownOperation):
        harness.metering.record(account_id, messages(at=NOW - 11), NOW)


def test_in_a_batch_an_odd_time_is_refused_alone(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "100")
    spends = [(account_id, messages("a", 1)), (account_id, messages("b", NOW))]

    answers = harness.metering.record_many(spends, NOW)

    assert isinstance(answers[0], InvalidRequest)
    assert isinstance(answers[1], Posting)


def test_a_late_report_repeated_after_its_time_limit_gets_its_first_answer(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "100")
    late = messages(at=NOW - MAX_AGE_SECONDS)
    first = harness.metering.record(account_id, late, NOW)

    repeated = harness.metering.record(account_id, again(late), Instant(NOW + HOUR))

    assert repeated == Posting(first.entry, replayed=True)
    another = messages("new", NOW - MAX_AGE_SECONDS)
    with pytest.raises(InvalidRequest):
        harness.metering.record(account_id, another, Instant(NOW + HOUR))


def test_a_user_and_a_service_may_use_the_same_text_as_a_key(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "100")

    first = harness.metering.record(account_id, talked(by=user(account_id)), NOW)
    second = harness.metering.record(account_id, talked(), NOW)

    assert [first.replayed, second.replayed] == [False, False]
    assert harness.store.load(account_id).balance == Credits(10_000 - 520)


@pytest.mark.parametrize(
    "changed",
    [
        {"operation": "message", "quantities": Quantity(ONE)},
        {"quantities": {"call": Quantity(ONE), "minute": Quantity(ONE)}},
        {"quantities": {"call": Quantity(ONE)}},
        {"reference": "order-8"},
        {"metadata": {"colour": "red"}},
        {"occurred_at": NOW},
    ],
)
def test_whatever_is_said_of_usage_is_part_of_what_the_key_stands_for(
    harness: LedgerHarness, account_id: AccountId, changed: Mapping[str, object]
) -> None:
    harness.give(account_id, "100")
    spend = replace(talked(), reference="order-7", metadata={"colour": "blue"})
    harness.metering.record(account_id, spend, NOW)
    other = replace(again(spend), **changed)  # type: ignore[arg-type]  # the command's own fields

    with pytest.raises(KeyReused):
        harness.metering.record(account_id, other, NOW)

    assert harness.metering.record(account_id, again(spend), Instant(NOW + HOUR)).replayed


def test_an_entry_keeps_reference_and_metadata(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "100")
    spend = replace(talked(), reference="order-7", metadata={"colour": "blue"})

    entry = harness.metering.record(account_id, spend, NOW).entry

    assert (entry.reference, entry.metadata) == ("order-7", {"colour": "blue"})


def test_a_hold_keeps_the_price_that_it_was_opened_at(
    store: TroubledStore, account_id: AccountId
) -> None:
    versions = [price("message", message=ONE), since(price("message", message=3 * ONE), NOW + 10)]
    harness = LedgerHarness(store, MemoryCatalogue(versions))
    harness.give(account_id, "100")
    opened = asking.open_hold("h", "message", HOUR, quantities=Quantity(5 * ONE))
    hold = harness.metering.open_hold(account_id, opened, NOW)
    capture = asking.capture("e", hold.entry.seq, quantities=Quantity(2 * ONE))

    captured = harness.metering.capture(account_id, capture, Instant(NOW + 20))

    assert hold.entry.held_change == Credits(500)
    assert captured.entry.amount == Credits(-200)
    spent = harness.metering.record(account_id, messages(), Instant(NOW + 20))
    assert spent.entry.amount == Credits(-300)


def test_a_hold_of_another_plan_keeps_that_plans_price(
    store: TroubledStore, account_id: AccountId
) -> None:
    versions = [price("message", message=ONE), since(price("message", message=2 * ONE), 0, "gold")]
    harness = LedgerHarness(store, MemoryCatalogue(versions))
    on_plan(harness, account_id, "gold")
    opened = asking.open_hold("h", "message", HOUR, amount=Credits(500))
    hold = harness.metering.open_hold(account_id, opened, NOW)
    account = store.load(account_id)
    store.commit(Decision(account=replace(account, plan="default"), now=NOW), seen=account.version)
    capture = asking.capture("e", hold.entry.seq, quantities=Quantity(ONE))

    captured = harness.metering.capture(account_id, capture, NOW)

    assert captured.entry.amount == Credits(-200)


def test_an_end_repeated_is_a_replay_and_any_other_end_is_too_late(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "100")
    hold_id = harness.hold(account_id, "h", "4").entry.seq
    first = harness.capture(account_id, hold_id, "e", 2)
    before = harness.store.load(account_id)

    assert harness.capture(account_id, hold_id, "e", 2) == Posting(first.entry, replayed=True)
    with pytest.raises(HoldEnded):
        harness.capture(account_id, hold_id, "another key", 2)
    with pytest.raises(HoldEnded):
        harness.capture(account_id, hold_id, "e", 3)
    with pytest.raises(HoldEnded):
        harness.void(account_id, hold_id, "e")

    assert harness.store.load(account_id) == before


def test_a_void_repeated_is_a_replay(harness: LedgerHarness, account_id: AccountId) -> None:
    harness.give(account_id, "100")
    hold_id = harness.hold(account_id, "h", "4").entry.seq
    first = harness.void(account_id, hold_id, "e")

    assert harness.void(account_id, hold_id, "e") == Posting(first.entry, replayed=True)
    with pytest.raises(HoldEnded):
        harness.capture(account_id, hold_id, "e")


def test_a_hold_that_never_was_is_not_found(harness: LedgerHarness, account_id: AccountId) -> None:
    harness.give(account_id, "100")

    with pytest.raises(NotFound):
        harness.capture(account_id, 77, "e")
    with pytest.raises(NotFound):
        harness.void(account_id, 77, "e")


def test_a_user_cannot_end_what_a_service_holds(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "100")
    hold_id = harness.hold(account_id, "h", "4").entry.seq
    by = user(account_id)

    with pytest.raises(Forbidden):
        harness.metering.void(account_id, asking.void("e", hold_id, by), NOW)
    with pytest.raises(Forbidden):
        harness.metering.capture(account_id, asking.capture("e", hold_id, by), NOW)

    assert harness.store.load(account_id).available(NOW) == Credits(9600)


def test_an_unlimited_asker_is_waived(harness: LedgerHarness, account_id: AccountId) -> None:
    spend = talked(by=user(account_id, unlimited=True))

    entry = harness.metering.record(account_id, spend, NOW).entry

    assert (entry.amount, entry.waived) == (Credits(0), Credits(260))


def checked(harness: LedgerHarness, account_id: AccountId, spend: Spend) -> str | None:
    found = harness.metering.check(account_id, spend, NOW)
    assert found.allowed == (found.reason is None)
    return found.reason


def test_a_check_tells_cost_and_reach_and_writes_nothing(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    before = store.load(account_id)
    store.trips()

    found = harness.metering.check(account_id, talked(), NOW)

    assert store.trips() == 1
    assert store.load(account_id) == before
    assert (found.allowed, found.reason) == (True, None)
    assert (found.cost, found.available) == (Credits(260), Credits(1000))
    assert found.most == {"call": 8_409_999, "minute": 18_019_999}
    assert found.seconds_affordable == 1081


def test_a_check_raises_only_what_makes_no_sense(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    with pytest.raises(UnknownOperation):
        checked(harness, account_id, replace(talked(), operation="nonsense"))
    with pytest.raises(InvalidRequest):
        checked(harness, account_id, replace(talked(), quantities=Quantity(ONE)))

    assert checked(harness, account_id, talked()) == "insufficient_credits"


def test_a_check_knows_of_a_freeze(harness: LedgerHarness, account_id: AccountId) -> None:
    harness.give(account_id, "10")
    harness.set_status(account_id, "freeze", status=Status.FROZEN)

    assert checked(harness, account_id, talked()) == "account_frozen"


@pytest.mark.parametrize(
    ("of_account", "of_actor", "most"),
    [(False, False, 9), (True, False, 99), (False, True, 99)],
)
def test_a_check_says_how_much_a_limit_leaves_where_there_is_one(
    harness: LedgerHarness, of_account: bool, of_actor: bool, most: int
) -> None:
    limit = Limit(window=Window.DAY, amount=Credits(5_50), by=LimitOwner.USER)
    account_id = limited(harness, limit, credit="50.50")
    harness.set_status(account_id, "status", unlimited=of_account)

    found = harness.metering.check(account_id, talked(by=user(account_id, unlimited=of_actor)), NOW)

    assert found.most["minute"] // ONE == most


@given(
    balance=st.integers(0, 600),
    held=st.integers(0, 300),
    minutes=st.integers(0, 9_000_000),
    frozen=st.booleans(),
    unlimited=st.booleans(),
    later=st.sampled_from([0, 59, 60, 86_400]),
)
@tried(150)
def test_a_check_is_the_rule_that_decides(
    *, balance: int, held: int, minutes: int, frozen: bool, unlimited: bool, later: int
) -> None:
    harness, account_id = LedgerHarness(TroubledStore()), new_account_id()
    harness.give(account_id, str(Credits(balance + held)))
    if held:
        harness.hold(account_id, "h", str(Credits(held)))
    status = Status.FROZEN if frozen else Status.ACTIVE
    harness.set_status(account_id, "status", status=status, unlimited=unlimited)
    asked = {"call": Quantity(ONE), "minute": Quantity(minutes)}
    spend = asking.spend("k", "vapi_call", asked)
    now = Instant(NOW + later)

    found = harness.metering.check(account_id, spend, now)

    decided = recorded(harness, account_id, spend, now)
    if isinstance(decided, Posting):
        assert found.allowed
        assert found.cost == decided.entry.waived - decided.entry.amount
    else:
        assert (found.allowed, found.reason) == (False, decided.code)
    if isinstance(decided, InsufficientCredits):
        assert (found.cost, found.available) == (decided.required, decided.available)


def recorded(
    harness: LedgerHarness, account_id: AccountId, spend: Spend, now: Instant
) -> Posting | Refusal:
    try:
        return harness.metering.record(account_id, spend, now)
    except Refusal as refusal:
        return refusal
