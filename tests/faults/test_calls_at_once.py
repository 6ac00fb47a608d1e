"""Calls that begin at once on one account: each is decided in time, and no two use one credit."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from prepaid.calls.admission import Admitted, CallAdmission, CallRequest, NotAdmitted
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits
from prepaid.runtime.retries import Deadline

from tests.faults.conftest import EmulatorTables
from tests.support.asking import actor
from tests.support.conflict_model.calls import CallsAtOnce
from tests.support.ledger_harness import NOW, LedgerHarness, new_account_id
from tests.support.verifying import verify

KEY = b"k" * 32
ANSWERED_WITHIN_SECONDS = 6
PATIENCE_SECONDS = 60
FULL = Credits.parse("6.00")
"""What the longest call, of ten minutes, sets aside."""


def held(account: Account) -> list[Credits]:
    """Return what each open hold set aside, the largest first."""
    return sorted((each.amount for each in account.holds), reverse=True)


@pytest.mark.fault(
    "E65",
    "A thousand calls at once on an account that may hold two hundred",
    "Two hundred are admitted, the others are refused, each within six seconds",
    no_mutant="the bound of holds and the commit loop have theirs (E36)",
)
def test_as_many_calls_as_there_may_be_holds_are_admitted_and_all_are_told_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("prepaid.domain.spending.MAX_HOLDS", 20)
    calls = CallsAtOnce(seed=1, credits="1000.00")

    calls.answer(100)

    assert calls.reported["admitted"] == 20
    assert calls.reported.total() == 100
    assert calls.reported.keys() <= {"admitted", "limit_exceeded", "unavailable"}
    assert max(calls.waits) < ANSWERED_WITHIN_SECONDS
    assert held(calls.account()) == [FULL] * 20


@pytest.mark.fault(
    "E66",
    "Calls at once on credits that do not suffice for all",
    "What they hold together is what there was; the others are refused",
)
def test_calls_that_come_in_at_once_hold_no_credit_twice() -> None:
    calls = CallsAtOnce(seed=2, credits="75.00")

    calls.answer(60)

    assert calls.reported["admitted"] == 13
    assert held(calls.account()) == [FULL] * 12 + [Credits.parse("3.00")]
    assert max(calls.waits) < ANSWERED_WITHIN_SECONDS


@pytest.mark.fault("E66")
def test_thirty_calls_at_once_hold_no_credit_twice(tables: EmulatorTables) -> None:
    account_id = new_account_id("calls")
    tables.clean.give(account_id, "75.00")

    answers = at_once(tables, account_id, 30)

    assert Counter(type(each) for each in answers) == {Admitted: 13, NotAdmitted: 17}
    assert held(tables.clean.store.load(account_id)) == [FULL] * 12 + [Credits.parse("3.00")]
    assert sorted(each.max_duration_seconds for each in answers if isinstance(each, Admitted)) == [
        *[240],
        *[600] * 12,
    ]
    assert verify(tables.clean.store, account_id) == []


@pytest.mark.fault("E66")
@pytest.mark.parametrize("_", range(8))
def test_of_two_calls_on_the_credits_of_one_the_other_is_refused(
    tables: EmulatorTables, _: int
) -> None:
    account_id = new_account_id("calls")
    tables.clean.give(account_id, "1.20")

    answers = at_once(tables, account_id, 2)

    assert Counter(type(each) for each in answers) == {Admitted: 1, NotAdmitted: 1}
    [admitted] = [each for each in answers if isinstance(each, Admitted)]
    [refused] = [each for each in answers if isinstance(each, NotAdmitted)]
    assert admitted.max_duration_seconds == 24
    assert (refused.reason, str(refused.available)) == ("insufficient_credits", "0.00")


def at_once(
    tables: EmulatorTables, account_id: AccountId, calls: int
) -> list[Admitted | NotAdmitted]:
    """Ask for so many calls at once, each with a client of its own."""
    budget = partial(Deadline, seconds=PATIENCE_SECONDS)
    start = Barrier(calls)

    def ask(number: int, harness: LedgerHarness) -> Admitted | NotAdmitted:
        admission = CallAdmission(harness.ledger, harness.catalogue, lambda: KEY)
        request = CallRequest(account_id=account_id, key=f"call-{number}")
        start.wait()
        return admission.admit(request, actor(), NOW)

    harnesses = [tables.harness(budget=budget)[0] for _ in range(calls)]
    with ThreadPoolExecutor(calls) as threads:
        return list(threads.map(ask, range(calls), harnesses))
