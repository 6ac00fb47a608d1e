"""POST /api/credits/vapi/webhook: Vapi asks whether calls may begin, and tells how they end.

The function URL takes the same: whoever calls is known by what it proves alone.
"""

from prepaid.dynamodb.client import prompt_client, shared_client
from prepaid.runtime import vapi_webhook
from prepaid.runtime.startup import start
from prepaid.web.request import Event, Response


def handler(event: Event, context: object = None) -> Response:
    """Take one message, and answer those that wait for an answer."""
    return vapi_webhook.take(event, context)


start(shared_client, prompt_client)
