"""Settlement: a call whose length and payer are known is paid once, however its hold ended.

An open hold is captured. Where the hold has ended, its end says what is left to do, and what was
not paid out of it is usage under the call's own key. A hold ends once and both keys are taken
once, so reports that arrive together cannot take both ways.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from prepaid.calls.call import Call
from prepaid.calls.faults import is_providers_fault
from prepaid.calls.pricing import OPERATION, quantities_of_call
from prepaid.catalogue.ports import Catalogue
from prepaid.catalogue.prices import price_at, price_of_hold
from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import Command, Spend
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import HoldEnded, NotFound
from prepaid.domain.following import ExpireDue
from prepaid.domain.hold_commands import Capture, Void
from prepaid.domain.keys import Writer
from prepaid.domain.pricing import Price
from prepaid.domain.spending import MAX_AGE_SECONDS
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.posting import Ledger

ACTOR = "vapi"
"""Under this name entries keep what Vapi's calls caused."""
_NEVER_STARTED = "never started"
_PROVIDERS_FAULT = "failed by the provider"


class Outcome(StrEnum):
    """What became of a call."""

    PAID = "paid"
    NOT_BILLED = "not_billed"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One call to settle: everything that its commands need."""

    call: Call
    account_id: AccountId
    hold_id: int | None
    duration_ms: int
    reason: str | None
    provider_cost: int | None
    request_id: str
    now: Instant

    @property
    def call_id(self) -> str:
        return self.call.call_id

    @property
    def metadata(self) -> dict[str, object]:
        end = self.call.end
        source = end.duration.source if end and end.duration else ""
        given = {"call_id": self.call_id, "duration_ms": str(self.duration_ms), "source": source}
        if end and end.ended_reason:
            given["ended_reason"] = end.ended_reason
        return {name: str(value) for name, value in given.items()}


class CallSettlement:
    """Pays for calls."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue, exceptions: Exceptions) -> None:
        self._ledger = ledger
        self._catalogue = catalogue
        self._exceptions = exceptions

    def settle(self, call: Call, *, request_id: str, now: Instant) -> Outcome:
        """Pay for a call whose payer and duration are known; settling it again pays nothing.

        Raises `Unavailable`, and `Refusal` for what the ledger cannot take, such as usage without
        a price.
        """
        bound, end = call.binding, call.end
        assert bound is not None
        assert end is not None
        assert end.duration is not None
        reason = None
        if end.duration.milliseconds == 0:
            reason = _NEVER_STARTED
        elif is_providers_fault(end.ended_reason):
            reason = _PROVIDERS_FAULT
        case = _Case(
            call=call,
            account_id=bound.account_id,
            hold_id=bound.hold_id,
            duration_ms=end.duration.milliseconds,
            reason=reason,
            provider_cost=end.provider_cost,
            request_id=request_id,
            now=now,
        )
        if reason is not None:
            self._release(case)
            return Outcome.NOT_BILLED
        if case.hold_id is None or not self._captured(case, case.hold_id):
            self._use(case)
        return Outcome.PAID

    def _release(self, case: _Case) -> None:
        """Release the hold of a call that costs nothing; the entry shows why."""
        if case.hold_id is None:
            return
        command = Void(
            request=_request(case, "release"),
            client_key=case.call_id,
            hold_id=case.hold_id,
            writer=Writer.SERVICE,
            provider_cost=case.provider_cost,
            reason=case.reason,
            **_common(case),
        )
        try:
            self._ledger.post(case.account_id, lambda _: command, case.now)
        except (HoldEnded, NotFound):
            return

    def _captured(self, case: _Case, hold_id: int) -> bool:
        """Capture the hold, or judge how it ended; say whether the call is paid by that."""

        def prepare(account: Account) -> Command:
            price = price_of_hold(self._catalogue, account, hold_id)
            return Capture(
                request=_request(case, "capture"),
                client_key=case.call_id,
                hold_id=hold_id,
                writer=Writer.SERVICE,
                provider_cost=case.provider_cost,
                price=price,
                quantities=quantities_of_call(price, case.duration_ms) if price else {},
                **_common(case),
            )

        try:
            self._ledger.post(case.account_id, prepare, case.now)
        except (HoldEnded, NotFound):
            return self._paid_by(case, self._end_of(case, hold_id))
        return True

    def _end_of(self, case: _Case, hold_id: int) -> Entry | None:
        """Return the entry that ended a hold; one that has expired is ended first."""
        key = keys.hold_end(hold_id)
        entry = self._ledger.entry(case.account_id, key)
        command = ExpireDue(request_id=case.request_id)
        while entry is None and self._ledger.expire_due(case.account_id, command, case.now):
            entry = self._ledger.entry(case.account_id, key)
        return entry

    def _paid_by(self, case: _Case, ended: Entry | None) -> bool:
        """Say whether the end of the hold paid for the call; report an end that is odd."""
        if ended is None:
            self._report(case, "call_hold_unknown", "the hold is not in the account")
            return False
        ours = ended.actor == ACTOR
        if ended.kind is EntryKind.CAPTURE and (not ours or ended.reference == case.call_id):
            return True
        if ended.kind is EntryKind.CAPTURE or (ours and ended.reference != case.call_id):
            detail = f"the hold belongs to the call {ended.reference}"
            self._report(case, "call_hold_of_another", detail)
        elif ended.actor != "system":
            self._report(case, "call_hold_voided", f"the hold was voided by {ended.actor}")
        return False

    def _use(self, case: _Case) -> None:
        """Pay for the call under its own key: what is available, then as overage."""
        at = case.call.end.ended_at if case.call.end else None
        occurred_at = case.now if at is None else max(min(at, case.now), _oldest(case.now))

        def prepare(account: Account) -> Command:
            price: Price | None = price_at(self._catalogue, account, OPERATION, occurred_at)
            return Spend(
                key=keys.call_usage(case.call_id),
                request=_request(case, "usage"),
                operation=OPERATION,
                quantities=quantities_of_call(price, case.duration_ms) if price else {},
                price=price,
                occurred_at=Instant(occurred_at),
                happened=True,
                provider_cost=case.provider_cost,
                **_common(case),
            )

        self._ledger.post(case.account_id, prepare, case.now)

    def _report(self, case: _Case, kind: str, detail: str) -> None:
        self._exceptions.report(kind, case.call_id, f"{case.account_id}: {detail}", now=case.now)


def _oldest(now: Instant) -> Instant:
    return Instant(now - MAX_AGE_SECONDS)


def _request(case: _Case, how: str) -> dict[str, object]:
    return {"call": case.call_id, "how": how, "duration_ms": case.duration_ms}


def _common(case: _Case) -> dict[str, Any]:
    return {
        "actor": ACTOR,
        "request_id": case.request_id,
        "reference": case.call_id,
        "metadata": case.metadata,
    }
