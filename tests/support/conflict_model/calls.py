"""Calls that come in at once for one account, in virtual time, and what they are told."""

import random
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from prepaid.calls.admission import CallAdmission
from prepaid.calls.dynamodb import DynamoCalls, DynamoCallSources
from prepaid.calls.facts import CallEvent
from prepaid.calls.inbound import Answered, InboundCalls
from prepaid.calls.ports import CallSource
from prepaid.calls.settlement import CallSettlement
from prepaid.calls.tracking import CallTracking
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId
from prepaid.ledger.posting import Ledger
from prepaid.runtime.retries import Deadline
from prepaid.runtime.wiring.calls import PROMPT_SECONDS

from tests.support.audits import map_source
from tests.support.conflict_model.dynamodb import ModelledDynamoDB, key_of
from tests.support.conflict_model.virtual_time import VirtualTime
from tests.support.dynamodb import LEDGER_TABLES, ledger_store, new_client
from tests.support.ledger_harness import NOW, LedgerHarness
from tests.support.memory_payments import MemoryExceptions

ACCOUNT = AccountId("call-centre")
NUMBER = "number-1"
RECORDS = "credit_records"
HANDLER_SECONDS = 0.003
"""What a function does for a request beside its calls."""
KEY = b"k" * 32


@dataclass
class CallsAtOnce:
    """Inbound calls of one account, each answered in virtual time as the webhook answers it.

    `told` counts the answers: "admitted" or why not; `waits` are their seconds.
    """

    seed: int
    credits: str
    time: VirtualTime = field(default_factory=VirtualTime)
    reported: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - a model's chance
        client = new_client(
            "http://modelled",
            retries={"mode": "standard", "total_max_attempts": 1},
            parameter_validation=False,
        )
        keys = {name: key_of(name) for name in (*LEDGER_TABLES, RECORDS)}
        self.dynamodb = ModelledDynamoDB(client, keys, self.time)
        self.harness = LedgerHarness(ledger_store(client, ""), budget=self._budget)
        self._calls = DynamoCalls(client, RECORDS)
        self._sources = DynamoCallSources(client, RECORDS)
        self.time.run([(0.0, self._open)])

    def answer(self, calls: int, *, within: float = 0.0) -> None:
        """Let *calls* come in within so many seconds, and answer each."""
        self.dynamodb.forget_counts()
        began = self.time.clock()
        self.time.run(
            (began + self._random.uniform(0, within), partial(self._answer, f"call-{number}"))
            for number in range(calls)
        )

    def account(self) -> Account:
        """Read the account."""
        read: list[Account] = []
        self.time.run(
            [(self.time.clock(), lambda: read.append(self.harness.ledger.account(ACCOUNT)))]
        )
        return read[0]

    def _open(self) -> None:
        self.harness.give(ACCOUNT, self.credits)
        source = CallSource(
            source_id=NUMBER,
            account_id=ACCOUNT,
            assistant_id="assistant-1",
            updated_at=NOW,
            updated_by="admin:a",
        )
        map_source(self._sources, source)

    def _budget(self, seconds: float = PROMPT_SECONDS) -> Deadline:
        return Deadline(
            seconds=seconds,
            clock=self.time.clock,
            sleep=self.time.sleep,
            uniform=self._random.uniform,
        )

    def _inbound(self) -> InboundCalls:
        budget = self._budget()
        ledger = Ledger(self.harness.store, lambda: budget)
        exceptions = MemoryExceptions()
        return InboundCalls(
            sources=self._sources,
            admission=CallAdmission(ledger, self.harness.catalogue, lambda: KEY),
            tracking=CallTracking(
                calls=self._calls,
                sources=self._sources,
                ledger=ledger,
                settlement=CallSettlement(ledger, self.harness.catalogue, exceptions),
                exceptions=exceptions,
                signing_key=lambda: KEY,
                budget=lambda: budget,
            ),
        )

    def _answer(self, call_id: str) -> None:
        began = self.time.clock()
        self.time.sleep(HANDLER_SECONDS)
        asked = CallEvent(call_id=call_id, phone_number_id=NUMBER)
        answer = self._inbound().answer(asked, request_id=call_id, now=NOW)
        self.reported["admitted" if isinstance(answer, Answered) else str(answer)] += 1
        self.waits.append(self.time.clock() - began)
