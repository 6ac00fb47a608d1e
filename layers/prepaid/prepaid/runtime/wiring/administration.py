"""Puts together what administrators may do to accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prepaid.domain.credits import Credits
from prepaid.runtime.settings import settings
from prepaid.web.identity import Role
from prepaid.web.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    largest_adjustment: Callable[[], str]


parts = Parts(largest_adjustment=lambda: settings.largest_adjustment)


def at_most(request: Request[Any, Any]) -> Credits | None:
    """Return the most credits that whoever asks may move at once; `None` without a bound."""
    text = parts.largest_adjustment()
    if not text or request.caller.role is Role.SUPER_ADMIN:
        return None
    return Credits.parse(text)
