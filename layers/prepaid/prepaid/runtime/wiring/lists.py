"""Puts together what lists need: cursors, signed with a secret."""

from collections.abc import Callable
from dataclasses import dataclass

from prepaid.domain.errors import Unavailable
from prepaid.runtime.secrets import Unreadable, cached_secret
from prepaid.runtime.settings import settings
from prepaid.web.paging import Cursors


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    signing_key: Callable[[], bytes]


def signing_key() -> bytes:
    """Read the secret that signs cursors. Raises `Unavailable`."""
    try:
        return cached_secret(settings.signing_secret).get().encode()
    except Unreadable as exc:
        raise Unavailable("The secret that signs cursors cannot be read.") from exc


parts = Parts(signing_key=signing_key)


def cursors() -> Cursors:
    """Return what writes and reads cursors. Raises `Unavailable` without its key."""
    return Cursors(parts.signing_key())
