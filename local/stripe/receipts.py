"""The page that a payer finds at a charge's `receipt_url`."""

from collections.abc import Callable
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from local.stripe.engine import Engine


def page_of(engine: Engine) -> Callable[[Request], Response]:
    """Return what serves receipts of the charges that *engine* knows."""

    def page(http: Request) -> Response:
        charge = engine.state.get("charge", http.path_params["charge_id"])
        if charge is None or charge["receipt_url"] is None:
            return HTMLResponse("<h1>No such receipt</h1>", 404)
        method = charge["payment_method_details"]
        last4 = method[method["type"]]["last4"]
        lines = (
            f"<h1>Receipt {escape(charge['id'])}</h1>",
            f"<p>{charge['amount']} {escape(charge['currency'])} (smallest unit), "
            f"{escape(method['type'])} ending in {escape(last4)}</p>",
            f"<p>Refunded: {charge['amount_refunded']}</p>",
            "<p>No money moved: this is a stand-in for Stripe.</p>",
        )
        return HTMLResponse(f"<!doctype html><title>Receipt</title>{''.join(lines)}")

    return page
