"""Prices: which version a command is priced by."""

from prepaid.catalogue.ports import Catalogue
from prepaid.domain.account import DEFAULT_PLAN, Account
from prepaid.domain.credits import Instant
from prepaid.domain.pricing import Price, in_force


def price_at(catalogue: Catalogue, account: Account, operation: str, at: Instant) -> Price | None:
    """Return the price in force at an instant: the account's plan's own, else the default one."""
    for plan in dict.fromkeys([account.plan, DEFAULT_PLAN]):
        price = in_force(catalogue.prices(plan, operation), at)
        if price is not None:
            return price
    return None


def price_of_hold(catalogue: Catalogue, account: Account, hold_id: int) -> Price | None:
    """Return the version that was in force when the hold was opened, or `None` without a hold."""
    hold = account.hold(hold_id)
    if hold is None:
        return None
    return in_force(catalogue.prices(hold.plan, hold.operation), hold.opened_at)
