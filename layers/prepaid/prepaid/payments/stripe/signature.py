"""Who sent a webhook: Stripe's signature over the raw bytes.

Source: https://docs.stripe.com/webhooks#verify-manually
"""

import hashlib
import hmac
import re
from collections.abc import Sequence

from prepaid.domain.credits import Instant

TOLERANCE_SECONDS = 300
"""How old, or how far ahead of our clock, a signature may be."""
_TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)


class SignatureInvalid(Exception):
    """The body was not signed by Stripe with a secret of ours, or not just now."""


def verify(body: bytes, header: str, secrets: Sequence[str], now: Instant) -> None:
    """Accept *body* if any of its ``v1`` signatures was made with any of *secrets* just now.

    Raises `SignatureInvalid`, which does not say what is wrong.
    """
    parts = [part.partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name.strip() == "t"]
    given = [value.strip() for name, _, value in parts if name.strip() == "v1"]
    if len(times) != 1 or not _TIMESTAMP.fullmatch(times[0]):
        raise SignatureInvalid("The signature is not valid.")
    signed = times[0].encode() + b"." + body
    made = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]
    matches = [
        hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))
        for one in made
        for other in given
    ]
    if not any(matches) or abs(now - int(times[0])) > TOLERANCE_SECONDS:
        raise SignatureInvalid("The signature is not valid.")
