"""Shards: what is due anywhere is found in a few equal parts, each read in order of time."""

import zlib
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from prepaid.domain.credits import AccountId
from prepaid.dynamodb.failures import reading

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SHARDS = 16
PAGE = 100
"""How many rows of an index one request reads."""


def shard_of(account_id: AccountId) -> int:
    """Return the shard in which an account's work is found, from 0 to `SHARDS` - 1."""
    return zlib.crc32(account_id.encode()) % SHARDS


type Position = Mapping[str, Any]
"""The key at which a page of an index ended."""


type DuePage[Due] = tuple[Sequence[Due], Position | None]
"""Some of what is due, and the position to go on from, or `None` at the end."""


type Find[Due] = Callable[[int, Position | None], DuePage[Due]]
"""Reads a page of one shard, from its beginning or behind a position."""


def read_page[Due](
    client: "DynamoDBClient",
    asked: Mapping[str, Any],
    read: Callable[[Mapping[str, Any]], Due],
    position: Position | None,
) -> DuePage[Due]:
    """Read the page of the query *asked* behind *position*. Raises `Unavailable`."""
    start: dict[str, Any] = {"ExclusiveStartKey": position} if position else {}
    with reading():
        answer = client.query(**asked, **start, Limit=PAGE)
        return [read(item) for item in answer["Items"]], answer.get("LastEvaluatedKey")


def due_in[Due](shard: int, find: Find[Due], identity: Callable[[Due], Hashable]) -> Iterator[Due]:
    """Go through what is due in one shard, each once and by one request for each page.

    What cannot be done stays due, so the next page begins behind the last one, not at the first
    row. What is put off while its shard is read comes behind: *identity* is equal for what came.
    """
    seen: set[Hashable] = set()
    position: Position | None = None
    while True:
        page, position = find(shard, position)
        for each in page:
            if identity(each) not in seen:
                seen.add(identity(each))
                yield each
        if position is None:
            return


def all_due[Due](find: Find[Due], identity: Callable[[Due], Hashable]) -> Iterator[Due]:
    """Go through what is due in every shard, one after the other, as `due_in` does."""
    for shard in range(SHARDS):
        yield from due_in(shard, find, identity)
