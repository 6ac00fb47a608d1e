"""Voiding: an admin takes back what is left of one grant, once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import override

from prepaid.domain.commands import Command
from prepaid.domain.credits import ZERO
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import AlreadyReversed, InsufficientCredits, NotFound, Refusal
from prepaid.domain.grants import burn


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidGrant(Command):
    """Take back what is left of a grant. `force` allows it where open holds need the credits.

    `client_key` is the Idempotency-Key of the request: the grant itself is the key of its void.
    """

    grant_id: int
    client_key: str
    force: bool = False

    @override
    def content(self) -> Mapping[str, object]:
        """Return which grant is voided, and in which request."""
        return {
            **Command.content(self),
            "grant_id": self.grant_id,
            "key": self.client_key,
            "force": self.force or None,
        }

    @override
    def clash(self, entry: Entry) -> Refusal:
        """Return `already_reversed`: a grant is voided once."""
        return AlreadyReversed("What was left of this grant was voided before.")


def void_grant(decision: Decision, command: VoidGrant) -> Decision:
    """Take back what is left of a grant, also where it has expired and only holds keep it.

    Raises `NotFound` for a grant that holds nothing; `InsufficientCredits` when less than nothing
    would be available, unless `force`.
    """
    account, now = decision.account, decision.now
    grant = next((each for each in account.grants if each.grant_id == command.grant_id), None)
    if grant is None:
        raise NotFound("There is no such grant with credits left.")
    grants, burned = burn(account.grants, [grant], grant.remaining)
    after = replace(account, balance=account.balance - grant.remaining, grants=grants)
    if after.available(now) < min(account.available(now), ZERO) and not command.force:
        available = account.available(now)
        raise InsufficientCredits(required=grant.remaining, available=max(available, ZERO))
    return decision.append_entry(
        after,
        EntryKind.ADJUSTMENT,
        command,
        amount=-grant.remaining,
        burned=burned,
        grant_id=grant.grant_id,
    )
