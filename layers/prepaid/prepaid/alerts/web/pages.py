"""The pages behind links in mails: for people, in a browser, without any script."""

from html import escape
from string import Template

from prepaid.alerts.links import Link, Purpose
from prepaid.web.request import Answer, Event, texts

HTML = "text/html; charset=utf-8"
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""The address of the page is a secret between us and the owner of a mailbox."""
_PAGE = Template(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>$title</title>'
    '<meta name="viewport" content="width=device-width"></head>'
    '<body style="font-family:sans-serif;max-width:36em;margin:3em auto;padding:0 1em">'
    "<h1>$title</h1><p>$sentence</p>$form</body></html>"
)
_BUTTON = Template('<form method="post"><button type="submit">$label</button></form>')


def token_of(event: Event) -> str:
    """Return the token in a link's query; empty where there is none."""
    return texts(event, "queryStringParameters").get("token", "")


def asked(link: Link | None) -> Answer:
    """Ask whether what the link is for is to be done."""
    if link is None:
        return _over()
    email, account_id = link.email, link.account_id
    match link.purpose:
        case Purpose.CONFIRM:
            sentence = f"Alerts about the credits of {account_id} will be sent to {email}."
            return _page("Confirm this address?", sentence, button="Confirm")
        case Purpose.UNSUBSCRIBE:
            sentence = f"No more mail about the credits of {account_id} will be sent to {email}."
            return _page("Stop this mail?", sentence, button="Stop")


def done(link: Link | None, *, counted: bool) -> Answer:
    """Say what was done; a link that does not count any more is over."""
    if link is None or not counted:
        return _over()
    match link.purpose:
        case Purpose.CONFIRM:
            return _page("Confirmed", f"Alerts will be sent to {link.email}.")
        case Purpose.UNSUBSCRIBE:
            return _page("Stopped", f"No more mail will be sent to {link.email}.")


def _over() -> Answer:
    return _page("This link is over", "Ask for a new one.", status=404)


def _page(title: str, sentence: str, *, button: str | None = None, status: int = 200) -> Answer:
    form = "" if button is None else _BUTTON.substitute(label=button)
    text = _PAGE.substitute(title=title, sentence=escape(sentence), form=form)
    return Answer(text, status, HEADERS, HTML)
