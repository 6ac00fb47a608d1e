"""What keeps how far verification has come."""

from typing import Protocol

from prepaid.domain.credits import AccountId
from prepaid.ledger.running_sums import RunningSums


class Checkpoints(Protocol):
    """Keeps running sums of accounts, and where the runs over all accounts stopped."""

    def sums(self, account_id: AccountId) -> RunningSums | None:
        """Return what was kept of an account, unless this release cannot read it.

        Raises `Unavailable`.
        """

    def keep(self, account_id: AccountId, sums: RunningSums) -> None:
        """Keep the sums of an account, whatever was kept. Raises `Unavailable`."""

    def stopped_at(self, *, segment: int, segments: int) -> AccountId | None:
        """Return the account that the last run over this part ended with. Raises `Unavailable`."""

    def stop_at(self, account_id: AccountId, *, segment: int, segments: int) -> None:
        """Keep the account that a run over this part ended with. Raises `Unavailable`."""
