"""Assignment: an admin says whose a call was that nobody could be found for."""

from dataclasses import dataclass, replace

from prepaid.calls.call import Binding, BoundBy
from prepaid.calls.errors import CallAlreadyBound
from prepaid.calls.tracking import UNKNOWN_CALL, CallTracking
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import InvalidRequest, NotFound
from prepaid.inbox.ports import ExceptionCase, Inbox, Resolution
from prepaid.ledger.posting import Ledger

TO_ANOTHER = (
    "The call belongs to another account and stays there. To move what it cost, adjust both"
    " accounts: up there, down here."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A case with its account; *replayed* when it had been assigned before."""

    case: ExceptionCase
    replayed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAssignment:
    """Assigns calls to accounts: each to one, where it is then paid once."""

    inbox: Inbox
    tracking: CallTracking
    ledger: Ledger

    def assign(
        self,
        case: ExceptionCase,
        account_id: AccountId,
        *,
        by: str,
        reason: str | None,
        request_id: str,
        now: Instant,
    ) -> Assigned:
        """Bind the call to its account and pay for it, if its end is known, or once it is.

        Raises `InvalidRequest` for a case that is about no call, `NotFound` for an account that
        nobody has written, `CallAlreadyBound` for a call of another account, `Unavailable`.
        """
        if case.kind != UNKNOWN_CALL:
            raise InvalidRequest("Only a call can be assigned.", pointer="")
        if self.ledger.account(account_id).version == 0:
            raise NotFound("There is no such account: nobody has written to it.")
        binding = Binding(account_id=account_id, hold_id=None, by=BoundBy.ADMIN)
        try:
            self.tracking.bind(case.subject, binding, request_id=request_id, now=now)
        except CallAlreadyBound as exc:
            raise CallAlreadyBound(TO_ANOTHER) from exc
        if case.resolution is not None:
            return Assigned(case=case, replayed=True)
        resolution = Resolution(at=now, by=by, account_id=account_id, reason=reason)
        self.inbox.resolve(case, resolution)
        return Assigned(case=replace(case, resolution=resolution), replayed=False)
