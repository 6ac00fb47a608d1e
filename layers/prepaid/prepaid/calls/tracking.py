"""Tracking: what is told of a call is kept, who pays for it is found, and it is settled once.

News come in any order and any number of times. A call is bound to its payer before anything is
paid, on condition that nobody else bound it; what is bound stays bound. So a call is paid by one
account only, although no transaction spans two accounts.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from prepaid.calls.call import Binding, BoundBy, Call
from prepaid.calls.errors import CallAlreadyBound
from prepaid.calls.facts import CallEvent
from prepaid.calls.faults import is_our_account
from prepaid.calls.ports import Calls, CallSources
from prepaid.calls.reference import read_reference
from prepaid.calls.settlement import CallSettlement
from prepaid.domain import keys
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import NotFound, Refusal, Unavailable
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.ports import RecordMoved, RetryBudget
from prepaid.ledger.posting import Ledger

UNKNOWN_CALL = "unknown_call"
NOT_BILLED = "call_not_billed"
NEVER_REPORTED = "call_never_reported"
"""The kind of the exceptions that an admin assigns to an account."""


class CallOutcome(StrEnum):
    """What came of news about a call."""

    RECORDED = "recorded"
    SETTLED = "settled"
    KNOWN = "known"
    UNKNOWN_ACCOUNT = "unknown_account"
    REFUSED = "refused"


class CallTracking:
    """Keeps calls, and the ledger, true to what happens to them."""

    def __init__(
        self,
        *,
        calls: Calls,
        sources: CallSources,
        ledger: Ledger,
        settlement: CallSettlement,
        exceptions: Exceptions,
        signing_key: Callable[[], bytes],
        budget: Callable[[], RetryBudget],
    ) -> None:
        self._calls = calls
        self._sources = sources
        self._ledger = ledger
        self._settlement = settlement
        self._exceptions = exceptions
        self._signing_key = signing_key
        self._budget = budget

    def record_event(
        self, call_event: CallEvent, *, request_id: str, now: Instant, from_api: bool = False
    ) -> CallOutcome:
        """Learn a piece of news with all that it does to the account.

        *from_api* says that the provider was asked: what it says is the last word. Raises
        `Unavailable`: telling it again is safe.
        """
        call = self._updated(
            call_event.call_id,
            lambda stored: self._merged(stored, call_event, now, from_api=from_api),
        )
        if call.differs(call_event):
            self._exceptions.report(
                "call_report_differs",
                call_event.call_id,
                "a later report tells another duration",
                now=now,
            )
        if call_event.end and is_our_account(call_event.end.ended_reason):
            detail = f"{call_event.end.ended_reason}: Vapi takes no calls of ours"
            self._exceptions.report(
                "provider_account", call_event.end.ended_reason, detail, now=now
            )
        return self._settled(call, request_id, now)

    def bind(self, call_id: str, binding: Binding, *, request_id: str, now: Instant) -> CallOutcome:
        """Bind a call to its payer, and settle it if its end is known already.

        Raises `CallAlreadyBound` for a call of another account or hold, and `Unavailable`.
        """

        def bound(stored: Call) -> Call:
            if stored.binding is not None and not _same(stored.binding, binding):
                raise CallAlreadyBound("The call is bound to another account or hold.")
            if stored.binding is not None:
                return stored
            seen = stored.first_seen_at or now
            return replace(stored, binding=binding, first_seen_at=seen).rescheduled(now)

        return self._settled(self._updated(call_id, bound), request_id, now)

    def bind_to_hold(
        self, call_id: str, binding: Binding, *, request_id: str, now: Instant
    ) -> CallOutcome:
        """Bind a call to a hold of its account, open or ended. As `bind`.

        Raises `NotFound` for a hold that never was.
        """
        assert binding.hold_id is not None
        account = self._ledger.account(binding.account_id)
        ended = keys.hold_end(binding.hold_id)
        if not account.hold(binding.hold_id) and not self._ledger.entry(account.account_id, ended):
            raise NotFound("There is no such hold.")
        return self.bind(call_id, binding, request_id=request_id, now=now)

    def admitted(self, call_event: CallEvent, binding: Binding, now: Instant) -> None:
        """Keep an inbound call with the hold that admitted it, unless it is bound already."""

        def bound(stored: Call) -> Call:
            call = stored.merged(call_event, now)
            return replace(call, binding=call.binding or binding).rescheduled(now)

        self._updated(call_event.call_id, bound)

    def settle_again(self, call_id: str, *, request_id: str, now: Instant) -> CallOutcome:
        """Settle a call that is known whole and was not settled. Raises `Unavailable`."""
        return self._settled(self._calls.call(call_id), request_id, now)

    def settled_again(self, call_id: str, *, request_id: str, now: Instant) -> str | None:
        """Settle a call; return what stands in the way. Raises `Unavailable`."""
        outcome = self.settle_again(call_id, request_id=request_id, now=now)
        settled = outcome in {CallOutcome.SETTLED, CallOutcome.KNOWN}
        return None if settled else f"The call is not settled: {outcome}."

    def asked_in_vain(self, call_id: str, *, now: Instant) -> None:
        """Keep that the provider could not say how a call ended. Raises `Unavailable`."""
        self._updated(call_id, lambda stored: stored.asked_in_vain(now))

    def refused(self, call_event: CallEvent, detail: str, now: Instant) -> None:
        """Keep a call that nobody could be found for, for an admin to assign."""
        self._updated(
            call_event.call_id, lambda stored: stored.merged(call_event, now).rescheduled(now)
        )
        self._exceptions.report(UNKNOWN_CALL, call_event.call_id, detail, now=now)

    def _updated(self, call_id: str, change: Callable[[Call], Call]) -> Call:
        """Change what is kept of a call, on condition that nobody else did meanwhile."""
        budget = self._budget()
        while True:
            budget.check()
            try:
                stored = self._calls.call(call_id)
                changed = change(stored)
                if changed == stored:
                    return stored
                self._calls.save(changed)
            except (RecordMoved, Unavailable):
                budget.pause()
            else:
                return replace(changed, version=stored.version + 1)

    def _merged(self, stored: Call, call_event: CallEvent, now: Instant, *, from_api: bool) -> Call:
        if not from_api and stored.doubts(call_event) and call_event.end:
            call_event = replace(call_event, end=replace(call_event.end, duration=None))
        call = stored.merged(call_event, now)
        if call.binding is None:
            call = replace(call, binding=self._binding(call, call_event, now))
        return call if call == stored else call.rescheduled(now)

    def _binding(self, call: Call, call_event: CallEvent, now: Instant) -> Binding | None:
        """Find who pays: a signed reference, then, once it has ended, where the call came from."""
        for text in call_event.references:
            found = read_reference(text, self._signing_key())
            if found is not None and (call.created_at or now) < found.expires_at:
                return Binding(
                    account_id=found.account_id, hold_id=found.hold_id, by=BoundBy.REFERENCE
                )
        if not call.duration_known:
            return None
        for source_id in (call.phone_number_id, call.campaign_id):
            source = self._sources.source(source_id) if source_id else None
            if source is not None:
                return Binding(
                    account_id=source.account_id,
                    hold_id=self._inbound_hold(source.account_id, call.call_id),
                    by=BoundBy.NUMBER,
                )
        return None

    def _inbound_hold(self, account_id: AccountId, call_id: str) -> int | None:
        """Return the hold that admitted a call whose binding was lost."""
        entry = self._ledger.entry(account_id, keys.inbound_call(call_id))
        return entry.hold_id if entry else None

    def _settled(self, call: Call, request_id: str, now: Instant) -> CallOutcome:
        if call.settled is not None:
            return CallOutcome.KNOWN
        if not call.duration_known:
            return CallOutcome.RECORDED
        if call.binding is None:
            return self._not_ours(call, now)
        try:
            outcome = self._settlement.settle(call, request_id=request_id, now=now)
        except Refusal as refusal:
            self._exceptions.report(NOT_BILLED, call.call_id, refusal.code, now=now)
            self._updated(call.call_id, lambda stored: stored.asked_in_vain(now))
            return CallOutcome.REFUSED
        self._updated(
            call.call_id, lambda stored: replace(stored, settled=str(outcome), due_at=None)
        )
        return CallOutcome.SETTLED

    def _not_ours(self, call: Call, now: Instant) -> CallOutcome:
        """Leave a call without a payer to an admin, if it cost anything."""
        if call.end and call.end.duration and call.end.duration.milliseconds:
            where = call.phone_number_id or call.campaign_id or call.assistant_id or "nowhere known"
            detail = f"{call.end.duration.milliseconds} ms, from {where}"
            self._exceptions.report(UNKNOWN_CALL, call.call_id, detail, now=now)
        return CallOutcome.UNKNOWN_ACCOUNT


def _same(stored: Binding, asked: Binding) -> bool:
    """Say whether a binding is the one that is asked for; an admin names no hold."""
    if asked.by is BoundBy.ADMIN:
        return stored.account_id == asked.account_id
    return (stored.account_id, stored.hold_id) == (asked.account_id, asked.hold_id)
