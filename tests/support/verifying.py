"""The whole verification, for tests: the ledger's own invariants and those of its payments."""

from typing import Protocol

from prepaid.domain.credits import AccountId
from prepaid.ledger import verification
from prepaid.ledger.ports import LedgerAudit
from prepaid.ledger.verification import Violation
from prepaid.payments.ports import Payments
from prepaid.payments.verification import PaymentCheck


class Audited(LedgerAudit, Protocol):
    """A store that knows the payments beside it."""

    @property
    def payments(self) -> Payments:
        """The payments whose facts the ledger follows."""


def verify(store: Audited, account_id: AccountId) -> list[Violation]:
    """Return every invariant that an account and its payments break."""
    return list(verification.verify(store, account_id, [PaymentCheck(store.payments, ["stripe"])]))
