"""Metering: usage recorded and paid for, alone or many at once, directly or out of a hold."""

from collections.abc import Sequence
from dataclasses import replace

from prepaid.catalogue.ports import Catalogue
from prepaid.catalogue.prices import price_at, price_of_hold
from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import Command, Spend
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import begin
from prepaid.domain.errors import (
    HoldEnded,
    KeyReused,
    NotFound,
    PrepaidError,
    Refusal,
    Unavailable,
)
from prepaid.domain.hold_commands import (
    OVER_HOLD,
    Capture,
    EndHold,
    ExtendHold,
    OnHold,
    OpenHold,
    Void,
)
from prepaid.domain.limiting import standings, within_limits
from prepaid.domain.pricing import Carry, most_affordable, rate, seconds_affordable
from prepaid.domain.projecting import projected
from prepaid.domain.spending import price_in_force
from prepaid.ledger.ports import RetryBudget
from prepaid.ledger.posting import Ledger, Posting, Prepare
from prepaid.metering.check import Check


class Metering:
    """Prices what is asked for by the account's plan, and posts it."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue) -> None:
        self._ledger = ledger
        self._catalogue = catalogue

    def record(self, account_id: AccountId, spend: Spend, now: Instant) -> Posting:
        """Spend credits for one use. Raises what `spend` refuses, and `Unavailable`."""
        return self._ledger.post(account_id, self._priced(spend, now), now)

    def record_many(
        self, spends: Sequence[tuple[AccountId, Spend]], now: Instant
    ) -> list[Posting | PrepaidError]:
        """Spend credits for many uses; one answer for each, in order.

        An answer `Unavailable` settles nothing: repeating the use with its key is safe.
        """
        budget = self._ledger.budget()
        answers: dict[int, Posting | PrepaidError] = {}
        by_account: dict[AccountId, dict[int, Prepare]] = {}
        for index, (account_id, spend) in enumerate(spends):
            by_account.setdefault(account_id, {})[index] = self._priced(spend, now)
        for done, (account_id, prepares) in enumerate(by_account.items()):
            share = budget.share(len(by_account) - done)
            try:
                posted = self._ledger.post_many(account_id, list(prepares.values()), now, share)
            except Unavailable as unavailable:
                answers |= dict.fromkeys(prepares, unavailable)
            else:
                answers |= zip(prepares, posted, strict=True)
        return [answers[index] for index in range(len(spends))]

    def open_hold(self, account_id: AccountId, hold: OpenHold, now: Instant) -> Posting:
        """Set credits aside. Raises what a hold is refused for, and `Unavailable`."""

        def prepare(account: Account) -> Command:
            at = account.now(now)
            return replace(hold, price=price_at(self._catalogue, account, hold.operation, at))

        return self._ledger.post(account_id, prepare, now)

    def extend(self, account_id: AccountId, extension: ExtendHold, now: Instant) -> Posting:
        """Let a hold end later and set more aside for it, all or nothing.

        Raises `HoldEnded`, `NotFound`, `Forbidden`, `AccountFrozen`, `LimitExceeded`,
        `InsufficientCredits`, and `Unavailable`.
        """
        budget = self._ledger.budget()
        return self._post_on_hold(account_id, extension, lambda _: extension, now, budget)

    def capture(self, account_id: AccountId, capture: Capture, now: Instant) -> Posting:
        """Pay for what was used out of a hold. Raises `HoldEnded`, `NotFound`, `Forbidden`."""
        budget = self._ledger.budget()

        def prepare(account: Account) -> Command:
            if capture.final:
                self._refuse_key_of_part(account, capture, budget)
            price = price_of_hold(self._catalogue, account, capture.hold_id)
            return replace(capture, price=price)

        return self._post_on_hold(account_id, capture, prepare, now, budget)

    def void(self, account_id: AccountId, void: Void, now: Instant) -> Posting:
        """Release a hold unused. Raises `HoldEnded`, `NotFound`, `Forbidden`."""
        budget = self._ledger.budget()

        def prepare(account: Account) -> Command:
            self._refuse_key_of_part(account, void, budget)
            return void

        return self._ledger.post(account_id, prepare, now, budget)

    def check(self, account_id: AccountId, spend: Spend, now: Instant) -> Check:
        """Say whether *spend* would be accepted, by the rule that would decide it.

        Raises `UnknownOperation` and `InvalidRequest`; writes nothing.
        """
        account = projected(self._ledger.account(account_id), now).account
        command = self._priced(spend, now)(account)
        decision = begin(account, now, command)
        price = price_in_force(
            price_at(self._catalogue, account, spend.operation, now), spend.operation
        )
        carry = account.carry.get(spend.operation, Carry(0))
        cost = rate(price, spend.quantities, carry).cost
        available = account.available(now)
        free = account.unlimited or spend.unlimited
        room = available if free else within_limits(account, spend.operation, available)
        most = most_affordable(price, spend.quantities, carry, room)
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
            limits=standings(account, now, spend.operation),
        )

    def _post_on_hold(
        self,
        account_id: AccountId,
        command: OnHold,
        prepare: Prepare,
        now: Instant,
        budget: RetryBudget,
    ) -> Posting:
        """Post what is asked of a hold; only the key of an end says that it has ended."""
        try:
            return self._ledger.post(account_id, prepare, now, budget)
        except NotFound as unknown:
            if self._ledger.entry(account_id, keys.hold_end(command.hold_id), budget) is None:
                raise
            raise HoldEnded(OVER_HOLD) from unknown

    def _refuse_key_of_part(self, account: Account, end: EndHold, budget: RetryBudget) -> None:
        """Refuse to end a hold under the key that one of its parts was captured by.

        The two have keys of their own in the ledger, so neither is found taken by the other. That
        is exact: a part that comes after this look moves the account, which is then decided again.
        """
        hold = account.hold(end.hold_id)
        if hold is None or not hold.parts:
            return
        key = keys.capture(end.writer, end.client_key)
        if self._ledger.entry(account.account_id, key, budget) is not None:
            raise KeyReused("This Idempotency-Key was used for a capture that was not final.")

    def _priced(self, spend: Spend, now: Instant) -> Prepare:
        at = now if spend.occurred_at is None else spend.occurred_at

        def prepare(account: Account) -> Command:
            return replace(spend, price=price_at(self._catalogue, account, spend.operation, at))

        return prepare
