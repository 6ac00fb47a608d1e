"""Verification of limits: what is used of a day's or a month's equals what its usage cost."""

from collections.abc import Iterator, Mapping
from datetime import date

from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, Credits
from prepaid.domain.limits import Limit, LimitOwner, Window
from prepaid.domain.usage import Counter, Counters, total
from prepaid.ledger.ports import LedgerAudit

INVARIANT = "what is used of a limit is what its window's usage cost"


def wrong_limits(account: Account, audit: LedgerAudit) -> Iterator[tuple[str, str]]:
    """Go through the limits that count something else than the counters of their window do.

    What is given back for usage of an earlier window lowers the counters of today and no limit, so
    a limit may count up to that much more. An hour, and a month of a stack's default, count from
    when there was such a limit: they are not compared.
    """
    months = any(each.window is Window.MONTH for each in account.limits)
    month = _month(account, audit) if months else {}
    today = total(account.usage)
    for limit in account.limits:
        if limit.window is Window.DAY:
            found = _difference(limit, [today])
        elif limit.window is Window.MONTH and limit.by is not LimitOwner.DEFAULT:
            found = _difference(limit, [today, *month.values()])
        else:
            continue
        if found:
            yield INVARIANT, found


def _month(account: Account, audit: LedgerAudit) -> Mapping[date, Counters]:
    day = account.usage_day
    first = date(day.year, day.month, 1)
    closed = audit.closed_days(account.account_id, since=first, until=day)
    return {each.day: each.counters for each in closed if each.day < day}


def _difference(limit: Limit, days: list[Counters]) -> str | None:
    counted = [
        each for counters in days for operation, each in counters.items() if limit.covers(operation)
    ]
    most = Credits(sum(each.credits.hundredths for each in counted))
    least = max(most - _given_back(counted), ZERO)
    if least <= limit.used <= most:
        return None
    scope = limit.operation or "all operations"
    return f"{limit.used} of {scope} in a {limit.window}, its usage cost {most}"


def _given_back(counted: list[Counter]) -> Credits:
    return Credits(sum(each.reversed.hundredths for each in counted))
