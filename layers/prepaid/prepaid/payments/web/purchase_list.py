"""Lists of purchases: pages with cursors."""

from prepaid.domain.credits import Instant
from prepaid.ledger.ports import PaymentPosition
from prepaid.payments.purchases import Purchases
from prepaid.payments.web.purchases import PurchaseOut, PurchasesOut, PurchasesQuery
from prepaid.web.paging import Cursors, Position, next_link
from prepaid.web.request import Answer, Request

CREATED_AT, PAYMENT_ID = "created_at", "payment_id"
FILTERS = {"list": "purchases"}

type Listing = Request[None, PurchasesQuery]


def page(listing: Listing, purchases: Purchases, cursors: Cursors) -> Answer:
    """Answer one page, newest first. Raises `CursorInvalid`, `Unavailable`."""
    found, last = purchases.page(
        listing.account_id, limit=listing.query.limit, after=_after(listing, cursors)
    )
    cursor = _cursor(listing, cursors, last)
    return Answer(
        PurchasesOut(items=[PurchaseOut.of(each) for each in found], next_cursor=cursor),
        headers=next_link(listing.url, listing.params, cursor),
    )


def _after(listing: Listing, cursors: Cursors) -> PaymentPosition | None:
    if listing.query.cursor is None:
        return None
    last = cursors.read(listing.query.cursor, account=listing.account_id, filters=FILTERS)
    return PaymentPosition(
        created_at=Instant(int(last[CREATED_AT])), payment_id=str(last[PAYMENT_ID])
    )


def _cursor(listing: Listing, cursors: Cursors, last: PaymentPosition | None) -> str | None:
    if last is None:
        return None
    position: Position = {CREATED_AT: last.created_at, PAYMENT_ID: last.payment_id}
    return cursors.write(position, account=listing.account_id, filters=FILTERS)
