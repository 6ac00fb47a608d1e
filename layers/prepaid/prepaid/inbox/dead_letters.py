"""Dead letters: what failed after all retries, kept with its case until it is sent again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from prepaid.domain.credits import Instant
from prepaid.inbox.ports import Exceptions

DEAD_LETTER = "dead_letter"
"""The kind of their cases."""
KEPT_SECONDS = 90 * 86_400
LARGEST_BODY_BYTES = 300_000
"""Less than a row of DynamoDB holds; what we send ourselves is at most 256 KB."""
NOT_KEPT = "What failed is not kept any more."
NO_TARGET = "Nothing says where it can be sent again: decide, then resolve."


class LetterTooLarge(Exception):
    """A dead letter is larger than a row: it stays in its queue, and an alarm rings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message or an event, word for word, and where it failed.

    *target* is the ARN of a queue or a function; empty where nothing says it. *first_id* is the id
    of its message when that was sent first: it keeps it, however often it is sent again.
    """

    letter_id: str
    first_id: str
    target: str
    body: str
    reason: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class StreamBatch:
    """A range of a shard of a table's stream, both ends inclusive: the records are not in it."""

    stream: str
    shard: str
    first: str
    last: str


class StreamedRows(Protocol):
    """Knows for a day which rows the records of a stream were about."""

    def keys(self, batch: StreamBatch) -> Sequence[Mapping[str, str]] | None:
        """Return the keys of the rows that came new in a range, in order.

        `None` when the stream has forgotten it. Raises `Unavailable`.
        """


class DeadLetters(Protocol):
    """Keeps dead letters for `KEPT_SECONDS`."""

    def keep(self, letter: DeadLetter, *, now: Instant) -> None:
        """Keep a letter, once for each id. Raises `Unavailable`."""

    def letter(self, letter_id: str) -> DeadLetter | None:
        """Return a letter, consistently, or `None`. Raises `Unavailable`."""


class Redrive(Protocol):
    """Sends dead letters to where they failed."""

    def send(self, letter: DeadLetter) -> str | None:
        """Send a letter; return why that can never be, or `None`.

        Raises `Unavailable`: it may have been sent, and sending it again is safe.
        """


def file_letter(
    letters: DeadLetters, exceptions: Exceptions, letter: DeadLetter, now: Instant
) -> None:
    """Keep a letter and report its case: each once, however often it comes.

    The letter first: a case is there only with what it is about. Raises `Unavailable`,
    `LetterTooLarge`.
    """
    if len(letter.body.encode()) > LARGEST_BODY_BYTES:
        raise LetterTooLarge
    letters.keep(letter, now=now)
    where = letter.target.rpartition(":")[2] or "an unknown place"
    exceptions.report(DEAD_LETTER, letter.letter_id, f"{where}: {letter.reason}", now=now)


def with_rows(
    letter: DeadLetter, keys: Sequence[Mapping[str, str]] | None, target: str
) -> DeadLetter:
    """Return a letter that says what the records were about which its stream gave up.

    Rows of such tables stay as they were written, so their keys are enough, for as long as the
    letter is kept. Without them it can be sent nowhere.
    """
    if keys is None:
        return replace(letter, reason=f"{letter.reason}; the stream has forgotten them")
    return replace(letter, target=target, body=json.dumps({"rows": [dict(each) for each in keys]}))


def redriven(letters: DeadLetters, redrive: Redrive, letter_id: str) -> str | None:
    """Send a letter to where it failed; return why that cannot be, or `None`.

    It may be sent twice, by two admins or when a reply is lost: whoever takes it knows it by its
    own ids. If it fails again it comes back as another letter. Raises `Unavailable`.
    """
    letter = letters.letter(letter_id)
    if letter is None:
        return NOT_KEPT
    return redrive.send(letter) if letter.target else NO_TARGET
