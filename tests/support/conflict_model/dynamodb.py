"""A DynamoDB in virtual time, behind botocore's real client: what it holds, rejects and charges.

Sources: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
(conflicts are rejected, a write costs two units a kilobyte) and
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
(a partition takes 1,000 write units a second).
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from tests.support.conflict_model.virtual_time import VirtualTime
from tests.support.measures import item_size
from tests.support.template import tables
from tests.support.wire import Answer, answered, cancelled, error

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ONE_WAY_SECONDS = 0.001
"""From a function to DynamoDB or back, what botocore computes included."""
READ_SECONDS = 0.002
PREPARE_SECONDS = 0.004
COMMIT_SECONDS = 0.004
"""A transaction holds its items while it prepares and while it commits: 8 ms in all."""
UNITS_PER_SECOND = 1_000
KILOBYTE = 1_024

type Item = Mapping[str, Any]
type Place = tuple[str, str]
"""A table, and an item's key in it."""

_CONDITION = re.compile(r"attribute_not_exists\((?P<absent>\w+)\)|(?P<name>\w+) = (?P<value>:\w+)")


@dataclass
class ModelledDynamoDB:
    """Stands in for the wire of *client*: single items, transactions of puts, and their limits.

    *keys* names the key attributes of each table, the first of which chooses the partition. `units`
    counts what would be billed, rejected and cancelled transactions included.
    """

    client: "DynamoDBClient"
    keys: Mapping[str, tuple[str, ...]]
    time: VirtualTime
    units: float = 0
    conflicts: int = 0
    stale: int = 0
    throttled: int = 0
    _items: dict[Place, Item] = field(default_factory=dict)
    _held: set[Place] = field(default_factory=set)
    _buckets: "dict[Place, _Bucket]" = field(default_factory=lambda: defaultdict(_Bucket))

    def __post_init__(self) -> None:
        session = self.client._endpoint.http_session  # type: ignore[attr-defined]  # where its wire is
        session.send = self._send

    def forget_counts(self) -> None:
        """Count from nothing."""
        self.units = 0
        self.conflicts = self.stale = self.throttled = 0

    def _send(self, request: AWSPreparedRequest) -> AWSResponse:
        target = request.headers["X-Amz-Target"]
        operation = (target.decode() if isinstance(target, bytes) else target).partition(".")[2]
        body = request.body
        assert isinstance(body, bytes | str), "botocore sends JSON"
        asked = json.loads(body)
        self.time.sleep(ONE_WAY_SECONDS)
        answer = {
            "GetItem": self._get_item,
            "BatchGetItem": self._batch_get_item,
            "PutItem": self._put_item,
            "TransactWriteItems": self._transact_write_items,
        }[operation](asked)
        self.time.sleep(ONE_WAY_SECONDS)
        return answered(request.url, *answer)

    def _get_item(self, asked: Mapping[str, Any]) -> Answer:
        self.time.sleep(READ_SECONDS)
        found = self._items.get(self._place(asked["TableName"], asked["Key"]))
        return 200, {"Item": found} if found else {}

    def _batch_get_item(self, asked: Mapping[str, Any]) -> Answer:
        self.time.sleep(READ_SECONDS)
        found = {
            table: [
                self._items[place]
                for place in (self._place(table, key) for key in wanted["Keys"])
                if place in self._items
            ]
            for table, wanted in asked["RequestItems"].items()
        }
        return 200, {"Responses": found, "UnprocessedKeys": {}}

    def _put_item(self, asked: Mapping[str, Any]) -> Answer:
        place = self._place(asked["TableName"], asked["Item"])
        self.units += -(-item_size(asked["Item"]) // KILOBYTE)
        self.time.sleep(COMMIT_SECONDS)
        if self._failure(asked, place)["Code"] != "None":
            return error("ConditionalCheckFailedException")
        self._items[place] = asked["Item"]
        return 200, {}

    def _transact_write_items(self, asked: Mapping[str, Any]) -> Answer:
        puts = [write["Put"] for write in asked["TransactItems"]]
        places = [self._place(put["TableName"], put["Item"]) for put in puts]
        costs = [2 * -(-item_size(put["Item"]) // KILOBYTE) for put in puts]
        self.units += sum(costs)
        if self._held & set(places):
            self.conflicts += 1
            return cancelled(
                ["TransactionConflict" if place in self._held else "None" for place in places]
            )
        if not self._affordable(places, costs):
            self.throttled += 1
            return cancelled(["ThrottlingError"] * len(places))
        self._held |= set(places)
        try:
            self.time.sleep(PREPARE_SECONDS)
            reasons = [self._failure(put, place) for put, place in zip(puts, places, strict=True)]
            if any(reason["Code"] != "None" for reason in reasons):
                self.stale += 1
                return error("TransactionCanceledException", CancellationReasons=reasons)
            self.time.sleep(COMMIT_SECONDS)
            self._items |= {place: put["Item"] for put, place in zip(puts, places, strict=True)}
        finally:
            self._held -= set(places)
        self.units += len(puts) - 1
        return 200, {}

    def _affordable(self, places: Sequence[Place], costs: Sequence[int]) -> bool:
        """Take the units from every partition, or from none."""
        wanted: dict[Place, int] = defaultdict(int)
        for (table, key), cost in zip(places, costs, strict=True):
            wanted[table, json.loads(key)[0]] += cost
        buckets = {each: self._buckets[each] for each in wanted}
        if any(bucket.left(self.time.clock()) < wanted[each] for each, bucket in buckets.items()):
            return False
        for each, bucket in buckets.items():
            bucket.take(wanted[each])
        return True

    def _failure(self, put: Mapping[str, Any], place: Place) -> dict[str, Any]:
        there = self._items.get(place)
        if _holds(put.get("ConditionExpression"), there, put.get("ExpressionAttributeValues", {})):
            return {"Code": "None"}
        return {"Code": "ConditionalCheckFailed", "Message": "failed", "Item": there or {}}

    def _place(self, table: str, item: Item) -> Place:
        return table, json.dumps([next(iter(item[name].values())) for name in self.keys[table]])


def key_of(table: str) -> tuple[str, ...]:
    """Return the names of a table's key attributes, the one that chooses the partition first."""
    return tuple(each["AttributeName"] for each in tables()[table]["KeySchema"])


@dataclass(slots=True)
class _Bucket:
    """The write units of one partition: a second's worth, filled evenly."""

    units: float = UNITS_PER_SECOND
    filled_at: float = 0.0

    def left(self, now: float) -> float:
        """Fill up to *now*; return the units that are there."""
        filled = self.units + (now - self.filled_at) * UNITS_PER_SECOND
        self.units, self.filled_at = min(filled, UNITS_PER_SECOND), now
        return self.units

    def take(self, units: float) -> None:
        """Take units that are there."""
        self.units -= units


def _holds(condition: str | None, there: Item | None, values: Mapping[str, Any]) -> bool:
    """Judge the two forms of condition that the ledger writes with."""
    if condition is None:
        return True
    parts = _CONDITION.fullmatch(condition)
    if parts is None:
        raise NotImplementedError(f"the model knows no condition like {condition}")
    if parts["absent"]:
        return there is None or parts["absent"] not in there
    return there is not None and there.get(parts["name"]) == values[parts["value"]]
