"""Resolving cases: each once, whoever else does, with the audit of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from prepaid.domain.auditing import AdminAct
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import InvalidRequest
from prepaid.inbox.ports import ExceptionCase, Inbox, Resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """A case as it is now; *replayed* when it had been resolved before."""

    case: ExceptionCase
    replayed: bool = False
    still: str | None = None
    """What is still wrong after it was tried again."""


type Retry = Callable[[ExceptionCase, AdminAct], str | None]
"""Tries again what a case is about, as often as asked; returns what is still wrong, or `None`."""


def resolve_case(
    inbox: Inbox,
    case: ExceptionCase,
    by: AdminAct,
    *,
    action: str = "resolve",
    account_id: AccountId | None = None,
) -> Handled:
    """Keep what was done about a case, unless somebody has; then what they did stands.

    Raises `Unavailable`: asking again is safe.
    """
    if case.resolution is not None:
        return Handled(case=case, replayed=True)
    resolution = Resolution(at=by.now, by=by.actor, account_id=account_id, reason=by.reason)
    audit = by.audit(
        action,
        f"{case.kind}#{case.subject}",
        before={"open": True, "detail": case.detail},
        after={"open": False, **_assigned_to(account_id)},
        account_id=account_id,
    )
    if inbox.resolve(case, resolution, audit):
        return Handled(case=replace(case, resolution=resolution))
    return Handled(case=inbox.case(case.kind, case.subject) or case, replayed=True)


def retry_case(
    inbox: Inbox, case: ExceptionCase, by: AdminAct, retries: Mapping[str, Retry]
) -> Handled:
    """Try again what a case is about; it is resolved once that is right.

    *retries* are by kind of case. Raises `InvalidRequest` for a kind that only a person can decide,
    and `Unavailable`: asking again is safe.
    """
    if case.resolution is not None:
        return Handled(case=case, replayed=True)
    retry = retries.get(case.kind)
    if retry is None:
        raise InvalidRequest("Nothing can be tried again here: decide, then resolve.", pointer="")
    still = retry(case, by)
    if still is None:
        return resolve_case(inbox, case, by, action="retry")
    shown = {"open": True, "detail": case.detail}
    named = f"{case.kind}#{case.subject}"
    inbox.note(by.audit("retry", named, before=shown, after={"open": True, "still": still}))
    return Handled(case=case, still=still)


def _assigned_to(account_id: AccountId | None) -> Mapping[str, object]:
    return {} if account_id is None else {"account_id": account_id}
