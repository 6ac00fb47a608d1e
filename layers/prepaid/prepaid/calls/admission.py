"""Admission: before a call starts, credits are set aside for as long as it may be.

How much is set aside is decided inside the ledger's decision, and how long the call may be follows
from the entry alone, so a repeat says the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from prepaid.calls.pricing import (
    DEFAULT_SECONDS,
    GRACE_SECONDS,
    LEAST_SECONDS,
    OPERATION,
    hold_for,
    seconds_within,
    warn_at,
)
from prepaid.calls.reference import METADATA_KEY, CallReference, signed
from prepaid.catalogue.ports import Catalogue
from prepaid.catalogue.prices import price_at
from prepaid.domain import keys
from prepaid.domain.account import Account, Status
from prepaid.domain.commands import Actor, Command
from prepaid.domain.credits import SMALLEST, AccountId, Credits, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.errors import AccountFrozen, InsufficientCredits, LimitExceeded
from prepaid.domain.hold_commands import OpenHold
from prepaid.domain.keys import Key, Writer
from prepaid.domain.limiting import SpendingLimitExceeded
from prepaid.domain.pricing import in_force
from prepaid.domain.projecting import projected
from prepaid.domain.spending import price_in_force
from prepaid.ledger.posting import Ledger, Posting

_LONGEST, _PLAN = "longest_seconds", "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRequest:
    """A call that somebody is about to make; `key` is the caller's own idempotency key."""

    account_id: AccountId
    key: str
    assistant_id: str | None = None
    max_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A call that may start: out of which hold it is paid, and how long it may be.

    `metadata` is to be passed on to the provider, which repeats it in its messages.
    """

    entry: Entry
    max_duration_seconds: int
    warn_at_seconds: int | None
    metadata: Mapping[str, str]
    replayed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAdmitted:
    """A call that may not start: the code of the refusal, and what the least call needs."""

    reason: str
    required: Credits
    available: Credits


class CallAdmission:
    """Admits calls of at most *most_seconds* each."""

    def __init__(
        self,
        ledger: Ledger,
        catalogue: Catalogue,
        signing_key: Callable[[], bytes],
        most_seconds: int = DEFAULT_SECONDS,
    ) -> None:
        self._ledger = ledger
        self._catalogue = catalogue
        self._signing_key = signing_key
        self._most_seconds = most_seconds

    def admit(self, request: CallRequest, actor: Actor, now: Instant) -> Admitted | NotAdmitted:
        """Admit an outbound call, or say why not, with nothing written.

        Raises `UnknownOperation`, `KeyReused` and `Unavailable`; repeating is safe.
        """
        key = keys.admission(actor.writer, request.key)
        try:
            return self._decided(request, key, actor, now)
        except (AccountFrozen, LimitExceeded) as refusal:
            return self._not_admitted(request.account_id, refusal.code, now)

    def admit_inbound(
        self, call_id: str, request: CallRequest, actor: Actor, now: Instant
    ) -> Admitted | NotAdmitted:
        """Admit the inbound call *call_id*, however often the provider asks.

        Raises what `admit` raises, and `AccountFrozen` and `LimitExceeded`: reading what the call
        would need takes time that nobody has.
        """
        return self._decided(request, keys.inbound_call(call_id), actor, now)

    def affords(self, account_id: AccountId, now: Instant) -> bool:
        """Say whether an account could pay for the least call now; writes nothing."""
        account = projected(self._ledger.account(account_id), now).account
        price = price_at(self._catalogue, account, OPERATION, account.now(now))
        if price is None or account.status is not Status.ACTIVE:
            return False
        least = hold_for(price, LEAST_SECONDS)
        return account.unlimited or account.available(now) >= least

    def _decided(
        self, request: CallRequest, key: Key, actor: Actor, now: Instant
    ) -> Admitted | NotAdmitted:
        try:
            posted = self._ledger.post(
                request.account_id,
                lambda account: self._hold(request, key, actor, account, now),
                now,
            )
        except InsufficientCredits as refusal:
            return NotAdmitted(
                reason=refusal.code, required=refusal.required, available=refusal.available
            )
        except SpendingLimitExceeded as refusal:
            return NotAdmitted(
                reason=refusal.code, required=refusal.required, available=refusal.standing.left
            )
        return self._admitted(posted)

    def _hold(
        self, request: CallRequest, key: Key, actor: Actor, account: Account, now: Instant
    ) -> Command:
        """Ask for what the balance allows, up to the longest call and down to the least."""
        longest = min(request.max_seconds or self._most_seconds, self._most_seconds)
        price = price_at(self._catalogue, account, OPERATION, account.now(now))
        content = {
            "admits": OPERATION,
            "assistant_id": request.assistant_id,
            "max_duration_seconds": request.max_seconds,
        }
        metadata = {_LONGEST: str(longest), _PLAN: price.plan if price else ""}
        if request.assistant_id is not None:
            metadata["assistant_id"] = request.assistant_id
        return OpenHold(
            key=key,
            request=content,
            actor=actor.name,
            request_id=actor.request_id,
            metadata=metadata,
            operation=OPERATION,
            price=price,
            at_most=hold_for(price, longest) if price else None,
            at_least=hold_for(price, LEAST_SECONDS) if price else SMALLEST,
            expires_in=longest + GRACE_SECONDS,
            maker=Writer.SERVICE,
            unlimited=actor.unlimited,
        )

    def _admitted(self, posted: Posting) -> Admitted:
        """Read off the entry how long the call may be."""
        entry = posted.entry
        assert entry.hold_id is not None
        assert entry.hold_expires_at is not None
        versions = self._catalogue.prices(str(entry.metadata[_PLAN]), OPERATION)
        price = price_in_force(in_force(versions, entry.posted_at), OPERATION)
        most = int(str(entry.metadata[_LONGEST]))
        seconds = seconds_within(price, entry.held_change + entry.waived, most=most)
        reference = CallReference(
            account_id=entry.account_id, hold_id=entry.hold_id, expires_at=entry.hold_expires_at
        )
        return Admitted(
            entry=entry,
            max_duration_seconds=seconds,
            warn_at_seconds=warn_at(seconds),
            metadata={METADATA_KEY: signed(reference, self._signing_key())},
            replayed=posted.replayed,
        )

    def _not_admitted(self, account_id: AccountId, reason: str, now: Instant) -> NotAdmitted:
        account = projected(self._ledger.account(account_id), now).account
        price = price_at(self._catalogue, account, OPERATION, account.now(now))
        return NotAdmitted(
            reason=reason,
            required=hold_for(price_in_force(price, OPERATION), LEAST_SECONDS),
            available=account.available(now),
        )
