"""What administrators ask for, and what would come of it."""

from typing import Self

from pydantic import Field

from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import Adjust
from prepaid.domain.credits import Credits, Instant
from prepaid.ledger.levels import Level, level_of
from prepaid.ledger.preview import Preview
from prepaid.web.amounts import SignedCreditsIn
from prepaid.web.fields import AccountIdIn, Metadata, Note, Reason, Reference
from prepaid.web.models import Flag, WireIn, WireOut
from prepaid.web.outputs import CreditsOut


class AdjustIn(WireIn):
    """Credits to add (more than 0) or to remove (less than 0), and why."""

    account_id: AccountIdIn
    amount: SignedCreditsIn
    reason: Reason
    note: Note | None = None
    create: Flag = False
    force: Flag = False
    preview: Flag = Field(default=False, description="Say what would come of it; write nothing.")
    reference: Reference | None = None
    metadata: Metadata | None = None

    def command(
        self, *, key: str, actor: str, request_id: str, at_most: Credits | None = None
    ) -> Adjust:
        """Return the correction that is meant, by somebody who may correct *at_most* so much."""
        return Adjust(
            key=keys.adjustment(key),
            actor=actor,
            request_id=request_id,
            audit="adjust",
            reason=self.reason,
            note=self.note,
            reference=self.reference,
            metadata=self.metadata or {},
            amount=self.amount,
            at_most=at_most,
            create=self.create,
            force=self.force,
        )


class AccountStandingOut(WireOut):
    """How an account stands at one moment."""

    balance: CreditsOut
    held: CreditsOut
    available: CreditsOut
    level: Level

    @classmethod
    def of(cls, account: Account, now: Instant) -> Self:
        """Show how *account* stands."""
        return cls(
            balance=str(account.balance),
            held=str(account.held(now)),
            available=str(account.available(now)),
            level=level_of(account, unlimited=False),
        )


class PreviewOut(WireOut):
    """What would come of a correction; nothing was written, and the key is still free."""

    account_id: str
    amount: CreditsOut
    before: AccountStandingOut
    after: AccountStandingOut
    crosses: list[CreditsOut] = Field(
        description="Thresholds below which the balance would fall, highest first."
    )

    @classmethod
    def of(cls, shown: Preview) -> Self:
        """Show what *shown* would come to."""
        return cls(
            account_id=shown.after.account_id,
            amount=str(shown.entry.amount),
            before=AccountStandingOut.of(shown.before, shown.now),
            after=AccountStandingOut.of(shown.after, shown.now),
            crosses=[str(each) for each in shown.crosses],
        )
