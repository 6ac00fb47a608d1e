"""The signed reference that a call carries in its metadata: who pays for it, out of which hold.

Metadata can be written by whoever makes calls, so an account is only taken from text that we
signed. The signature is bound to this use of the key: no cursor can pass for a reference.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass

from prepaid.domain.credits import AccountId, Instant

METADATA_KEY = "prepaid_reference"
LONGEST = 1024
_USE = b"prepaid call reference v1\n"
_MAC_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReference:
    """Account and hold of a call that begins before `expires_at`."""

    account_id: AccountId
    hold_id: int
    expires_at: Instant


def signed(reference: CallReference, key: bytes) -> str:
    """Return the text that stands for *reference*, signed with *key*."""
    content = [reference.account_id, reference.hold_id, reference.expires_at]
    payload = json.dumps(content, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_mac(payload, key) + payload).rstrip(b"=").decode()


def read_reference(text: str, key: bytes) -> CallReference | None:
    """Return the reference that *text* stands for, or `None` for text that we did not sign."""
    try:
        written = text[: LONGEST + 1].encode("ascii")
        raw = base64.b64decode(written + b"=" * (-len(written) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    mac, payload = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
    if len(text) > LONGEST or not hmac.compare_digest(mac, _mac(payload, key)):
        return None
    account_id, hold_id, expires_at = json.loads(payload)
    return CallReference(
        account_id=AccountId(account_id), hold_id=int(hold_id), expires_at=Instant(int(expires_at))
    )


def _mac(payload: bytes, key: bytes) -> bytes:
    return hmac.new(key, _USE + payload, hashlib.sha256).digest()
