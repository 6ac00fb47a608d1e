"""Puts together what is seen of accounts."""

from prepaid.accounts.packages import BoughtPackages
from prepaid.runtime.wiring import payments


def packages() -> BoughtPackages:
    """Return what purchases were sold as."""
    return BoughtPackages(payments.parts.payments())
