"""Who edits the catalogue, as its log keeps it."""

from typing import Any

from prepaid.catalogue.editing import Editing
from prepaid.web.actor import actor_name
from prepaid.web.request import Request


def editing(request: Request[Any, Any], reason: str | None = None) -> Editing:
    """Return who changes the catalogue by *request*, and why."""
    return Editing(
        actor=actor_name(request),
        request_id=request.request_id,
        now=request.received_at,
        reason=reason,
    )
