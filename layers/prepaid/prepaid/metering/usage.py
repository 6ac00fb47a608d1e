"""Metering: usage recorded and paid for, alone or many at once, directly or out of a hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prepaid.catalogue.ports import Catalogue
from prepaid.catalogue.prices import price_at, price_of_hold
from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import OVER_HOLD, Actor, Command, Spend
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import begin
from prepaid.domain.errors import (
    Forbidden,
    HoldEnded,
    KeyReused,
    NotFound,
    PrepaidError,
    Refusal,
    Unavailable,
)
from prepaid.domain.keys import Writer
from prepaid.domain.limiting import standings, within_limits
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
from prepaid.metering.holds import HoldEnd, HoldExtension, HoldRequest


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

        def prepare(account: Account) -> Command:
            at = account.now(now)
            return request.command(actor, price_at(self._catalogue, account, request.operation, at))

        return self._ledger.post(request.account_id, prepare, now)

    def extend(self, extension: HoldExtension, actor: Actor, now: Instant) -> Posted:
        """Let a hold end later and set more aside for it, all or nothing.

        Raises `HoldEnded`, `NotFound`, `Forbidden`, `AccountFrozen`, `LimitExceeded`,
        `InsufficientCredits`, and `Unavailable`.
        """
        command, account_id = extension.command(actor), extension.account_id
        budget = self._ledger.budget()
        return self._post_on_hold(account_id, extension.hold_id, lambda _: command, now, budget)

    def capture(self, end: HoldEnd, actor: Actor, now: Instant) -> Posted:
        """Pay for what was used out of a hold. Raises `HoldEnded`, `NotFound`, `Forbidden`."""
        budget = self._ledger.budget()

        def prepare(account: Account) -> Command:
            if end.final:
                self._refuse_key_of_part(account, end, actor, budget)
            return end.capture(actor, price_of_hold(self._catalogue, account, end.hold_id))

        return self._post_on_hold(end.account_id, end.hold_id, prepare, now, budget)

    def void(self, end: HoldEnd, actor: Actor, now: Instant) -> Posted:
        """Release a hold unused. Raises `HoldEnded`, `NotFound`, `Forbidden`."""
        budget = self._ledger.budget()

        def prepare(account: Account) -> Command:
            self._refuse_key_of_part(account, end, actor, budget)
            return end.void(actor)

        return self._ledger.post(end.account_id, prepare, now, budget)

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
        free = account.unlimited or actor.unlimited
        room = available if free else within_limits(account, usage.operation, available)
        most = most_affordable(price, usage.asked, carry, room)
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
            limits=standings(account, now, usage.operation),
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

    def _post_on_hold(
        self,
        account_id: AccountId,
        hold_id: int,
        prepare: Prepare,
        now: Instant,
        budget: RetryBudget,
    ) -> Posted:
        """Post what is asked of a hold; only the key of an end says that it has ended."""
        try:
            return self._ledger.post(account_id, prepare, now, budget)
        except NotFound as unknown:
            if self._ledger.entry(account_id, keys.hold_end(hold_id), budget) is None:
                raise
            raise HoldEnded(OVER_HOLD) from unknown

    def _refuse_key_of_part(
        self, account: Account, end: HoldEnd, actor: Actor, budget: RetryBudget
    ) -> None:
        """Refuse to end a hold under the key that one of its parts was captured by.

        The two have keys of their own in the ledger, so neither is found taken by the other. That
        is exact: a part that comes after this look moves the account, which is then decided again.
        """
        hold = account.hold(end.hold_id)
        if hold is None or not hold.parts:
            return
        part = self._ledger.entry(account.account_id, keys.capture(actor.writer, end.key), budget)
        if part is not None:
            raise KeyReused("This Idempotency-Key was used for a capture that was not final.")

    def _spending(self, usage: Usage, actor: Actor, now: Instant) -> Prepare:
        at = usage.occurred_at
        if at is not None and actor.writer is not Writer.SERVICE:
            raise Forbidden("Only a service may say when usage occurred.")

        def prepare(account: Account) -> Command:
            return Spend(
                key=keys.usage(actor.writer, usage.key),
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
