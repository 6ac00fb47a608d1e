"""Puts together the ledger: accounts and entries on DynamoDB."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from prepaid.domain.account import Account, AccountDefaults, Overage
from prepaid.domain.credits import Credits
from prepaid.domain.limits import LimitTerms, Window
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.dynamodb.store import DynamoLedgerStore, LedgerTables
from prepaid.ledger.ports import ExpiringAccounts, LedgerAudit, LedgerStore
from prepaid.ledger.posting import Ledger
from prepaid.runtime.settings import Settings, settings
from prepaid.runtime.wiring import base
from prepaid.runtime.wiring.record_writers import record_writers

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Store(LedgerStore, ExpiringAccounts, LedgerAudit, Protocol):
    """Everything that is asked of the ledger's tables."""

    def whole_accounts(self, *, segment: int, segments: int) -> Iterator[Account]:
        """Go through one of *segments* equal parts of all accounts. Raises `Unavailable`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    store: Callable[[], Store]


def store_of(
    environment: Settings, client: "Callable[[], DynamoDBClient]" = shared_client
) -> Store:
    """Return the ledger's store on the tables that *environment* names."""
    tables = LedgerTables(
        user_credits=environment.user_credits_table,
        credit_transactions=environment.credit_transactions_table,
        usage_tracking=environment.usage_tracking_table,
    )
    writers = record_writers(
        usage_tracking=environment.usage_tracking_table,
        stripe_payments=environment.stripe_payments_table,
        credit_alerts=environment.credit_alerts_table,
        credit_records=environment.credit_records_table,
    )
    return DynamoLedgerStore(client(), tables, writers, account_defaults(environment))


def account_defaults(environment: Settings) -> AccountDefaults:
    """Return what *environment* says of accounts that chose nothing.

    Raises `ValueError` for what is no amount of credits, no number of days and no overage.
    """
    thresholds = [each for each in environment.default_thresholds.split(",") if each.strip()]
    days = [each for each in environment.default_runway_thresholds.split(",") if each.strip()]
    limits = {
        Window.DAY: environment.default_daily_limit,
        Window.MONTH: environment.default_monthly_limit,
    }
    return AccountDefaults(
        thresholds=tuple(sorted(Credits.parse(each.strip()) for each in thresholds)),
        runway_thresholds=tuple(sorted(int(each) for each in days)),
        overage=Overage(environment.default_overage),
        limits=tuple(
            LimitTerms(window=window, amount=Credits.parse(amount))
            for window, amount in limits.items()
            if amount
        ),
    )


parts = Parts(store=cache(lambda: store_of(settings)))


def store() -> Store:
    """Return the store of accounts and entries."""
    return parts.store()


def providers() -> Collection[str]:
    """Return the names under which purchases are paid, as keys of entries have them."""
    return ("stripe",)


def ledger() -> Ledger:
    """Return the ledger."""
    return Ledger(store(), base.budget)
