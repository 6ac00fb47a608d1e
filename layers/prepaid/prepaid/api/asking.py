"""Who asks, as the ledger keeps it."""

from typing import Any

from prepaid.api.identity import Role
from prepaid.api.ids import HoldId, hold_in
from prepaid.api.messages import Request
from prepaid.domain.keys import Writer
from prepaid.usecases.metering import Asker


def actor(request: Request[Any, Any]) -> str:
    """Return the name under which entries keep whoever asks: role and subject."""
    return f"{request.caller.role}:{request.caller.subject}"


def asker(request: Request[Any, Any]) -> Asker:
    """Return who asks; a super admin's own usage is waived."""
    caller = request.caller
    return Asker(
        writer=Writer.SERVICE if caller.role is Role.SERVICE else Writer.USER,
        actor=actor(request),
        request_id=request.request_id,
        unlimited=spends_freely(request),
    )


def spends_freely(request: Request[Any, Any]) -> bool:
    """Say whether the caller is a super admin who means their own account."""
    caller = request.caller
    return caller.role is Role.SUPER_ADMIN and request.account_id == caller.account_id


def hold_meant(request: Request[Any, Any]) -> HoldId:
    """Return the hold that the path names; a service's may be of any account."""
    return hold_in(
        request.path_text("hold_id"),
        own=request.account_id,
        any_account=request.caller.role in request.access.others,
    )
