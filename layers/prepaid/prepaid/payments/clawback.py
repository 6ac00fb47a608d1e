"""What a payment's facts do to its account: the grant, what is taken back, what is given back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import Command
from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import EntryKind
from prepaid.domain.grants import (
    DEFAULT_CURRENCY,
    DEFAULT_PRIORITY,
    Burn,
    Grant,
    GrantKind,
    burn,
    burn_totals,
    in_burn_order,
)
from prepaid.domain.keys import Key
from prepaid.domain.usage import end_of_day, local_day
from prepaid.payments.payment import Clawback, Payment


def grant_purchase(
    decision: Decision, command: Command, payment: Payment
) -> tuple[Decision, Payment]:
    """Give what was bought: one entry for the credits and one for the bonus.

    A payment is never refused: it may be one more grant than the account could otherwise have.
    """
    parts = [
        (EntryKind.PURCHASE, payment.credits, payment.price, payment.validity_days, command.key),
        (
            EntryKind.BONUS,
            payment.bonus,
            0,
            payment.bonus_validity_days,
            keys.bonus(command.key),
        ),
    ]
    grant_ids: list[int] = []
    for entry_kind, amount, cost_basis, days, key in parts:
        if not amount:
            continue
        grant = Grant(
            grant_id=decision.account.seq + 1,
            kind=GrantKind.BONUS if entry_kind is EntryKind.BONUS else GrantKind.PURCHASED,
            amount=amount,
            remaining=amount,
            expires_at=_end(decision, days),
            cost_basis=cost_basis,
            currency=payment.currency if cost_basis else DEFAULT_CURRENCY,
        )
        account, debt_paid = decision.account.with_grant(grant)
        decision = decision.append_entry(
            account,
            entry_kind,
            replace(command, key=key),
            amount=amount,
            grant_id=grant.grant_id,
            grant_expires_at=grant.expires_at,
            cost_basis=grant.cost_basis,
            currency=grant.currency,
            debt_paid=debt_paid,
        )
        grant_ids.append(grant.grant_id)
    return decision, replace(payment, granted=True, grant_ids=tuple(grant_ids))


def _end(decision: Decision, days: int | None) -> Instant | None:
    """Return the end of the account's day that is *days* days ahead, `None` for never."""
    if days is None:
        return None
    zone = decision.account.time_zone
    return end_of_day(local_day(decision.now, zone) + timedelta(days=days), zone)


@dataclass(frozen=True, slots=True)
class _Restored:
    """The account as if nothing had been taken, but for `pool`: parts without a grant to go to."""

    grants: tuple[Grant, ...]
    pool: tuple[Clawback, ...]


def apply_clawback(
    decision: Decision, command: Command, payment: Payment, kind: EntryKind
) -> tuple[Decision, Payment]:
    """Move the ledger by the difference between what is owed back and what was taken.

    What was taken is put back where it came from, then what is owed is taken: so which grants it
    comes from follows from the facts, whatever their order. *kind* names what caused it, a refund
    or a dispute. No difference, no entry.
    """
    difference = payment.difference
    if not difference:
        return decision, payment
    before, now = decision.account, decision.now
    restored = _restored(before, payment.taken, now)
    grants, taken, pool = _take_owed(restored, payment, now)
    net = -difference - _sum(pool)
    if net:
        account = replace(before, balance=before.balance + net, grants=grants)
        decision = decision.append_entry(
            account,
            kind,
            _following(decision, command),
            amount=net,
            burned=_parts(before.grants, grants),
            returned=_parts(grants, before.grants),
            debt_paid=_debt_paid(before, net),
        )
    for part in pool:
        decision = _given_back(decision, command, kind, part)
    return decision, replace(payment, taken=taken)


def _restored(account: Account, taken: tuple[Clawback, ...], now: Instant) -> _Restored:
    """Put back what was taken: it pays debt first, and then returns to its own grants.

    A grant that is gone exists again. One that continues with another end than the credits had
    left when they were taken cannot take them.
    """
    grants = {grant.grant_id: grant for grant in account.grants}
    pool: list[Clawback] = []
    for part in _after_debt(taken, max(-account.balance, ZERO)):
        grant = grants.get(part.grant_id) or _original_grant(part, now)
        if part.grant_id and grant.expires_at == part.ends(now):
            grants[part.grant_id] = replace(grant, remaining=grant.remaining + part.amount)
        else:
            pool.append(part)
    in_order = sorted(grants.values(), key=lambda grant: grant.grant_id)
    return _Restored(tuple(in_order), tuple(pool))


def _after_debt(taken: tuple[Clawback, ...], debt: Credits) -> list[Clawback]:
    """Return what is left of *taken* when it has paid *debt*, with what became debt itself."""
    from_debt = [part for part in taken if not part.grant_id]
    from_grants = [part for part in taken if part.grant_id]
    left: list[Clawback] = []
    for part in [*from_debt, *reversed(from_grants)]:
        paid = min(part.amount, debt)
        debt -= paid
        if part.amount > paid:
            left.append(replace(part, amount=part.amount - paid))
    return left[::-1]


