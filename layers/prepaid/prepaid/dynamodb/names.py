"""Every key, index and attribute name of the tables that more than one place needs."""

import zlib
from datetime import UTC, datetime

from prepaid.domain.credits import Instant
from prepaid.domain.keys import part

ACCOUNT_ID = "account_id"
VERSION = "version"
KEY = "key"
AT = "at"
SEQ = "seq"
KIND = "kind"
OPERATION = "operation"
REFERENCE = "reference"
HOLD_ID = "hold_id"
DAY = "day"
DUE_SHARD = "due_shard"
DUE_AT = "due_at"
PACKAGE_ID = "package_id"
SALE_STATE = "shelf"
POSITION = "position"
PLAN = "plan"
PLAN_OPERATION = "plan_operation"
EFFECTIVE_FROM = "effective_from"

PAYMENT_ID = "payment_id"
PAYMENT_INTENT_ID = "payment_intent_id"
KIND_ID = "kind_id"
SORT = "sort"
ALERT_ID = "alert_id"
SAVED = "saved"
UNDELIVERED = "undelivered"
REPEAT_SHARD = "repeat_shard"
REPEAT_AT = "repeat_at"
ACKNOWLEDGED = "acknowledged"
CREATED_AT = "created_at"
REMOVE_AT = "remove_at"

INTENT_INDEX = "by_intent"
PAYMENTS_INDEX = "by_account"
HISTORY_INDEX = "history"
DUE_INDEX = "due"
UNDELIVERED_INDEX = "undelivered"
REPEATS_INDEX = "repeats"
SALE_INDEX = "shelf"
PLAN_INDEX = "by_plan"

FOR_SALE = "for-sale"
UNLISTED = "unlisted"
ARCHIVED = "archived"
PRICE_DRAFTS = "drafts#price"
LAST_SEQ = 999_999_999_999
DIRECTORY_SHARDS = 64
DIRECTORY_PREFIX = 2
"""How many characters choose a shard of the directory: a search needs so many."""


def at(posted_at: Instant, seq: int) -> str:
    """Return the sort key of history and alerts: by time, then by number, both of fixed width."""
    return f"{posted_at:010d}#{seq:012d}"


def time_at(position: str) -> Instant:
    """Return the time in a sort key of history or alerts."""
    return Instant(int(position.partition("#")[0]))


def just_before(position: str) -> str:
    """Return the greatest sort key of history that is less than *position*."""
    posted_at, _, seq = position.partition("#")
    return f"{posted_at}#{int(seq) - 1:012d}"


def audit_partition(at: Instant) -> str:
    """Return the partition key of what admins did in the month (UTC) of a moment."""
    return f"audit#{datetime.fromtimestamp(at, tz=UTC):%Y-%m}"


def month_before(at: Instant) -> Instant:
    """Return a moment of the month (UTC) before that of *at*."""
    first = datetime.fromtimestamp(at, tz=UTC).replace(day=1)
    return Instant(int(first.timestamp()) - 86_400)


def settings_of(account_id: str) -> str:
    """Return the partition key of what an account's settings hold besides the account."""
    return f"settings#{account_id}"


def list_partition(name: str, shard: int) -> str:
    """Return the partition key of one shard of a list of accounts."""
    return f"list#{name}#{shard}"


def directory_partition(kind: str, shard: int) -> str:
    """Return the partition key of one shard of the directory."""
    return f"dir#{kind}#{shard}"


def directory_shard(text: str) -> int:
    """Return the shard, from 0 to `DIRECTORY_SHARDS` - 1, of texts with this beginning."""
    return zlib.crc32(text[:DIRECTORY_PREFIX].encode()) % DIRECTORY_SHARDS


def price_changes_partition(plan: str) -> str:
    """Return the partition key of how often the prices of a plan's operations were changed."""
    return f"prices#{plan}"


def plan_operation(plan: str, operation: str) -> str:
    """Return the partition key of an operation's prices in a plan; any text may be a name."""
    return f"{part(plan)}#{part(operation)}"
