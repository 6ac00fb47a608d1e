"""A batch over many accounts shares one request's patience."""

from prepaid.domain.account import Account
from prepaid.domain.commands import Spend
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Unavailable
from prepaid.domain.pricing import ONE, Quantity
from prepaid.ledger.posting import Ledger
from prepaid.metering.usage import Metering

from tests.support import asking
from tests.support.ledger_harness import PRICES
from tests.support.memory import MemoryLedgerStore, MemoryRetryBudget
from tests.support.memory_catalogue import MemoryCatalogue

NOW = Instant(1_800_000_000)


class SilentStore(MemoryLedgerStore):
    """A store that never answers for one account."""

    def load(self, account_id: AccountId) -> Account:
        if account_id == "silent":
            self.calls["silence"] += 1
            raise Unavailable("silence")
        return super().load(account_id)


def use(account: str) -> tuple[AccountId, Spend]:
    return AccountId(account), asking.spend("k", "workflow_execution", Quantity(ONE))


def test_a_silent_account_takes_only_its_share_of_the_time() -> None:
    store = SilentStore()
    harness = Metering(Ledger(store, lambda: MemoryRetryBudget(pauses=5)), MemoryCatalogue(PRICES))

    answers = harness.record_many([use("silent"), use("broke"), use("silent")], NOW)

    assert [getattr(answer, "code", "") for answer in answers] == [
        "unavailable",
        "insufficient_credits",
        "unavailable",
    ]
    assert store.calls["silence"] == 3
