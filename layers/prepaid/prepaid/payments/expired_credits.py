"""What of a purchase's credits has expired: computed from the ledger, not from the payment."""

from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, Credits
from prepaid.domain.decisions import Decision
from prepaid.ledger.ports import RetryBudget
from prepaid.ledger.posting import Ledger
from prepaid.payments.payment import Payment

MAX_EXPIRIES = 1_000
"""More parts than a grant can expire in: one at its end, one for each hold that was open then."""


def expired_of(
    payment: Payment,
    account: Account,
    settled: Decision,
    ledger: Ledger,
    budget: RetryBudget | None = None,
) -> Credits:
    """Add up what has expired of a purchase's own credits, with what *settled* writes of it.

    *account* was read before: entries above its number belong to a later state and are passed
    over. Raises `Unavailable`.
    """
    expired = ZERO
    for root in payment.own:
        prefix = keys.expiries(root)
        found = ledger.entries_under(account.account_id, prefix, limit=MAX_EXPIRIES, budget=budget)
        assert len(found) < MAX_EXPIRIES, "no grant expires in so many parts"
        expiries = [entry for entry in found if entry.seq <= account.seq]
        expiries += [entry for entry in settled.entries if entry.key.startswith(prefix)]
        expired -= sum((entry.amount for entry in expiries), ZERO)
    return expired
