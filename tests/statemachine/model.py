"""A plain model of one account, to compare the ledger with: integers, fractions and lists.

It shares no code with the ledger. Amounts are hundredths of a credit, times epoch seconds. Where
the ledger settles at most twenty ends a commit, the model settles all of them at once.
"""

from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from math import ceil, floor

FOREVER = 2**62
PRICES = {"step": Fraction(1), "token": Fraction(3333, 10_000), "minute": Fraction(7)}
"""What one unit of each operation costs, in hundredths."""
STEPS = {"minute": (6, 30)}
"""The smallest step that is billed of an operation, and the smallest quantity."""
LIFE_SECONDS = 604_800
THRESHOLD = 2_000
QUIET_SECONDS = 3_600


class Refused(Exception):
    """The model says no, with the code that the ledger should say it with."""


@dataclass
class Lot:
    """Credits given together: what is left, until when, and how early they burn."""

    number: int
    left: int
    ends: int
    priority: int


@dataclass
class Begun:
    """What a hold remembers: when it was opened, and whether and how much of it parts have used."""

    at: int
    parts: int = 0
    used: Fraction = Fraction(0)


@dataclass
class Moved:
    """What a command should do: by how much the balance and the holds change, and what not."""

    amount: int = 0
    held: int = 0
    waived: int = 0
    shortfall: int = 0


@dataclass
class Model:
    """What one account should be. `entry_id` is the number of the ledger's next entry."""

    now: int = 0
    day: date = date(1970, 1, 1)
    balance: int = 0
    lots: list[Lot] = field(default_factory=list)
    holds: dict[int, tuple[int, int, str]] = field(default_factory=dict)
    begun: dict[int, Begun] = field(default_factory=dict)
    carry: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    frozen: bool = False
    unlimited: bool = False
    used: dict[tuple[date, str], tuple[int, int, int]] = field(default_factory=dict)
    given: int = 0
    written: bool = False
    entry_id: int = 0

    def at(self, clock: int) -> "Model":
        """Return a copy in which time has passed; the account's time never goes back."""
        later = deepcopy(self)
        later.now = max(self.now, clock)
        later.day = max(self.day, datetime.fromtimestamp(later.now, UTC).date())
        later._end_what_has_ended()
        return later

    def _end_what_has_ended(self) -> None:
        ends = {each.ends for each in self.lots} | {ends for _, ends, _ in self.holds.values()}
        for moment in sorted(each for each in ends if each <= self.now):
            self.holds = {n: each for n, each in self.holds.items() if each[1] > moment}
            ended = sorted((e for e in self.lots if e.ends <= moment), key=lambda e: e.ends)
            unprotected = sum(each.left for each in ended) - self.held
            self._take(max(unprotected, 0), ended)

    @property
    def held(self) -> int:
        """What open holds keep."""
        return sum(amount for amount, _, _ in self.holds.values())

    @property
    def available(self) -> int:
        """What can be spent; expired credits are gone but for those under holds."""
        return self.balance - self.held

    def _take(self, amount: int, order: list[Lot]) -> None:
        self.balance -= amount
        for lot in order:
            some = min(lot.left, amount)
            lot.left -= some
            amount -= some
        self.lots = [each for each in self.lots if each.left]

    def _living(self) -> list[Lot]:
        living = [each for each in self.lots if each.ends > self.now]
        return sorted(living, key=lambda each: (each.priority, each.ends, each.number))

    def _ended(self) -> list[Lot]:
        return [each for each in self.lots if each.ends <= self.now]

    def give(self, amount: int, ends: int = FOREVER, priority: int = 100) -> Moved:
        """Add credits; debt takes its part first."""
        debt = max(-self.balance, 0)
        self.given += 1
        self.balance += amount
        if amount > debt:
            self.lots.append(Lot(self.given, amount - debt, ends, priority))
        self.written = True
        return Moved(amount=amount)

    def take_back(self, amount: int, *, force: bool) -> Moved:
        """Correct the balance down."""
        if amount > self.available and not force:
            raise Refused("insufficient_credits")
        self._take(amount, [*self._living(), *self._ended()])
        self.written = True
        return Moved(amount=-amount)

    def spend(self, operation: str, quantity: Fraction) -> Moved:
        """Pay for usage."""
        self._refuse_frozen()
        cost, left = self._cost(operation, quantity)
        if cost and cost > self.available and not self.unlimited:
            raise Refused("insufficient_credits")
        self.carry[operation] = left
        self.written = True
        if self.unlimited:
            self._count(operation, 0, cost)
            return Moved(waived=cost)
        self._take(cost, self._living())
        self._count(operation, cost, 0)
        return Moved(amount=-cost)

    def hold(self, operation: str, amount: int, ends_in: int, at_least: int | None = None) -> Moved:
        """Set credits aside: an amount, or as much of it as there is but not below *at_least*."""
        self._refuse_frozen()
        least = amount if at_least is None else at_least
        if least and least > self.available and not self.unlimited:
            raise Refused("insufficient_credits")
        stored = amount if at_least is None else min(amount, self.available)
        stored = 0 if self.unlimited else stored
        self.holds[self.entry_id] = (stored, self.now + ends_in, operation)
        self.begun[self.entry_id] = Begun(self.now)
        self.written = True
        return Moved(held=stored, waived=amount if self.unlimited else 0)

    def extend(self, hold_id: int, amount: int, ends_in: int | None) -> Moved:
        """Let a hold end later, and set more aside for it."""
        if hold_id not in self.holds:
            raise Refused("hold_ended")
        self._refuse_frozen()
        stored, ends, operation = self.holds[hold_id]
        later = max(ends, self.now + (ends_in or 0))
        if later > ends and later - self.begun[hold_id].at > LIFE_SECONDS:
            raise Refused("limit_exceeded")
        if amount and amount > self.available and not self.unlimited:
            raise Refused("insufficient_credits")
        added = 0 if self.unlimited else amount
        self.holds[hold_id] = (stored + added, later, operation)
        return Moved(held=added, waived=amount - added)

    def capture(self, hold_id: int, quantity: Fraction, *, final: bool = True) -> Moved:
        """Pay out of a hold, and end it or keep what is left of it."""
        if hold_id not in self.holds:
            raise Refused("hold_ended")
        stored, ends, operation = self.holds.pop(hold_id)
        begun = self.begun[hold_id]
        beyond = 0 if self.frozen else max(self.available - stored, 0)
        cost, self.carry[operation] = self._cost(operation, quantity, begun.used)
        released = stored if final else min(cost, stored)
        if not final:
            self.holds[hold_id] = (stored - released, ends, operation)
            self.begun[hold_id] = Begun(begun.at, begun.parts + 1, begun.used + quantity)
        uses = 0 if begun.parts else 1
        if self.unlimited:
            self._count(operation, 0, cost, uses)
            return Moved(held=-released, waived=cost)
        taken = min(cost, stored + beyond)
        within = min(taken, stored)
        self._take(within, [*self._ended(), *self._living()])
        self._take(taken - within, self._living())
        self._count(operation, taken, 0, uses)
        return Moved(amount=-taken, held=-released, shortfall=cost - taken)

    def void(self, hold_id: int) -> Moved:
        """End a hold without paying."""
        if hold_id not in self.holds:
            raise Refused("hold_ended")
        stored, _, _ = self.holds.pop(hold_id)
        return Moved(held=-stored)

    def set(self, *, frozen: bool | None, unlimited: bool | None) -> Moved:
        """Freeze, reopen, make unlimited or limited."""
        if not self.written:
            raise Refused("not_found")
        self.frozen = self.frozen if frozen is None else frozen
        self.unlimited = self.unlimited if unlimited is None else unlimited
        return Moved()

    def _refuse_frozen(self) -> None:
        if self.frozen:
            raise Refused("account_frozen")

    def _cost(
        self, operation: str, quantity: Fraction, used: Fraction = Fraction(0)
    ) -> tuple[int, Fraction]:
        billed = _billed(operation, used + quantity) - _billed(operation, used)
        exact = self.carry[operation] + billed * PRICES[operation]
        return floor(exact), exact - floor(exact)

    def _count(self, operation: str, taken: int, waived: int, uses: int = 1) -> None:
        setup = (self.day, operation)
        count, before, waived_before = self.used.get(setup, (0, 0, 0))
        self.used[setup] = (count + uses, before + taken, waived_before + waived)


