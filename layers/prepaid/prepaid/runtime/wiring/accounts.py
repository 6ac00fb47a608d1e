"""Puts together what is seen of accounts, and what finds them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from prepaid.accounts.dynamodb.lists import DynamoAccountLists
from prepaid.accounts.packages import BoughtPackages
from prepaid.accounts.ports import AccountLists
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.dynamodb.items import account_from_item
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring import payments


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    lists: Callable[[], AccountLists]


def _lists() -> AccountLists:
    return DynamoAccountLists(
        shared_client(),
        records=settings.credit_records_table,
        accounts=settings.user_credits_table,
        read=account_from_item,
    )


parts = Parts(lists=cache(_lists))


def lists() -> AccountLists:
    """Return what finds accounts."""
    return parts.lists()


def packages() -> BoughtPackages:
    """Return what purchases were sold as."""
    return BoughtPackages(payments.parts.payments())
