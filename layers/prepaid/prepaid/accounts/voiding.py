"""Voiding a grant: one that was merged into another can no longer be told apart."""

from collections.abc import Collection

from prepaid.accounts.grants import MOST
from prepaid.domain import keys
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import GrantMerged, NotFound
from prepaid.domain.voiding import VoidGrant
from prepaid.ledger.posting import Ledger, Posting


def void_grant(
    ledger: Ledger,
    account_id: AccountId,
    command: VoidGrant,
    clock: Instant,
    providers: Collection[str],
) -> Posting:
    """Take back what is left of a grant, once.

    Raises `NotFound`, `GrantMerged`, `AlreadyReversed`, `InsufficientCredits`, `Unavailable`.
    """
    try:
        return ledger.post(account_id, lambda _: command, clock)
    except NotFound as exc:
        into = _merged_into(ledger, account_id, command.grant_id, providers)
        if into is None:
            raise
        raise GrantMerged(into=f"g{into}") from exc


def _merged_into(
    ledger: Ledger, account_id: AccountId, number: int, providers: Collection[str]
) -> int | None:
    """Follow a grant through every merge; return the one it lives on in, or `None`."""
    into: dict[int, int] = {}
    for prefix in keys.about_grants(providers):
        for entry in ledger.entries_under(account_id, prefix, limit=MOST):
            if entry.merged:
                into |= dict.fromkeys(entry.merged[1:], entry.merged[0])
    if number not in into:
        return None
    while number in into:
        number = into[number]
    return number
