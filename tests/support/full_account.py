"""The account that sizes are promised for: busy, with settings and alert state, as they come."""

from dataclasses import replace
from datetime import date

from prepaid.domain.account import Account, Overage, RunwayThreshold, Threshold
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.grants import Grant, GrantKind
from prepaid.domain.holds import Hold
from prepaid.domain.keys import Writer
from prepaid.domain.limits import Limit, LimitOwner, Window
from prepaid.domain.pricing import Carry, Quantity
from prepaid.domain.usage import Counter, HourlyUsage

from tests.support.ledger_harness import DAY_SECONDS, NOW

OPERATIONS = {
    "vapi_call": ("call", "minute"),
    "message": ("message",),
    "file_upload": ("mb",),
    "workflow_execution": ("execution",),
    "transcription": ("second",),
    "image": ("image",),
    "embedding": ("token",),
    "search": ("query",),
}
TODAY = date(2026, 11, 18)
"""The date at `shop.NOW` in the account's zone."""
HELD = (
    (10_441, "vapi_call", 1_550),
    (10_446, "vapi_call", 12_000),
    (10_449, "transcription", 2_400),
    (10_452, "workflow_execution", 500),
    (10_455, "workflow_execution", 300),
)


def full_account(account_id: AccountId) -> Account:
    """Return an account with 3 grants, 5 holds, 8 operations with carries, and every setting."""
    grants = (
        _grant(1_204, GrantKind.PURCHASED, 50_000, 31_245, None, cost_basis=49_900),
        _grant(1_205, GrantKind.BONUS, 5_000, 5_000, NOW + 90 * DAY_SECONDS),
        _grant(9_871, GrantKind.PROMOTIONAL, 2_500, 1_310, NOW + 30 * DAY_SECONDS),
    )
    return Account(
        account_id=account_id,
        seq=10_457,
        as_of=NOW,
        balance=Credits(sum(each.remaining.hundredths for each in grants)),
        grants=grants,
        holds=tuple(_hold(*each) for each in HELD),
        carry={operation: Carry(4_567_000_000) for operation in OPERATIONS},
        usage_day=TODAY,
        usage={TODAY: _counters(14)},
        limits=(
            _limit(LimitOwner.USER, Window.DAY, 100_000, 27_664),
            _limit(LimitOwner.USER, Window.MONTH, 1_500_000, 412_350),
            _limit(LimitOwner.ADMIN, Window.HOUR, 20_000, 3_458, operation="vapi_call"),
        ),
        thresholds=(
            Threshold(at=Credits(2_000), alerted_at=Instant(NOW - 9_000)),
            Threshold(at=Credits(50_000), alerted_at=Instant(NOW - 5_000)),
        ),
        runway_thresholds=(
            RunwayThreshold(days=3, alerted_at=Instant(NOW - 30_000), open=True),
            RunwayThreshold(days=14, alerted_at=Instant(NOW - 200_000), open=True),
        ),
        week=tuple(Credits(each) for each in (31_250, 27_664, 29_180, 0, 3_458, 25_911, 30_002)),
        hour=HourlyUsage(hour=NOW // 3_600, credits=Credits(13_458), announced=True),
        time_zone="Europe/Berlin",
        overage=Overage.DEBT,
        settings_version=7,
        listed=True,
    )


def with_operations(account: Account, count: int) -> Account:
    """Return *account* with only so many of its operations."""
    return replace(
        account,
        carry=dict(list(account.carry.items())[:count]),
        usage={day: dict(list(used.items())[:count]) for day, used in account.usage.items()},
    )


def _grant(
    grant_id: int,
    kind: GrantKind,
    amount: int,
    remaining: int,
    expires_at: int | None,
    *,
    cost_basis: int = 0,
) -> Grant:
    return Grant(
        grant_id=grant_id,
        kind=kind,
        amount=Credits(amount),
        remaining=Credits(remaining),
        expires_at=Instant(expires_at) if expires_at else None,
        cost_basis=cost_basis,
    )


def _hold(hold_id: int, operation: str, amount: int) -> Hold:
    return Hold(
        number=hold_id,
        amount=Credits(amount),
        expires_at=Instant(NOW + 3_600),
        operation=operation,
        maker=Writer.SERVICE,
        plan="default",
        opened_at=NOW,
    )


def _limit(
    by: LimitOwner, window: Window, amount: int, used: int, *, operation: str | None = None
) -> Limit:
    hour = NOW // 3_600 if window is Window.HOUR else 0
    return Limit(
        operation=operation,
        window=window,
        amount=Credits(amount),
        by=by,
        used=Credits(used),
        hour=hour,
    )


def _counters(uses: int) -> dict[str, Counter]:
    return {
        operation: Counter(
            count=uses,
            credits=Credits(uses * 247),
            units={unit: Quantity(uses * 1_340_000) for unit in units},
        )
        for operation, units in OPERATIONS.items()
    }
