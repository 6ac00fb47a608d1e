"""Usage paid for: directly, or out of a hold."""

from dataclasses import replace

from prepaid.domain.account import Account, Overage, Status
from prepaid.domain.commands import Spend
from prepaid.domain.credits import MAX_HUNDREDTHS, SMALLEST, ZERO, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import (
    AccountFrozen,
    Forbidden,
    HoldEnded,
    InsufficientCredits,
    InvalidRequest,
    LimitExceeded,
    NotFound,
    UnknownOperation,
)
from prepaid.domain.grants import burn_totals
from prepaid.domain.hold_commands import OVER_HOLD, Capture, OnHold, OpenHold, Void
from prepaid.domain.holds import MAX_HOLDS, MAX_PARTS, Hold
from prepaid.domain.keys import Writer
from prepaid.domain.limiting import refuse_beyond_limits, within_limits
from prepaid.domain.limits import count
from prepaid.domain.pricing import Calculation, Carry, Price, rate
from prepaid.domain.spikes import count_hour
from prepaid.domain.usage import MAX_OPERATIONS, Counter, add, utc_day

MAX_AGE_SECONDS = 35 * 86_400
MAX_AHEAD_SECONDS = 300


def spend(decision: Decision, command: Spend) -> Decision:
    """Price usage and burn grants for it. What costs nothing needs no credits, in debt too.

    What has happened already is paid as what a capture costs beyond its hold.
    Raises `UnknownOperation`, `AccountFrozen`, `SpendingLimitExceeded`, `InsufficientCredits`,
    `LimitExceeded` and `InvalidRequest` (a unit that the price does not know, usage of long ago or
    ahead).
    """
    account = decision.account
    _refuse_odd_time(command.occurred_at, decision.now)
    price = price_in_force(command.price, command.operation)
    if not command.happened:
        refuse_unless_active(account)
    calculation = rate(price, command.quantities, account.carry.get(command.operation, Carry(0)))
    cost = calculation.cost
    waived = account.unlimited or command.unlimited
    available = account.available(decision.now)
    if not waived and not command.happened:
        refuse_beyond_limits(account, command.operation, cost, decision.now)
    if cost and cost > available and not waived and not command.happened:
        raise InsufficientCredits(required=cost, available=available)
    taken = ZERO if waived else cost
    spent_waived = cost - taken
    if command.happened:
        taken = _taken(decision, command.operation, ZERO, taken)
    after, burned = account.with_burned(taken, decision.now)
    counter = Counter(
        count=1,
        credits=taken,
        waived=spent_waived,
        units=calculation.quantities(),
        provider_cost=command.provider_cost or 0,
    )
    return decision.append_entry(
        _metered(after, command.operation, counter, calculation, decision.now),
        EntryKind.USAGE,
        command,
        amount=-taken,
        operation=command.operation,
        calculation=calculation,
        usage_day=account.usage_day,
        burned=burned,
        waived=spent_waived,
        shortfall=cost - taken - spent_waived,
        occurred_at=command.occurred_at or decision.now,
        provider_cost=command.provider_cost,
    )


def open_hold(decision: Decision, command: OpenHold) -> Decision:
    """Set credits aside. An unlimited account sets nothing aside: its usage is waived.

    Of a range it is as much as is available now and limits leave, in the decision that sets it
    aside. Raises what `spend` raises.
    """
    account = decision.account
    price = price_in_force(command.price, command.operation)
    refuse_unless_active(account)
    if len(account.holds) >= MAX_HOLDS:
        raise LimitExceeded(limit="open holds", allowed=MAX_HOLDS)
    _refuse_beyond_operations(account, command.operation)
    least, most, calculation = _wanted(command, price)
    available = account.available(decision.now)
    waived = account.unlimited or command.unlimited
    if not waived:
        refuse_beyond_limits(account, command.operation, least, decision.now)
    if least and least > available and not waived:
        raise InsufficientCredits(required=least, available=available)
    room = within_limits(account, command.operation, available)
    hold = Hold(
        number=account.seq + 1,
        amount=ZERO if waived else min(most, max(room, least)),
        expires_at=Instant(decision.now + command.expires_in),
        operation=command.operation,
        maker=command.maker,
        plan=price.plan,
        opened_at=decision.now,
    )
    return decision.append_entry(
        replace(account, holds=(*account.holds, hold)),
        EntryKind.HOLD,
        command,
        held_change=hold.amount,
        operation=hold.operation,
        calculation=calculation,
        hold_id=hold.number,
        hold_expires_at=hold.expires_at,
        waived=most if waived else ZERO,
    )


