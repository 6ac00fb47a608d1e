"""Running calls that have become unaffordable: reported, and ended where that is switched on.

A hold is a guarantee, so no other spend can make a running call unaffordable. Only what takes
credits back, a freeze, or a call that overruns its hold can.
"""

from dataclasses import dataclass

from prepaid.calls.call import Call
from prepaid.calls.facts import CallStatus
from prepaid.calls.ports import CallProvider
from prepaid.calls.pricing import OPERATION, hold_for
from prepaid.catalogue.ports import Catalogue
from prepaid.catalogue.prices import price_at, price_of_hold
from prepaid.domain.account import Account, Status
from prepaid.domain.credits import ZERO, Instant
from prepaid.domain.errors import InvalidRequest
from prepaid.domain.projecting import projected
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.posting import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningCalls:
    """Looks after calls that run; *ends* says whether an unaffordable one is ended."""

    ledger: Ledger
    catalogue: Catalogue
    provider: CallProvider
    exceptions: Exceptions
    ends: bool

    def look_after(self, call: Call, now: Instant) -> bool:
        """Report a call that its account cannot pay for; say whether its end was asked for.

        Raises `Unavailable`: the call is looked at again.
        """
        if call.binding is None or call.status is not CallStatus.IN_PROGRESS:
            return False
        account = projected(self.ledger.account(call.binding.account_id), now).account
        why = self._unaffordable(call, account, now)
        if why is None:
            return False
        detail = f"{account.account_id}: {why}"
        self.exceptions.report("call_unaffordable", call.call_id, detail, now=now)
        if not self.ends or call.control_url is None:
            return False
        try:
            return self.provider.end_call(call.control_url)
        except InvalidRequest as refusal:
            self.exceptions.report("call_control_url", call.call_id, refusal.detail, now=now)
            return False

    def _unaffordable(self, call: Call, account: Account, now: Instant) -> str | None:
        if account.unlimited:
            return None
        if account.status is not Status.ACTIVE:
            return f"the account is {account.status}"
        available = account.available(now)
        if available < ZERO:
            return f"{available} credits are available beside its hold"
        hold_id = call.binding.hold_id if call.binding else None
        hold = account.hold(hold_id) if hold_id else None
        price = price_of_hold(self.catalogue, account, hold.number) if hold else None
        price = price or price_at(self.catalogue, account, OPERATION, now)
        if price is None or call.in_progress_at is None:
            return None
        lasts = max(account.now(now) - call.in_progress_at, 0)
        needed = hold_for(price, lasts)
        if needed > (hold.amount if hold else ZERO) + available:
            return f"{needed} credits are needed after {lasts} seconds"
        return None
