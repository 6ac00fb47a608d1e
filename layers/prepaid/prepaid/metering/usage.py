"""Metering: usage recorded and paid for, alone or many at once, directly or out of a hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prepaid.catalogue.ports import Catalogue
from prepaid.catalogue.prices import price_at, price_of_hold
from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import Actor, Capture, Command, OpenHold, Spend, Void
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import begin
from prepaid.domain.errors import Forbidden, PrepaidError, Refusal, Unavailable
from prepaid.domain.keys import Fingerprint, Key, Writer
from prepaid.domain.pricing import (
    Carry,
    RequestedQuantities,
    most_affordable,
    rate,
    seconds_affordable,
)
from prepaid.domain.projecting import projected
from prepaid.domain.spending import price_in_force
from prepaid.ledger.ports import RetryBudget
from prepaid.ledger.posting import Ledger, Posted, Prepare
from prepaid.metering.check import Check
from prepaid.metering.holds import HoldEnd, HoldRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """One use of an operation. `key` is the caller's own idempotency key."""

    account_id: AccountId
    key: str
    operation: str
    asked: RequestedQuantities
    rounded: bool = False
    reference: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    occurred_at: Instant | None = None


class Metering:
    """Turns usage into commands, priced by the account's plan."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue) -> None:
        self._ledger = ledger
        self._catalogue = catalogue

    def record(self, usage: Usage, actor: Actor, now: Instant) -> Posted:
        """Spend credits for one use. Raises what `spend` refuses, and `Unavailable`."""
        return self._ledger.post(usage.account_id, self._spending(usage, actor, now), now)

    def record_many(
        self, usages: Sequence[Usage], actor: Actor, now: Instant
    ) -> list[Posted | PrepaidError]:
        """Spend credits for many uses; one answer for each, in order.

        An answer `Unavailable` settles nothing: repeating the use with its key is safe.
        """
        budget = self._ledger.budget()
        answers: dict[int, Posted | PrepaidError] = {}
        by_account: dict[AccountId, dict[int, Usage]] = {}
        for index, usage in enumerate(usages):
            by_account.setdefault(usage.account_id, {})[index] = usage
        for done, (account_id, of_account) in enumerate(by_account.items()):
            share = budget.share(len(by_account) - done)
            answers |= self._of_one_account(account_id, of_account, actor, now, share)
        return [answers[index] for index in range(len(usages))]

    def open_hold(self, request: HoldRequest, actor: Actor, now: Instant) -> Posted:
        """Set credits aside. Raises what a hold is refused for, and `Unavailable`."""
        content = {
            "operation": request.operation,
            "expires_in": request.expires_in,
            "amount": _text(request.amount),
            **_content(request.asked, request.reference, request.metadata),
        }

        def prepare(account: Account) -> Command:
            return OpenHold(
                key=keys.hold(actor.writer, request.key),
                fingerprint=keys.fingerprint(content),
                actor=actor.name,
                request_id=actor.request_id,
                reference=request.reference,
                metadata=request.metadata,
                rounded=request.rounded,
                operation=request.operation,
                quantities=request.asked if request.asked is not None else {},
                amount=request.amount,
                expires_in=request.expires_in,
                maker=actor.writer,
                price=price_at(self._catalogue, account, request.operation, account.now(now)),
                unlimited=actor.unlimited,
            )

        return self._ledger.post(request.account_id, prepare, now)

    def capture(self, end: HoldEnd, actor: Actor, now: Instant) -> Posted:
        """Pay for what was used out of a hold. Raises `HoldEnded`, `NotFound`, `Forbidden`."""

        def prepare(account: Account) -> Command:
            return Capture(
                key=keys.hold_end(end.hold_id),
                fingerprint=_end_fingerprint("capture", end, actor),
                actor=actor.name,
                request_id=actor.request_id,
                reference=end.reference,
                metadata=end.metadata,
                rounded=end.rounded,
                hold_id=end.hold_id,
                writer=actor.writer,
                quantities=end.asked if end.asked is not None else {},
                amount=end.amount,
                price=price_of_hold(self._catalogue, account, end.hold_id),
                unlimited=actor.unlimited,
            )

        return self._ledger.post(end.account_id, prepare, now)

    def void(self, end: HoldEnd, actor: Actor, now: Instant) -> Posted:
        """Release a hold unused. Raises `HoldEnded`, `NotFound`, `Forbidden`."""
        command = Void(
            key=keys.hold_end(end.hold_id),
            fingerprint=_end_fingerprint("void", end, actor),
            actor=actor.name,
            request_id=actor.request_id,
            reference=end.reference,
            metadata=end.metadata,
            hold_id=end.hold_id,
            writer=actor.writer,
        )
        return self._ledger.post(end.account_id, lambda _: command, now)

    def check(self, usage: Usage, actor: Actor, now: Instant) -> Check:
        """Say whether *usage* would be accepted, by the rule that would decide it.

        Raises `UnknownOperation` and `InvalidRequest`; writes nothing.
        """
        account = projected(self._ledger.account(usage.account_id), now).account
        command = self._spending(usage, actor, now)(account)
        decision = begin(account, now, command)
        price = price_in_force(
            price_at(self._catalogue, account, usage.operation, now), usage.operation
        )
        carry = account.carry.get(usage.operation, Carry(0))
        cost = rate(price, usage.asked, carry).cost
        available = account.available(now)
        most = most_affordable(price, usage.asked, carry, available)
        reason = None
        try:
            decide(decision, command)
        except Refusal as refusal:
            reason = refusal.code
        return Check(
            allowed=reason is None,
            reason=reason,
            cost=cost,
            available=available,
            most=most,
            seconds_affordable=seconds_affordable(most),
        )

    def _of_one_account(
        self,
        account_id: AccountId,
        usages: Mapping[int, Usage],
        actor: Actor,
        now: Instant,
        budget: RetryBudget,
    ) -> Mapping[int, Posted | PrepaidError]:
        prepares: dict[int, Prepare] = {}
        refused: dict[int, Posted | PrepaidError] = {}
        for index, usage in usages.items():
            try:
                prepares[index] = self._spending(usage, actor, now)
            except Refusal as refusal:
                refused[index] = refusal
        try:
            posted = self._ledger.post_many(account_id, list(prepares.values()), now, budget)
        except Unavailable as unavailable:
            return refused | dict.fromkeys(prepares, unavailable)
        return refused | dict(zip(prepares, posted, strict=True))

    def _spending(self, usage: Usage, actor: Actor, now: Instant) -> Prepare:
        at = usage.occurred_at
        if at is not None and actor.writer is not Writer.SERVICE:
            raise Forbidden("Only a service may say when usage occurred.")
        content = {
            "operation": usage.operation,
            "occurred_at": at,
            **_content(usage.asked, usage.reference, usage.metadata),
        }
        fingerprint = keys.fingerprint(content)

        def prepare(account: Account) -> Command:
            return Spend(
                key=keys.usage(actor.writer, usage.key),
                fingerprint=fingerprint,
                actor=actor.name,
                request_id=actor.request_id,
                reference=usage.reference,
                metadata=usage.metadata,
                rounded=usage.rounded,
                operation=usage.operation,
                quantities=usage.asked,
                price=price_at(
                    self._catalogue, account, usage.operation, now if at is None else at
                ),
                occurred_at=at,
                unlimited=actor.unlimited,
            )

        return prepare


def _content(
    asked: RequestedQuantities | None, reference: str | None, metadata: Mapping[str, object]
) -> dict[str, object]:
    return {
        "quantities" if isinstance(asked, Mapping) else "quantity": asked,
        "reference": reference,
        "metadata": dict(metadata),
    }


def _text(amount: Credits | None) -> str | None:
    return None if amount is None else str(amount)


def _end_fingerprint(how: str, end: HoldEnd, actor: Actor) -> Fingerprint:
    return keys.fingerprint(
        {
            "end": how,
            "hold_id": end.hold_id,
            "key": Key(f"{actor.writer}:{end.key}"),
            "amount": _text(end.amount),
            **_content(end.asked, end.reference, end.metadata),
        }
    )
