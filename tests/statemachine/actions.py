"""What can be asked of an account: put to the ledger, and to the model beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from typing import Protocol

from prepaid.domain import keys
from prepaid.domain.account import Status
from prepaid.domain.commands import Actor, Adjust, Give, SetStatus
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.grants import GrantKind
from prepaid.domain.keys import Key, Writer
from prepaid.domain.pricing import ONE, Price, Quantity, Rate, UnitPrice
from prepaid.ledger.ports import LedgerStore
from prepaid.ledger.posting import Ledger, Posted, Prepare
from prepaid.metering.holds import HoldEnd, HoldExtension, HoldRequest
from prepaid.metering.usage import Metering, Usage

from tests.statemachine.model import FOREVER, PRICES, STEPS, Model, Moved
from tests.support.memory import MemoryRetryBudget
from tests.support.memory_catalogue import MemoryCatalogue

CATALOGUE = MemoryCatalogue(
    [
        Price(
            plan="default",
            operation=operation,
            effective_from=Instant(0),
            units=(
                UnitPrice(
                    unit="unit",
                    rate=Rate(int(each * ONE) // 100),
                    increment=Quantity(step * ONE),
                    minimum=Quantity(least * ONE),
                ),
            ),
        )
        for operation, each in PRICES.items()
        for step, least in [STEPS.get(operation, (0, 0))]
    ]
)
_requests = count(1)


@dataclass
class Desk:
    """One writer to one account."""

    store: LedgerStore
    account_id: AccountId
    ledger: Ledger = field(init=False)
    metering: Metering = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.store, MemoryRetryBudget)
        self.metering = Metering(self.ledger, CATALOGUE)

    def post(self, prepare: Prepare, clock: int) -> Posted:
        """Post one command."""
        return self.ledger.post(self.account_id, prepare, Instant(clock))


def request_id() -> str:
    """Return the id of a request of its own."""
    return f"request-{next(_requests)}"


def actor() -> Actor:
    """Return a service in a request of its own."""
    return Actor(writer=Writer.SERVICE, name="service:machine", request_id=request_id())


class Action(Protocol):
    """One command with its key; performing it again is a repeat."""

    def perform(self, desk: Desk, clock: int) -> Posted:
        """Put it to the ledger."""

    def predict(self, model: Model) -> Moved:
        """Put it to the model."""


@dataclass(frozen=True)
class Spending:
    """Usage paid for directly."""

    key: str
    operation: str
    millionths: int

    def usage(self, account_id: AccountId) -> Usage:
        """Return what is reported."""
        return Usage(
            account_id=account_id,
            key=self.key,
            operation=self.operation,
            asked=Quantity(self.millionths),
        )

    def perform(self, desk: Desk, clock: int) -> Posted:
        return desk.metering.record(self.usage(desk.account_id), actor(), Instant(clock))

    def predict(self, model: Model) -> Moved:
        return model.spend(self.operation, Fraction(self.millionths, ONE))


@dataclass(frozen=True)
class Giving:
    """Credits given, for some seconds or for ever."""

    key: str
    amount: int
    ends_in: int | None
    priority: int
    asked_at: int

    def perform(self, desk: Desk, clock: int) -> Posted:
        ends = None if self.ends_in is None else Instant(self.asked_at + self.ends_in)
        command = Give(
            key=Key(f"a:grant:{self.key}"),
            fingerprint=keys.fingerprint({"amount": self.amount}),
            actor="admin:admin-1",
            request_id=request_id(),
            entry_kind=EntryKind.GRANT,
            grant_kind=GrantKind.PURCHASED,
            amount=Credits(self.amount),
            expires_at=ends,
            priority=self.priority,
        )
        return desk.post(lambda _: command, clock)

    def predict(self, model: Model) -> Moved:
        ends = FOREVER if self.ends_in is None else self.asked_at + self.ends_in
        return model.give(self.amount, ends, self.priority)


@dataclass(frozen=True)
class Adjusting:
    """An admin's correction."""

    key: str
    amount: int
    force: bool

    def perform(self, desk: Desk, clock: int) -> Posted:
        command = Adjust(
            key=keys.adjustment(self.key),
            fingerprint=keys.fingerprint({"amount": self.amount}),
            actor="admin:machine",
            request_id=request_id(),
            amount=Credits(self.amount),
            create=True,
            force=self.force,
        )
        return desk.post(lambda _: command, clock)

    def predict(self, model: Model) -> Moved:
        if self.amount > 0:
            return model.give(self.amount)
        return model.take_back(-self.amount, force=self.force)


@dataclass(frozen=True)
class Holding:
    """Credits set aside: `amount`, or as much of it as there is but not below `at_least`."""

    key: str
    operation: str
    amount: int
    ends_in: int
    at_least: int | None = None

    def perform(self, desk: Desk, clock: int) -> Posted:
        request = HoldRequest(
            account_id=desk.account_id,
            key=self.key,
            operation=self.operation,
            expires_in=self.ends_in,
            amount=Credits(self.amount) if self.at_least is None else None,
            at_most=None if self.at_least is None else Credits(self.amount),
            at_least=None if self.at_least is None else Credits(self.at_least),
        )
        return desk.metering.open_hold(request, actor(), Instant(clock))

    def predict(self, model: Model) -> Moved:
        return model.hold(self.operation, self.amount, self.ends_in, self.at_least)


@dataclass(frozen=True)
class Extending:
    """A hold given more time, more credits, or both."""

    key: str
    hold_id: int
    amount: int
    ends_in: int | None

    def perform(self, desk: Desk, clock: int) -> Posted:
        extension = HoldExtension(
            account_id=desk.account_id,
            hold_id=self.hold_id,
            key=self.key,
            expires_in=self.ends_in,
            amount=Credits(self.amount),
        )
        return desk.metering.extend(extension, actor(), Instant(clock))

    def predict(self, model: Model) -> Moved:
        return model.extend(self.hold_id, self.amount, self.ends_in)


@dataclass(frozen=True)
class Ending:
    """A hold captured, wholly or in part, or voided where `millionths` is `None`."""

    key: str
    hold_id: int
    millionths: int | None
    final: bool = True

    def perform(self, desk: Desk, clock: int) -> Posted:
        asked = None if self.millionths is None else Quantity(self.millionths)
        end = HoldEnd(
            account_id=desk.account_id,
            hold_id=self.hold_id,
            key=self.key,
            asked=asked,
            final=self.final,
        )
        way = desk.metering.void if self.millionths is None else desk.metering.capture
        return way(end, actor(), Instant(clock))

    def predict(self, model: Model) -> Moved:
        if self.millionths is None:
            return model.void(self.hold_id)
        return model.capture(self.hold_id, Fraction(self.millionths, ONE), final=self.final)


@dataclass(frozen=True)
class Setting:
    """An account frozen, reopened, made unlimited or limited."""

    key: str
    frozen: bool | None
    unlimited: bool | None

    def perform(self, desk: Desk, clock: int) -> Posted:
        status = {None: None, True: Status.FROZEN, False: Status.ACTIVE}[self.frozen]
        command = SetStatus(
            key=keys.status(self.key),
            fingerprint=keys.fingerprint({"frozen": self.frozen, "unlimited": self.unlimited}),
            actor="admin:machine",
            request_id=request_id(),
            status=status,
            unlimited=self.unlimited,
        )
        return desk.post(lambda _: command, clock)

    def predict(self, model: Model) -> Moved:
        return model.set(frozen=self.frozen, unlimited=self.unlimited)


type Make = Callable[[str, int, list[int]], Action]
"""Makes an action from its key, the clock, and the holds opened so far."""
