"""Decisions: the account as it will be, with the entries that say why.

A decision begins by writing down what time has done (days that ended, holds and grants that
expired), then commands are folded into it one after another. Nothing here changes anything: the
ledger commits a decision whole, or not at all.
"""

from dataclasses import dataclass, replace
from typing import Unpack

from prepaid.domain import keys
from prepaid.domain.account import Account, Version
from prepaid.domain.commands import Command
from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.entries import Entry, EntryDetails, EntryKind
from prepaid.domain.expiring import check_ends
from prepaid.domain.following import Following
from prepaid.domain.grants import Grant
from prepaid.domain.holds import Hold
from prepaid.domain.limiting import check_limits
from prepaid.domain.limits import begin_windows
from prepaid.domain.records import Record
from prepaid.domain.runway import week_before
from prepaid.domain.runway_alerts import check_runway
from prepaid.domain.spikes import check_spike
from prepaid.domain.thresholds import check_thresholds
from prepaid.domain.usage import ClosedDay, local_day

MAX_SETTLED = 20
"""The most entries that time alone adds to one commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to write together: the new account, its new entries, and the records that follow.

    `also` are a day that closed, alerts, a payment's facts. A versioned record still has the
    version that was read; a commit raises it.
    """

    account: Account
    now: Instant
    entries: tuple[Entry, ...] = ()
    also: tuple[Record, ...] = ()

    @property
    def items(self) -> int:
        """How many items a commit of this decision writes."""
        return 1 + len(self.entries) + len(self.also)

    @property
    def unsettled(self) -> bool:
        """Whether more has ended by itself than this decision settles."""
        due = self.account.due()
        return due is not None and due <= self.now

    def committed(self, *, seen: Version) -> Account:
        """Return the account as a commit that saw the version *seen* leaves it."""
        return replace(self.account, version=Version(seen + 1))

    def append_entry(
        self,
        account: Account,
        kind: EntryKind,
        command: Command,
        *,
        amount: Credits = ZERO,
        held_change: Credits = ZERO,
        occurred_at: Instant | None = None,
        reason: str | None = None,
        **details: Unpack[EntryDetails],
    ) -> "Decision":
        """Append the next entry, and the alerts of thresholds, limits and spikes that it causes.

        *account* already has its new balance, grants and holds. It occurred now, and for the
        command's reason, unless said otherwise.
        """
        numbered = replace(account, seq=account.seq + 1)
        account, of_balance = check_thresholds(self.account, numbered, self.now)
        account, of_limits = check_limits(account, self.now)
        account, of_hour = check_spike(self.account, account, self.now)
        entry = Entry(
            account_id=account.account_id,
            key=command.key,
            seq=account.seq,
            kind=kind,
            amount=amount,
            held_change=held_change,
            balance_after=account.balance,
            available_after=account.available(self.now),
            actor=command.actor,
            request_id=command.request_id,
            fingerprint=command.fingerprint,
            posted_at=self.now,
            occurred_at=self.now if occurred_at is None else occurred_at,
            reason=command.reason if reason is None else reason,
            note=command.note,
            reference=command.reference,
            metadata=dict(command.metadata),
            rounded=command.rounded,
            **details,
        )
        decision = replace(self, account=account, entries=(*self.entries, entry))
        return decision.with_records(*of_balance, *of_limits, *of_hour)

    def with_records(self, *records: Record) -> "Decision":
        """Return the decision with more records that are written with it."""
        return replace(self, also=(*self.also, *records)) if records else self

    def with_record(self, record: Record) -> "Decision":
        """Return the decision with one more record that is written with it."""
        return self.with_records(record)


def begin(account: Account, clock: Instant, command: Command) -> Decision:
    """Start deciding at *clock*: close the day that is over, settle what has expired.

    What expires soon is announced. *command* is the one that causes it; its request id is kept
    with what follows.
    """
    now = account.now(clock)
    decision = _with_today(Decision(account=replace(account, as_of=now), now=now))
    decision = _settled(decision, command)
    decision = decision.with_records(*check_ends(decision.account, since=account.as_of))
    if decision.account.usage_day == account.usage_day:
        return decision
    judged, alerts = check_runway(decision.account, now)
    return replace(decision, account=judged).with_records(*alerts)


def _with_today(decision: Decision) -> Decision:
    account = decision.account
    before, zone = account.usage_day, account.time_zone
    today = max(before, local_day(decision.now, zone))
    if today != before:
        zone = account.next_time_zone or zone
        today = max(today, local_day(decision.now, zone))
    limits = begin_windows(account.limits, before=before, today=today, now=decision.now)
    if today == before:
        return replace(decision, account=replace(account, limits=limits)) if limits else decision
    week = week_before(account, today)
    turned = replace(account, usage_day=today, usage={}, week=week, limits=limits)
    turned = replace(turned, time_zone=zone, next_time_zone=None)
    decision = replace(decision, account=turned)
    if not account.usage:
        return decision
    return decision.with_record(
        ClosedDay(
            account_id=account.account_id,
            day=account.usage_day,
            time_zone=account.time_zone,
            portions=account.usage,
        )
    )


def _settled(decision: Decision, command: Command) -> Decision:
    moment = Instant(0)
    due = decision.account.due()
    if due is None or due > decision.now:
        return decision
    for _ in range(MAX_SETTLED):
        step = _next_end(decision.account, since=moment, now=decision.now)
        if step is None:
            break
        moment, ended = step
        if isinstance(ended, Hold):
            decision = _released(decision, ended, moment, command)
        else:
            decision = _expired(decision, ended, moment, command)
    return decision


def _next_end(
    account: Account, *, since: Instant, now: Instant
) -> tuple[Instant, Hold | Grant] | None:
    """Find what ended first: holds before grants, a protected grant when its hold has ended."""
    holds = sorted((h for h in account.holds if h.expired(now)), key=_hold_order)
    grants = sorted((g for g in account.grants if g.expired(now)), key=_grant_order)
    ends = [hold.expires_at for hold in holds] + [g.expires_at or since for g in grants]
    for moment in sorted({max(end, since) for end in ends}):
        if holds and holds[0].expires_at <= moment:
            return moment, holds[0]
        if account.unsettled(moment):
            return moment, grants[0]
    return None


def _hold_order(hold: Hold) -> tuple[Instant, int]:
    return hold.expires_at, hold.number


def _grant_order(grant: Grant) -> tuple[Instant, int]:
    return grant.expires_at or Instant(0), grant.grant_id


def _system(cause: Command, key: keys.Key) -> Command:
    return Following(key=key, request_id=cause.request_id)


def _released(decision: Decision, hold: Hold, moment: Instant, cause: Command) -> Decision:
    account = decision.account
    holds = tuple(each for each in account.holds if each is not hold)
    return decision.append_entry(
        replace(account, holds=holds),
        EntryKind.RELEASE,
        _system(cause, keys.hold_end(hold.number)),
        held_change=-hold.amount,
        operation=hold.operation,
        hold_id=hold.number,
        occurred_at=moment,
        reason="expired",
    )


def _expired(decision: Decision, grant: Grant, moment: Instant, cause: Command) -> Decision:
    account = decision.account
    amount = min(grant.remaining, account.unsettled(moment))
    after, burned = account.with_burned(amount, moment, first=(grant,))
    return decision.append_entry(
        after,
        EntryKind.EXPIRY,
        _system(cause, keys.expiry(grant.root, account.seq + 1)),
        amount=-amount,
        burned=burned,
        grant_id=grant.grant_id,
        occurred_at=moment,
        reason="expired",
    )