def _billed(operation: str, quantity: Fraction) -> Fraction:
    if operation not in STEPS or not quantity:
        return quantity
    step, least = STEPS[operation]
    return Fraction(ceil(max(quantity, Fraction(least)) / step) * step)


type Warned = tuple[int, int, str, list[int], int, int, bool]
"""An alert's number, time, kind, thresholds, balance, what is available, and if it is quiet."""


def warnings(balances: Iterable[tuple[int, int, int, int]]) -> list[Warned]:
    """Go through what each entry left; return the alerts that there should be.

    An entry is its number, its time, and the balance and what is available after it.
    """
    found: list[Warned] = []
    before, announced, emptied, unanswered = 0, -QUIET_SECONDS, -QUIET_SECONDS, False
    for number, now, balance, available in balances:
        left = (balance, available)
        if before > 0 >= balance:
            quiet = now < emptied + QUIET_SECONDS
            found.append((number, now, "balance_empty", [], *left, quiet))
            emptied = emptied if quiet else now
        if balance < THRESHOLD <= before:
            quiet = now < announced + QUIET_SECONDS
            found.append((number, now, "balance_low", [THRESHOLD], *left, quiet))
            announced, unanswered = (announced, unanswered) if quiet else (now, True)
        if unanswered and balance >= THRESHOLD:
            found.append((number, now, "balance_recovered", [THRESHOLD], *left, False))
            unanswered = False
        before = balance
    return found
