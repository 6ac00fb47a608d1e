"""POST /api/credits/mail: do what a link in a mail is for.

The page's button sends it, and so does a mail program whose user ends mail by one click (RFC 8058).
"""

from prepaid.alerts.web.pages import done, token_of
from prepaid.dynamodb.client import shared_client
from prepaid.runtime import clock
from prepaid.runtime.http import edge
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.contacts import addresses, mail_links
from prepaid.web.request import Answer, Event, Response


def handler(event: Event, context: object = None) -> Response:
    """Confirm an address, or stop its mail."""
    return edge.serve(event, context, lambda _: follow(event))


def follow(event: Event) -> Answer:
    """Do it, as often as it is asked; 404 for a link that is not ours or is over."""
    now = clock.now()
    link = mail_links().read(token_of(event), now=now)
    return done(link, counted=link is not None and addresses().follow(link, now=now))


start(shared_client)
