"""What keeps the cases that an admin must look at."""

from typing import Protocol

from prepaid.domain.credits import Instant


class Exceptions(Protocol):
    """What an admin must look at."""

    def report(self, kind: str, subject: str, detail: str, *, now: Instant) -> None:
        """Keep an exception, once for each kind and subject. Raises `Unavailable`."""
