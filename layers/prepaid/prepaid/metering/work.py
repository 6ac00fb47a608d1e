"""Work that is paid for once, however often it is tried: held before, paid or released after.

One piece of work has one key. Each attempt at it is a hold under that key and the attempt's number,
and a hold ends once; the next attempt opens a hold only when the last one was released. So at most
one of them is captured. An attempt that finds the last hold open takes it up again: whoever opened
it died, or is still at work, and both would capture the same hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from prepaid.catalogue.ports import Catalogue
from prepaid.catalogue.prices import price_at, price_of_hold
from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import Actor, Command
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import HoldEnded, LimitExceeded, NotFound
from prepaid.domain.hold_commands import Capture, ExtendHold, OpenHold, Void
from prepaid.domain.holds import Hold
from prepaid.domain.keys import Writer
from prepaid.domain.pricing import RequestedQuantities
from prepaid.ledger.posting import Ledger, Posting

MAX_ATTEMPTS = 100
"""At one piece of work; then it is refused for good, so that a message that never succeeds ends."""
ANSWER = "answer"
"""The name in a capture's metadata under which what the work answered is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One piece of work that costs credits: who pays, for what, and the key that makes it one.

    Set aside is the price of what is `expected`, or of an operation whose size is known afterwards
    as much as is available up to `at_most`. `content` is what the source sent under the key, where
    that may differ; what our code makes of it is no part of it, so that a release between two
    attempts does no harm. A hold lasts at least `seconds` from when the work begins.
    """

    account_id: AccountId
    operation: str
    key: str
    seconds: int
    expected: RequestedQuantities | None = None
    at_most: Credits | None = None
    content: str = ""
    reference: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt at a piece of work, under a hold. `paid` is the capture of an earlier attempt."""

    work: Work
    hold_id: int
    paid: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What the work used, and what is to be kept with the payment."""

    quantities: RequestedQuantities
    rounded: bool = False
    metadata: Mapping[str, object] = field(default_factory=dict)


class _NotReleased(Exception):
    """The hold of the attempt before is captured or open after all; nothing was opened."""


class PaidWork:
    """Lets work begin that can be paid, and pays for it or releases what was set aside."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue) -> None:
        self._ledger = ledger
        self._catalogue = catalogue

    def begin(self, work: Work, actor: Actor, now: Instant) -> Attempt:
        """Set credits aside for the next attempt, or find what an earlier one left.

        *actor* must name a request of its own for each attempt. Raises what a hold is refused for,
        `KeyReused` where the key came with another content, `LimitExceeded` after too many
        attempts, and `Unavailable`; then nothing may be done.
        """
        posted = self._open(work, actor, now, 1)
        if not posted.replayed:
            return Attempt(work=work, hold_id=posted.entry.seq)
        while True:
            number, hold_id = self._latest(work, actor)
            left = self._left(work, self._ledger.account(work.account_id), hold_id, now)
            if isinstance(left, Entry):
                return Attempt(work=work, hold_id=hold_id, paid=left)
            if left is not None and self._lasts(work, left, actor, now):
                return Attempt(work=work, hold_id=hold_id)
            if left is None:
                opened = self._open_next(work, actor, now, number, hold_id)
                if opened is not None and not opened.replayed:
                    return Attempt(work=work, hold_id=opened.entry.seq)

    def pay(self, attempt: Attempt, used: Used, actor: Actor, now: Instant) -> Entry:
        """Pay for work that was done, once whatever became of its hold; return the entry.

        A hold that was released meanwhile (it expired, or another attempt failed) is made up for:
        what is available pays, and the account's overage policy says what becomes of the rest.
        Raises `Unavailable`: the work may be tried again under its key; and for a lost hold what
        opening one is refused for.
        """
        work, hold_id = attempt.work, attempt.hold_id
        while True:
            try:
                prepare = partial(self._capture, work, hold_id, used, actor)
                return self._ledger.post(work.account_id, prepare, now).entry
            except HoldEnded:
                number, hold_id = self._latest(work, actor)
                left = self._left(work, self._ledger.account(work.account_id), hold_id, now)
                if isinstance(left, Entry):
                    return left
                if left is None:
                    opened = self._open_next(work, actor, now, number, hold_id, nothing=True)
                    hold_id = opened.entry.seq if opened else hold_id

    def release(self, attempt: Attempt, actor: Actor, now: Instant) -> None:
        """Release what was set aside for an attempt that failed. Raises `Unavailable`."""
        work, hold_id = attempt.work, attempt.hold_id
        command = Void(
            request={"end": "void", "hold_id": hold_id, "work": work.key},
            client_key=work.key,
            actor=actor.name,
            request_id=actor.request_id,
            reason="failed",
            reference=work.reference,
            hold_id=hold_id,
            writer=Writer.SERVICE,
        )
        try:
            self._ledger.post(work.account_id, lambda _: command, now)
        except HoldEnded:
            return

    def _open(
        self,
        work: Work,
        actor: Actor,
        now: Instant,
        number: int,
        *,
        before: int | None = None,
        nothing: bool = False,
    ) -> Posting:
        """Open the hold of an attempt, as a service's, so that no user can end it.

        Raises `_NotReleased` unless the hold *before* has been released, or is by this commit. That
        is exact: whatever becomes of it after this look moves the account, which is decided again.
        """
        if number > MAX_ATTEMPTS:
            raise LimitExceeded(limit="attempts under one key", allowed=MAX_ATTEMPTS)

        def prepare(account: Account) -> Command:
            if before is not None and self._left(work, account, before, now) is not None:
                raise _NotReleased
            return OpenHold(
                key=keys.attempt(actor.writer, work.key, number),
                request={"work": work.operation, "content": work.content},
                actor=actor.name,
                request_id=actor.request_id,
                reference=work.reference,
                metadata=work.metadata,
                operation=work.operation,
                quantities={} if work.expected is None else work.expected,
                amount=ZERO if nothing else None,
                at_most=None if nothing else work.at_most,
                expires_in=work.seconds * 2,
                maker=Writer.SERVICE,
                price=price_at(self._catalogue, account, work.operation, account.now(now)),
                unlimited=actor.unlimited,
            )

        return self._ledger.post(work.account_id, prepare, now)

    def _open_next(
        self,
        work: Work,
        actor: Actor,
        now: Instant,
        number: int,
        before: int,
        *,
        nothing: bool = False,
    ) -> Posting | None:
        """Open a hold behind attempt *number*, or return `None` if that is not over after all."""
        try:
            return self._open(work, actor, now, number + 1, before=before, nothing=nothing)
        except _NotReleased:
            return None

    def _latest(self, work: Work, actor: Actor) -> tuple[int, int]:
        """Return the number of the last attempt and its hold."""
        found = self._ledger.entries_under(
            work.account_id, keys.attempts(actor.writer, work.key), limit=MAX_ATTEMPTS
        )
        return len(found), found[-1].seq

    def _left(
        self, work: Work, account: Account, hold_id: int, now: Instant
    ) -> Entry | Hold | None:
        """Return what an attempt left: the entry that paid, its open hold, or `None`."""
        hold = account.hold(hold_id)
        if hold is not None:
            return None if hold.expired(account.now(now)) else hold
        end = self._ledger.entry(work.account_id, keys.hold_end(hold_id))
        return end if end is not None and end.kind is EntryKind.CAPTURE else None

    def _lasts(self, work: Work, hold: Hold, actor: Actor, now: Instant) -> bool:
        """Make an open hold last as long as one more attempt; say whether it is still open."""
        if hold.expires_at >= now + work.seconds:
            return True
        command = ExtendHold(
            key=keys.extension(Writer.SERVICE, f"work#{hold.number}#{actor.request_id}"),
            request={"hold_id": hold.number, "work": work.key},
            actor=actor.name,
            request_id=actor.request_id,
            hold_id=hold.number,
            writer=Writer.SERVICE,
            expires_in=work.seconds * 2,
            unlimited=actor.unlimited,
        )
        try:
            self._ledger.post(work.account_id, lambda _: command, now)
        except (HoldEnded, NotFound):
            return False
        return True

    def _capture(
        self, work: Work, hold_id: int, used: Used, actor: Actor, account: Account
    ) -> Command:
        return Capture(
            request={"end": "capture", "hold_id": hold_id, "work": work.key},
            client_key=work.key,
            actor=actor.name,
            request_id=actor.request_id,
            reference=work.reference,
            metadata={**work.metadata, **used.metadata},
            rounded=used.rounded,
            hold_id=hold_id,
            writer=Writer.SERVICE,
            price=price_of_hold(self._catalogue, account, hold_id),
            quantities=used.quantities,
            unlimited=actor.unlimited,
        )
