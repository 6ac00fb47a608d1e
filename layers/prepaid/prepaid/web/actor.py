"""Who asks, as the ledger keeps it."""

from typing import Any, Protocol

from prepaid.domain.account import Account
from prepaid.domain.auditing import AdminAct
from prepaid.domain.commands import Actor
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import NotFound
from prepaid.domain.keys import Writer
from prepaid.web.errors import InvalidFields
from prepaid.web.identity import Role, account_id_of, target_account
from prepaid.web.request import ACCOUNT_ID, Request


def actor_name(request: Request[Any, Any]) -> str:
    """Return the name under which entries keep whoever asks: role and subject."""
    return f"{request.caller.role}:{request.caller.subject}"


def admin_act(
    request: Request[Any, Any], reason: str | None = None, note: str | None = None
) -> AdminAct:
    """Return who acts as an admin by *request*, and why."""
    return AdminAct(
        actor=actor_name(request),
        request_id=request.request_id,
        now=request.received_at,
        reason=reason,
        note=note,
    )


def actor(request: Request[Any, Any]) -> Actor:
    """Return who asks; a super admin's own usage is waived."""
    caller = request.caller
    return Actor(
        writer=Writer.SERVICE if caller.role is Role.SERVICE else Writer.USER,
        name=actor_name(request),
        request_id=request.request_id,
        unlimited=is_unmetered(request),
    )


def is_unmetered(request: Request[Any, Any]) -> bool:
    """Say whether the caller is a super admin who means their own account."""
    caller = request.caller
    return caller.role is Role.SUPER_ADMIN and request.account_id == caller.account_id


class NamesAccount(Protocol):
    """What may name an account."""

    @property
    def account_id(self) -> AccountId | None:
        """The account that is named, if any."""


def account_charged(request: Request[NamesAccount, Any]) -> AccountId:
    """Return the account whose credits a request means.

    Raises `InvalidFields` for a service that names none.
    """
    _refuse_nameless(request, request.body)
    return request.account_id


def account_of_part(request: Request[Any, Any], part: NamesAccount) -> AccountId:
    """Return the account whose credits one part of a request means.

    Raises `Forbidden` where the caller may not mean it, and `InvalidFields` for a service that
    names none.
    """
    _refuse_nameless(request, part)
    return target_account(request.caller, part.account_id, request.access)


def _refuse_nameless(request: Request[Any, Any], part: NamesAccount) -> None:
    """Refuse a service that names no account: it has no credits of its own."""
    named = part.account_id
    if named is None and request.caller.role is Role.SERVICE:
        detail = "A service has no credits of its own: name an account."
        raise InvalidFields([{"pointer": "/account_id", "code": "missing", "detail": detail}])


def account_read(request: Request[Any, Any]) -> AccountId | None:
    """Return the account that is read, or `None` for any: of a caller who may, and names none."""
    any_account = request.caller.role in request.access.others
    return None if any_account and ACCOUNT_ID not in request.params else request.account_id


def account_in_path(request: Request[Any, Any], name: str = "account_id") -> AccountId:
    """Return the account that the path names; raise `NotFound` for text that can be none."""
    try:
        return account_id_of(request.path_text(name))
    except ValueError as exc:
        raise NotFound("There is no such account.") from exc


def refuse_unwritten(request: Request[Any, Any], account: Account) -> None:
    """Raise `NotFound` for another's account that nobody has written; one's own is empty."""
    if account.version == 0 and request.account_id != request.caller.account_id:
        raise NotFound("There is no such account: nobody has written to it.")
