"""The DynamoDB client: short timeouts and few attempts, so that a function outlives its calls.

It is botocore's, as `boto3.client` returns it: importing boto3 itself adds a tenth to a cold start.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import botocore.session
from botocore.config import Config

from prepaid.dynamodb.readable import held_readable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CONNECT_SECONDS = 1.0
READ_SECONDS = 1.5
ATTEMPTS = 2
BETWEEN_ATTEMPTS_SECONDS = 1.0
"""The longest that botocore's standard mode waits before a second attempt."""
LONGEST_CALL_SECONDS = ATTEMPTS * (CONNECT_SECONDS + READ_SECONDS) + BETWEEN_ATTEMPTS_SECONDS
"""A call that begins at a request's deadline must end before its function's timeout."""
CONFIG = Config(
    connect_timeout=CONNECT_SECONDS,
    read_timeout=READ_SECONDS,
    retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    max_pool_connections=4,
)


PROMPT_CALL_SECONDS = 1.5
"""The longest that a call of the prompt client takes: it is never tried twice."""
PROMPT_CONFIG = CONFIG.merge(
    Config(
        connect_timeout=0.5,
        read_timeout=1.0,
        retries={"mode": "standard", "total_max_attempts": 1},
    )
)


def new_client(config: Config = CONFIG) -> "DynamoDBClient":
    """Return a new client."""
    session = botocore.session.get_session()
    client = cast("DynamoDBClient", session.create_client("dynamodb", config=config))
    return held_readable(client)


@lru_cache(maxsize=1)
def shared_client() -> "DynamoDBClient":
    """Return the client that one container uses for all its calls."""
    return new_client()


@lru_cache(maxsize=1)
def prompt_client() -> "DynamoDBClient":
    """Return the client for answers that somebody waits only seconds for."""
    return new_client(PROMPT_CONFIG)
