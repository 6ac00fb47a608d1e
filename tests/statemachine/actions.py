"""What can be asked of an account: put to the ledger, and to the model beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from prepaid.domain import keys
from prepaid.domain.account import Status
from prepaid.domain.commands import Adjust, Give, SetStatus, Spend
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.grants import GrantKind
from prepaid.domain.keys import Key
from prepaid.domain.pricing import ONE, Price, Quantity, Rate, UnitPrice
from prepaid.ledger.ports import LedgerStore
from prepaid.ledger.posting import Ledger, Posting, Prepare
from prepaid.metering.usage import Metering

from tests.statemachine.model import FOREVER, PRICES, STEPS, Model, Moved
from tests.support import asking
from tests.support.asking import new_request_id
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

    def post(self, prepare: Prepare, clock: int) -> Posting:
        """Post one command."""
        return self.ledger.post(self.account_id, prepare, Instant(clock))


class Action(Protocol):
    """One command with its key; performing it again is a repeat."""

    def perform(self, desk: Desk, clock: int) -> Posting:
        """Put it to the ledger."""

    def predict(self, model: Model) -> Moved:
        """Put it to the model."""


@dataclass(frozen=True)
class Spending:
    """Usage paid for directly."""

    key: str
    operation: str
    millionths: int

    def command(self) -> Spend:
        """Return what is reported."""
        return asking.spend(self.key, self.operation, Quantity(self.millionths))

    def perform(self, desk: Desk, clock: int) -> Posting:
        return desk.metering.record(desk.account_id, self.command(), Instant(clock))

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

    def perform(self, desk: Desk, clock: int) -> Posting:
        ends = None if self.ends_in is None else Instant(self.asked_at + self.ends_in)
        command = Give(
            key=Key(f"a:grant:{self.key}"),
            actor="admin:admin-1",
            request_id=new_request_id(),
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

    def perform(self, desk: Desk, clock: int) -> Posting:
        command = Adjust(
            key=keys.adjustment(self.key),
            actor="admin:machine",
            request_id=new_request_id(),
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

    def perform(self, desk: Desk, clock: int) -> Posting:
        asked = asking.open_hold(
            self.key,
            self.operation,
            self.ends_in,
            amount=Credits(self.amount) if self.at_least is None else None,
            at_most=None if self.at_least is None else Credits(self.amount),
            at_least=None if self.at_least is None else Credits(self.at_least),
        )
        return desk.metering.open_hold(desk.account_id, asked, Instant(clock))

    def predict(self, model: Model) -> Moved:
        return model.hold(self.operation, self.amount, self.ends_in, self.at_least)


@dataclass(frozen=True)
class Extending:
    """A hold given more time, more credits, or both."""

    key: str
    hold_id: int
    amount: int
    ends_in: int | None

    def perform(self, desk: Desk, clock: int) -> Posting:
        amount = Credits(self.amount)
        asked = asking.extend(self.key, self.hold_id, expires_in=self.ends_in, amount=amount)
        return desk.metering.extend(desk.account_id, asked, Instant(clock))

    def predict(self, model: Model) -> Moved:
        return model.extend(self.hold_id, self.amount, self.ends_in)


@dataclass(frozen=True)
class Ending:
    """A hold captured, wholly or in part, or voided where `millionths` is `None`."""

    key: str
    hold_id: int
    millionths: int | None
    final: bool = True

    def perform(self, desk: Desk, clock: int) -> Posting:
        now = Instant(clock)
        if self.millionths is None:
            void = asking.void(self.key, self.hold_id)
            return desk.metering.void(desk.account_id, void, now)
        used = Quantity(self.millionths)
        capture = asking.capture(self.key, self.hold_id, quantities=used, final=self.final)
        return desk.metering.capture(desk.account_id, capture, now)

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

    def perform(self, desk: Desk, clock: int) -> Posting:
        status = {None: None, True: Status.FROZEN, False: Status.ACTIVE}[self.frozen]
        command = SetStatus(
            key=keys.status(self.key),
            actor="admin:machine",
            request_id=new_request_id(),
            status=status,
            unlimited=self.unlimited,
        )
        return desk.post(lambda _: command, clock)

    def predict(self, model: Model) -> Moved:
        return model.set(frozen=self.frozen, unlimited=self.unlimited)


type Make = Callable[[str, int, list[int]], Action]
"""Makes an action from its key, the clock, and the holds opened so far."""
