"""Which pages may call the local stack: by default every one that this machine serves."""

import os
import re
from dataclasses import dataclass

from local.progress import StackError
from local.stack_layout import StackLayout

_LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?")  # as the template's parameter


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins whose pages a browser lets call the API.

    The deployed API allows *own*, the stack's address; requests of the others go to it under
    that name, so that methods and headers stay those of the template.
    """

    own: str
    named: frozenset[str] | None = None
    """The origins that ORIGINS lists; None allows every port of this machine."""

    @classmethod
    def from_environment(cls, layout: StackLayout) -> "Origins":
        """Read ORIGINS, separated by commas. Raises StackError for what is no origin."""
        listed = [each.strip() for each in os.environ.get("ORIGINS", "").split(",")]
        named = frozenset(filter(None, listed))
        wrong = sorted(each for each in named if not _ORIGIN.fullmatch(each))
        if wrong:
            raise StackError(
                f"ORIGINS: {wrong[0]!r} is no origin; write for example"
                " ORIGINS=http://localhost:5173,https://app.example.com, without a path"
            )
        return cls(layout.url, named or None)

    def allow(self, origin: str) -> bool:
        """Whether pages of *origin* may call."""
        if self.named is None:
            return _LOCAL.fullmatch(origin) is not None
        return origin == self.own or origin in self.named
