"""What calls need from outside: what is kept of them, and the provider that makes them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from prepaid.calls.call import Call
from prepaid.calls.facts import CallEvent
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant


class Calls(Protocol):
    """Keeps what is known of calls."""

    def call(self, call_id: str) -> Call:
        """Return a call, consistently; one that nothing is kept of is empty.

        Raises `Unavailable`.
        """

    def save(self, call: Call) -> None:
        """Write a call that was read with the version it carries, raising that version.

        Raises `RecordMoved` when another write came first, and `Unavailable`.
        """

    def due(self, *, now: Instant) -> Iterator[str]:
        """Go through the ids of the calls that must be asked for at *now*, each once.

        May lag behind by moments. Raises `Unavailable`.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSource:
    """Whose calls come over a phone number, or out of a campaign, by the provider's id of it.

    `assistant_id` is the assistant that answers inbound calls of a number.
    """

    source_id: str
    account_id: AccountId
    assistant_id: str | None
    updated_at: Instant
    updated_by: str


class CallSources(Protocol):
    """Keeps which phone numbers and campaigns belong to which account."""

    def source(self, source_id: str) -> CallSource | None:
        """Return a source, consistently, or `None`. Raises `Unavailable`."""

    def change(self, before: CallSource | None, after: CallSource | None, audit: AuditRow) -> bool:
        """Write a source, new or in place of *before*, or forget *before*; and the audit of it.

        Say whether it still was as it had been read: otherwise nothing is written. Raises
        `Unavailable`.
        """

    def sources(self, *, limit: int, after: str | None = None) -> Sequence[CallSource]:
        """Return at most *limit* sources by their ids, after one of them. Raises `Unavailable`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallList:
    """Calls of a stretch of time, in no order; *whole* unless there may be others.

    `unreadable` is how many of them cannot be read.
    """

    calls: Sequence[CallEvent]
    whole: bool
    unreadable: int = 0


class CallProvider(Protocol):
    """Makes the calls, and knows what became of them."""

    def is_set_up(self) -> bool:
        """Say whether we have a key to the provider. Raises `Unavailable`."""

    def calls(self, *, since: Instant, until: Instant) -> CallList:
        """Return calls that were created from *since* until just before *until*; one request.

        Raises `Unavailable`.
        """

    def call(self, call_id: str) -> CallEvent | None:
        """Return what the provider says of a call, or `None` for one that it does not know.

        Raises `Unavailable`.
        """

    def end_call(self, control_url: str) -> bool:
        """Ask that a running call ends; say whether the provider took that on.

        Raises `InvalidRequest` for an address that is not the provider's, and `Unavailable`.
        """
