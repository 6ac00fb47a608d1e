"""Mapping phone numbers and campaigns to accounts: audited, and none overwrites another unseen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from prepaid.calls.ports import CallSource, CallSources
from prepaid.domain.auditing import NOTHING, AdminAct, AuditRow
from prepaid.domain.errors import NotFound
from prepaid.ledger.ports import RetryBudget


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMapping:
    """Changes sources for admins; of two at once, the later one says what it replaced."""

    sources: CallSources
    budget: Callable[[], RetryBudget]

    def put(self, source: CallSource, by: AdminAct) -> None:
        """Map a number or a campaign to an account, whoever had it. Raises `Unavailable`."""
        budget = self.budget()
        while True:
            before = self.sources.source(source.source_id)
            audit = _audit("put_phone_number", source.source_id, by, before, source)
            if self.sources.change(before, source, audit):
                return
            budget.pause()

    def delete(self, source_id: str, by: AdminAct) -> None:
        """Forget whose a number or a campaign is. Raises `NotFound`, `Unavailable`."""
        budget = self.budget()
        while True:
            before = self.sources.source(source_id)
            if before is None:
                raise NotFound("There is no such phone number.")
            audit = _audit("delete_phone_number", source_id, by, before, None)
            if self.sources.change(before, None, audit):
                return
            budget.pause()


def _audit(
    action: str, source_id: str, by: AdminAct, before: CallSource | None, after: CallSource | None
) -> AuditRow:
    owner = after or before
    return by.audit(
        action,
        source_id,
        before=_shown(before),
        after=_shown(after),
        account_id=owner.account_id if owner else None,
    )


def _shown(source: CallSource | None) -> Mapping[str, object]:
    if source is None:
        return NOTHING
    return {"account_id": source.account_id, "assistant_id": source.assistant_id}
