"""As much of DynamoDB as jobs ask of it, fast enough for very many items, with requests counted.

Rows, sparse indexes, pages and changes are real; conditions hold, because nobody else writes.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tests.support.template import tables

_BOUNDS = re.compile(r"(\w+) = (:\w+) AND (\w+) (<=?) (:\w+)")
_SET = re.compile(r"(\S+) = (:\w+)")

type Item = Mapping[str, Any]
type Key = tuple[Any, ...]
type Place = tuple[str, str, str, str]


class IndexedTables:
    """Answers as a client of DynamoDB would; `requests` counts what was asked, by name."""

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()
        self._items: dict[str, dict[Key, dict[str, Any]]] = {}
        self._keys: dict[str, list[str]] = {}
        self._indexes: dict[str, list[tuple[str, str]]] = {}
        self._rows: dict[Place, list[tuple[Any, Key]]] = {}
        for name, definition in tables().items():
            self._items[name] = {}
            self._keys[name] = _names(definition)
            indexes = definition.get("GlobalSecondaryIndexes", [])
            keys = [_names(each) for each in indexes]
            self._indexes[name] = [(each[0], each[1]) for each in keys if len(each) == 2]

    def put(self, table: str, item: Item) -> None:
        """Keep an item, uncounted."""
        key = self._key(table, item)
        self._forget(table, key)
        self._items[table][key] = dict(item)
        for place, row in self._places(table, key):
            insort(self._rows.setdefault(place, []), row)

    def get_item(self, **asked: Any) -> dict[str, Any]:
        """Return an item by its key."""
        self.requests["GetItem"] += 1
        item = self._items[asked["TableName"]].get(self._key(asked["TableName"], asked["Key"]))
        return {} if item is None else {"Item": dict(item)}

    def query(self, **asked: Any) -> dict[str, Any]:
        """Return a page of an index's partition, up to a bound of its sort key."""
        self.requests["Query"] += 1
        bounds = _BOUNDS.fullmatch(asked["KeyConditionExpression"])
        assert bounds, "only partitions of an index are asked for"
        values = asked["ExpressionAttributeValues"]
        assert (bounds[1], bounds[3]) in self._indexes[asked["TableName"]], "there is no such index"
        place = (asked["TableName"], bounds[1], bounds[3], values[bounds[2]]["S"])
        bound = _value(values[bounds[5]])
        rows = self._rows.get(place, [])
        reached = [
            each for each in rows if each[0] < bound or ("=" in bounds[4] and each[0] == bound)
        ]
        start = asked.get("ExclusiveStartKey")
        reached = reached[bisect_right(reached, start["place"]) if start else 0 :]
        page, more = reached[: asked["Limit"]], len(reached) > asked["Limit"]
        found = self._items[asked["TableName"]]
        answer: dict[str, Any] = {"Items": [dict(found[key]) for _, key in page]}
        return {**answer, "LastEvaluatedKey": {"place": page[-1]}} if more else answer

    def update_item(self, **asked: Any) -> dict[str, Any]:
        """Change attributes of an item and return it."""
        self.requests["UpdateItem"] += 1
        return {"Attributes": self._changed(asked)}

    def transact_write_items(self, **asked: Any) -> dict[str, Any]:
        """Write all items of a transaction."""
        self.requests["TransactWriteItems"] += 1
        for write in asked["TransactItems"]:
            if "Put" in write:
                self.put(write["Put"]["TableName"], write["Put"]["Item"])
            else:
                self._changed(write["Update"])
        return {}

    def _changed(self, asked: Item) -> Item:
        table = asked["TableName"]
        item = dict(self._items[table][self._key(table, asked["Key"])])
        values = asked.get("ExpressionAttributeValues", {})
        named = asked.get("ExpressionAttributeNames", {})
        sets, _, removed = asked["UpdateExpression"].partition("REMOVE ")
        for name, value in _SET.findall(sets):
            item[named.get(name, name)] = values[value]
        for name in removed.split(", ") if removed else []:
            item.pop(name, None)
        self.put(table, item)
        return item

    def _forget(self, table: str, key: Key) -> None:
        if key in self._items[table]:
            for place, row in self._places(table, key):
                del self._rows[place][bisect_left(self._rows[place], row)]

    def _places(self, table: str, key: Key) -> Iterator[tuple[Place, tuple[Any, Key]]]:
        """Go through where an item stands in indexes; one without their attributes does not."""
        item = self._items[table][key]
        for first, last in self._indexes[table]:
            if first in item and last in item:
                yield (table, first, last, item[first]["S"]), (_value(item[last]), key)

    def _key(self, table: str, item: Item) -> Key:
        return tuple(_value(item[name]) for name in self._keys[table])


def _names(definition: Mapping[str, Any]) -> list[str]:
    return [each["AttributeName"] for each in definition["KeySchema"]]


def _value(typed: Mapping[str, Any]) -> Any:
    [(kind, value)] = typed.items()
    return int(value) if kind == "N" else value
