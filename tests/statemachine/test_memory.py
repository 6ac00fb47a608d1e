"""Everything done to one account in any order, on the memory store, beside a plain model."""

from hypothesis import HealthCheck, settings
from prepaid.domain.credits import AccountId

from tests.domain.laws import tried
from tests.statemachine.machine import MachineSetup, try_everything
from tests.support.memory import MemoryLedgerStore


def a_new_place() -> MachineSetup:
    store = MemoryLedgerStore()
    return MachineSetup(store, AccountId("user-1"), lambda _: store.outbox.stored)


def test_the_ledger_does_what_a_plain_model_does_whatever_happens() -> None:
    budget = settings(tried(20, steps=40), suppress_health_check=list(HealthCheck))

    try_everything(a_new_place, budget)
