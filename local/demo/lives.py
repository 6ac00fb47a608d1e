"""Lives: what an account does in a month, drawn by chance from a seed, so that it can be repeated.

Nothing here waits: each step has the time at which it happens, and the use cases are told that
time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from prepaid.domain import keys
from prepaid.domain.account import Status
from prepaid.domain.commands import Actor, Adjust, Give, SetStatus, Spend
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import InsufficientCredits
from prepaid.domain.grants import GrantKind
from prepaid.domain.hold_commands import Capture, OpenHold
from prepaid.domain.keys import Key, Writer
from prepaid.domain.pricing import ONE, Quantity
from prepaid.payments.disputes import Disputed, DisputeStatus
from prepaid.payments.payment import Payment, PaymentStatus, Progress
from prepaid.payments.purchases import Order
from prepaid.payments.refund_facts import Refunded, RefundStatus

from local.demo.payments import paid
from local.demo.stores import DemoStores

HOUR = 3_600
DAY = 86_400
DAYS = 30
WELCOME = Credits(10_00)
WELCOME_SECONDS = 14 * DAY
SETTLED_AFTER_SECONDS = 300
"""How long after a grant's end the job that settles would have written it down."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How an account lives: on how much of its days it is used, how much, and what it buys."""

    name: str
    weight: int
    active_percent: int
    uses: int
    packages: tuple[str, ...]


HABITS = (
    Habit("trial", 25, 25, 3, ()),
    Habit("light", 35, 30, 4, ("starter",)),
    Habit("regular", 28, 60, 8, ("starter", "professional")),
    Habit("heavy", 12, 85, 14, ("professional", "business", "enterprise")),
)


