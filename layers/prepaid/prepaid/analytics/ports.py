"""What analytics need from outside, held to promises by contract tests."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId
from prepaid.domain.usage import ClosedDay
from prepaid.ledger.ports import HistoryQuery, Page


class UsageHistory(Protocol):
    """Reads what one account used; the ledger's store does."""

    def load(self, account_id: AccountId) -> Account:
        """Return the account as it was last committed, empty if it never was.

        Raises `Unavailable`.
        """

    def closed_days(
        self, account_id: AccountId, *, since: date | None = None, until: date | None = None
    ) -> Sequence[ClosedDay]:
        """Return the account's closed days in order, both ends inclusive. Raises `Unavailable`."""

    def history(self, query: HistoryQuery) -> Page:
        """Return a page of entries, newest first. Raises `Unavailable`."""
