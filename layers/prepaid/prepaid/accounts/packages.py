"""What purchases were sold as, for whoever reads their grants."""

from prepaid.payments.ports import Payments


class BoughtPackages:
    """`PackageNames` by the payments' own terms; each payment is read once."""

    def __init__(self, payments: Payments) -> None:
        self._payments = payments
        self._known: dict[str, str | None] = {}

    def name_of(self, payment_id: str) -> str | None:
        """Return the name as bought; of before it was kept, the package's id as a word."""
        if payment_id not in self._known:
            payment = self._payments.payment(payment_id)
            self._known[payment_id] = (
                (payment.package_name or payment.package_id.capitalize()) if payment else None
            )
        return self._known[payment_id]
