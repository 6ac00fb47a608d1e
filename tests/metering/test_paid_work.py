"""Work that is paid for once: however its attempts end, overlap or are lost."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from prepaid.domain.account import Overage, Status
from prepaid.domain.commands import Actor
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import (
    AccountFrozen,
    InsufficientCredits,
    KeyReused,
    LimitExceeded,
    Unavailable,
)
from prepaid.domain.keys import Writer
from prepaid.domain.pricing import ONE, Quantity
from prepaid.ledger.posting import Ledger
from prepaid.metering import work as module
from prepaid.metering.work import Attempt, PaidWork, Used, Work

from tests.support.asking import actor
from tests.support.ledger_harness import NOW, LedgerHarness
from tests.support.memory import MemoryRetryBudget
from tests.support.stores import TroubledStore, after, loses_the_reply_with
from tests.support.verifying import verify

ONCE = Used(quantities={"execution": Quantity(ONE)})
SECONDS = 100


@dataclass
class Bench:
    """Work on one account of 10.00, where an execution costs 1.00."""

    harness: LedgerHarness
    account_id: AccountId

    @property
    def paid_work(self) -> PaidWork:
        return PaidWork(self.harness.ledger, self.harness.catalogue)

    def work(self, key: str = "k", **changes: Any) -> Work:
        made = Work(
            account_id=self.account_id,
            operation="workflow_execution",
            key=key,
            seconds=SECONDS,
            expected=Quantity(ONE),
        )
        return replace(made, **changes)

    def begin(self, work: Work | None = None, now: int = NOW, who: Actor | None = None) -> Attempt:
        return self.paid_work.begin(work or self.work(), who or actor(), Instant(now))

    def pay(self, attempt: Attempt, now: int = NOW, used: Used = ONCE) -> Any:
        return self.paid_work.pay(attempt, used, actor(), Instant(now))

    def release(self, attempt: Attempt, now: int = NOW) -> None:
        self.paid_work.release(attempt, actor(), Instant(now))

    def kinds(self) -> list[str]:
        return [str(each.kind) for each in self.harness.entries(self.account_id)][1:]

    def balance(self) -> str:
        assert verify(self.harness.store, self.account_id) == []
        return str(self.harness.store.load(self.account_id).balance)


@pytest.fixture
def bench(harness: LedgerHarness, account_id: AccountId) -> Bench:
    harness.give(account_id, "10.00")
    return Bench(harness, account_id)


def test_work_is_held_before_and_paid_after(bench: Bench) -> None:
    attempt = bench.begin()
    available = bench.harness.store.load(bench.account_id).available(NOW)

    bench.pay(attempt)

    assert available == Credits.parse("9.00")
    assert (bench.kinds(), bench.balance()) == (["hold", "capture"], "9.00")


@pytest.mark.fault(
    "D33.2",
    "A metered function is killed between hold and capture",
    "The next try takes the open hold up again; paid once",
)
def test_an_attempt_that_died_is_taken_up_again_under_its_hold(bench: Bench) -> None:
    died = bench.begin()

    again = bench.begin()
    bench.pay(again)

    assert (again.hold_id, again.paid) == (died.hold_id, None)
    assert (bench.kinds(), bench.balance()) == (["hold", "capture"], "9.00")


def test_work_that_was_paid_is_not_to_be_done_again(bench: Bench) -> None:
    entry = bench.pay(bench.begin())

    again = bench.begin()

    assert again.paid == entry
    assert (bench.kinds(), bench.balance()) == (["hold", "capture"], "9.00")


def test_an_attempt_after_one_that_failed_holds_again(bench: Bench) -> None:
    bench.release(bench.begin())

    bench.pay(bench.begin())

    assert bench.kinds() == ["hold", "release", "hold", "capture"]
    assert bench.balance() == "9.00"


@pytest.mark.fault("D33.3")
def test_an_attempt_after_a_hold_that_expired_holds_again(bench: Bench) -> None:
    bench.begin()

    bench.pay(bench.begin(now=NOW + 2 * SECONDS), now=NOW + 2 * SECONDS)

    assert bench.kinds() == ["hold", "release", "hold", "capture"]
    assert bench.balance() == "9.00"


def test_a_hold_that_expired_and_was_settled_is_followed_by_another(bench: Bench) -> None:
    bench.begin()
    bench.harness.settle(bench.account_id, Instant(NOW + 2 * SECONDS))

    bench.pay(bench.begin(now=NOW + 2 * SECONDS), now=NOW + 2 * SECONDS)

    assert bench.balance() == "9.00"


@pytest.mark.fault(
    "D33.3",
    "Its hold ends while, or before, it is tried again",
    "Extended if it could end within the attempt; once ended, the next attempt holds again",
)
def test_a_hold_that_would_end_within_the_attempt_is_extended(bench: Bench) -> None:
    died = bench.begin()
    later = NOW + SECONDS + 1

    again = bench.begin(now=later)
    bench.pay(again, now=later + SECONDS)

    assert again.hold_id == died.hold_id
    assert (bench.kinds(), bench.balance()) == (["hold", "hold", "capture"], "9.00")


@pytest.mark.parametrize(
    ("ends", "paid", "kinds"),
    [
        ("pay", True, ["hold", "capture"]),
        ("release", False, ["hold", "release", "hold"]),
    ],
)
def test_a_hold_that_ends_while_it_is_extended_is_followed_only_if_nobody_paid(
    bench: Bench, store: TroubledStore, ends: str, paid: bool, kinds: list[str]
) -> None:
    late = bench.begin()
    later = NOW + SECONDS + 1
    store.at_commit = [
        lambda call: call(),
        after(lambda: getattr(bench, ends)(late, now=later)),
    ]

    again = bench.begin(now=later)

    assert (again.paid is not None, bench.kinds()) == (paid, kinds)
    assert (again.hold_id == late.hold_id) is paid


def test_two_attempts_at_once_pay_once_whatever_each_measured(bench: Bench) -> None:
    first, second = bench.begin(), bench.begin()
    paid = bench.pay(first)

    again = bench.pay(second, used=Used(quantities={"execution": Quantity(3 * ONE)}))

    assert again == paid
    assert bench.balance() == "9.00"


@pytest.mark.fault(
    "D34.6",
    "Two instances work on one message, and one of them fails",
    "What was done is paid once, although the hold was released",
)
def test_work_that_was_done_is_paid_although_another_attempt_released_its_hold(
    bench: Bench,
) -> None:
    done, failed = bench.begin(), bench.begin()
    bench.release(failed)

    bench.pay(done)

    assert bench.kinds() == ["hold", "release", "hold", "capture"]
    assert bench.begin().paid is not None
    assert bench.balance() == "9.00"


@pytest.mark.fault("D34.6")
def test_three_attempts_of_which_one_failed_pay_once(bench: Bench) -> None:
    slow, failed = bench.begin(), bench.begin()
    bench.release(failed)
    third = bench.begin()

    first = bench.pay(slow)
    second = bench.pay(third)

    assert first == second
    assert bench.balance() == "9.00"


@pytest.mark.fault(
    "D33.4",
    "Its hold is captured by a slow clock while the next attempt is opened",
    "The next attempt is not opened",
)
def test_a_hold_that_is_captured_while_the_next_attempt_is_prepared_is_not_followed(
    bench: Bench, store: TroubledStore
) -> None:
    """The other's clock is slow: to it the hold is still open when ours says that it has ended."""
    late = bench.begin()
    store.at_commit = [lambda call: call(), after(lambda: bench.pay(late, now=NOW))]

    again = bench.begin(now=NOW + 2 * SECONDS)

    assert again.paid is not None
    assert (bench.kinds(), bench.balance()) == (["hold", "capture"], "9.00")