class Life:
    """One account, from the day it joins until *until*."""

    def __init__(self, stores: DemoStores, number: int, *, begin: Instant, until: Instant) -> None:
        self.account_id = AccountId(f"demo-{number:03d}")
        self._stores = stores
        self._until = until
        self._chance = Random(f"demo-{number}")  # noqa: S311 - demo data, the same each time
        weights = [each.weight for each in HABITS]
        [self._habit] = self._chance.choices(HABITS, weights)
        first_weeks = 10 if self._habit.name == "heavy" else 26
        self._joined = Instant(begin + self._chance.randrange(first_weeks * DAY))
        self._now = self._joined
        self._payments: list[Payment] = []

    def live(self) -> bool:
        """Join, be used day by day, buy, and have what goes wrong now and then.

        False for an account that has lived already: nothing is added to it.
        """
        if self._stores.ledger.account(self.account_id).version:
            return False
        self._welcome()
        ends = self._joined + WELCOME_SECONDS + SETTLED_AFTER_SECONDS
        for at in self._sessions():
            if self._now < ends <= at:
                self._stores.settle(self.account_id, Instant(ends))
            self._now = at
            self._session()
        if self._now < ends <= self._until:
            self._now = Instant(ends)
            self._stores.settle(self.account_id, self._now)
        self._afterwards()
        return True

    def _sessions(self) -> Iterator[Instant]:
        """Go through the times at which the account is used: by day, less at weekends."""
        for day in range(self._joined, self._until, DAY):
            weekend = (day // DAY + 4) % 7 in {0, 6}
            percent = self._habit.active_percent // (3 if weekend else 1)
            if self._chance.randrange(100) >= percent:
                continue
            start = day - day % DAY + self._chance.randrange(7, 20) * HOUR
            at = start + self._chance.randrange(HOUR)
            if self._now < at < self._until:
                yield Instant(at)

    def _welcome(self) -> None:
        gift = Give(
            key=Key(f"gift:welcome:{self.account_id}"),
            actor="system",
            request_id=f"demo-{self.account_id}",
            reason="Welcome",
            entry_kind=EntryKind.GRANT,
            grant_kind=GrantKind.PROMOTIONAL,
            amount=WELCOME,
            expires_at=Instant(self._joined + WELCOME_SECONDS),
        )
        self._stores.post(self.account_id, gift, self._joined)

    def _session(self) -> None:
        """Use the account; when credits are out, buy and go on, or leave."""
        uses = [self._use(n) for n in range(self._chance.randrange(1, self._habit.uses + 1))]
        spends = [(self.account_id, use) for use in uses]
        answers = self._stores.metering.record_many(spends, self._now)
        out = any(isinstance(each, InsufficientCredits) for each in answers)
        if out and self._habit.packages:
            self._buy()
        if self._chance.randrange(100) < 35:
            self._call()

    def _use(self, number: int) -> Spend:
        chance, actor = self._chance, self._actor()
        tenth = ONE // 10
        operation, quantities = chance.choice(
            [
                ("vapi_call", {"call": ONE, "minute": chance.randrange(3, 120) * tenth}),
                ("message", {"message": chance.randrange(1, 25) * ONE}),
                ("message", {"message": chance.randrange(1, 8) * ONE}),
                ("file_upload", {"mb": chance.randrange(1, 90) * tenth}),
                ("workflow_execution", {"execution": ONE}),
            ]
        )
        return Spend(
            key=keys.usage(actor.writer, f"demo-{self._now}-{number}"),
            actor=actor.name,
            request_id=actor.request_id,
            operation=operation,
            quantities={unit: Quantity(quantity) for unit, quantity in quantities.items()},
            reference=f"campaign-{chance.randrange(1, 6)}",
        )

    def _call(self) -> None:
        """Hold credits for a call, and pay for the minutes that it took."""
        self._now = Instant(self._now + 120)
        actor = self._actor()
        request = OpenHold(
            key=keys.hold(actor.writer, f"demo-call-{self._now}"),
            actor=actor.name,
            request_id=actor.request_id,
            operation="vapi_call",
            expires_in=900,
            maker=actor.writer,
            amount=Credits(6_00),
        )
        try:
            hold = self._stores.metering.open_hold(self.account_id, request, self._now).entry
        except InsufficientCredits:
            return
        minutes = self._chance.randrange(2, 95)
        self._now = Instant(self._now + minutes * 6)
        actor = self._actor()
        end = Capture(
            client_key=f"demo-call-end-{self._now}",
            actor=actor.name,
            request_id=actor.request_id,
            hold_id=hold.hold_id or 0,
            writer=actor.writer,
            quantities={"call": Quantity(ONE), "minute": Quantity(minutes * ONE // 10)},
        )
        self._stores.metering.capture(self.account_id, end, self._now)

    def _buy(self) -> None:
        """Buy a package; one try in twelve is declined, and tried again."""
        self._now = Instant(self._now + 90)
        package = self._chance.choice(self._habit.packages)
        order = Order(account_id=self.account_id, package_id=package, key=f"demo-buy-{self._now}")
        payment = self._stores.start(order, self._now)
        if self._chance.randrange(12) == 0:
            declined = Progress(
                status=PaymentStatus.FAILED, at=self._now, reason="Your card was declined."
            )
            self._stores.tell(payment, declined, self._now)
            self._now = Instant(self._now + 240)
        self._stores.tell(payment, paid(payment, self._now), self._now)
        self._payments.append(payment)

    def _afterwards(self) -> None:
        """Let a few accounts have a refund, a dispute, a correction, or be frozen."""
        later = Instant(min(self._now + 5 * HOUR, self._until))
        self._now = later
        draw = self._chance.randrange(100)
        if draw < 6 and self._payments:
            self._refund(self._payments[-1])
        elif draw < 8 and self._payments:
            lost = Disputed(
                dispute_id=f"du_demo_{self.account_id}",
                amount=self._payments[0].price,
                status=DisputeStatus.LOST,
                currency=self._payments[0].currency,
                at=later,
            )
            self._stores.tell(self._payments[0], lost, later)
        elif draw < 16:
            self._correct(self._chance.choice(["2.50", "5.00", "-1.00"]))
        elif draw < 18:
            self._freeze()

    def _refund(self, payment: Payment) -> None:
        refund = Refunded(
            refund_id=f"re_demo_{payment.payment_id}",
            amount=payment.price // self._chance.choice([1, 2, 4]),
            status=RefundStatus.SUCCEEDED,
            at=self._now,
            currency=payment.currency,
        )
        self._stores.tell(payment, refund, self._now)

    def _correct(self, amount: str) -> None:
        correction = Adjust(
            key=keys.adjustment(f"demo-{self.account_id}"),
            actor="admin:admin-1",
            request_id=f"demo-correct-{self.account_id}",
            reason="Goodwill after a call that dropped",
            amount=Credits.parse(amount),
            force=True,
        )
        self._stores.post(self.account_id, correction, self._now)

    def _freeze(self) -> None:
        frozen = SetStatus(
            key=keys.status(f"demo-{self.account_id}"),
            actor="root:root-1",
            request_id=f"demo-freeze-{self.account_id}",
            reason="Unusual usage",
            status=Status.FROZEN,
        )
        self._stores.post(self.account_id, frozen, self._now)

    def _actor(self) -> Actor:
        request_id = f"demo-{self.account_id}-{self._now}"
        return Actor(writer=Writer.SERVICE, name="service:calls", request_id=request_id)
