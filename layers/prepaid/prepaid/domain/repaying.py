"""What a payment's facts do to its account: the grant, what is taken back, what is given back."""

from dataclasses import replace

from prepaid.domain.account import Account
from prepaid.domain.commands import Command
from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import EntryKind
from prepaid.domain.grants import DEFAULT_PRIORITY, Burn, Grant, GrantKind, burn_totals
from prepaid.domain.keys import Key
from prepaid.domain.payments import Payment, Taken


def grant_purchase(
    decision: Decision, command: Command, payment: Payment
) -> tuple[Decision, Payment]:
    """Give what was bought: one entry for the credits and one for the bonus.

    A payment is never refused: it may be one more grant than the account could otherwise have.
    """
    parts = [
        (EntryKind.PURCHASE, GrantKind.PURCHASED, payment.credits, payment.price, command.key),
        (EntryKind.BONUS, GrantKind.BONUS, payment.bonus, 0, Key(f"{command.key}:bonus")),
    ]
    grant_ids: list[int] = []
    for entry_kind, grant_kind, amount, cost_basis, key in parts:
        if not amount:
            continue
        grant = Grant(
            grant_id=decision.account.seq + 1,
            kind=grant_kind,
            amount=amount,
            remaining=amount,
            cost_basis=cost_basis,
        )
        account, debt_paid = decision.account.given(grant)
        decision = decision.posted(
            account,
            entry_kind,
            replace(command, key=key),
            amount=amount,
            grant_id=grant.grant_id,
            debt_paid=debt_paid,
        )
        grant_ids.append(grant.grant_id)
    return decision, replace(payment, granted=True, grant_ids=tuple(grant_ids))


def settle_payment(
    decision: Decision, command: Command, payment: Payment, kind: EntryKind
) -> tuple[Decision, Payment]:
    """Move the ledger by the difference between what is owed back and what was taken.

    *kind* names what caused it, a refund or a dispute. No difference, no entry.
    """
    if payment.difference > ZERO:
        return _take(decision, command, payment, kind)
    if payment.difference < ZERO:
        return _give_back(decision, command, payment, kind, -payment.difference)
    return decision, payment


def _take(
    decision: Decision, command: Command, payment: Payment, kind: EntryKind
) -> tuple[Decision, Payment]:
    """Take from this purchase's own grants in proportion, then the others, then as debt."""
    purchased, bonus = payment.owed_back
    before, now = decision.account, decision.now
    amount = left = payment.difference
    account, burned = before, list[Burn]()
    shares = {GrantKind.PURCHASED: purchased, GrantKind.BONUS: bonus}
    own = [grant for grant in before.grants if grant.grant_id in payment.grant_ids]
    for grant in own:
        share = shares[grant.kind] - _taken_from(payment, grant.grant_id)
        some = min(max(share, ZERO), grant.remaining, left)
        account, parts = account.burning(some, now, first=(grant,))
        burned += parts
        left -= some
    account, rest = account.burning(left, now, first=tuple(own))
    totals = burn_totals([*burned, *rest])
    taken = _terms(before, totals, now)
    debt = amount - Credits(sum(each.amount.hundredths for each in totals))
    if debt:
        taken = (*taken, _debt(debt))
    posted = decision.posted(
        account, kind, _following(decision, command), amount=-amount, burned=totals
    )
    return posted, replace(payment, taken=(*payment.taken, *taken))


def _give_back(
    decision: Decision, command: Command, payment: Payment, kind: EntryKind, amount: Credits
) -> tuple[Decision, Payment]:
    """Give back what was taken last, first: into the grant it came from, or with its life left.

    Each grant made anew needs an entry of its own, whose number is its id.
    """
    left, taken = amount, list(payment.taken)
    homeward: list[Taken] = []
    anew: list[Taken] = []
    while left:
        last = taken.pop()
        part = replace(last, amount=min(last.amount, left))
        left -= part.amount
        if part.amount < last.amount:
            taken.append(replace(last, amount=last.amount - part.amount))
        (homeward if part.grant_id and part.life is None else anew).append(part)
    for part in anew:
        account, debt_paid = decision.account.given(_grant(decision, part))
        decision = decision.posted(
            account, kind, _following(decision, command), amount=part.amount, debt_paid=debt_paid
        )
    if homeward:
        decision = _returned(decision, command, kind, homeward)
    return decision, replace(payment, taken=tuple(taken))


def _returned(
    decision: Decision, command: Command, kind: EntryKind, parts: list[Taken]
) -> Decision:
    """Return *parts* to the grants that they were taken from; debt is paid first."""
    account = decision.account
    amount = sum((part.amount for part in parts), ZERO)
    debt = min(max(-account.balance, ZERO), amount)
    owed = debt
    grants = {grant.grant_id: grant for grant in account.grants}
    for part in parts:
        paid = min(part.amount, owed)
        owed -= paid
        if kept := part.amount - paid:
            home = grants.get(part.grant_id) or replace(
                _grant(decision, part),
                grant_id=part.grant_id,
                kind=part.kind,
                amount=part.whole,
                remaining=ZERO,
            )
            grants[part.grant_id] = replace(home, remaining=home.remaining + kept)
    account = replace(
        account,
        balance=account.balance + amount,
        grants=tuple(sorted(grants.values(), key=lambda grant: grant.grant_id)),
    )
    return decision.posted(
        account, kind, _following(decision, command), amount=amount, debt_paid=debt
    )


def _following(decision: Decision, command: Command) -> Command:
    """Return *command* under a key that no other entry can have: its kind, subject and number."""
    return replace(command, key=Key(f"{command.key}:{decision.account.seq + 1}"))


def _grant(decision: Decision, part: Taken) -> Grant:
    return Grant(
        grant_id=decision.account.seq + 1,
        kind=GrantKind.RESTORED,
        amount=part.amount,
        remaining=part.amount,
        expires_at=None if part.life is None else Instant(decision.now + part.life),
        priority=part.priority,
        cost_basis=part.cost_basis,
    )


def _taken_from(payment: Payment, grant_id: int) -> Credits:
    return sum((each.amount for each in payment.taken if each.grant_id == grant_id), ZERO)


def _terms(account: Account, totals: tuple[Burn, ...], now: Instant) -> tuple[Taken, ...]:
    grants = {grant.grant_id: grant for grant in account.grants}
    return tuple(
        Taken(
            grant_id=each.grant_id,
            amount=each.amount,
            kind=grants[each.grant_id].kind,
            whole=grants[each.grant_id].amount,
            priority=grants[each.grant_id].priority,
            cost_basis=grants[each.grant_id].cost_basis,
            life=None if expires_at is None else max(expires_at - now, 1),
        )
        for each in totals
        for expires_at in [grants[each.grant_id].expires_at]
    )


def _debt(amount: Credits) -> Taken:
    return Taken(
        grant_id=0,
        amount=amount,
        kind=GrantKind.RESTORED,
        whole=amount,
        priority=DEFAULT_PRIORITY,
        cost_basis=0,
    )
