"""Promotional credits, given by hand."""

from prepaid.domain.commands import Give
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.grants import GrantKind
from prepaid.domain.keys import Key
from prepaid.ledger.posting import Posting

from tests.support.asking import new_request_id
from tests.support.selling import Counter


def gift(
    counter: Counter, account_id: AccountId, amount: str, *, life: int | None = None
) -> Posting:
    """Give promotional credits that live for so many seconds."""
    request_id = new_request_id()
    command = Give(
        key=Key(f"a:gift:{request_id}"),
        actor="admin:admin-1",
        request_id=request_id,
        entry_kind=EntryKind.GRANT,
        grant_kind=GrantKind.PROMOTIONAL,
        amount=Credits.parse(amount),
        expires_at=None if life is None else Instant(counter.now + life),
    )
    return counter.harness.ledger.post(account_id, lambda _: command, counter.now)
