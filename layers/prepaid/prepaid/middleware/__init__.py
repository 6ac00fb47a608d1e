"""What other functions of the stack import to be paid for: `metered`, `spending` and `Bill`."""

from prepaid.middleware.bill import Bill
from prepaid.middleware.metered import metered
from prepaid.middleware.spending import spending

__all__ = ["Bill", "metered", "spending"]
