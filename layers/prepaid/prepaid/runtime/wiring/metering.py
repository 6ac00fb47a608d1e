"""Puts together metering: the ledger and the prices that it spends by."""

from prepaid.metering.usage import Metering
from prepaid.runtime.wiring.catalogue import catalogue
from prepaid.runtime.wiring.ledger import ledger


def metering() -> Metering:
    """Return the metering of usage and holds."""
    return Metering(ledger(), catalogue())
