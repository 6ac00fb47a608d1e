"""An SQS queue and Lambda's reading of it, played in the test's own process.

The rules are those of Lambda's page "Using Lambda with Amazon SQS" (deleted on success, visible
again on failure, partial responses) and of SQS's pages on visibility, dead-letter queues, message
groups and deduplication.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.support.event_sources.invocation import Clock, Handler, invoke
from tests.support.event_sources.settings import QueueSettings

DEDUPLICATED_SECONDS = 300
QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:driven"
_numbers = count(1)


@dataclass(slots=True, eq=False)
class Message:
    """A message; `visible_at` is when it can be received (again)."""

    message_id: str
    body: str
    sent_at: int
    group: str | None
    visible_at: int
    receives: int = 0

    def wire(self, receipt: int) -> dict[str, Any]:
        """Return the message as Lambda hands it over."""
        attributes = {
            "ApproximateReceiveCount": str(self.receives),
            "SentTimestamp": str(self.sent_at * 1_000),
            "SenderId": "000000000000",
            "ApproximateFirstReceiveTimestamp": str(self.sent_at * 1_000),
        }
        if self.group is not None:
            attributes["MessageGroupId"] = self.group
        return {
            "messageId": self.message_id,
            "receiptHandle": f"{self.message_id}-{receipt}",
            "body": self.body,
            "attributes": attributes,
            "messageAttributes": {},
            "md5OfBody": "",
            "eventSource": "aws:sqs",
            "eventSourceARN": QUEUE_ARN,
            "awsRegion": "us-east-1",
        }


@dataclass(slots=True)
class QueueDriver:
    """Feeds *handler* with what is sent to the queue, as Lambda would under *settings*.

    `done` are the ids of messages that were deleted after they succeeded, `dead` the messages in
    the dead-letter queue, `lost` the ids of those that outlived the queue's retention.
    """

    settings: QueueSettings
    handler: Handler
    clock: Clock
    done: list[str] = field(default_factory=list)
    dead: list[Message] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    invocations: int = 0
    _waiting: list[Message] = field(default_factory=list)
    _known: dict[str, tuple[int, str]] = field(default_factory=dict)
    _finished: dict[str, str] = field(default_factory=dict)

    def send(self, body: str, *, group: str | None = None, once: str | None = None) -> str:
        """Send a message; on a FIFO queue, *once* is accepted again only after five minutes.

        Returns the message's id. Raises ValueError for a FIFO message without a group.
        """
        if self.settings.fifo and group is None:
            raise ValueError("a message of a FIFO queue belongs to a group")
        now = self.clock.now
        if once is not None and self.settings.fifo:
            known_at, known_id = self._known.get(once, (now - DEDUPLICATED_SECONDS, ""))
            if now - known_at < DEDUPLICATED_SECONDS:
                return known_id
        message_id = self._accept(body, group)
        if once is not None:
            self._known[once] = (now, message_id)
        return message_id

    def _accept(self, body: str, group: str | None) -> str:
        now = self.clock.now
        message = Message(f"message-{next(_numbers)}", body, now, group, visible_at=now)
        self._waiting.append(message)
        return message.message_id

    def deliver_again(self, message_id: str) -> None:
        """Let a message that is done come a second time, as a standard queue may."""
        now = self.clock.now
        body = self._finished[message_id]
        self._waiting.append(Message(message_id, body, now, None, visible_at=now))

    def run(self) -> None:
        """Go on until the queue is empty; the clock moves to when something can be received."""
        while self._waiting:
            self._drop_the_old()
            batch = self._receive()
            if batch:
                self._try(batch)
            elif self._waiting:
                self.clock.now = min(message.visible_at for message in self._heads())

    def redrive(self) -> None:
        """Move the dead letters back to the queue that they came from, as new messages."""
        dead, self.dead = self.dead, []
        for message in dead:
            self._accept(message.body, message.group)

    def _drop_the_old(self) -> None:
        oldest = self.clock.now - self.settings.stored
        self.lost += [each.message_id for each in self._waiting if each.sent_at <= oldest]
        self._waiting = [each for each in self._waiting if each.sent_at > oldest]

    def _heads(self) -> Sequence[Message]:
        """Return what may be received first: of a FIFO queue's groups only their first."""
        if not self.settings.fifo:
            return self._waiting
        first: dict[str | None, Message] = {}
        for message in self._waiting:
            first.setdefault(message.group, message)
        return list(first.values())

    def _receive(self) -> list[Message]:
        """Take a batch; a group whose first message is in flight or failed gives none."""
        now, batch = self.clock.now, list[Message]()
        blocked = {each.group for each in self._heads() if each.visible_at > now}
        for message in list(self._waiting):
            if self.settings.fifo and message.group in blocked:
                continue
            if message.visible_at > now or len(batch) == self.settings.batch_size:
                continue
            most = self.settings.most_receives
            if most is not None and message.receives >= most:
                self._waiting.remove(message)
                self.dead.append(message)
                continue
            message.receives += 1
            message.visible_at = now + self.settings.visibility
            batch.append(message)
        return batch

    def _try(self, batch: Sequence[Message]) -> None:
        self.invocations += 1
        event = {"Records": [message.wire(self.invocations) for message in batch]}
        ids = Counter(message.message_id for message in batch)
        outcome = invoke(self.handler, event, ids, partial=self.settings.partial)
        for message in batch:
            if message.message_id not in outcome.failed:
                self._waiting.remove(message)
                self.done.append(message.message_id)
                self._finished[message.message_id] = message.body
