"""POST /api/credits/stripe/webhook: Stripe tells what became of a payment.

The function URL takes the same: whoever calls is known by the signature over the raw body alone.
"""

from prepaid.dynamodb.client import shared_client
from prepaid.runtime import webhooks
from prepaid.runtime.startup import start
from prepaid.web.request import Event, Response


def handler(event: Event, context: object = None) -> Response:
    """Learn a fact about a payment, with all that it does to its account."""
    return webhooks.take(event, context)


start()


start(shared_client)
