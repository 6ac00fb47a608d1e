"""GET /api/credits/config: what a page may show an end user."""

from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.client import shared_client
from prepaid.payments.web.config import ConfigOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.settings import settings
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.catalogue import catalogue
from prepaid.runtime.wiring.ledger import account_defaults
from prepaid.runtime.wiring.payments import is_live, publishable_key
from prepaid.web.identity import PUBLIC
from prepaid.web.request import Answer, Request


@endpoint(allow=PUBLIC, answer=ConfigOut)
def handler(_request: Request) -> Answer:
    """Answer without a key where there is none: everything but buying goes on."""
    key, cause = None, None
    try:
        key = publishable_key()
    except Unavailable as unavailable:
        cause = unavailable
    config = ConfigOut.of(
        catalogue().packages(),
        defaults=account_defaults(settings),
        publishable_key=key,
        live=is_live(),
    )
    return Answer(config, cause=cause)


start(shared_client)
