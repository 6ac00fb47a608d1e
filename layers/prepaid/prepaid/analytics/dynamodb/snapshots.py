"""Snapshots of all accounts, in DynamoDB's table of records.

A part has one row of its sums, one for each list of accounts, one for each day, and one for each
day of its payments. What can change together is written in one transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import batched
from typing import TYPE_CHECKING, Any

from prepaid.analytics.dynamodb import rows
from prepaid.analytics.money import MoneySums
from prepaid.analytics.snapshot_ports import Part, Snapshot, SystemDay
from prepaid.domain.credits import Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import reading, translated
from prepaid.dynamodb.values import Plain, deserialize, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_PARTS = "snapshot"
_DAYS = "system_day"
_MONEY = "system_money"
_TOP = "system_top"
TOGETHER = 90
"""So many rows are written in one transaction, which DynamoDB bounds by 100 items and 4 MB."""


class DynamoSnapshots:
    """`Snapshots` on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def last(self, part: Part) -> Instant | None:
        """Read when the part's snapshot is of."""
        with reading():
            answer = self._client.get_item(
                TableName=self._table,
                Key=serialize({names.KIND_ID: _PARTS, names.SORT: _name(part)}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return Instant(deserialize(item)["as_of"]) if item else None

    def keep(self, snapshot: Snapshot) -> None:
        """Write what changed: the latest days with the sums, days before them first.

        Only the first snapshot of a large ledger has more days than fit into one transaction.
        """
        part = _name(snapshot.part)
        days = [_day_to_row(part, each) for each in snapshot.days]
        dated = sorted([*days, *self._new_money(snapshot)], key=lambda row: row[names.SORT])
        top = [
            {names.KIND_ID: f"{_TOP}#{part}", names.SORT: name, "top": rows.ranked_to_rows(ranked)}
            for name, ranked in snapshot.top.items()
        ]
        together = TOGETHER - len(top) - 1
        for earlier in batched(dated[:-together], TOGETHER, strict=False):
            self._write(earlier)
        self._write([*dated[-together:], *top, _part_to_row(snapshot)])

    def read(self, since: date, until: date) -> Sequence[Snapshot]:
        """Read the rows of every part."""
        parts = _whole(self._rows(_PARTS))
        return [self._snapshot(part, row, since, until) for part, row in parts]

    def _snapshot(self, part: Part, row: Plain, since: date, until: date) -> Snapshot:
        name = _name(part)
        days = self._rows(f"{_DAYS}#{name}", since, until)
        money = self._rows(f"{_MONEY}#{name}", since, until)
        top = {each[names.SORT]: each["top"] for each in self._rows(f"{_TOP}#{name}")}
        return Snapshot(
            part=part,
            as_of=Instant(row["as_of"]),
            standing=rows.standing_from_row(row["standing"]),
            days=[_day_from_row(each) for each in days],
            money={date.fromisoformat(each[names.SORT]): _money(each) for each in money},
            active=row["active"],
            active_since=date.fromisoformat(row["active_since"]),
            top={each: rows.ranked_from_rows(ranked) for each, ranked in top.items()},
        )

    def _new_money(self, snapshot: Snapshot) -> list[Plain]:
        """Return the days of payments that differ from what is kept; no day disappears."""
        kind = f"{_MONEY}#{_name(snapshot.part)}"
        stored = {date.fromisoformat(each[names.SORT]): each for each in self._rows(kind)}
        found: Mapping[date, MoneySums] = {
            day: snapshot.money.get(day, {}) for day in {**stored, **snapshot.money}
        }
        return [
            {
                names.KIND_ID: kind,
                names.SORT: day.isoformat(),
                "money": rows.money_to_row(money),
            }
            for day, money in found.items()
            if day not in stored or _money(stored[day]) != money
        ]

    def _rows(self, kind: str, since: date | None = None, until: date | None = None) -> list[Plain]:
        condition, values = f"{names.KIND_ID} = :kind", {":kind": kind}
        if since is not None and until is not None:
            condition += f" AND {names.SORT} BETWEEN :since AND :until"
            values |= {":since": since.isoformat(), ":until": until.isoformat()}
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=serialize(values),
            ConsistentRead=True,
        )
        with reading():
            return [deserialize(item) for page in pages for item in page["Items"]]

    def _write(self, written: Sequence[Plain]) -> None:
        puts: Sequence[Any] = [
            {"Put": {"TableName": self._table, "Item": serialize(row)}} for row in written
        ]
        with translated():
            self._client.transact_write_items(TransactItems=puts)


def _name(part: Part) -> str:
    return f"{part.number:04d}/{part.parts:04d}"


def _whole(found: Sequence[Plain]) -> list[tuple[Part, Plain]]:
    """Return the parts that make a whole, of several wholes the one that is the latest."""
    by_size: dict[int, dict[int, Plain]] = {}
    for row in found:
        number, _, parts = row[names.SORT].partition("/")
        by_size.setdefault(int(parts), {})[int(number)] = row
    whole = [(size, each) for size, each in by_size.items() if len(each) == size]
    if not whole:
        return []
    size, parts_of_it = max(whole, key=lambda each: min(row["as_of"] for row in each[1].values()))
    return [(Part(number, size), parts_of_it[number]) for number in sorted(parts_of_it)]


def _part_to_row(snapshot: Snapshot) -> Plain:
    return {
        names.KIND_ID: _PARTS,
        names.SORT: _name(snapshot.part),
        "as_of": snapshot.as_of,
        "standing": rows.standing_to_row(snapshot.standing),
        "active": snapshot.active,
        "active_since": snapshot.active_since.isoformat(),
    }


def _day_to_row(part: str, day: SystemDay) -> Plain:
    return {
        names.KIND_ID: f"{_DAYS}#{part}",
        names.SORT: day.day.isoformat(),
        "as_of": day.as_of,
        "flows": rows.flows_to_row(day.flows),
    }


def _day_from_row(row: Plain) -> SystemDay:
    return SystemDay(
        day=date.fromisoformat(row[names.SORT]),
        flows=rows.flows_from_row(row["flows"]),
        as_of=Instant(row["as_of"]),
    )


def _money(row: Plain) -> MoneySums:
    return rows.money_from_row(row["money"])
