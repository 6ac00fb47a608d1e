"""Puts together the order of accounts: what the last snapshot of all of them found."""

from datetime import date

from prepaid.accounts.ports import AccountOrder, Ranking, Rankings
from prepaid.analytics.system import ranked_together
from prepaid.runtime.wiring import snapshots

MOST_RANKED = 1_000
"""How many accounts one snapshot knows by order."""


class SnapshotRankings:
    """`Rankings` of the last snapshot of all accounts."""

    def ranking(self, order: AccountOrder) -> Ranking:
        """Read the snapshot of every part; of its days, none that ever was."""
        parts = snapshots.snapshots().read(date.min, date.min)
        as_of = min((each.as_of for each in parts), default=None)
        ranked = ranked_together(parts, order, most=MOST_RANKED)
        return Ranking(as_of=as_of, account_ids=[account_id for account_id, _ in ranked])


def rankings() -> Rankings:
    """Return what knows the accounts that came first in the last snapshot."""
    return SnapshotRankings()