def capture(decision: Decision, command: Capture) -> Decision:
    """Pay for what was used out of its hold; release the rest, or keep it for what follows.

    Several captures cost together what one of their sum would, and count as one use. Up to the
    hold each is always honoured, even into debt. Beyond it, what is available and limits leave
    pays, and the account's overage policy says whether the rest is absorbed or becomes debt, as far
    as DECIMAL(15,2) goes.
    Raises `HoldEnded`, `NotFound`, `Forbidden`, `InvalidRequest`, `LimitExceeded`.
    """
    hold = open_hold_of(decision, command)
    cost, calculation = _captured(decision.account, hold, command)
    used = calculation.quantities() if calculation else {}
    left = None if command.final else hold.after_part(cost, used)
    account = _with_hold(decision.account, hold, left)
    waived = account.unlimited or command.unlimited
    taken = ZERO if waived else _taken(decision, hold.operation, hold.amount, cost)
    within = min(taken, hold.amount)
    ended = tuple(grant for grant in account.grants if grant.expired(decision.now))
    after, first = account.with_burned(within, decision.now, first=ended)
    after, rest = after.with_burned(taken - within, decision.now)
    spent_waived = cost if waived else ZERO
    counter = Counter(
        count=0 if hold.parts else 1,
        credits=taken,
        waived=spent_waived,
        units=used,
        provider_cost=command.provider_cost or 0,
    )
    return decision.append_entry(
        _metered(after, hold.operation, counter, calculation, decision.now),
        EntryKind.CAPTURE,
        command,
        amount=-taken,
        held_change=(left.amount if left else ZERO) - hold.amount,
        operation=hold.operation,
        calculation=calculation,
        usage_day=account.usage_day,
        burned=burn_totals([*first, *rest]),
        hold_id=hold.number,
        waived=spent_waived,
        shortfall=cost - taken - spent_waived,
        final=command.final,
        provider_cost=command.provider_cost,
    )


def void(decision: Decision, command: Void) -> Decision:
    """Release a hold without using it. Raises `HoldEnded`, `NotFound`, `Forbidden`.

    What it cost us all the same is part of the day's cost, and no use.
    """
    hold = open_hold_of(decision, command)
    account = _with_hold(decision.account, hold, None)
    if command.provider_cost:
        counter = Counter(provider_cost=command.provider_cost)
        account = _metered(account, hold.operation, counter, None, decision.now)
    return decision.append_entry(
        account,
        EntryKind.RELEASE,
        command,
        held_change=-hold.amount,
        operation=hold.operation,
        usage_day=account.usage_day if command.provider_cost else None,
        hold_id=hold.number,
        provider_cost=command.provider_cost,
    )


def price_in_force(price: Price | None, operation: str) -> Price:
    """Return the price in force; raise `UnknownOperation` where there is none."""
    if price is None:
        raise UnknownOperation(f"No price is in force for {operation}.", pointer="/operation")
    return price


def refuse_unless_active(account: Account) -> None:
    """Raise `AccountFrozen` for an account that may not spend."""
    if account.status is not Status.ACTIVE:
        raise AccountFrozen(f"This account is {account.status} and spends nothing.")


def _refuse_odd_time(at: Instant | None, now: Instant) -> None:
    """Refuse usage that a late report could not have meant; a repeat still gets its answer."""
    if at is not None and not now - MAX_AGE_SECONDS <= at <= now + MAX_AHEAD_SECONDS:
        raise InvalidRequest(
            "occurred_at lies more than 35 days back, or ahead.", pointer="/occurred_at"
        )