def test_a_lost_hold_is_made_up_for_by_what_is_available(bench: Bench) -> None:
    attempt = bench.begin()
    later = Instant(NOW + 2 * SECONDS)
    bench.harness.spend(bench.account_id, "rest", 10, now=later)

    entry = bench.pay(attempt, now=later)

    assert (entry.amount, entry.shortfall) == (Credits(0), Credits.parse("1.00"))
    assert bench.balance() == "0.00"


def test_without_credits_nothing_begins(bench: Bench) -> None:
    bench.harness.spend(bench.account_id, "all", 10)

    with pytest.raises(InsufficientCredits):
        bench.begin()

    assert bench.kinds() == ["usage"]


def test_a_repeat_of_paid_work_is_found_although_the_credits_are_gone(bench: Bench) -> None:
    bench.pay(bench.begin())
    bench.harness.spend(bench.account_id, "rest", 9)

    assert bench.begin().paid is not None


def test_a_frozen_account_begins_nothing_and_pays_what_it_began(bench: Bench) -> None:
    attempt = bench.begin()
    bench.harness.set_status(bench.account_id, "freeze", status=Status.FROZEN)

    with pytest.raises(AccountFrozen):
        bench.begin(bench.work("other"))
    bench.pay(attempt)

    assert bench.balance() == "9.00"


