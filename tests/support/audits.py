"""Rows of what admins did, and sources that they mapped, for tests about something else."""

from itertools import count

from prepaid.calls.ports import CallSource, CallSources
from prepaid.domain.auditing import AdminAct, AuditRow
from prepaid.domain.credits import Instant

_requests = count(1)


def act(now: int = 1_795_000_000, reason: str | None = None) -> AdminAct:
    """Return an act of an admin, in a request of its own."""
    request_id = f"request-{next(_requests)}"
    return AdminAct(actor="admin:a", request_id=request_id, now=Instant(now), reason=reason)


def audit_row(subject: str = "subject") -> AuditRow:
    """Return a row that stands for what an admin did to *subject*."""
    return act().audit("test", subject)


def map_source(sources: CallSources, source: CallSource) -> None:
    """Map a number or a campaign to its account."""
    before = sources.source(source.source_id)
    assert sources.change(before, source, audit_row(source.source_id))


def forget_source(sources: CallSources, source_id: str) -> bool:
    """Forget a source; say whether it was there."""
    before = sources.source(source_id)
    return before is not None and sources.change(before, None, audit_row(source_id))
