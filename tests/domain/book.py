"""One account kept by pure decisions alone, and short words for what is asked of it."""

from collections.abc import Mapping
from itertools import count
from typing import TypedDict

from prepaid.domain.account import Account, Status
from prepaid.domain.commands import Adjust, Command, Give, SetStatus, Spend
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import begin
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.following import ExpireDue
from prepaid.domain.grants import DEFAULT_PRIORITY, GrantKind
from prepaid.domain.hold_commands import Capture, ExtendHold, OpenHold, Void
from prepaid.domain.keys import Key, Writer
from prepaid.domain.pricing import ONE, Price, Quantity, Rate, RequestedQuantities, UnitPrice
from prepaid.domain.usage import ClosedDay
from prepaid.ledger.verification import violations

from tests.support.memory import of_kind

NOON = Instant(1_795_003_200)
"""2026-11-18T12:00:00Z."""
HOUR = 3600
DAY = 86_400
CALL = Price(
    plan="default",
    operation="vapi_call",
    effective_from=Instant(0),
    units=(
        UnitPrice(unit="call", rate=Rate(ONE)),
        UnitPrice(unit="minute", rate=Rate(ONE // 2)),
    ),
)


def cents(operation: str = "step") -> Price:
    """Price an operation at 0.01 a unit, so that a quantity is a cost."""
    unit = UnitPrice(unit="step", rate=Rate(ONE // 100))
    return Price(plan="default", operation=operation, effective_from=Instant(0), units=(unit,))


def steps(cost: str) -> Mapping[str, Quantity]:
    """Return the quantities that cost *cost*."""
    return {"step": Quantity(Credits.parse(cost).hundredths * ONE)}


class _Request(TypedDict):
    actor: str
    request_id: str


class _Common(_Request):
    key: Key


class _End(_Request):
    client_key: str


class Book:
    """An account, its entries and its closed days, as decisions leave them."""

    def __init__(self, account: Account | None = None, now: Instant = NOON) -> None:
        self.account = account or Account(account_id=AccountId("user-1"))
        self.now = now
        self.entries: list[Entry] = []
        self.days: list[ClosedDay] = []
        self._keys = count(1)

    def __repr__(self) -> str:
        return f"Book({self.account!r}, now={self.now})"

    def post(self, command: Command) -> Entry:
        """Decide and keep; a refusal is raised and changes nothing."""
        self.keep(command)
        return self.entries[-1]

    def keep(self, command: Command) -> int:
        """Decide and keep; return how many entries that made."""
        decision = decide(begin(self.account, self.now, command), command)
        self.account = decision.committed(seen=self.account.version)
        self.entries += decision.entries
        self.days += of_kind(decision, ClosedDay)
        return len(decision.entries)

    def wait(self, seconds: int) -> "Book":
        """Let the clock go on, or back."""
        self.now = Instant(self.now + seconds)
        return self

    def settle(self) -> list[Entry]:
        """Write what has ended by itself, in one commit; return its entries."""
        made = self.keep(ExpireDue(request_id="settle"))
        return self.entries[len(self.entries) - made :]

    def give(
        self,
        amount: str,
        *,
        expires_in: int | None = None,
        priority: int = DEFAULT_PRIORITY,
        kind: EntryKind = EntryKind.GRANT,
    ) -> Entry:
        """Give credits, for ever or for some seconds."""
        return self.post(
            Give(
                **self.common(),
                entry_kind=kind,
                grant_kind=GrantKind.PROMOTIONAL,
                amount=Credits.parse(amount),
                expires_at=None if expires_in is None else Instant(self.now + expires_in),
                priority=priority,
            )
        )

    def adjust(self, amount: str, *, create: bool = True, force: bool = False) -> Entry:
        """Correct the balance."""
        return self.post(
            Adjust(**self.common(), amount=Credits.parse(amount), create=create, force=force)
        )

    def spend(self, cost: str, *, operation: str = "step", unlimited: bool = False) -> Entry:
        """Spend exactly *cost*."""
        return self.use(steps(cost), cents(operation), unlimited=unlimited)

    def use(
        self,
        asked: RequestedQuantities,
        price: Price | None,
        *,
        operation: str | None = None,
        unlimited: bool = False,
        occurred_at: Instant | None = None,
    ) -> Entry:
        """Spend what usage costs at *price*."""
        return self.post(
            Spend(
                **self.common(),
                operation=operation or (price.operation if price else "step"),
                quantities=asked,
                price=price,
                unlimited=unlimited,
                occurred_at=occurred_at,
            )
        )

    def hold(
        self,
        amount: str,
        *,
        expires_in: int = HOUR,
        maker: Writer = Writer.SERVICE,
        operation: str = "step",
        unlimited: bool = False,
    ) -> int:
        """Set *amount* aside; return the hold's id."""
        command = OpenHold(
            **self.common(),
            operation=operation,
            price=cents(operation),
            expires_in=expires_in,
            maker=maker,
            amount=Credits.parse(amount),
            unlimited=unlimited,
        )
        hold_id = self.post(command).hold_id
        assert hold_id is not None
        return hold_id

    def hold_range(self, at_least: str, at_most: str, *, unlimited: bool = False) -> Entry:
        """Set aside what is available, within bounds."""
        return self.post(
            OpenHold(
                **self.common(),
                operation="step",
                price=cents(),
                expires_in=HOUR,
                maker=Writer.SERVICE,
                at_least=Credits.parse(at_least),
                at_most=Credits.parse(at_most),
                unlimited=unlimited,
            )
        )

    def extend(
        self,
        hold_id: int,
        amount: str = "0",
        *,
        expires_in: int | None = None,
        writer: Writer = Writer.SERVICE,
        unlimited: bool = False,
    ) -> Entry:
        """Add credits or time to a hold."""
        return self.post(
            ExtendHold(
                **self.common(),
                hold_id=hold_id,
                writer=writer,
                expires_in=expires_in,
                amount=Credits.parse(amount),
                unlimited=unlimited,
            )
        )

    def capture(
        self,
        hold_id: int,
        amount: str | None = None,
        *,
        asked: RequestedQuantities | None = None,
        writer: Writer = Writer.SERVICE,
        price: Price | None = None,
        unlimited: bool = False,
        final: bool = True,
    ) -> Entry:
        """Pay *amount*, or for what is asked, out of a hold, which ends unless not *final*."""
        return self.post(
            Capture(
                **self.end(),
                hold_id=hold_id,
                final=final,
                writer=writer,
                price=price or cents(),
                quantities={} if asked is None else asked,
                amount=None if amount is None else Credits.parse(amount),
                unlimited=unlimited,
            )
        )

    def void(self, hold_id: int, *, writer: Writer = Writer.SERVICE) -> Entry:
        """End a hold without using it."""
        return self.post(Void(**self.end(), hold_id=hold_id, writer=writer))

    def set(self, status: Status | None = None, *, unlimited: bool | None = None) -> Entry:
        """Freeze, close, reopen, or make unlimited."""
        return self.post(SetStatus(**self.common(), status=status, unlimited=unlimited))

    @property
    def balance(self) -> str:
        """The balance as text."""
        return str(self.account.balance)

    @property
    def available(self) -> str:
        """What can be spent now, as text."""
        return str(self.account.available(self.now))

    def wrong(self) -> list[str]:
        """Return the invariants that do not hold."""
        return [each.invariant for each in violations(self.account, self.entries, self.days)]

    def common(self) -> _Common:
        """Return what every command carries, under a key of its own."""
        number = next(self._keys)
        return {"key": Key(f"key-{number}"), **_request(number)}

    def end(self) -> _End:
        """Return what every end of a hold carries: its key is the hold's."""
        number = next(self._keys)
        return {"client_key": f"end-{number}", **_request(number)}


def _request(number: int) -> _Request:
    return {"actor": "service:calls", "request_id": f"request-{number}"}
