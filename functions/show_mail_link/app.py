"""GET /api/credits/mail: the page that a link in a mail opens; it changes nothing.

Scanners of mail open every link, so what the link is for is done by the page's button only.
"""

from prepaid.alerts.web.pages import asked, token_of
from prepaid.runtime import clock
from prepaid.runtime.http import edge
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.contacts import mail_links
from prepaid.web.request import Answer, Event, Response


def handler(event: Event, context: object = None) -> Response:
    """Ask whether the address is to be confirmed, or gets no mail any more."""
    return edge.serve(event, context, lambda _: show(event))


def show(event: Event) -> Answer:
    """Show what the link is for; 404 for one that is not ours or is over."""
    return asked(mail_links().read(token_of(event), now=clock.now()))


start()
