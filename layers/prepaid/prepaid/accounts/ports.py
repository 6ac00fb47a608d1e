"""What accounts need from outside, held to promises by contract tests."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from prepaid.accounts.settings import SavedSettings
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.listing import AccountList
from prepaid.domain.usage import ClosedDay


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a list goes on: after an account in one of the shards, which are read in turn."""

    shard: int
    account_id: AccountId
    text: str = ""
    """What it was found under, where that is not its id."""


class AccountOrder(StrEnum):
    """By what the last snapshot put accounts in order, the greatest first."""

    BALANCE = "balance"
    SPEND = "spend"
    DEBT = "debt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Accounts in order, as a snapshot of `as_of` found them; empty while there is none."""

    as_of: Instant | None
    account_ids: Sequence[AccountId]


class Rankings(Protocol):
    """Knows the accounts that came first in the last snapshot, at most 1,000 of each order."""

    def ranking(self, order: AccountOrder) -> Ranking:
        """Return the accounts in an order. Raises `Unavailable`."""


class AccountLists(Protocol):
    """Finds accounts by keys alone: as many rows are read as accounts are found."""

    def listed(
        self, name: AccountList, *, limit: int, after: Place | None = None
    ) -> Sequence[Place]:
        """Return at most *limit* accounts of a list, consistently, in order. Raises `Unavailable`.

        One that has left the list since, or before there were lists, may still be among them.
        """

    def all(self, *, limit: int, after: Place | None = None) -> Sequence[Place]:
        """Return at most *limit* of all accounts, in order. Raises `Unavailable`."""

    def beginning(self, prefix: str, *, limit: int, after: Place | None = None) -> Sequence[Place]:
        """Return at most *limit* accounts whose ids begin with *prefix*, in order.

        *prefix* has at least two characters. Raises `Unavailable`.
        """

    def with_email(self, prefix: str, *, limit: int, after: Place | None = None) -> Sequence[Place]:
        """Return at most *limit* accounts whose e-mail addresses begin with *prefix*, in order.

        *prefix* is in lower case and has at least two characters. Raises `Unavailable`.
        """

    def accounts(self, account_ids: Collection[AccountId]) -> Mapping[AccountId, Account]:
        """Return those of at most 100 accounts that are there, consistently."""


class ClosedDays(Protocol):
    """Reads what an account used on days that are over; the ledger's store does."""

    def closed_days(
        self, account_id: AccountId, *, since: date | None = None, until: date | None = None
    ) -> Sequence[ClosedDay]:
        """Return the account's closed days in order, both ends inclusive. Raises `Unavailable`."""


class SettingsRows(Protocol):
    """Reads what a commit wrote with settings."""

    def saved(self, account_id: AccountId) -> SavedSettings | None:
        """Return who saved last and what, consistently; `None` where nobody did.

        Raises `Unavailable`.
        """
