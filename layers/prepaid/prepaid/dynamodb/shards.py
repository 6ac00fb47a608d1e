"""Shards: what is due anywhere is found in a few equal parts, each read in order of time."""

import zlib
from collections.abc import Callable, Hashable, Iterator, Sequence

from prepaid.domain.credits import AccountId

SHARDS = 16
PAGE = 100


def shard_of(account_id: AccountId) -> int:
    """Return the shard in which an account's work is found, from 0 to `SHARDS` - 1."""
    return zlib.crc32(account_id.encode()) % SHARDS


def all_due[Due](
    find: Callable[[int, int], Sequence[Due]], identity: Callable[[Due], Hashable]
) -> Iterator[Due]:
    """Go through what is due in every shard, each once.

    *find* takes a shard and a limit. It may lag, and what cannot be done stays due: *identity*
    is equal for what came already.
    """
    for shard in range(SHARDS):
        seen: set[Hashable] = set()
        while fresh := [d for d in find(shard, len(seen) + PAGE) if identity(d) not in seen]:
            yield from fresh
            seen.update(map(identity, fresh))
