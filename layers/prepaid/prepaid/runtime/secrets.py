"""Secrets, parameters and published keys, kept for a few minutes, so that a rotation is noticed."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from botocore.config import Config

LIFETIME_SECONDS = 300
LONGEST_SECONDS = 3600
LEAST_SECONDS_BETWEEN_READS = 30
FIRST_PAUSE_SECONDS = 1.0
_MOST_COUNTED = 32


NOT_THERE = frozenset({"ParameterNotFound", "ResourceNotFoundException"})


class Unreadable(Exception):
    """Where the text is kept cannot be reached, or does not answer with it."""


class Absent(Unreadable):
    """Nothing is kept under the name: nobody has set it up."""


@dataclass(slots=True)
class CachedText:
    """A text that is read again when it is old, or when a caller misses something in it.

    *read* raises `Unreadable`. While a newer text cannot be read, the last one serves for an hour
    at most. Key ids that nobody knows come from strangers, so they never cause more than one
    reading in *least_seconds*. A text that was never readable is read again after a pause of
    *first_pause_seconds*, which doubles up to *least_seconds*; until then there is none.
    """

    read: Callable[[], str]
    lifetime_seconds: float = LIFETIME_SECONDS
    longest_seconds: float = LONGEST_SECONDS
    least_seconds: float = LEAST_SECONDS_BETWEEN_READS
    first_pause_seconds: float = FIRST_PAUSE_SECONDS
    now: Callable[[], float] = time.monotonic
    _text: str | None = None
    _read_at: float = 0
    _tried_at: float = 0
    _failures: int = 0
    _failure: Unreadable | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, force_refresh: bool = False) -> str:
        """Return the text; *force_refresh* asks for a newer one than was just seen.

        Raises `Unreadable` when there is none young enough.
        """
        with self._lock:
            now = self.now()
            old = force_refresh or now - self._read_at >= self.lifetime_seconds
            if (self._text is None or old) and now - self._tried_at >= self._pause():
                self._tried_at = now
                return self._newer(now)
            return self._cached_text(now)

    def _pause(self) -> float:
        """Return how long after the last try the next one may come."""
        if self._text is not None:
            return self.least_seconds
        if self._failures == 0:
            return 0
        return min(self.first_pause_seconds * (1 << (self._failures - 1)), self.least_seconds)

    def _newer(self, now: float) -> str:
        try:
            self._text = self.read()
        except Unreadable as exc:
            self._failures = min(self._failures + 1, _MOST_COUNTED)
            self._failure = exc
            return self._cached_text(now)
        self._failures, self._failure, self._read_at = 0, None, now
        return self._text

    def _cached_text(self, now: float) -> str:
        if self._text is None or now - self._read_at >= self.longest_seconds:
            unreadable = Absent if isinstance(self._failure, Absent) else Unreadable
            raise unreadable("there is no text that is young enough") from self._failure
        return self._text


@cache
def cached_secret(name: str) -> CachedText:
    """Return the secret of Secrets Manager that *name* (a name or an ARN) stands for."""
    return CachedText(lambda: read_secret(name))


@cache
def cached_parameter(name: str) -> CachedText:
    """Return the parameter of Systems Manager that is called *name*, decrypted."""
    return CachedText(lambda: read_parameter(name))


def read_secret(name: str) -> str:
    """Read a secret now, within seconds; raise `Unreadable`."""
    import boto3  # noqa: PLC0415 - only functions that need a secret pay for the client

    from prepaid.dynamodb.readable import held_readable  # noqa: PLC0415 - as above

    with _readable():
        client = held_readable(boto3.client("secretsmanager", config=_budget()))
        return client.get_secret_value(SecretId=name)["SecretString"]


def read_parameter(name: str) -> str:
    """Read a parameter now, within seconds; raise `Unreadable`."""
    import boto3  # noqa: PLC0415 - as above

    from prepaid.dynamodb.readable import held_readable  # noqa: PLC0415 - as above

    with _readable():
        client = held_readable(boto3.client("ssm", config=_budget()))
        answer = client.get_parameter(Name=name, WithDecryption=True)
        return str(answer["Parameter"]["Value"])


def _budget() -> "Config":
    from botocore.config import Config  # noqa: PLC0415 - only what needs a secret pays for it

    return Config(
        connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2}
    )


@contextmanager
def _readable() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - as above
    from botocore.parsers import ResponseParserError  # noqa: PLC0415 - as above

    try:
        yield
    except ClientError as exc:
        code = exc.response.get("Error", {}).get("Code")
        unreadable = Absent if code in NOT_THERE else Unreadable
        raise unreadable(f"the secret cannot be read: {code}") from exc
    except (BotoCoreError, ResponseParserError, KeyError) as exc:
        raise Unreadable(f"the secret cannot be read: {type(exc).__name__}") from exc
