"""What administrators ask for."""

from prepaid.domain import keys
from prepaid.domain.commands import Adjust
from prepaid.web.amounts import SignedCreditsIn
from prepaid.web.fields import AccountIdIn, Metadata, Reason, Reference
from prepaid.web.models import Flag, WireIn


class AdjustIn(WireIn):
    """Credits to add (more than 0) or to remove (less than 0), and why."""

    account_id: AccountIdIn
    amount: SignedCreditsIn
    reason: Reason
    create: Flag = False
    force: Flag = False
    reference: Reference | None = None
    metadata: Metadata | None = None

    def command(self, *, key: str, actor: str, request_id: str) -> Adjust:
        """Return the correction that is meant."""
        return Adjust(
            key=keys.adjustment(key),
            actor=actor,
            request_id=request_id,
            reason=self.reason,
            reference=self.reference,
            metadata=self.metadata or {},
            amount=self.amount,
            create=self.create,
            force=self.force,
        )
