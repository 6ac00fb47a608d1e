"""Expiry notices: credits that nobody has used are spoken of before they expire.

Each commit announces what came due since the one before. So the account's own time, which never
goes back, says what was announced: no grant carries a mark, and what came due before a grant was
given is in the past.
"""

from collections import Counter
from collections.abc import Sequence

from prepaid.domain.account import Account
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.grants import DAY_SECONDS, NOTICE_DAYS
from prepaid.domain.thresholds import Alert, AlertKind, Ending


def check_ends(account: Account, *, since: Instant) -> Sequence[Alert]:
    """Return the alert of all grants that are to be spoken of from *since* on, or none.

    *account* is settled up to its own time. However much of a grant came due at once, and of
    however many grants, it is one alert.
    """
    now = account.as_of
    ends: Counter[Instant] = Counter()
    for grant in account.grants:
        *notices, end = grant.moments or (now,)
        if end > now and any(since < each <= now for each in notices):
            ends[end] += grant.remaining.hundredths
    if not ends:
        return ()
    alert = Alert(
        account_id=account.account_id,
        seq=account.seq,
        raised_at=now,
        about=AlertKind.EXPIRY_NEAR,
        balance=account.balance,
        available=account.available(now),
        ends=tuple(Ending(end, Credits(amount)) for end, amount in sorted(ends.items())),
    )
    return (alert,)


def days_before(alert: Alert) -> int:
    """Return the fewest days of a notice within which the first of an alert's credits expire."""
    left = alert.ends[0].expires_at - alert.raised_at
    return min(days for days in NOTICE_DAYS if left <= days * DAY_SECONDS)