def _take_owed(
    restored: _Restored, payment: Payment, now: Instant
) -> tuple[tuple[Grant, ...], tuple[Clawback, ...], list[Clawback]]:
    """Take from the purchase's own grants in proportion, then the others, then as debt.

    Returns the grants, what was taken, and what remains of the pool: that stays taken as far as
    it can.
    """
    grants, burned = restored.grants, list[Burn]()
    purchased, bonus = payment.owed_back
    left = purchased + bonus
    shares = {GrantKind.PURCHASED: purchased, GrantKind.BONUS: bonus}
    own = in_burn_order(grant for grant in grants if grant.root in payment.own)
    by_kind = {kind: [grant for grant in own if payment.own[grant.root] is kind] for kind in shares}
    for order, most in [*((by_kind[kind], shares[kind]) for kind in shares), (own, left)]:
        grants, some = burn(grants, order, min(most, left))
        burned += some
        left -= _sum(some)
    still_taken, pool = _split(restored.pool, left)
    left -= _sum(still_taken)
    living = in_burn_order(grant for grant in grants if not grant.expired(now))
    ended = in_burn_order(grant for grant in grants if grant.expired(now))
    grants, some = burn(grants, [*living, *ended], left)
    debt = left - _sum(some)
    taken = [*_terms(restored.grants, burn_totals([*burned, *some]), now), *still_taken]
    return grants, (*taken, _debt(debt)) if debt else tuple(taken), pool


def _split(parts: tuple[Clawback, ...], amount: Credits) -> tuple[list[Clawback], list[Clawback]]:
    """Divide *parts* after *amount*."""
    first: list[Clawback] = []
    rest: list[Clawback] = []
    for part in parts:
        some = min(part.amount, amount)
        amount -= some
        first += [replace(part, amount=some)] if some else []
        rest += [replace(part, amount=part.amount - some)] if part.amount > some else []
    return first, rest


def _given_back(decision: Decision, command: Command, kind: EntryKind, part: Clawback) -> Decision:
    """Give back credits that no grant can take: their entry's number is their new grant's id."""
    before = decision.account
    grant = replace(
        _original_grant(part, decision.now),
        grant_id=before.seq + 1,
        kind=GrantKind.RESTORED,
        amount=part.amount,
        remaining=part.amount,
        cost_basis=part.cost_basis * part.amount.hundredths // part.grant_amount.hundredths,
        origin=part.origin or part.grant_id or None,
    )
    account = replace(before, balance=before.balance + part.amount, grants=(*before.grants, grant))
    return decision.append_entry(
        account,
        kind,
        _following(decision, command),
        amount=part.amount,
        grant_id=grant.grant_id,
        grant_expires_at=grant.expires_at,
        currency=grant.currency,
        returned=_parts((grant,), ()),
        debt_paid=_debt_paid(before, part.amount),
    )


def _following(decision: Decision, command: Command) -> Command:
    """Return *command* under a key that no other entry can have: its kind, subject and number."""
    return replace(command, key=Key(f"{command.key}:{decision.account.seq + 1}"))


def _original_grant(part: Clawback, now: Instant) -> Grant:
    return Grant(
        grant_id=part.grant_id,
        kind=part.kind,
        amount=part.grant_amount,
        remaining=ZERO,
        expires_at=part.ends(now),
        priority=part.priority,
        cost_basis=part.cost_basis,
        origin=part.origin,
        currency=part.currency,
    )


def _terms(grants: tuple[Grant, ...], burned: tuple[Burn, ...], now: Instant) -> list[Clawback]:
    by_id = {grant.grant_id: grant for grant in grants}
    return [
        Clawback(
            grant_id=grant.grant_id,
            amount=each.amount,
            kind=grant.kind,
            grant_amount=grant.amount,
            priority=grant.priority,
            cost_basis=grant.cost_basis,
            seconds_left=None if grant.expires_at is None else max(grant.expires_at - now, 1),
            origin=grant.origin,
            currency=grant.currency,
        )
        for each in burned
        for grant in [by_id[each.grant_id]]
    ]


def _debt(amount: Credits) -> Clawback:
    return Clawback(
        grant_id=0,
        amount=amount,
        kind=GrantKind.RESTORED,
        grant_amount=amount,
        priority=DEFAULT_PRIORITY,
        cost_basis=0,
    )


def _parts(more: tuple[Grant, ...], less: tuple[Grant, ...]) -> tuple[Burn, ...]:
    """Return what each grant has in *more* beyond what it has in *less*."""
    left = {grant.grant_id: grant.remaining for grant in less}
    parts = [each.part(before=each.remaining, after=left.get(each.grant_id, ZERO)) for each in more]
    return tuple(part for part in parts if part.amount > ZERO)


def _debt_paid(before: Account, amount: Credits) -> Credits:
    return max(min(-before.balance, amount), ZERO)


def _sum(parts: Iterable[Burn | Clawback]) -> Credits:
    return sum((each.amount for each in parts), ZERO)
