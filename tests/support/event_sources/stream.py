"""A DynamoDB stream and Lambda's reading of it, played in the test's own process.

The rules are those of Lambda's pages "Using AWS Lambda with Amazon DynamoDB" (retries, bisecting,
discarded batches, partial responses) and of DynamoDB's page on streams (24 hours, order within
an item). Where they are silent, the harsher reading is played: progress inside a batch gives back
no retries, and a batch whose first record failed is halved. Not played: a batching window, several
batches of a shard at once.
"""

import json
import zlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from tests.support.event_sources.invocation import FUNCTION_ARN, Clock, Handler, Outcome, invoke
from tests.support.event_sources.patterns import passes
from tests.support.event_sources.settings import FOREVER, StreamSettings

KEPT_SECONDS = 86_400
LARGEST_EVENT_BYTES = 6_000_000
LONGEST_PAUSE_SECONDS = 60
STREAM_ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/driven/stream/2026-11-22T00:00:00.000"
type Item = Mapping[str, Any]  # attribute → DynamoDB's typed value


@dataclass(frozen=True, slots=True)
class Record:
    """A record as Lambda hands it over, when it came, and its number in the stream."""

    wire: Mapping[str, Any]
    came_at: int
    number: str


@dataclass(slots=True)
class _Batch:
    records: Sequence[Record]
    failures: int = 0
    ready_at: int = 0


@dataclass(slots=True)
class _Shard:
    name: str
    records: deque[Record] = field(default_factory=deque)
    batches: deque[_Batch] = field(default_factory=deque)


