"""Links in mails: signed, so that only who got a mail can follow them."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from prepaid.domain.credits import AccountId, Instant

PATH = "/api/credits/mail"
CONFIRM_SECONDS = 3 * 86_400
"""How long a link that confirms an address is good; one that stops mail is good for ever."""
MAX_TOKEN = 2_048
_MAC_BYTES = 32
_CONTEXT = b"prepaid mail link 1\0"
"""Tells what is signed here from what the same secret signs elsewhere."""


class Purpose(StrEnum):
    """What a link is for. The names are in links that were sent."""

    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True, slots=True)
class Link:
    """What the owner of an address wants by following it."""

    purpose: Purpose
    account_id: AccountId
    email: str
    issued_at: Instant


@dataclass(frozen=True, slots=True)
class MailLinks:
    """Writes and reads links below *base*, the public address of the API, signed with *key*."""

    key: bytes
    base: str

    def url(self, link: Link) -> str:
        """Return the address that a mail shows."""
        return f"{self.base}{PATH}?{urlencode({'token': self.token(link)})}"

    def token(self, link: Link) -> str:
        """Return the token of a link."""
        content = [link.purpose, link.account_id, link.email, link.issued_at]
        payload = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(self._mac(payload) + payload).rstrip(b"=").decode()

    def read(self, token: str, *, now: Instant) -> Link | None:
        """Return the link of a token; `None` for one that is not ours, was changed or is over."""
        if len(token) > MAX_TOKEN:
            return None
        try:
            raw = base64.b64decode(
                token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True
            )
        except ValueError:
            return None
        mac, payload = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(payload)):
            return None
        purpose, account_id, email, issued_at = json.loads(payload)
        link = Link(Purpose(purpose), AccountId(account_id), email, Instant(issued_at))
        over = link.purpose is Purpose.CONFIRM and now >= link.issued_at + CONFIRM_SECONDS
        return None if over else link

    def _mac(self, payload: bytes) -> bytes:
        return hmac.new(self.key, _CONTEXT + payload, hashlib.sha256).digest()
