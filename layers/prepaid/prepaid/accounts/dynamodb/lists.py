"""Lists of accounts, read from rows that commits write, and the accounts that they name."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from prepaid.accounts.dynamodb.rows import ID, MAIL, account_in
from prepaid.accounts.ports import Place
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId
from prepaid.domain.listing import AccountList
from prepaid.dynamodb import names
from prepaid.dynamodb.batches import read_batch
from prepaid.dynamodb.failures import reading
from prepaid.dynamodb.shards import SHARDS
from prepaid.dynamodb.values import Item, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoAccountLists:
    """`AccountLists` on DynamoDB; *read* makes an account of its item."""

    def __init__(
        self,
        client: "DynamoDBClient",
        *,
        records: str,
        accounts: str,
        read: Callable[[Item], Account],
    ) -> None:
        self._read = read
        self._client = client
        self._records = records
        self._accounts = accounts

    def listed(
        self, name: AccountList, *, limit: int, after: Place | None = None
    ) -> Sequence[Place]:
        """Query the shards of a list in turn."""
        partitions = {shard: names.list_partition(name, shard) for shard in range(SHARDS)}
        return self._walk(partitions, "", limit, after)

    def all(self, *, limit: int, after: Place | None = None) -> Sequence[Place]:
        """Query the shards of the directory in turn."""
        shards = range(names.DIRECTORY_SHARDS)
        partitions = {shard: names.directory_partition(ID, shard) for shard in shards}
        return self._walk(partitions, "", limit, after)

    def beginning(self, prefix: str, *, limit: int, after: Place | None = None) -> Sequence[Place]:
        """Query the one shard in which all ids with this beginning are."""
        shard = names.directory_shard(prefix)
        partitions = {shard: names.directory_partition(ID, shard)}
        return self._walk(partitions, prefix, limit, after)

    def with_email(self, prefix: str, *, limit: int, after: Place | None = None) -> Sequence[Place]:
        """Query the one shard in which all addresses with this beginning are."""
        shard = names.directory_shard(prefix)
        partition = names.directory_partition(MAIL, shard)
        found = self._query(partition, prefix, limit, None if after is None else after.text)
        return [Place(shard, account_in(each), each) for each in found]

    def accounts(self, account_ids: Collection[AccountId]) -> Mapping[AccountId, Account]:
        """Read accounts together, consistently."""
        asked = [serialize({names.ACCOUNT_ID: each}) for each in account_ids]
        items = read_batch(self._client, self._accounts, asked)
        return {account.account_id: account for account in map(self._read, items)}

    def _walk(
        self, partitions: Mapping[int, str], prefix: str, limit: int, after: Place | None
    ) -> Sequence[Place]:
        found: list[Place] = []
        for shard, partition in partitions.items():
            if after is not None and shard < after.shard:
                continue
            start = after if after is not None and shard == after.shard else None
            while len(found) < limit:
                last = None if start is None else start.account_id
                rows = self._query(partition, prefix, limit - len(found), last)
                found += [Place(shard, AccountId(each)) for each in rows]
                if not rows:
                    break
                start = found[-1]
        return found

    def _query(self, partition: str, prefix: str, limit: int, after: str | None) -> Sequence[str]:
        asked: dict[str, Any] = {
            "TableName": self._records,
            "KeyConditionExpression": f"{names.KIND_ID} = :partition",
            "ConsistentRead": True,
            "Limit": limit,
        }
        values = {":partition": partition}
        if prefix:
            asked["KeyConditionExpression"] += " AND begins_with(#sort, :prefix)"
            asked["ExpressionAttributeNames"] = {"#sort": names.SORT}
            values[":prefix"] = prefix
        if after is not None:
            asked["ExclusiveStartKey"] = serialize({names.KIND_ID: partition, names.SORT: after})
        with reading():
            answer = self._client.query(**asked, ExpressionAttributeValues=serialize(values))
        return [item[names.SORT]["S"] for item in answer["Items"]]
