"""What the template asks of Lambda for each event source, and what AWS makes of it.

Defaults and limits are those of the Lambda API: CreateEventSourceMapping and
PutFunctionEventInvokeConfig; those of queues are Lambda's page "Using Lambda with Amazon SQS".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

FOREVER = -1
"""As a number of retries or an age: until the record expires."""
type Template = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamSettings:
    """How Lambda reads a table's stream for a function; times in seconds."""

    batch_size: int = 100
    window: int = 0
    retries: int = FOREVER
    longest_age: int = FOREVER
    bisects: bool = False
    partial: bool = False
    parallel: int = 1
    filters: tuple[Mapping[str, Any], ...] = ()
    keeps_failures: bool = False

    @classmethod
    def of(cls, template: Template, function: str, event: str) -> Self:
        """Read the event of a function; what the template leaves open has AWS's default."""
        asked = _event(template, function, event, "DynamoDB")
        return cls(
            batch_size=asked.get("BatchSize", 100),
            window=asked.get("MaximumBatchingWindowInSeconds", 0),
            retries=asked.get("MaximumRetryAttempts", FOREVER),
            longest_age=asked.get("MaximumRecordAgeInSeconds", FOREVER),
            bisects=asked.get("BisectBatchOnFunctionError", False),
            partial="ReportBatchItemFailures" in asked.get("FunctionResponseTypes", ()),
            parallel=asked.get("ParallelizationFactor", 1),
            filters=_filters(asked),
            keeps_failures="OnFailure" in asked.get("DestinationConfig", {}),
        )

    def refused(self) -> list[str]:
        """Return what AWS would refuse."""
        aged = self.longest_age == FOREVER or 60 <= self.longest_age <= 604_800
        return _broken(
            ("a batch of 1 to 10,000", 1 <= self.batch_size <= 10_000),
            ("a window of 0 to 300 s", 0 <= self.window <= 300),
            ("-1 to 10,000 retries", FOREVER <= self.retries <= 10_000),
            ("an age of -1 or 60 to 604,800 s", aged),
            ("1 to 10 batches of a shard at once", 1 <= self.parallel <= 10),
        )

    def risks(self) -> list[str]:
        """Return how one bad record could be lost, or keep the others back."""
        return _broken(
            ("a bounded number of retries", self.retries != FOREVER),
            ("a bounded age", 0 < self.longest_age < 86_400),
            ("bisecting, to part the bad record from the others", self.bisects),
            ("partial responses", self.partial),
            ("a destination for what is given up", self.keeps_failures),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSettings:
    """How Lambda reads a queue for a function; times in seconds."""

    batch_size: int = 10
    window: int = 0
    partial: bool = False
    fifo: bool = False
    visibility: int = 30
    stored: int = 345_600
    most_receives: int | None = None
    timeout: int = 3

    @classmethod
    def of(cls, template: Template, function: str, event: str) -> Self:
        """Read the event of a function and the queue that it names."""
        asked = _event(template, function, event, "SQS")
        queue = template["Resources"][asked["Queue"]["Fn::GetAtt"][0]].get("Properties", {})
        usual = template.get("Globals", {}).get("Function", {}).get("Timeout", 3)
        return cls(
            batch_size=asked.get("BatchSize", 10),
            window=asked.get("MaximumBatchingWindowInSeconds", 0),
            partial="ReportBatchItemFailures" in asked.get("FunctionResponseTypes", ()),
            fifo=queue.get("FifoQueue", False),
            visibility=queue.get("VisibilityTimeout", 30),
            stored=queue.get("MessageRetentionPeriod", 345_600),
            most_receives=queue.get("RedrivePolicy", {}).get("maxReceiveCount"),
            timeout=template["Resources"][function]["Properties"].get("Timeout", usual),
        )

    def refused(self) -> list[str]:
        """Return what AWS would refuse; an emulator may not."""
        most = 10 if self.fifo else 10_000
        return _broken(
            (f"a batch of 1 to {most:,}", 1 <= self.batch_size <= most),
            ("a window of 0 to 300 s", 0 <= self.window <= 300),
            ("no window on a FIFO queue", not (self.fifo and self.window)),
            ("a window for batches above 10", self.batch_size <= 10 or self.window > 0),
            ("a visibility timeout of at least the function's", self.visibility >= self.timeout),
        )

    def risks(self) -> list[str]:
        """Return how one bad message could be lost, or come again for ever."""
        return _broken(
            ("partial responses", self.partial),
            ("a queue for what is given up", self.most_receives is not None),
            ("a visibility timeout of six times the function's", self._patient()),
        )

    def _patient(self) -> bool:
        return self.visibility >= 6 * self.timeout + self.window


@dataclass(frozen=True, slots=True, kw_only=True)
class AsyncSettings:
    """How Lambda retries an invocation that nobody waits for; times in seconds."""

    retries: int = 2
    longest_age: int = 21_600
    keeps_failures: bool = False

    @classmethod
    def of(cls, template: Template, function: str) -> Self:
        """Read a function's EventInvokeConfig."""
        asked = template["Resources"][function]["Properties"].get("EventInvokeConfig", {})
        return cls(
            retries=asked.get("MaximumRetryAttempts", 2),
            longest_age=asked.get("MaximumEventAgeInSeconds", 21_600),
            keeps_failures="OnFailure" in asked.get("DestinationConfig", {}),
        )

    def refused(self) -> list[str]:
        """Return what AWS would refuse."""
        return _broken(
            ("0 to 2 retries", 0 <= self.retries <= 2),
            ("an age of 60 to 21,600 s", 60 <= self.longest_age <= 21_600),
        )


def _event(template: Template, function: str, event: str, kind: str) -> Mapping[str, Any]:
    found = template["Resources"][function]["Properties"]["Events"][event]
    assert found["Type"] == kind, f"{function}'s {event} is of type {found['Type']}"
    properties: Mapping[str, Any] = found["Properties"]
    return properties


def _filters(asked: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    filters = asked.get("FilterCriteria", {}).get("Filters", ())
    return tuple(json.loads(each["Pattern"]) for each in filters)


def _broken(*claims: tuple[str, bool]) -> list[str]:
    return [claim for claim, holds in claims if not holds]
