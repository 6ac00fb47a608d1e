"""Assignment: an admin says whose a call was that nobody could be found for."""

from dataclasses import dataclass

from prepaid.calls.call import Binding, BoundBy
from prepaid.calls.errors import CallAlreadyBound
from prepaid.calls.tracking import UNKNOWN_CALL, CallTracking
from prepaid.domain.auditing import AdminAct
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import InvalidRequest, NotFound, PreconditionFailed
from prepaid.inbox.ports import ExceptionCase, Inbox
from prepaid.inbox.resolving import Handled, resolve_case
from prepaid.ledger.posting import Ledger

TO_ANOTHER = (
    "The call belongs to another account and stays there. To move what it cost, adjust both"
    " accounts: up there, down here."
)


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
        by: AdminAct,
    ) -> Handled:
        """Bind the call to its account and pay for it, if its end is known, or once it is.

        Raises `InvalidRequest` for a case that is about no call, `NotFound` for an account that
        nobody has written, `CallAlreadyBound` for a call of another account, `PreconditionFailed`
        where the case was resolved without an account, and `Unavailable`.
        """
        if case.kind != UNKNOWN_CALL:
            raise InvalidRequest("Only a call can be assigned.", pointer="")
        if self.ledger.account(account_id).version == 0:
            raise NotFound("There is no such account: nobody has written to it.")
        if case.resolution is not None and case.resolution.account_id is None:
            raise PreconditionFailed("Somebody resolved it: whose the call is stays open.")
        binding = Binding(account_id=account_id, hold_id=None, by=BoundBy.ADMIN)
        try:
            self.tracking.bind(case.subject, binding, request_id=by.request_id, now=by.now)
        except CallAlreadyBound as exc:
            raise CallAlreadyBound(TO_ANOTHER) from exc
        return resolve_case(self.inbox, case, by, action="assign", account_id=account_id)