def test_one_key_with_another_content_is_refused(bench: Bench) -> None:
    bench.begin(bench.work(content="a"))

    with pytest.raises(KeyReused):
        bench.begin(bench.work(content="b"))


def test_what_a_release_of_the_code_expects_otherwise_is_still_the_same_work(bench: Bench) -> None:
    died = bench.begin()

    again = bench.begin(bench.work(expected=Quantity(2 * ONE)))

    assert again.hold_id == died.hold_id


def test_keys_that_begin_alike_are_different_work(bench: Bench) -> None:
    bench.pay(bench.begin(bench.work("k#0001")))

    attempt = bench.begin(bench.work("k"))
    bench.release(attempt)
    second = bench.begin(bench.work("k"))

    assert attempt.paid is None
    assert second.paid is None


def test_work_of_a_size_known_afterwards_holds_what_is_available(bench: Bench) -> None:
    attempt = bench.begin(bench.work(expected=None, at_most=Credits.parse("25.00")))
    held = bench.harness.store.load(bench.account_id).held(NOW)

    bench.pay(attempt, used=Used(quantities={"execution": Quantity(4 * ONE)}))

    assert held == Credits.parse("10.00")
    assert bench.balance() == "6.00"


def test_an_unlimited_account_is_recorded_as_waived(bench: Bench) -> None:
    bench.harness.set_status(bench.account_id, "free", unlimited=True)

    entry = bench.pay(bench.begin())

    assert (entry.amount, entry.waived) == (Credits(0), Credits.parse("1.00"))


@pytest.mark.fault(
    "D34.10",
    "A user ends the hold of work in progress",
    "The holds of work are a service's",
)
def test_a_users_work_is_held_so_that_no_user_can_end_it(bench: Bench) -> None:
    user = Actor(writer=Writer.USER, name="user:user-1", request_id="request-of-a-user")

    bench.begin(who=user)

    assert bench.harness.store.load(bench.account_id).holds[0].maker is Writer.SERVICE


def test_a_user_and_a_service_do_not_share_keys(bench: Bench) -> None:
    user = Actor(writer=Writer.USER, name="user:user-1", request_id="request-of-a-user")
    bench.pay(bench.begin())

    assert bench.begin(who=user).paid is None


def test_work_that_never_succeeds_is_refused_in_the_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_ATTEMPTS", 3)
    for _ in range(3):
        bench.release(bench.begin())

    with pytest.raises(LimitExceeded):
        bench.begin()

    assert bench.balance() == "10.00"


def test_a_payment_whose_outcome_is_unknown_leaves_the_hold_and_a_repeat_settles_it(
    bench: Bench, store: TroubledStore
) -> None:
    attempt = bench.begin()
    impatient = PaidWork(
        Ledger(store, lambda: MemoryRetryBudget(pauses=0)), bench.harness.catalogue
    )
    store.at_commit = [loses_the_reply_with(Unavailable("No answer."))]

    with pytest.raises(Unavailable):
        impatient.pay(attempt, ONCE, actor(), NOW)

    assert bench.begin().paid is not None
    assert bench.kinds().count(EntryKind.CAPTURE) == 1


def test_debt_is_the_policy_of_the_account_also_for_a_lost_hold(
    bench: Bench, store: TroubledStore
) -> None:
    attempt = bench.begin()
    bench.release(attempt)
    bench.harness.spend(bench.account_id, "rest", 10)
    account = store.load(bench.account_id)
    store._accounts[bench.account_id] = replace(account, overage=Overage.DEBT)

    bench.pay(attempt)

    assert bench.balance() == "-1.00"
