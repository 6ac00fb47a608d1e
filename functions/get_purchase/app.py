"""GET /api/credits/purchases/{payment_id}: one purchase, as far as we know."""

from prepaid.api.asking import account_read
from prepaid.api.identity import READING
from prepaid.api.messages import Request
from prepaid.api.schemas.purchases import PurchaseOut
from prepaid.domain.errors import NotFound
from prepaid.runtime import selling
from prepaid.runtime.http import endpoint


@endpoint(allow=READING, answer=PurchaseOut, refuses=(NotFound,))
def handler(request: Request) -> PurchaseOut:
    """Answer what a page polls until the credits are there."""
    payment_id = request.path_text("payment_id")
    return PurchaseOut.of(selling.purchases().payment(payment_id, account_read(request)))