class StreamDriver:
    """Feeds *handler* with what is put into the stream, as Lambda would under *settings*.

    `done` are the numbers of records that Lambda counts as processed, `lost` those that nobody
    could read within 24 hours; `destination` holds the messages about batches that were given up.
    Each record ends in exactly one of the three. *clock* is moved by the pauses between retries.
    """

    def __init__(
        self,
        settings: StreamSettings,
        handler: Handler,
        clock: Clock,
        *,
        keys: Sequence[str],
        shards: int = 1,
    ) -> None:
        self.done: list[str] = []
        self.lost: list[str] = []
        self.filtered: list[str] = []
        self.given_up: list[str] = []
        self.destination: list[dict[str, Any]] = []
        self.invocations = 0
        self._settings = settings
        self._handler = handler
        self._clock = clock
        self._keys = keys
        self._shards = [_Shard(f"shardId-{number:08d}") for number in range(shards)]
        self._numbers = count(999_999_999_999_999_999_990)

    def put(self, items: Iterable[Item], *, event: str = "INSERT") -> list[Record]:
        """Write images of items to the stream, in this order; return their records.

        The order of items that one transaction wrote is anybody's guess: put them as you like.
        """
        records = [self._recorded(item, event) for item in items]
        self.replay(records)
        return records

    def replay(self, records: Iterable[Record]) -> None:
        """Let records come (again), in this order."""
        for record in records:
            key = str(record.wire["dynamodb"]["Keys"]).encode()
            self._shards[zlib.crc32(key) % len(self._shards)].records.append(record)

    def run(self, *, until: int | None = None) -> None:
        """Go on until nothing is left, or the clock has reached *until*."""
        while shard := self._next_shard():
            ready_at = max(shard.batches[0].ready_at, self._clock.now)
            if until is not None and ready_at >= until:
                break
            self._clock.now = ready_at
            self._try(shard, shard.batches[0])
        self._clock.now = max(self._clock.now, until or 0)

    def _recorded(self, item: Item, event: str) -> Record:
        number = str(next(self._numbers))
        wire = {
            "eventID": f"{int(number):032x}",
            "eventName": event,
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": "us-east-1",
            "dynamodb": {
                "ApproximateCreationDateTime": self._clock.now,
                "Keys": {name: item[name] for name in self._keys},
                "NewImage": dict(item),
                "SequenceNumber": number,
                "SizeBytes": len(str(item)),
                "StreamViewType": "NEW_IMAGE",
            },
            "eventSourceARN": STREAM_ARN,
        }
        return Record(wire, self._clock.now, number)

    def _next_shard(self) -> _Shard | None:
        for shard in self._shards:
            while shard.records and not shard.batches:
                self._cut(shard)
        waiting = [shard for shard in self._shards if shard.batches]
        return min(waiting, key=lambda shard: shard.batches[0].ready_at, default=None)

    def _cut(self, shard: _Shard) -> None:
        """Take the next batch from a shard; what the filter keeps back counts as read."""
        batch: list[Record] = []
        size = 0
        while shard.records and len(batch) < self._settings.batch_size:
            record = shard.records[0]
            if passes(self._settings.filters, record.wire):
                size += len(json.dumps(record.wire))
                if batch and size > LARGEST_EVENT_BYTES:
                    break
                batch.append(record)
            else:
                self.filtered.append(record.number)
            shard.records.popleft()
        if batch:
            shard.batches.append(_Batch(batch))

    def _try(self, shard: _Shard, batch: _Batch) -> None:
        self._forget_the_old(batch)
        self._give_up_the_old(shard, batch)
        if not batch.records:
            shard.batches.popleft()
            return
        self.invocations += 1
        event = {"Records": [record.wire for record in batch.records]}
        ids = [record.number for record in batch.records]
        outcome = invoke(self._handler, event, ids, partial=self._settings.partial)
        failed = [place for place, number in enumerate(ids) if number in outcome.failed]
        checkpoint = failed[0] if failed else len(ids)
        self.done += ids[:checkpoint]
        batch.records = batch.records[checkpoint:]
        if not batch.records:
            shard.batches.popleft()
        elif self._settings.bisects and (checkpoint or len(batch.records) > 1):
            self._split(shard, batch, halved=not checkpoint)
        else:
            self._failed(shard, batch, outcome)

    def _split(self, shard: _Shard, batch: _Batch, *, halved: bool) -> None:
        """Go on behind the checkpoint, or with each half by itself; no retry is used up."""
        if not halved:
            return
        middle = len(batch.records) // 2
        shard.batches.popleft()
        for half in (batch.records[middle:], batch.records[:middle]):
            shard.batches.appendleft(_Batch(half, batch.failures, self._clock.now))

    def _failed(self, shard: _Shard, batch: _Batch, outcome: Outcome) -> None:
        batch.failures += 1
        if self._settings.retries != FOREVER and batch.failures > self._settings.retries:
            self._give_up(shard, batch, "RetryAttemptsExhausted", outcome)
            shard.batches.popleft()
            return
        pause = min(2 ** (batch.failures - 1), LONGEST_PAUSE_SECONDS)
        batch.ready_at = self._clock.now + pause

    def _forget_the_old(self, batch: _Batch) -> None:
        oldest = self._clock.now - KEPT_SECONDS
        self.lost += [record.number for record in batch.records if record.came_at <= oldest]
        batch.records = [record for record in batch.records if record.came_at > oldest]

    def _give_up_the_old(self, shard: _Shard, batch: _Batch) -> None:
        if self._settings.longest_age == FOREVER:
            return
        oldest = self._clock.now - self._settings.longest_age
        young = next((n for n, each in enumerate(batch.records) if each.came_at >= oldest), None)
        old = _Batch(batch.records[:young], batch.failures)
        batch.records = [] if young is None else batch.records[young:]
        if old.records:
            self._give_up(shard, old, "RecordAgeExceeded", None)

    def _give_up(
        self, shard: _Shard, batch: _Batch, condition: str, outcome: Outcome | None
    ) -> None:
        """Discard a batch; its place in the stream, never its content, goes to the destination."""
        records, batch.records = batch.records, []
        self.given_up += [record.number for record in records]
        if not self._settings.keeps_failures:
            return
        self.destination.append(
            {
                "requestContext": {
                    "requestId": outcome.request_id if outcome else "",
                    "functionArn": FUNCTION_ARN,
                    "condition": condition,
                    "approximateInvokeCount": batch.failures,
                },
                "responseContext": {
                    "statusCode": 200,
                    "executedVersion": "$LATEST",
                    "functionError": "Unhandled" if outcome and outcome.error else None,
                },
                "version": "1.0",
                "timestamp": _iso(self._clock.now),
                "DDBStreamBatchInfo": {
                    "shardId": shard.name,
                    "startSequenceNumber": records[0].number,
                    "endSequenceNumber": records[-1].number,
                    "approximateArrivalOfFirstRecord": _iso(records[0].came_at),
                    "approximateArrivalOfLastRecord": _iso(records[-1].came_at),
                    "batchSize": len(records),
                    "streamArn": STREAM_ARN,
                },
            }
        )


def _iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
