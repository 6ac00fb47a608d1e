"""The ledger's store: an account is read consistently and written in one transaction."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from prepaid.domain.account import NO_CHOICE, Account, AccountDefaults, Version
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry
from prepaid.domain.errors import Contended
from prepaid.domain.keys import Key
from prepaid.domain.usage import ClosedDay
from prepaid.dynamodb import names
from prepaid.dynamodb.batches import read_batch
from prepaid.dynamodb.failures import (
    BUSY,
    CONDITION_FAILED,
    Cancelled,
    reading,
    translated,
)
from prepaid.dynamodb.shards import SHARDS, DuePage, Position, due_in, read_page
from prepaid.dynamodb.values import Item, serialize
from prepaid.ledger.dynamodb import items, reads
from prepaid.ledger.ports import HistoryQuery, Moved, Page, RecordMoved, Repeated

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MAX_READ = 1000
"""The most entries that one page of history reads."""
END_OF_TIME = Instant(9_999_999_999)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTables:
    """The physical names of the tables that hold the ledger."""

    user_credits: str
    credit_transactions: str
    usage_tracking: str


type RecordWriter = Callable[[Any], dict[str, Any]]  # of one class of `Record` each
"""Makes the transaction's item that writes a record."""


class DynamoLedgerStore:
    """`LedgerStore`, `ExpiringAccounts` and `LedgerAudit` on DynamoDB.

    *writers* has one for each kind of `Record`; *defaults* hold for what nobody chose.
    """

    def __init__(
        self,
        client: "DynamoDBClient",
        tables: LedgerTables,
        writers: Mapping[str, RecordWriter],
        defaults: AccountDefaults = NO_CHOICE,
    ) -> None:
        self._client = client
        self._tables = tables
        self._writers = writers
        self._defaults = defaults

    def load(self, account_id: AccountId) -> Account:
        """Read the account consistently: one round trip, one read unit below 4 KB."""
        with reading():
            answer = self._client.get_item(
                TableName=self._tables.user_credits,
                Key=serialize({names.ACCOUNT_ID: account_id}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        if item:
            return items.account_from_item(item, self._defaults)
        return Account.new(account_id, self._defaults)

    def commit(self, decision: Decision, *, seen: Version) -> None:
        """Write the decision in one transaction: account, entries, records."""
        writes = [
            self._replace_account(decision, seen),
            *(self._append_entry(entry) for entry in decision.entries),
            *(self._writers[record.kind](record) for record in decision.also),
        ]
        try:
            with translated():
                self._client.transact_write_items(TransactItems=writes)  # type: ignore[arg-type]  # plain dicts
        except Cancelled as cancelled:
            raise _reason(cancelled.reasons, decision, self._defaults) from cancelled

    def entries(self, account_id: AccountId, keys: Collection[Key]) -> Mapping[Key, Entry]:
        """Read entries by key, consistently."""
        found = [items.entry_from_item(item) for item in self._entry_items(account_id, keys)]
        return {entry.key: entry for entry in found}

    def entries_under(self, account_id: AccountId, prefix: Key, *, limit: int) -> Sequence[Entry]:
        """Read the first entries whose keys begin with *prefix*, consistently."""
        return list(islice(self.all_under(account_id, prefix), limit))

    def history(self, query: HistoryQuery) -> Page:
        """Read a page of entries from the `history` index, newest first."""
        found: list[Entry] = []
        read = 0
        high: str | None = query.after or names.at(query.until or END_OF_TIME, names.LAST_SEQ)
        if query.since and query.until and query.until < query.since:
            return Page(entries=(), next_position=None)
        while high is not None and len(found) < query.limit and read < MAX_READ:
            with reading():
                answer = self._client.query(**_history_query(self._tables, query, high, read))
            read += answer["ScannedCount"]
            found += [items.entry_from_item(item) for item in answer["Items"]]
            last = answer.get("LastEvaluatedKey")
            high = names.just_before(last[names.AT]["S"]) if last else None
        if len(found) > query.limit:
            found = found[: query.limit]
            high = names.just_before(names.at(found[-1].posted_at, found[-1].seq))
        return Page(entries=tuple(found), next_position=high)

    shards = range(SHARDS)

    def due(self, *, now: Instant, shard: int) -> Iterator[AccountId]:
        """Find the accounts of a shard in which something has ended, the longest due first."""
        return due_in(shard, lambda each, after: self._due_in(each, now, after), str)

    def _due_in(self, shard: int, now: Instant, position: Position | None) -> DuePage[AccountId]:
        asked = {
            "TableName": self._tables.user_credits,
            "IndexName": names.DUE_INDEX,
            "KeyConditionExpression": f"{names.DUE_SHARD} = :shard AND {names.DUE_AT} <= :now",
            "ExpressionAttributeValues": serialize({":shard": str(shard), ":now": now}),
        }
        return read_page(self._client, asked, reads.account_id, position)

    def accounts(
        self, *, segment: int, segments: int, after: AccountId | None = None
    ) -> Iterator[AccountId]:
        """Scan the ids of one part of all accounts."""
        return reads.accounts(
            self._client, self._tables.user_credits, segment=segment, segments=segments, after=after
        )

    def whole_accounts(self, *, segment: int, segments: int) -> Iterator[Account]:
        """Scan one part of all accounts."""
        table = self._tables.user_credits
        return reads.whole_accounts(self._client, table, segment=segment, segments=segments)

    def all_entries(self, account_id: AccountId) -> Iterator[Entry]:
        """Read every entry of an account, consistently."""
        return self.all_under(account_id, Key(""))

    def in_order(
        self, account_id: AccountId, *, after: tuple[Instant, int] | None = None
    ) -> Iterator[Entry]:
        """Read the entries from the `history` index, oldest first."""
        table = self._tables.credit_transactions
        return reads.entries_in_order(self._client, table, account_id, after)

    def all_under(self, account_id: AccountId, prefix: Key) -> Iterator[Entry]:
        """Read every entry whose key begins with *prefix*, consistently."""
        table = self._tables.credit_transactions
        return reads.entries_under(self._client, table, account_id, prefix)

    def closed_days(
        self, account_id: AccountId, *, since: date | None = None, until: date | None = None
    ) -> Sequence[ClosedDay]:
        """Read the account's closed days, oldest first."""
        bounds = {
            ":account": account_id,
            ":since": (since or date.min).isoformat(),
            ":until": (until or date.max).isoformat(),
        }
        pages = self._client.get_paginator("query").paginate(
            TableName=self._tables.usage_tracking,
            KeyConditionExpression="account_id = :account AND #day BETWEEN :since AND :until",
            ExpressionAttributeNames={"#day": names.DAY},
            ExpressionAttributeValues=serialize(bounds),
            ConsistentRead=True,
        )
        with reading():
            return [items.closed_day_from_item(item) for page in pages for item in page["Items"]]

    def _replace_account(self, decision: Decision, seen: Version) -> dict[str, Any]:
        put: dict[str, Any] = {
            "TableName": self._tables.user_credits,
            "Item": items.account_to_item(decision.account, version=Version(seen + 1)),
            "ConditionExpression": f"attribute_not_exists({names.ACCOUNT_ID})",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        if seen:
            put["ConditionExpression"] = f"{names.VERSION} = :seen"
            put["ExpressionAttributeValues"] = serialize({":seen": seen})
        return {"Put": put}

    def _append_entry(self, entry: Entry) -> dict[str, Any]:
        return {
            "Put": {
                "TableName": self._tables.credit_transactions,
                "Item": items.entry_to_item(entry),
                "ConditionExpression": f"attribute_not_exists({names.ACCOUNT_ID})",
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def _entry_items(self, account_id: AccountId, wanted: Collection[Key]) -> Iterator[Item]:
        table = self._tables.credit_transactions
        asked = [serialize({names.ACCOUNT_ID: account_id, names.KEY: key}) for key in wanted]
        if len(asked) == 1:
            with reading():
                single = self._client.get_item(TableName=table, Key=asked[0], ConsistentRead=True)
            if "Item" in single:
                yield single["Item"]
            return
        yield from read_batch(self._client, table, asked)


def close_day(closed: ClosedDay, table: str) -> dict[str, Any]:
    """Return the write of a closed day, which is written once."""
    return {
        "Put": {
            "TableName": table,
            "Item": items.closed_day_to_item(closed),
            "ConditionExpression": f"attribute_not_exists({names.ACCOUNT_ID})",
        }
    }


def _history_query(
    tables: LedgerTables, query: HistoryQuery, high: str, read: int
) -> dict[str, Any]:
    values: dict[str, object] = {
        ":account": query.account_id,
        ":low": names.at(query.since or Instant(0), 0),
        ":high": high,
    }
    filters = {
        names.KIND: query.kind and str(query.kind),
        names.OPERATION: query.operation,
        names.REFERENCE: query.reference,
        names.HOLD_ID: query.hold_id,
    }
    given = {name: value for name, value in filters.items() if value}
    values |= {f":{name}": value for name, value in given.items()}
    asked: dict[str, Any] = {
        "TableName": tables.credit_transactions,
        "IndexName": names.HISTORY_INDEX,
        "KeyConditionExpression": f"{names.ACCOUNT_ID} = :account AND #at BETWEEN :low AND :high",
        "ExpressionAttributeNames": {"#at": names.AT} | {f"#{name}": name for name in given},
        "ExpressionAttributeValues": serialize(values),
        "ScanIndexForward": False,
        "Limit": min(MAX_READ - read, max(4 * query.limit, 100)) if given else query.limit,
    }
    if given:
        asked["FilterExpression"] = " AND ".join(f"#{name} = :{name}" for name in given)
    return asked


def _reason(
    reasons: Sequence[Mapping[str, Any]], decision: Decision, defaults: AccountDefaults
) -> Exception:
    """Say why a transaction was cancelled; a taken key comes before an account that moved.

    Of an account that has not moved, only a versioned record can have: no other commit can have
    written the others.
    """
    moved: Account | None = None
    if reasons[0].get("Code") == CONDITION_FAILED:
        moved = items.account_from_item(reasons[0]["Item"], defaults)
    taken = [
        items.entry_from_item(reason["Item"])
        for reason in reasons[1 : 1 + len(decision.entries)]
        if reason.get("Code") == CONDITION_FAILED
    ]
    if taken:
        return Repeated({entry.key: entry for entry in taken}, moved)
    if moved:
        return Moved(moved)
    if BUSY & {reason.get("Code") for reason in reasons}:
        return Contended()
    failed = [
        record
        for record, reason in zip(decision.also, reasons[1 + len(decision.entries) :], strict=True)
        if reason.get("Code") == CONDITION_FAILED
    ]
    assert failed, "a transaction is cancelled for a reason"
    ours = {record.kind for record in failed if not record.versioned}
    assert not ours, f"written before, though the account has not moved: {ours}"
    return RecordMoved()