def _refuse_beyond_operations(account: Account, operation: str) -> None:
    """Keep room for the operations of open holds, whose captures are honoured."""
    held = {hold.operation for hold in account.holds}
    used = {name for portion in account.usage.values() for name in portion}
    if len(used | account.carry.keys() | held | {operation}) > MAX_OPERATIONS:
        raise LimitExceeded(limit="operations in a day", allowed=MAX_OPERATIONS)


def open_hold_of(decision: Decision, command: OnHold) -> Hold:
    """Return the open hold that is meant. Raises `HoldEnded`, `NotFound`, `Forbidden`."""
    hold = decision.account.hold(command.hold_id)
    if hold is None:
        if command.hold_id in {entry.hold_id for entry in decision.entries}:
            raise HoldEnded(OVER_HOLD)
        raise NotFound("There is no such hold.")
    if hold.expired(decision.now):
        raise HoldEnded(OVER_HOLD)
    if command.writer is Writer.USER and hold.maker is not Writer.USER:
        raise Forbidden("A service opened this hold; a user can neither end nor extend it.")
    return hold


def _with_hold(account: Account, hold: Hold, left: Hold | None) -> Account:
    """Return the account with what is *left* of a hold in its place."""
    holds = [left if each is hold else each for each in account.holds]
    return replace(account, holds=tuple(each for each in holds if each))


def _wanted(command: OpenHold, price: Price) -> tuple[Credits, Credits, Calculation | None]:
    """Return the least and the most to set aside, and how a price of quantities came about."""
    if command.at_most is not None:
        least = SMALLEST if command.at_least is None else command.at_least
        if least > command.at_most:
            raise InvalidRequest("at_least is more than at_most.", pointer="/at_least")
        return least, command.at_most, None
    if command.amount is not None:
        return command.amount, command.amount, None
    calculation = rate(price, command.quantities, Carry(0))
    return calculation.cost, calculation.cost, calculation


def _captured(account: Account, hold: Hold, command: Capture) -> tuple[Credits, Calculation | None]:
    """Return what a capture costs, and how that came about where quantities are captured."""
    price = price_in_force(command.price, hold.operation)
    if not command.final and hold.parts >= MAX_PARTS:
        raise LimitExceeded(limit="captures that leave a hold open", allowed=MAX_PARTS)
    if command.amount is not None:
        return command.amount, None
    carry = account.carry.get(hold.operation, Carry(0))
    calculation = rate(price, command.quantities, carry, hold.used)
    return calculation.cost, calculation


def _taken(decision: Decision, operation: str, held: Credits, cost: Credits) -> Credits:
    """Return what is taken of a *cost* that is honoured, of which *held* is set aside.

    What becomes debt is no limit's concern: somebody chose to owe what an overrun costs.
    """
    account = decision.account
    if cost <= held:
        return cost
    if account.overage is Overage.DEBT:
        return max(held, min(cost, account.balance + Credits(MAX_HUNDREDTHS)))
    beyond = ZERO
    if account.status is Status.ACTIVE:
        beyond = within_limits(account, operation, max(account.available(decision.now), ZERO))
    return min(cost, held + beyond)


def _metered(
    account: Account,
    operation: str,
    counter: Counter,
    calculation: Calculation | None,
    now: Instant,
) -> Account:
    day = utc_day(now)
    _refuse_beyond_operations(account, operation)
    carry = dict(account.carry)
    if calculation is not None:
        carry.pop(operation, None)
        if calculation.carry_after:
            carry[operation] = calculation.carry_after
    usage = {**account.usage, day: add(account.usage.get(day, {}), operation, counter)}
    limits = count(account.limits, operation, counter.credits)
    hour = count_hour(account.hour, counter.credits, now)
    return replace(account, usage=usage, carry=carry, limits=limits, hour=hour)
