"""Opaque ids: each is the unpadded base64url of the text that it stands for."""

import base64


def written(text: str) -> str:
    """Return the one id that stands for *text*."""
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def read(opaque: str) -> str | None:
    """Return the text, or `None` unless it is written in the one way that we write it."""
    try:
        raw = opaque.encode("ascii")
        text = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
        found = text.decode()
    except ValueError:
        return None
    return found if written(found) == opaque else None
