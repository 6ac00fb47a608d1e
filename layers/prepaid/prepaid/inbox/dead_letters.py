"""Dead letters: what failed after all retries, kept with its case until it is sent again."""

from dataclasses import dataclass
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


def redriven(letters: DeadLetters, redrive: Redrive, letter_id: str) -> str | None:
    """Send a letter to where it failed; return why that cannot be, or `None`.

    It may be sent twice, by two admins or when a reply is lost: whoever takes it knows it by its
    own ids. If it fails again it comes back as another letter. Raises `Unavailable`.
    """
    letter = letters.letter(letter_id)
    if letter is None:
        return NOT_KEPT
    return redrive.send(letter) if letter.target else NO_TARGET
