"""What accounts need from outside, held to promises by contract tests."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from prepaid.accounts.settings import SavedSettings
from prepaid.domain.credits import AccountId
from prepaid.domain.usage import ClosedDay


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
