"""Calls, killed or cut off at each of their requests to DynamoDB: admitted and paid once."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count

import pytest
from prepaid.calls.admission import Admitted, CallAdmission, CallRequest
from prepaid.calls.assignment import CallAssignment
from prepaid.calls.call import Binding, BoundBy, Call
from prepaid.calls.collection import Collection
from prepaid.calls.dynamodb import DynamoCalls, DynamoCallSources
from prepaid.calls.facts import CallEnd, CallEvent, CallStatus, Duration, DurationSource
from prepaid.calls.inbound import Answered, InboundCalls
from prepaid.calls.ports import CallSource
from prepaid.calls.running import RunningCalls
from prepaid.calls.settlement import CallSettlement
from prepaid.calls.tracking import UNKNOWN_CALL, CallTracking
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dynamodb import DynamoExceptions

from tests.faults.conftest import EmulatorTables
from tests.support.asking import actor, new_request_id
from tests.support.audits import act, map_source
from tests.support.dynamodb import catalogue, ledger_store, new_client
from tests.support.ledger_harness import NOW, LedgerHarness, new_account_id
from tests.support.memory import MemoryRetryBudget
from tests.support.memory_calls import MemoryCallProvider
from tests.support.verifying import verify
from tests.support.wire import Fault, Killed, Plan, Wire, only, since, unharmed

KEY = b"k" * 32
RECORDS = "credit_records"
PAID = ["adjustment", "hold", "capture"]
PAID_AFTER_EXPIRY = ["adjustment", "hold", "release", "usage"]


@dataclass
class Due(DynamoCalls):
    """Calls of which one is due; what is due is found elsewhere."""

    calls: DynamoCalls
    call_id: str

    def call(self, call_id: str) -> Call:
        return self.calls.call(call_id)

    def due(self, *, now: Instant) -> Iterator[str]:
        assert now
        return iter([self.call_id])


@dataclass
class Desk:
    """Everything about one call of one account, over a client to which *plan* happens."""

    tables: EmulatorTables
    account_id: AccountId
    plan: Plan = unharmed
    provider: MemoryCallProvider = field(default_factory=MemoryCallProvider)

    def __post_init__(self) -> None:
        client = new_client(self.tables.url, retries={"mode": "standard", "total_max_attempts": 1})
        self.wire = Wire(client, self.plan)
        budget, prefix = partial(MemoryRetryBudget, pauses=1), self.tables.prefix
        self.harness = LedgerHarness(
            ledger_store(client, prefix), catalogue(client, prefix), budget=budget
        )
        self.calls = DynamoCalls(client, prefix + RECORDS)
        self.sources = DynamoCallSources(client, prefix + RECORDS)
        self.inbox = DynamoExceptions(RecordsTable(client, prefix + RECORDS))
        ledger, prices = self.harness.ledger, self.harness.catalogue
        self.admission = CallAdmission(ledger, prices, lambda: KEY)
        self.tracking = CallTracking(
            calls=self.calls,
            sources=self.sources,
            ledger=ledger,
            settlement=CallSettlement(ledger, prices, self.inbox),
            exceptions=self.inbox,
            signing_key=lambda: KEY,
            budget=budget,
        )

    @property
    def call_id(self) -> str:
        return f"call-of-{self.account_id}"

    @property
    def number_id(self) -> str:
        return f"number-of-{self.account_id}"

    @property
    def ended(self) -> CallEvent:
        """Return the report of 3.2 minutes."""
        duration = Duration(milliseconds=192_000, source=DurationSource.REPORT_TIMES)
        end = CallEnd(duration=duration, provider_cost=318_500, ended_at=Instant(NOW + 202))
        return CallEvent(call_id=self.call_id, status=CallStatus.ENDED, end=end, created_at=NOW)

    def admit(self, now: Instant = NOW) -> None:
        request = CallRequest(account_id=self.account_id, key="call")
        assert isinstance(self.admission.admit(request, actor(), now), Admitted)

    def bind(self) -> None:
        self.admit()
        [hold] = self.harness.store.load(self.account_id).holds
        binding = Binding(account_id=self.account_id, hold_id=hold.number, by=BoundBy.SERVICE)
        self.tracking.bind_to_hold(self.call_id, binding, request_id=new_request_id(), now=NOW)

    def report(self, now: Instant = NOW) -> None:
        self.tracking.record_event(self.ended, request_id=new_request_id(), now=now)

    def map_number(self) -> None:
        source = CallSource(
            source_id=self.number_id,
            account_id=self.account_id,
            assistant_id="assistant-1",
            updated_at=NOW,
            updated_by="admin:a",
        )
        map_source(self.sources, source)

    def come_in(self, now: Instant = NOW) -> None:
        inbound = InboundCalls(
            sources=self.sources, admission=self.admission, tracking=self.tracking
        )
        asked = CallEvent(call_id=self.call_id, phone_number_id=self.number_id)
        answer = inbound.answer(asked, request_id=new_request_id(), now=now)
        if not isinstance(answer, Answered):
            raise Unavailable(answer)

    def collect(self, now: Instant = NOW) -> None:
        self.provider.known[self.call_id] = self.ended
        failures: list[Exception] = []
        collection = Collection(
            calls=Due(self.calls, self.call_id),
            provider=self.provider,
            tracking=self.tracking,
            running=RunningCalls(
                ledger=self.harness.ledger,
                catalogue=self.harness.catalogue,
                provider=self.provider,
                exceptions=self.inbox,
                ends=False,
            ),
            exceptions=self.inbox,
            time_is_up=lambda: False,
            failed=lambda _, exc: failures.append(exc),
        )
        collection.run(now=Instant(now + 400), request_id=new_request_id())
        if failures:
            raise failures[0]

    def assign(self, now: Instant = NOW) -> None:
        case = self.inbox.case(UNKNOWN_CALL, self.call_id)
        assert case is not None
        assignment = CallAssignment(
            inbox=self.inbox, tracking=self.tracking, ledger=self.harness.ledger
        )
        assignment.assign(case, self.account_id, act(now))


@dataclass(frozen=True)
class Step:
    """Something that is asked of calls, what comes before and after it, and what is then kept."""

    name: str
    before: Callable[[Desk], object]
    act: Callable[[Desk, Instant], object]
    after: Callable[[Desk], object]
    kinds: list[str]
    least_calls: int


def nothing(_: Desk) -> None:
    """Do nothing."""


def collect_again(desk: Desk) -> None:
    """Let the schedule run once more, when what was learned and not settled is due."""
    desk.collect(Instant(NOW + 600))


STEPS = [
    Step("admission", nothing, Desk.admit, nothing, PAID[:2], 3),
    Step("report", Desk.bind, Desk.report, nothing, PAID, 5),
    Step("inbound", Desk.map_number, Desk.come_in, Desk.report, PAID, 4),
    Step("collector", Desk.bind, Desk.collect, collect_again, PAID, 6),
    Step("assignment", Desk.report, Desk.assign, nothing, ["adjustment", "usage"], 6),
]


@pytest.mark.fault(
    "A65",
    "A reply about a call is lost, or its process dies, at any of its calls",
    "The next try ends it: one hold, paid once, the provider's cost counted once",
    no_mutant="a commit is whole or nothing and its repeat a replay, which have theirs (A1)",
)
@pytest.mark.parametrize(
    ("fault", "lasting", "again_after"),
    [
        *[(each, only, 0) for each in Fault],
        (Fault.NOT_SENT, since, 0),
        (Fault.REPLY_LOST, only, 3_600),
        (Fault.REPLY_LOST, only, -3_600),
    ],
)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_what_was_cut_off_anywhere_is_ended_by_the_next_try(
    step: Step,
    fault: Fault,
    lasting: Callable[[int, Fault], Plan],
    again_after: int,
    tables: EmulatorTables,
) -> None:
    for n in count(1):
        account_id = new_account_id("call")
        tables.clean.give(account_id, "100.00")
        clean = Desk(tables, account_id)
        step.before(clean)
        troubled = Desk(tables, account_id, lasting(n, fault))
        with suppress(Killed, Unavailable):
            step.act(troubled, NOW)

        step.act(clean, Instant(NOW + again_after))
        step.after(clean)

        kinds = [str(each.kind) for each in clean.harness.entries(account_id)]
        assert kinds == step.kinds or (again_after > 0 and kinds == PAID_AFTER_EXPIRY)
        account = clean.harness.store.load(account_id)
        paid = step.kinds != PAID[:2]
        assert str(account.balance) == ("97.40" if paid else "100.00")
        costs = [each["vapi_call"].provider_cost for each in account.usage.values()]
        assert sum(costs) == (318_500 if paid else 0)
        assert verify(clean.harness.store, account_id) == []
        if len(troubled.wire.sent) < n:
            break
    assert n > step.least_calls
