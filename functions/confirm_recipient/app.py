"""POST /api/credits/recipients/confirmation: ask the owner of an address whether they want mail."""

from prepaid.alerts.channels import Locale
from prepaid.alerts.web.alerts import ConfirmationIn, ConfirmationOut
from prepaid.domain.errors import RateLimited
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.contacts import addresses
from prepaid.web.identity import OWN
from prepaid.web.request import Request


@endpoint(allow=OWN, body=ConfirmationIn, answer=ConfirmationOut, refuses=(RateLimited,))
def handler(request: Request[ConfirmationIn]) -> ConfirmationOut:
    """Send the link by which they agree, unless they did."""
    body = request.body
    consent = addresses().ask(
        request.account_id, body.email, body.locale or Locale.EN, now=request.received_at
    )
    return ConfirmationOut(email=body.email, state=consent.state)


start(shared_client)
