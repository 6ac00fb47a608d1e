"""A ledger with prices, and short words for what is asked of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Protocol

from prepaid.catalogue.ports import Catalogue
from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import Adjust, Command, SetStatus, Spend
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.errors import PrepaidError
from prepaid.domain.following import ExpireDue
from prepaid.domain.pricing import ONE, Price, Quantity, Rate, UnitPrice
from prepaid.ledger.ports import ExpiringAccounts, LedgerAudit, LedgerStore, RetryBudget
from prepaid.ledger.posting import Ledger, Posting
from prepaid.metering.usage import Metering
from prepaid.payments.ports import Payments

from tests.support import asking
from tests.support.asking import new_request_id
from tests.support.memory import MemoryRetryBudget
from tests.support.memory_catalogue import MemoryCatalogue

NOW = Instant(1_795_000_000)
DAY_SECONDS = 86_400
_numbers = count(1)


class Store(LedgerStore, ExpiringAccounts, LedgerAudit, Protocol):
    """What one adapter promises in all, and the payments beside it."""

    def whole_accounts(self, *, segment: int, segments: int) -> Iterator[Account]:
        """Go through one of *segments* equal parts of all accounts."""

    @property
    def payments(self) -> Payments:
        """The payments whose facts the ledger follows."""


def price(operation: str, **rates: int) -> Price:
    """Price an operation, each unit in millionths of a credit."""
    return Price(
        plan="default",
        operation=operation,
        effective_from=Instant(0),
        units=tuple(UnitPrice(unit=unit, rate=Rate(rate)) for unit, rate in rates.items()),
    )


PRICES = (
    price("vapi_call", call=ONE, minute=ONE // 2),
    price("message", message=ONE // 10),
    price("file_upload", mb=ONE // 20),
    price("workflow_execution", execution=ONE),
    price("transcription", second=1_234),
)


def new_account_id(name: str = "account") -> AccountId:
    """Return an id that no other test uses."""
    return AccountId(f"{name}-{next(_numbers)}")


@dataclass
class LedgerHarness:
    """One writer: its store, its prices, its patience."""

    store: Store
    catalogue: Catalogue = field(default_factory=lambda: MemoryCatalogue(PRICES))
    budget: Callable[[], RetryBudget] = MemoryRetryBudget

    @property
    def ledger(self) -> Ledger:
        """The ledger over the store."""
        return Ledger(self.store, self.budget)

    @property
    def metering(self) -> Metering:
        """Metering over the ledger."""
        return Metering(self.ledger, self.catalogue)

    def give(
        self, account_id: AccountId, amount: str, key: str = "opening", now: Instant = NOW
    ) -> Posting:
        """Adjust a balance by *amount*."""
        command = Adjust(
            key=keys.adjustment(key),
            actor="admin:admin-1",
            request_id=new_request_id(),
            amount=Credits.parse(amount),
            create=True,
        )
        return self.ledger.post(account_id, lambda _: command, now)

    def spend(
        self, account_id: AccountId, key: str, executions: int = 1, now: Instant = NOW
    ) -> Posting:
        """Spend 1.00 for each execution."""
        return self.metering.record(account_id, executed(key, executions), now)

    def spend_many(
        self, account_id: AccountId, texts: list[str], now: Instant = NOW
    ) -> list[Posting | PrepaidError]:
        """Spend 1.00 under each key, together."""
        request_id = new_request_id()
        spends = [replace(executed(text), request_id=request_id) for text in texts]
        return self.metering.record_many([(account_id, each) for each in spends], now)

    def hold(
        self,
        account_id: AccountId,
        key: str,
        amount: str,
        expires_in: int = 60,
        now: Instant = NOW,
    ) -> Posting:
        """Set *amount* aside for executions."""
        asked = asking.open_hold(
            key, "workflow_execution", expires_in, amount=Credits.parse(amount)
        )
        return self.metering.open_hold(account_id, asked, now)

    def hold_range(self, account_id: AccountId, key: str, at_least: str, at_most: str) -> Posting:
        """Set aside what is available for executions, within bounds."""
        asked = asking.open_hold(
            key,
            "workflow_execution",
            60,
            at_least=Credits.parse(at_least),
            at_most=Credits.parse(at_most),
        )
        return self.metering.open_hold(account_id, asked, NOW)

    def capture(
        self,
        account_id: AccountId,
        hold_id: int,
        key: str,
        executions: int = 1,
        now: Instant = NOW,
        *,
        final: bool = True,
    ) -> Posting:
        """Pay for executions out of a hold."""
        quantities = {"execution": Quantity(executions * ONE)}
        asked = asking.capture(key, hold_id, quantities=quantities, final=final)
        return self.metering.capture(account_id, asked, now)

    def extend(
        self,
        account_id: AccountId,
        hold_id: int,
        key: str,
        amount: str | None = None,
        expires_in: int | None = None,
        now: Instant = NOW,
    ) -> Posting:
        """Add credits or time to a hold."""
        more = Credits.parse(amount) if amount else None
        asked = asking.extend(key, hold_id, amount=more, expires_in=expires_in)
        return self.metering.extend(account_id, asked, now)

    def void(self, account_id: AccountId, hold_id: int, key: str, now: Instant = NOW) -> Posting:
        """Release a hold."""
        return self.metering.void(account_id, asking.void(key, hold_id), now)

    def settle(self, account_id: AccountId, now: Instant) -> tuple[Entry, ...]:
        """Write what has expired."""
        return self.ledger.expire_due(account_id, ExpireDue(request_id=new_request_id()), now)

    def set_status(self, account_id: AccountId, key: str, **changes: object) -> Posting:
        """Freeze, close, reopen, or make unlimited."""
        command: Command = SetStatus(
            key=keys.status(key),
            actor="admin:admin-1",
            request_id=new_request_id(),
            **changes,  # type: ignore[arg-type]  # the command's own fields
        )
        return self.ledger.post(account_id, lambda _: command, NOW)

    def entries(self, account_id: AccountId) -> list[Entry]:
        """Return the account's entries by number."""
        return sorted(self.store.all_entries(account_id), key=lambda entry: entry.seq)


def executed(key: str, executions: int = 1) -> Spend:
    """Return usage that costs 1.00 an execution."""
    return asking.spend(key, "workflow_execution", {"execution": Quantity(executions * ONE)})
