"""Verification of the week: what an account knows of its last days equals their counters."""

from collections.abc import Iterator
from datetime import timedelta

from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO
from prepaid.domain.runway import net
from prepaid.ledger.ports import LedgerAudit

INVARIANT = "each day of the week is what its counters say"


def wrong_week(account: Account, audit: LedgerAudit) -> Iterator[tuple[str, str]]:
    """Go through the days that the account's week knows otherwise than their counters.

    A day without counters cost nothing. What an hour cost is compared with nothing: it is forgotten
    with the next one.
    """
    if not account.week:
        return
    first = account.usage_day - timedelta(days=len(account.week))
    closed = audit.closed_days(account.account_id, since=first, until=account.usage_day)
    by_day = {each.day: net(each.counters) for each in closed}
    for ago, known in enumerate(account.week, start=1):
        day = account.usage_day - timedelta(days=ago)
        if known != by_day.get(day, ZERO):
            yield INVARIANT, f"{known} on {day}, its counters say {by_day.get(day, ZERO)}"
