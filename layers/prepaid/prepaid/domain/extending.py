"""Holds extended: more time, more credits, or both, all or nothing."""

from dataclasses import replace

from prepaid.domain.credits import ZERO, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import InsufficientCredits, LimitExceeded
from prepaid.domain.hold_commands import ExtendHold
from prepaid.domain.holds import MAX_OPEN_SECONDS, Hold
from prepaid.domain.limiting import refuse_beyond_limits
from prepaid.domain.spending import open_hold_of, refuse_unless_active


def extend_hold(decision: Decision, command: ExtendHold) -> Decision:
    """Let a hold end later, never sooner, and set more credits aside for it.

    Expired credits live as long as an open hold needs them, and a hold keeps its price: so its
    time from its opening to its end has a bound. An unlimited account sets nothing aside.
    Raises `HoldEnded`, `NotFound`, `Forbidden`, `AccountFrozen`, `LimitExceeded`,
    `SpendingLimitExceeded`, `InsufficientCredits`.
    """
    account = decision.account
    hold = open_hold_of(decision, command)
    refuse_unless_active(account)
    ends = _later_end(hold, command, decision.now)
    available = account.available(decision.now)
    waived = account.unlimited or command.unlimited
    wanted = ZERO if command.amount is None else command.amount
    if not waived:
        refuse_beyond_limits(account, hold.operation, wanted, decision.now)
    if wanted > max(available, ZERO) and not waived:
        raise InsufficientCredits(required=wanted, available=available)
    added = ZERO if waived else wanted
    extended = replace(hold, amount=hold.amount + added, expires_at=ends)
    return decision.append_entry(
        replace(account, holds=tuple(extended if h is hold else h for h in account.holds)),
        EntryKind.HOLD,
        command,
        held_change=added,
        operation=hold.operation,
        hold_id=hold.number,
        hold_expires_at=ends,
        waived=wanted - added,
    )


def _later_end(hold: Hold, command: ExtendHold, now: Instant) -> Instant:
    if command.expires_in is None or now + command.expires_in <= hold.expires_at:
        return hold.expires_at
    ends = Instant(now + command.expires_in)
    if ends - hold.opened_at > MAX_OPEN_SECONDS:
        raise LimitExceeded(limit="seconds in the life of a hold", allowed=MAX_OPEN_SECONDS)
    return ends
