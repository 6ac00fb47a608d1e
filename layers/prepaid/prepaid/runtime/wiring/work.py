"""Puts together what pays for the work of other functions."""

from prepaid.metering.work import PaidWork
from prepaid.runtime.wiring.catalogue import catalogue
from prepaid.runtime.wiring.ledger import ledger


def paid_work() -> PaidWork:
    """Return what holds credits for work, and pays for it once."""
    return PaidWork(ledger(), catalogue())
