"""Clients that spend from one account at once, and what became of them."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import Unavailable
from prepaid.ledger.ports import RetryBudget
from prepaid.runtime.retries import Deadline

from tests.support.conflict_model.dynamodb import ModelledDynamoDB, key_of
from tests.support.conflict_model.virtual_time import VirtualTime
from tests.support.dynamodb import LEDGER_TABLES, ledger_store, new_client
from tests.support.ledger_harness import LedgerHarness

ACCOUNT = AccountId("hot-account")
HANDLER_SECONDS = 0.003
"""What a function does for a request beside its calls."""


@dataclass
class Outcome:
    """What clients of one account saw. Times are in seconds; units are DynamoDB's write units.

    `in_time` of the spends were accepted within the `seconds` in which clients began new ones.
    """

    seconds: float = 0.0
    in_time: int = 0
    waits: list[float] = field(default_factory=list)
    unavailable: int = 0
    accepted_by: dict[int, int] = field(default_factory=dict)
    units: float = 0.0
    conflicts: int = 0
    stale: int = 0
    throttled: int = 0

    @property
    def accepted(self) -> int:
        """How many spends were accepted."""
        return len(self.waits)

    @property
    def per_second(self) -> float:
        """Accepted spends a second, while clients began new ones."""
        return self.in_time / self.seconds

    @property
    def units_each(self) -> float:
        """Write units for each accepted spend."""
        return self.units / self.accepted

    def percentile(self, percent: int) -> float:
        """Return the time within which *percent* of the accepted spends were answered."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]


@dataclass
class HotAccount:
    """One account with enough credits, whose clients live in virtual time.

    The same *seed* gives the same outcome on every machine.
    """

    seed: int
    time: VirtualTime = field(default_factory=VirtualTime)
    outcome: Outcome = field(default_factory=Outcome)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - a model's chance
        client = new_client("http://modelled")
        keys = {name: key_of(name) for name in LEDGER_TABLES}
        self.dynamodb = ModelledDynamoDB(client, keys, self.time)
        self.harness = LedgerHarness(ledger_store(client, ""), budget=self.budget)
        self.time.run([(0.0, self._give)])
        self._opened_at = self.time.clock()

    def budget(self) -> RetryBudget:
        """Return the retry budget of one request, in virtual time."""
        return Deadline(clock=self.time.clock, sleep=self.time.sleep, uniform=self._random.uniform)

    def closed_loop(self, *, clients: int, seconds: float) -> Outcome:
        """Let each client spend again as soon as it is answered."""
        self.outcome.seconds = seconds
        end = self._opened_at + seconds

        def client(number: int) -> None:
            turn = 0
            while self.time.clock() < end:
                self._spend(number, f"{number}-{turn}")
                turn += 1

        starts = [self._opened_at + self._random.uniform(0, 0.1) for _ in range(clients)]
        return self._ran([(at, partial(client, n)) for n, at in enumerate(starts)])

    def offered(self, *, per_second: float, seconds: float) -> Outcome:
        """Let requests arrive by chance, whether or not earlier ones are answered."""
        self.outcome.seconds = seconds
        arrivals: list[float] = []
        at = self._opened_at
        while (at := at + self._random.expovariate(per_second)) < self._opened_at + seconds:
            arrivals.append(at)
        return self._ran(
            [(at, partial(self._spend, n, f"request-{n}")) for n, at in enumerate(arrivals)]
        )

    def account(self) -> Account:
        """Read the account."""
        read: list[Account] = []
        self.time.run(
            [(self.time.clock(), lambda: read.append(self.harness.ledger.account(ACCOUNT)))]
        )
        return read[0]

    def _give(self) -> None:
        self.harness.give(ACCOUNT, "1000000.00")

    def _spend(self, client: int, key: str) -> None:
        began = self.time.clock()
        self.time.sleep(HANDLER_SECONDS)
        try:
            self.harness.spend(ACCOUNT, key)
        except Unavailable:
            self.outcome.unavailable += 1
        else:
            now = self.time.clock()
            self.outcome.waits.append(now - began)
            self.outcome.in_time += now <= self._opened_at + self.outcome.seconds
            self.outcome.accepted_by[client] = self.outcome.accepted_by.get(client, 0) + 1

    def _ran(self, processes: list[tuple[float, Callable[[], None]]]) -> Outcome:
        self.dynamodb.forget_counts()
        self.time.run(processes)
        outcome = self.outcome
        outcome.units = self.dynamodb.units
        outcome.conflicts = self.dynamodb.conflicts
        outcome.stale = self.dynamodb.stale
        outcome.throttled = self.dynamodb.throttled
        return outcome
